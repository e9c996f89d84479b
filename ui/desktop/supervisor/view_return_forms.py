"""The forms of returns: which one, its figures, the daily message, and what the message says before it is kept."""

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtWidgets import QApplication, QWidget

from bmis.kernel.errors import BmisError
from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from bmis.reports.places import post_name
from bmis.reports.returns.kinds import Split, return_kind, return_kinds
from bmis.reports.returns.message import MOST
from bmis.reports.returns.post_return import PostReturn
from bmis.reports.returns.typed import sent_moment, shown_figure
from ui.desktop.parts import Describe
from ui.desktop.supervisor.bulletin_parts import ReturnLine, TypedReturn
from ui.desktop.widgets.asking import Answers, Asked, AskingDialog, ask_for
from ui.desktop.words import button_words

TOPIC = "supervisor.returns"
MESSAGE_TOPIC = "supervisor.message"
Keep = Callable[[AskingDialog, TypedReturn], None]


def kind_words(kind: str, on: date) -> str:
    """Return the name of a kind of return."""
    return return_kind(kind, on).label(current_language())


def figures_words(given: PostReturn) -> str:
    """Return every figure that was reported, with its label; what was not reported is not there."""
    fields = return_kind(given.kind, given.day).fields
    told = [
        f"{field.label(current_language())} {shown_figure(given.figures[field.code])}"
        for field in fields
        if field.code in given.figures
    ]
    return "; ".join(told)


def ask_which(
    parent: QWidget, posts: tuple[tuple[str, str], ...], line: ReturnLine | None, today: date,
    then: Callable[[str, str, date], None],
) -> AskingDialog:  # fmt: skip
    """Return the form that asks post, day and kind, open; ``line`` is what stands in it first."""
    day = line.day if line else today
    kinds = tuple((one.code, one.label(current_language())) for one in return_kinds(day))

    def give(dialog: AskingDialog, answers: Answers) -> None:
        dialog.accept()
        then(answers["post"], answers["kind"], date.fromisoformat(answers["day"]))

    asked = (
        Asked("post", _("Post"), "choice", posts, value=line.post if line else posts[0][0], topic=TOPIC),
        Asked("kind", _("Return"), "choice", kinds, value=line.kind if line else "", topic=TOPIC),
        Asked("day", _("Day"), "date", value=f"{day:%d/%m/%Y}", topic=TOPIC),
    )
    return ask_for(parent, _("Type a return"), _("Which post, what and of which day."), asked, ok=_("Go on"), give=give)


def ask_figures(
    parent: QWidget, place: tuple[str, str, date], before: PostReturn | None, now: datetime, describe: Describe,
    keep: Keep,
) -> AskingDialog:  # fmt: skip
    """Return the form of the figures, open. ``before`` is the return that is corrected; ``now`` at the post."""
    post, kind, day = place
    language = current_language()
    words = f"{post_name(post)} · {day:%d/%m/%Y} · {kind_words(kind, day)}"
    text = _("Leave empty what was not counted: empty is not nought.")
    if before is not None:
        text = f"{_('It corrects {reference}.').format(reference=before.reference)} {text}"
    hint = {Split.PROVINCE: _("as MPM 3, L 2"), Split.COUNTRY: _("as MWI 3, ZWE 2")}
    asked = [
        Asked("sender", _("Sender"), value=before.sender if before else "", topic="supervisor.sender"),
        Asked("sent_day", _("Sent on"), "date", value=f"{now:%d/%m/%Y}", topic="supervisor.sender"),
        Asked("sent_hour", _("Hour at the post"), value=f"{now:%H:%M}", topic="supervisor.sender"),
    ]
    for field in return_kind(kind, day).fields:
        asked.append(
            Asked(
                f"figure.{field.code}",
                field.label(language) + (f" ({hint[field.split]})" if field.split else ""),
                value=shown_figure(before.figures.get(field.code)) if before else "",
                required=False,
                topic="supervisor.figures",
            )
        )

    def give(dialog: AskingDialog, answers: Answers) -> None:
        sent_day = date.fromisoformat(answers["sent_day"])
        try:
            sent_moment(sent_day, answers["sent_hour"])
        except BmisError as error:
            dialog.stay(describe(error), "sent_hour")
            return
        figures = {name.partition(".")[2]: typed for name, typed in answers.items() if name.startswith("figure.")}
        typed = TypedReturn(
            post,
            kind,
            day,
            answers["sender"],
            sent_day,
            answers["sent_hour"],
            figures,
            before.reference if before else "",
        )
        keep(dialog, typed)

    title = _("Correct a return") if before else _("Type a return")
    return ask_for(parent, title, f"{words}\n{text}", asked, ok=button_words()["save"], give=give, columns=3)


def ask_message(parent: QWidget, give: Callable[[AskingDialog, str], None]) -> AskingDialog:
    """Return the form that takes a daily message, open."""
    told = _(
        "Paste it, or type it as it is read to you: at most {most} characters. The last two prove all the others;"
        " a wrong one is told here and nothing is kept."
    )
    asked = Asked("message", _("Message"), topic=MESSAGE_TOPIC)
    return ask_for(
        parent,
        _("Daily message of a post"),
        told.format(most=MOST),
        (asked,),
        ok=_("Read the message"),
        give=lambda dialog, answers: give(dialog, answers["message"]),
    )


def ask_message_kept(
    parent: QWidget, given: tuple[PostReturn, ...], keep: Callable[[AskingDialog], None]
) -> AskingDialog:  # fmt: skip
    """Return what a message says, with the question whether it is kept, open."""
    first = given[0]
    head = _("{post}, {day}, from {sender}, sent {sent}").format(
        post=post_name(first.post_code),
        day=f"{first.day:%d/%m/%Y}",
        sender=first.sender,
        sent=f"{first.sent_at:%d/%m/%Y %H:%M}",
    )
    lines = [head]
    for one in given:
        said = f"{kind_words(one.kind, one.day)}: {figures_words(one)}"
        if one.revision > 1:
            said += f" ({_('correction {count}').format(count=one.revision - 1)})"
        lines.append(said)
    dialog = ask_for(
        parent,
        _("The check digits prove the message"),
        "\n".join(lines),
        (),
        ok=button_words()["save"],
        give=lambda form, _answers: keep(form),
    )
    _room_for_words(dialog)
    dialog.ok.setFocus()
    return dialog


def _room_for_words(dialog: AskingDialog) -> None:
    """Words that wrap would else be cut: no field gives the form its height."""
    layout = dialog.layout()
    if layout is not None:
        dialog.setMinimumHeight(layout.totalHeightForWidth(dialog.width()))


def show_messages(
    parent: QWidget, post: str, day: date, texts: tuple[str, ...], said: Callable[[str, str], None]
) -> AskingDialog:  # fmt: skip
    """Return the messages to send, open; Enter copies them."""
    told = _(
        "The returns of {post} of {day} as a message of at most {most} characters; send it as it stands, or read it"
        " out. The last two characters prove it."
    )

    def copy(dialog: AskingDialog, _answers: Answers) -> None:
        QApplication.clipboard().setText("\n".join(texts))
        dialog.accept()
        said(_("Copied."), "")

    text = told.format(post=post, day=f"{day:%d/%m/%Y}", most=MOST)
    lengths = (_("{length} characters").format(length=len(one)) for one in texts)
    words = "\n\n".join((text, *(f"{one}\n({length})" for one, length in zip(texts, lengths, strict=True))))
    dialog = ask_for(parent, _("Message to send"), words, (), ok=_("Copy the message"), give=copy)
    _room_for_words(dialog)
    dialog.ok.setFocus()
    return dialog
