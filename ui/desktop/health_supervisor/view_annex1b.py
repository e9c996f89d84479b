"""The assessment of core capacities (IHR Annex 1 Part B), asked question by question; a planning aid."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal as QtSignal

from bmis.kernel.actor import Permission
from bmis.kernel.errors import BmisError
from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from poe_health.capacity.assessment import Assessment
from poe_health.capacity.assessment_json import assessment_from, blank_assessment
from poe_health.capacity.checklist import FULL, NONE, NOT_APPLICABLE, NOT_SEEN, PART, Item, checklist
from poe_health.capacity.comparison import Comparison, compare
from poe_health.capacity.kept import AssessmentView
from poe_health.capacity.scoring import CapacityScore, score
from poe_health.reports.annex1b_words import answer_word, evidence_word, lacking_word
from ui.desktop.health_supervisor.view_annex1b_fields import (
    assessors_from,
    details_from,
    details_of,
    evidence_digits,
    header_fields,
    header_from,
)
from ui.desktop.health_supervisor.view_half_typed import Typed
from ui.desktop.health_supervisor.view_page import Act, Job
from ui.desktop.health_supervisor.view_typed_sheet import TypedSheet
from ui.desktop.shortcuts import Key
from ui.desktop.widgets.asking import Answers, Asked
from ui.desktop.widgets.lines import Heading, Line
from ui.words.capacity import answered_words, block_lines, change_rows, lacking_words, planning_words
from ui.words.figures import day_words, in_figures

TOPIC = "health_post.annex1b"
_STATUS = {FULL: "green", PART: "amber", NONE: "red", NOT_APPLICABLE: "grey", NOT_SEEN: "grey"}
_Item = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Filled:
    """What a form was filled in with."""

    said: _Item


class Annex1bPage(TypedSheet):
    """One digit answers the question where one is; Enter asks for evidence, gap, owner and date. F12 keeps all."""

    keeping = QtSignal()
    topic = "annex1b"
    kind = "annex1b"
    shares = (7, 6)
    columns = 3

    def blank(self) -> None:
        """Begin with no answer; the header is that of the newest kept assessment, else of the post."""
        self.document: dict[str, Any] = {}
        self.before: tuple[AssessmentView, ...] = ()

    def about(self) -> str:
        """Return "": it is about the post."""
        return ""

    def typed(self) -> Typed:
        """Return the assessment as it stands."""
        return {"document": self.document}

    def take(self, typed: Typed) -> None:
        """Show one that was left half typed."""
        document = typed["document"]
        if not isinstance(document, Mapping):
            raise TypeError("no assessment")
        found = {**document, "items": {code: dict(one) for code, one in document["items"].items()}}
        try:
            assessment_from(found)
        except BmisError as error:  # of another release's checklist
            raise ValueError("no assessment of this checklist") from error
        self.document = found

    def title(self) -> str:
        """Return its name."""
        return _("New assessment")

    def headings(self) -> Sequence[Heading]:
        """Return the columns."""
        return [Heading(_("Question"), wide=True), Heading(_("Answer"))]

    def nothing(self) -> str:
        """Return what an empty list says."""
        return _("Not looked at yet")

    def acts(self) -> Mapping[str, Act]:
        """Return the five answers by their digits, the rest of a question, the header, keeping."""
        return {
            "full": Act(answer_word(FULL), lambda: self.say(FULL), self._stands),
            "part": Act(answer_word(PART), lambda: self.say(PART), self._stands),
            "none": Act(answer_word(NONE), lambda: self.say(NONE), self._stands),
            "na": Act(_("Does not apply…"), self.ask_why_not, self._stands),
            "not_seen": Act(answer_word(NOT_SEEN), lambda: self.say(NOT_SEEN), self._stands),
            "details": Act(_("Evidence, plan…"), self.ask_details, self._stands),
            "take_back": Act(_("Take back"), self.take_back, lambda: bool(self._said())),
            "header": Act(_("Post and day…"), self.ask_header, self._has_document),
            "keep": Act(_("Keep…"), self.ask_keep, self._can_keep, Key.DECIDE),
            "print": Act("PDF…", self.make, self._can_keep, Key.PRINT),
            "anew": Act(_("Begin anew…"), lambda: self.sure_to_give_up(self._anew), lambda: self._typed),
        }

    def refresh(self) -> None:
        """Ask for the earlier ones to compare with; what is typed stays, what was left half typed comes back."""
        parts = self.model.parts
        self.ask(lambda: parts.stores.assessments(parts.by), self._on_found)

    def choose(self, key: object) -> None:
        """Show the question whole."""
        self._show_question()

    def open_line(self, key: object) -> None:
        """Enter asks for the rest of the question."""
        if self._stands():
            self.ask_details()

    # --- acts

    def say(self, answer: str) -> None:
        """Answer the question where one is, and go to the next."""
        code = self.list.key()
        if isinstance(code, str):
            self._put(code, {**self._said(), "answer": answer})
            self._next(code)

    def take_back(self) -> None:
        """Nobody answered the question after all; what was written of it goes too."""
        code = self.list.key()
        if isinstance(code, str) and self.document["items"].pop(code, None) is not None:
            self.touched()

    def ask_why_not(self) -> None:
        """Ask why the question does not apply here: without a reason it counts as not answered."""
        item = self._item()
        if item is None:
            return

        def job(said: Answers) -> Job[str]:
            return lambda: said["comment"]

        def done(why: str) -> None:
            self._put(item.code, {**self._said(), "answer": NOT_APPLICABLE, "comment": why})
            self._next(item.code)

        reason = Asked("comment", _("Why it does not apply"), value=self._said().get("comment") or "", topic=TOPIC)
        self.form(_("{code}: does not apply").format(code=item.code), item.label(current_language()), [reason], job,
                  done)  # fmt: skip

    def ask_details(self) -> None:
        """Ask for everything of one question."""
        item = self._item()
        if item is None:
            return

        def job(said: Answers) -> Job[Filled]:
            found = details_from(said)
            assessment_from({**self.document, "items": {item.code: found}})
            return lambda: Filled(found)

        def done(found: Filled) -> None:
            self._put(item.code, found.said)

        text = f"{item.label(current_language())}\n{evidence_digits()}"
        self.form(f"{item.code} · {item.ref}", text, details_of(self._said(), TOPIC), job, done, columns=2)

    def ask_header(self) -> None:
        """Ask for post, type, day and who assesses."""
        parts = self.model.parts

        def job(said: Answers) -> Job[Filled]:
            found = {**self.document, **header_from(said), "assessors": assessors_from(said["assessors"])}
            assessment_from(found).refuse_later_than(parts.today())
            return lambda: Filled(found)

        def done(found: Filled) -> None:
            self.document = dict(found.said)
            self.touched()

        self.form(_("Post and day"), "", header_fields(self.document, TOPIC), job, done, columns=2)

    def ask_keep(self) -> None:
        """Show scores and what is missing, then keep it under the name of who is at work."""
        parts, document = self.model.parts, dict(self.document)
        scored = self._scored()
        lines = [*block_lines(scored), answered_words(scored), *lacking_words(scored), planning_words()]

        def job(_said: Answers) -> Job[AssessmentView]:
            return lambda: parts.stores.keep_assessment(document, parts.by)

        title = _("Keep the assessment as {name}?").format(name=parts.by.name)
        self.form(title, "\n".join(lines), [], job, self._on_record, ok=_("Keep and sign"), grave=not scored.complete)

    def make(self) -> None:
        """Make the report of what is typed."""
        found, scored, compared = self._assessment(), self._scored(), self._compared()
        parts, language = self.model.parts, current_language()
        name = f"anexo-1b-{found.assessed_on:%Y-%m-%d}.pdf"
        remark = _("Not kept yet. {planning}").format(planning=planning_words())
        self.ask(
            lambda: parts.capacity_report(found, scored, compared, language),
            lambda pdf: self.offered.emit(_("Core capacities"), remark, name, pdf),
        )

    # --- inside

    def _has_document(self) -> bool:
        return bool(self.document) and self.model.may(Permission.ASSESS_CAPACITY)

    def _stands(self) -> bool:
        return self._has_document() and isinstance(self.list.key(), str)

    def _can_keep(self) -> bool:
        return self._has_document() and bool(self._assessment().items)

    def _assessment(self) -> Assessment:
        return assessment_from(self.document)

    def _scored(self) -> CapacityScore:
        return score(self._assessment(), self.model.parts.today())

    def _compared(self) -> Comparison | None:
        now = self._assessment()
        earlier = [
            one.assessment
            for one in self.before
            if (one.kept.poe, one.kept.poe_type) == (now.poe, now.poe_type) and one.kept.assessed_on < now.assessed_on
        ]
        newest = max(earlier, key=lambda one: one.assessed_on, default=None)
        return None if newest is None else compare(now, newest)

    def _said(self) -> _Item:
        found: _Item = self.document["items"].get(self.list.key(), {}) if self.document else {}
        return found

    def _item(self) -> Item | None:
        if not self.document:
            return None
        asked = checklist().items_of(self.document["poe_type"])
        return next((one for one in asked if one.code == self.list.key()), None)

    def _put(self, code: str, said: _Item) -> None:
        self.document["items"][code] = dict(said)
        self.touched()

    def _next(self, code: str) -> None:
        codes = [line.key for line in self.list.lines()]
        self.list.go_to(codes[min(codes.index(code) + 1, len(codes) - 1)])

    def _anew(self) -> None:
        self.given_up()
        self.refresh()

    def _on_record(self, _kept: AssessmentView) -> None:
        self.remarked.emit(_("Kept."), "")
        self._half.forget(self.request_id)
        self._begin()
        self.refresh()
        self.keeping.emit()

    def _on_found(self, found: tuple[AssessmentView, ...]) -> None:
        self.before = found
        if not self.document:
            parts = self.model.parts
            self.document = blank_assessment(parts.desk.place.post_code, parts.today())
            if found:  # the same words for the post, so that the two can be compared
                last = found[0].assessment
                self.document |= {"poe": last.poe, "poe_type": last.poe_type, "designated": last.designated}
                self.document["osbp"] = last.osbp
            self._half.bring_back(self.about(), self._on_half)
        self.retranslate()

    def show_all(self) -> None:
        """Show every question with its answer."""
        if not self.document:
            self.show_lines([])
            self.banner.show_verdict("grey", _("Not looked at yet"))
            self.facts.show_facts([("", planning_words())])
            return
        now, language = self._assessment(), current_language()
        lines = []
        for item in checklist().items_of(now.poe_type):
            said = now.items.get(item.code)
            words = "—" if said is None else answer_word(said.answer)
            if said is not None and said.lacking():
                words = f"{words} +"
            status = "" if said is None else _STATUS[said.answer]
            lines.append(Line(item.code, (f"{item.code}  {item.label(language)}", words), status))
        self.show_lines(lines)
        self._show_question()

    def _show_question(self) -> None:
        if not self.document:
            return
        now, scored = self._assessment(), self._scored()
        status = "amber" if self._typed else "grey"
        title = f"{now.poe} · {now.assessed_on:%d/%m/%Y}"
        points = " · ".join(f"{one.block} {one.points}/{one.possible}" for one in scored.blocks)
        self.banner.show_verdict(status, title, f"{points}. {answered_words(scored)}")
        rows: list[tuple[str, str]] = []
        item = self._item()
        if item is not None:
            rows.append((item.code, item.label(current_language())))
            rows.append((_("Provision"), item.ref))
            rows += _said_rows(now, item.code)
        rows += [("", line) for line in block_lines(scored)]
        compared = self._compared()
        if compared is not None:
            rows += change_rows(compared)
        self.facts.show_facts([*rows, ("", planning_words())])


def _said_rows(now: Assessment, code: str) -> list[tuple[str, str]]:
    said = now.items.get(code)
    if said is None:
        return [(_("Answer"), _("not answered, which is not a no"))]
    cost = None if said.cost_estimate_mzn is None else f"{in_figures(said.cost_estimate_mzn)} MZN"
    due = None if said.due is None else day_words(said.due)
    rows = [
        (_("Answer"), answer_word(said.answer)),
        (_("Evidence seen"), ", ".join(evidence_word(one) for one in said.evidence_seen)),
        (_("Remark"), said.comment),
        (_("What will be done"), said.gap_action),
        (_("Owner"), said.responsible),
        (_("Until"), due),
        (_("Cost"), cost),
        (_("Still missing"), ", ".join(lacking_word(one) for one in said.lacking())),
    ]
    return [(label, words) for label, words in rows if words]
