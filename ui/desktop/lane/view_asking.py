"""The questions of the lane that need an answer now, each a dialog over the desk."""

from dataclasses import replace

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QWidget
from shiboken6 import isValid

from bmis.crossings.crossing import PhotoAnswer
from bmis.crossings.decision import STOPS, Decision
from bmis.crossings.paperwork.record_print import Printed
from bmis.crossings.view import CrossingSummary
from bmis.kernel.actor import Permission
from bmis.kernel.errors import BmisError
from bmis.kernel.i18n import translate as _
from ui.desktop.lane.deciding import Intent
from ui.desktop.lane.errors import DecisionShutError, NothingToUndoError
from ui.desktop.lane.reading import SeenDocument
from ui.desktop.lane.search import SearchModel
from ui.desktop.lane.view_bar import OTHERS
from ui.desktop.lane.view_choices import (
    BESIDE,
    FINISH,
    OTHER,
    Choice,
    another_traveller_choices,
    choose,
)
from ui.desktop.lane.view_model import LaneModel
from ui.desktop.lane.view_search import SearchDialog
from ui.desktop.lane.wording import act_words, document_name, shut_words
from ui.desktop.papers import suggested_path, typed_path
from ui.desktop.shell.desk import DeskContext
from ui.desktop.widgets.asking import Answers, Asked, AskingDialog, ask_for, reason_field, second_person_fields
from ui.desktop.widgets.choosing_file import FileChooser
from ui.desktop.widgets.health_step import ask_health_card
from ui.desktop.widgets.question import ask
from ui.desktop.widgets.refusal import RefusalDialog
from ui.desktop.words import button_words

PICTURES = "*.png *.jpg *.jpeg *.tif *.tiff *.bmp *.webp *.gif *.heic *.heif *.pdf *.mp4 *.mov *.avi *.mkv"


class LaneAsking(QObject):
    """Opens one dialog at a time; ``dialog`` is the last one, for tests and the demo walk."""

    def __init__(self, over: QWidget, model: LaneModel, context: DeskContext) -> None:
        super().__init__(over)
        self._over, self._model, self._context = over, model, context
        self.dialog: QDialog | None = None
        model.other_seen.connect(self._on_other)
        model.two_seen.connect(self._on_two)
        model.refusing.connect(self._on_refusing)
        model.deciding.second_needed.connect(self._on_second_needed)
        model.deciding.file_wanted.connect(self.save_paper)

    # --- the decision keys

    def decide(self) -> None:
        """Take what is proposed, or ask which decision where nothing may be proposed."""
        proposal = self._model.checking.proposal
        if proposal is not None and proposal.decision is None:
            self.others()
        else:
            self._model.decide_proposed()

    def to_secondary(self) -> None:
        """Send the traveller to secondary."""
        self._model.decide(Decision.PENDING_SECONDARY)

    def stop(self) -> None:
        """Refuse entry or prevent exit; a national of Mozambique is never refused entry."""
        decision = self._model.stop
        if decision is None:
            self._model.noticed.emit(DecisionShutError())
        else:
            self._model.decide(decision)

    def others(self) -> None:
        """Ask which of the decisions that fit."""
        model = self._model
        choices = [
            Choice(
                decision.value,
                act_words(decision),
                " · ".join(map(shut_words, model.why_shut(decision))),
                grave=decision in STOPS,
            )
            for decision in model.offered
        ]
        self.dialog = choose(self._over, _("Which decision?"), "", choices, lambda code: model.decide(Decision(code)))

    def choose_by_bar(self, code: str) -> None:
        """A button of the bar was pressed."""
        if code == OTHERS:
            self.others()
        else:
            self._model.decide(Decision(code))

    def undo(self) -> None:
        """Ask once, naming the traveller, whether the last decision is taken back."""
        crossing = self._model.deciding.may_undo()
        if crossing is None:
            self._model.noticed.emit(NothingToUndoError())
            return
        self.dialog = ask(
            self._over,
            _("Take the last decision back?"),
            _("{decision}: {name}. It is kept as taken back, never deleted; the traveller is open again.").format(
                decision=act_words(crossing.decision), name=document_name(crossing.document)
            ),
            yes=_("Take back"),
            no=button_words()["cancel"],
            answered=lambda yes: self._model.deciding.undo() if yes else None,
        )

    # --- the draft

    def back(self) -> None:
        """Leave the traveller; a draft with a document asks first."""
        if not self._model.has_draft():
            self._model.put_aside()
            return
        self.dialog = ask(
            self._over,
            _("Put this traveller aside?"),
            _("Nothing is decided. The draft is kept and can be taken up again."),
            yes=_("Put aside"),
            no=_("Stay"),
            answered=lambda yes: self._model.put_aside() if yes else None,
        )

    def discard(self) -> None:
        """Forget the draft, with a reason."""
        if not self._model.has_draft():
            self._model.discard("")
            return

        def give(dialog: AskingDialog, answers: Answers) -> None:
            dialog.accept()
            self._model.discard(answers["reason"])

        self.dialog = ask_for(
            self._over,
            _("Discard this draft?"),
            _("The document that was read is forgotten; that it was discarded, and why, is kept."),
            (reason_field(),),
            ok=_("Discard"),
            give=give,
            grave=True,
        )

    def note(self) -> None:
        """Take a note on the crossing."""
        draft = self._model.draft
        if draft is None:
            return

        def give(dialog: AskingDialog, answers: Answers) -> None:
            dialog.accept()
            self._model.note(answers["note"])

        asked = Asked("note", _("Note"), value=draft.note, required=False, topic="lane.note")
        self.dialog = ask_for(
            self._over, _("Note on this crossing"), "", (asked,), ok=button_words()["save"], give=give
        )

    def health_card(self) -> None:
        """Ask for the number and the letters of a health card whose QR code cannot be scanned."""
        self.dialog = ask_health_card(self._over, self._model.clearing, self._context.describe, "lane.health")

    def open_image(self) -> None:
        """Ask for a picture file and read it."""
        read = self._model.reading.open_image
        self.dialog = FileChooser(self._over, _("Open a picture"), _("Pictures"), PICTURES, read)
        self.dialog.open()

    def save_paper(self, what: object) -> None:
        """Ask where a paper goes that no printer takes."""
        crossing = self._model.last_saved.crossing if self._model.last_saved else None
        if not isinstance(what, Printed) or crossing is None:
            return

        def give(dialog: AskingDialog, answers: Answers) -> None:
            try:
                path = typed_path(answers["path"], ".pdf")
            except BmisError as error:
                dialog.stay(self._context.describe(error), "path")
                return
            dialog.accept()
            self._model.deciding.save_paper(what, path)

        named = suggested_path(f"bmis-{what.value}-{crossing.seq}.pdf")
        self.dialog = ask_for(
            self._over,
            _("Save the paper as a file"),
            _("It names a person: keep it where only those who need it can read it."),
            (Asked("path", _("File"), value=named, topic="lane.paper"),),
            ok=button_words()["save"],
            give=give,
        )

    # --- looking up

    def find(self) -> None:
        """Open the search."""
        self.dialog = self._search()
        self.dialog.open()

    def show(self, one: object) -> None:
        """Show a crossing of a list."""
        if isinstance(one, CrossingSummary):
            dialog = self._search()
            self.dialog = dialog
            dialog.open()
            dialog.show_crossing(one)

    def _search(self) -> SearchDialog:
        search = SearchModel(self._model.rooms, self._context.runner, self)
        dialog = SearchDialog(
            search,
            self._context.describe,
            self._over,
            may_amend=self._context.actor.may(Permission.AMEND_CROSSING),
        )
        search.setParent(dialog)
        search.amended.connect(self._model.refresh)
        return dialog

    # --- what the model asks

    def _on_other(self, seen: object) -> None:
        if not isinstance(seen, SeenDocument) or (self.dialog is not None and _is_open(self.dialog)):
            return
        model = self._model

        def give(code: str) -> None:
            if code == OTHER:
                model.start_other(seen)
            elif code == BESIDE:
                model.take_beside(seen)
            elif code == FINISH:
                model.finish_first(seen)
            else:
                model.keep_draft()

        self.dialog = choose(
            self._over,
            _("Another traveller?"),
            _("A document that is not this traveller's was read. The open draft was not changed."),
            another_traveller_choices(shows_pass=model.draft is not None and model.passing.fills(model.draft)),
            give,
        )

    def _on_two(self, seen: object) -> None:
        documents = seen if isinstance(seen, tuple) else ()
        if not documents or (self.dialog is not None and _is_open(self.dialog)):
            return
        choices = [Choice(str(at), "  ".join(one.zone.lines[:1])[:44]) for at, one in enumerate(documents)]
        self.dialog = choose(
            self._over,
            _("Two documents are in view"),
            _("Which one is the traveller's? Best take the other away and scan again (F2)."),
            choices,
            lambda code: self._model.take(documents[int(code)]),
        )

    def _on_refusing(self, decision: object) -> None:
        document = self._model.document
        if not isinstance(decision, Decision) or document is None:
            return
        dialog = RefusalDialog(
            self._over,
            decision,
            document_name(document),
            self._model.today,
            lambda answers: self._model.refuse(decision, answers),
        )
        self.dialog = dialog
        dialog.open()

    def _on_second_needed(self, intent: object) -> None:
        if not isinstance(intent, Intent):
            return
        model, opening = self._model, self._model.opening
        alone = opening is not None and opening.single_officer

        def give(dialog: AskingDialog, answers: Answers) -> None:
            def on_failed(error: Exception) -> None:
                done()
                dialog.stay(self._context.describe(error))

            def on_saved(_saved: object) -> None:
                done()
                dialog.accept()

            def done() -> None:
                model.deciding.failed.disconnect(on_failed)
                model.deciding.saved.disconnect(on_saved)

            model.deciding.failed.connect(on_failed)
            model.deciding.saved.connect(on_saved)
            if alone and not answers.get("second"):
                model.deciding.defer(intent)
            else:
                model.deciding.sign(intent, answers["second"], answers["second_password"])

        self.dialog = ask_for(
            self._over,
            _("The photographs are of two people: a second person signs")
            if intent.request.evidence.photo_answer is PhotoAnswer.NOT_SAME
            else _("A check says stop: a second person signs"),
            _("To let this traveller through, a supervisor signs with name and password.")
            if not alone
            else _("Single officer: without a signature now, a supervisor must settle it within 24 hours."),
            second_person_fields() if not alone else _optional(second_person_fields()),
            ok=act_words(intent.decision),
            give=give,
            grave=True,
        )


def _optional(asked: tuple[Asked, ...]) -> tuple[Asked, ...]:
    return tuple(replace(one, required=False) for one in asked)


def _is_open(dialog: QDialog) -> bool:
    return isValid(dialog) and dialog.isVisible()
