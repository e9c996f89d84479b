"""Files between posts, on a stick: taken and written by keys, with what was taken in words."""

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from bmis.kernel.clock import local
from bmis.kernel.i18n import translate as _
from bmis.kernel.i18n import translate_plural as _n
from bmis.passes.serials import printed
from bmis.trust.heard import CarriedLog
from ui.desktop.papers import suggested_path, typed_path
from ui.desktop.parts import Describe
from ui.desktop.passes.carried_parts import USES, WITHDRAWN, CarriedShown
from ui.desktop.passes.models import CarriedModel
from ui.desktop.passes.view_listed import ListedSection
from ui.desktop.passes.view_preview import Verdict
from ui.desktop.shortcuts import Key
from ui.desktop.widgets.asking import Answers, Asked, AskingDialog, ask_for
from ui.desktop.widgets.lines import Heading, Line
from ui.desktop.widgets.plain import Button
from ui.desktop.words import moment_words
from ui.words.facts import fact_words

SUFFIX = ".log"
TOPIC = "passes.carried"


class CarriedSection(ListedSection[CarriedModel, CarriedShown]):
    """F12 takes a file of another post, F8 writes this desk's, F2 looks again."""

    def __init__(self, model: CarriedModel, describe: Describe, parent: QWidget | None = None) -> None:
        super().__init__(model, describe, TOPIC, parent)
        self._taken: CarriedLog | None = None
        self.banner = Verdict()
        self.take, self.write = Button("primary"), Button()
        right = QVBoxLayout()
        right.addWidget(self.banner)
        right.addWidget(self.facts, 1)
        for button, job in ((self.take, self.ask_file), (self.write, self.ask_write)):
            button.setObjectName(TOPIC)
            button.clicked.connect(job)
            right.addWidget(button)
        self.lay_beside(right, (3, 2))

    def title(self) -> str:
        """Return its name."""
        return _("Files between posts")

    def key_actions(self) -> Mapping[Key, Callable[[], None]]:
        """Return the keys of the page."""
        return {Key.RESCAN: self.opened, Key.DECIDE: self.ask_file, Key.NOTE: self.ask_write}

    def key_names(self) -> Mapping[Key, str]:
        """Return their words."""
        return {Key.DECIDE: _("Take a file of another post"), Key.NOTE: _("Write this desk's file")}

    def retranslate(self) -> None:
        """Word the section."""
        self.heading.setText(self.title())
        self.hint.setText(_("Withdrawn passes go to the authority, uses to other posts. The files name nobody."))
        self.list.say(
            self.title(),
            [Heading(_("What")), Heading(_("Post")), Heading(_("Up to")), Heading(_("File of"), wide=True)],
            _("No file of another desk was taken yet."),
        )
        self.take.say(_("Take a file…  (F12)"))
        self.write.say(_("Write a file…  (F8)"))
        self.show_now()

    def ask_file(self) -> None:
        """Ask where the file is."""
        self.dialog = ask_for(
            self,
            _("A file of another post"),
            _("It is proved first; nothing of it is taken where it does not prove."),
            [Asked("path", _("File"), topic=TOPIC)],
            ok=_("Take it"),
            give=lambda dialog, said: self.model.take(Path(said["path"]).expanduser(), self.stay(dialog, "path")),
        )

    def ask_write(self) -> None:
        """Ask which log is written, from where on, and where to."""
        kinds = ((USES, _("Uses of passes, for other posts")), (WITHDRAWN, _("Withdrawn passes, for the authority")))
        self.dialog = ask_for(
            self,
            _("This desk's file"),
            "",
            [
                Asked("kind", _("What"), "choice", kinds, topic=TOPIC),
                Asked("after", _("The other desk has heard up to number"), value="0", topic=TOPIC),
                Asked("path", _("File"), value=suggested_path(f"bmis{SUFFIX}"), topic=TOPIC),
            ],
            ok=_("Write it"),
            give=self._give_write,
        )

    def _give_write(self, dialog: AskingDialog, said: Answers) -> None:
        self.model.write(
            said["kind"], lambda: typed_path(said["path"], SUFFIX), said["after"], self.stay(dialog, "path")
        )

    def said_of(self, code: str, result: object) -> str:
        """Return the words for what was done."""
        if not isinstance(result, CarriedLog):
            return ""
        self._taken = result if code == "taken" else None
        words = _taken_words(result) if code == "taken" else _("Entries {first} to {last} are written.")
        return words.format(first=result.log.first, last=result.log.last)

    def show_now(self) -> None:
        """Show what was heard, what was taken just now and what this desk has to tell."""
        now, taken = self.now, self._taken
        if now is None:
            return
        self.list.show_lines(
            [
                Line(
                    f"{kind} {one.desk}",
                    (_kind(kind), one.post, str(one.last), f"{moment_words(local(one.made_at))} · {one.desk}"),
                    "green",
                )
                for kind, one in now.heard
            ]
        )
        if taken is None:
            self.banner.show_verdict("grey", _("Nothing was taken just now"))
        else:
            doubt = _unconfirmed(taken)
            self.banner.show_verdict("amber" if doubt else "green", _taken_words(taken), doubt)
        facts = [(_("This desk's own"), "")] + [(_kind(kind), str(count)) for kind, count in now.own.items()]
        if now.reported:
            facts.append((_("Reported, not confirmed"), _("the authority confirms: bmis trust withdrawn-confirm")))
        facts += [
            ("", f"{printed(one.serial)} · {fact_words('pass_state', one.why)} · {one.post}") for one in now.reported
        ]
        self.facts.show_facts(facts)


def _kind(code: str) -> str:
    return _("Uses") if code == USES else _("Withdrawn")


def _taken_words(taken: CarriedLog) -> str:
    known = {"post": taken.log.post, "last": taken.log.last}
    if not taken.fresh:
        return _("Nothing new of {post}: heard up to number {last} already.").format(**known)
    if taken.log.kind == USES:
        words = _n("{count} new use at {post}", "{count} new uses at {post}", taken.fresh)
    else:
        words = _n("{count} new entry of {post}", "{count} new entries of {post}", taken.fresh)
    return words.format(count=taken.fresh, **known)


def _unconfirmed(taken: CarriedLog) -> str:
    if not taken.unconfirmed:
        return ""
    words = _("{count} of them are of passes that this desk has no say over: kept as reported, not listed.")
    return words.format(count=taken.unconfirmed)
