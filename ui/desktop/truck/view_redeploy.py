"""Sending the truck to another post: choose it, see what the truck has for it, a supervisor signs."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from bmis.kernel.i18n import translate as _
from bmis.kernel.i18n import translate_plural as _n
from bmis.passes.redeploy import Assignment, Readiness
from ui.desktop.shell.desk import DeskContext
from ui.desktop.truck.parts import TruckParts
from ui.desktop.widgets.asking import (
    Answers,
    Asked,
    AskingDialog,
    ask_for,
    put_away,
    reason_field,
    second_person_fields,
)
from ui.desktop.workers.runner import Runner

TOPIC = "truck.redeploy"


class RedeployAsking(QObject):
    """Two forms, one after the other. ``moved`` carries the moment; ``dialog`` is the last form, for tests."""

    moved = Signal(object)
    noticed = Signal(object)

    def __init__(self, over: QWidget, parts: TruckParts, runner: Runner, context: DeskContext) -> None:
        super().__init__(over)
        self._over, self._parts, self._runner, self._context = over, parts, runner, context
        self.dialog: AskingDialog | None = None

    def ask(self) -> None:
        """Ask for the post."""
        parts = self._parts
        self._runner.run(lambda: (parts.posts(), parts.assignments()), self._on_posts, self.noticed.emit)

    def _on_posts(self, found: tuple[tuple[tuple[str, str], ...], tuple[Assignment, ...]]) -> None:
        posts, worked = found
        now = worked[0].post_code
        self.dialog = ask_for(
            self._over,
            _("Send the truck to another post"),
            "\n".join(_assignment_words(one, dict(posts)) for one in worked[:4]),
            (
                Asked(
                    "post",
                    _("New post"),
                    "choice",
                    tuple((code, name) for code, name in posts if code != now),
                    topic=TOPIC,
                ),
            ),
            ok=_("What it has for it"),
            give=self._plan,
        )

    def _plan(self, dialog: AskingDialog, answers: Answers) -> None:
        parts, to_post = self._parts, answers["post"]
        self._runner.run(
            lambda: parts.plan(to_post),
            self._on_planned,
            lambda error: dialog.stay(self._context.describe(error), "post"),
        )

    def _on_planned(self, ready: Readiness) -> None:
        put_away(self.dialog)
        self.dialog = ask_for(
            self._over,
            _("To {post} from {day}").format(post=ready.to_post, day=f"{ready.today:%d/%m/%Y}"),
            "\n".join(readiness_lines(ready)),
            (reason_field(), *second_person_fields()),
            ok=_("Signed: send the truck"),
            give=lambda dialog, answers: self._send(ready, dialog, answers),
            grave=bool(ready.remarks),
        )

    def _send(self, ready: Readiness, dialog: AskingDialog, answers: Answers) -> None:
        parts = self._parts
        said = (ready.to_post, answers["reason"], answers["second"], answers["second_password"])

        def on_moved(at: object) -> None:
            put_away(dialog)
            self.moved.emit(at)

        self._runner.run(
            lambda: parts.redeploy(*said), on_moved, lambda error: dialog.stay(self._context.describe(error))
        )


def readiness_lines(ready: Readiness) -> tuple[str, ...]:
    """Return what the truck has for the post, what is missing marked by words."""
    serials = _n("{count} serial for this post", "{count} serials for this post", ready.serials_left)
    lines = [serials.format(count=ready.serials_left)]
    if not ready.serials_left:
        lines[0] += " — " + _("no pass can be given out there until a range comes")
    if ready.serials_elsewhere:
        lines.append(
            _n(
                "{count} serial of another post stays unused",
                "{count} serials of other posts stay unused",
                ready.serials_elsewhere,
            ).format(count=ready.serials_elsewhere)
        )
    if ready.list_age_days is None:
        lines.append(_("No list of revoked passes came with a bundle"))
    else:
        age = _n(
            "List of revoked passes: {days} day old", "List of revoked passes: {days} days old", ready.list_age_days
        ).format(days=ready.list_age_days)
        lines.append(age + (" — " + _("too old: take a new bundle first") if ready.list_is_stale else ""))
    lines.append(
        _("Passes that count there: {schemes}").format(schemes=", ".join(ready.schemes))
        if ready.schemes
        else _("No scheme names this post: every pass will be stopped there")
    )
    if ready.shift_open:
        lines.append(_("The shift is open: close it first"))
    return tuple(f"• {line}" for line in lines)


def _assignment_words(one: Assignment, names: dict[str, str]) -> str:
    name = names.get(one.post_code, one.post_code)
    since = f"{one.since:%d/%m/%Y}" if one.since is not None else _("the beginning")
    if one.until is None:
        return _("Now: {post}, since {since}").format(post=name, since=since)
    return _("Before: {post}, from {since} to {until}").format(post=name, since=since, until=f"{one.until:%d/%m/%Y}")
