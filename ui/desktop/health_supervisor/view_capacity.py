"""Core capacities of the post (IHR Annex 1 Part B): a planning aid, never a certification."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bmis.kernel.actor import Permission
from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from poe_health.capacity.assessment import Assessment
from poe_health.capacity.assessment_json import assessment_from
from poe_health.capacity.comparison import Comparison, compare
from poe_health.capacity.keep_assessment import GapRequest
from poe_health.capacity.kept import AssessmentView, GapState
from poe_health.capacity.scoring import CapacityScore, score
from ui.desktop.health_supervisor.typed import day_of
from ui.desktop.health_supervisor.view_page import Act, ActPage, Job
from ui.desktop.shortcuts import Key
from ui.desktop.widgets.asking import Answers, Asked
from ui.desktop.widgets.lines import Heading, Line
from ui.words.capacity import block_lines, change_rows, gap_line, item_word, kept_gap_line, planning_words
from ui.words.health_stores import gap_state_word

TOPIC = "health_post.capacity"


@dataclass(frozen=True, slots=True)
class OpenedAssessment:
    """An assessment as its file has it, compared with the newest one kept before it."""

    document: Mapping[str, Any]
    assessment: Assessment
    compared: Comparison | None


class CapacityPage(ActPage):
    """The kept assessments; one that was opened and not kept is marked."""

    topic = "capacity"

    def prepare(self) -> None:
        """Set what the page keeps."""
        self.found: tuple[AssessmentView, ...] = ()
        self.opened_one: OpenedAssessment | None = None

    def title(self) -> str:
        """Return its name."""
        return _("Capacities (Annex 1B)")

    def headings(self) -> Sequence[Heading]:
        """Return the columns."""
        return [Heading(_("Day")), Heading(_("Blocks"), wide=True), Heading(_("Open gaps"))]

    def nothing(self) -> str:
        """Return what an empty list says."""
        return _("No assessment was kept. Ctrl+2 makes one; a file of one can be opened.")

    def acts(self) -> Mapping[str, Act]:
        """Return what can be done."""
        assesses = self.model.may(Permission.ASSESS_CAPACITY)
        return {
            "open": Act(_("Open a file…"), self.ask_file, lambda: assesses),
            "keep": Act(_("Keep"), self.keep, lambda: assesses and self.opened_one is not None, Key.DECIDE),
            "gap": Act(_("Gap…"), self.ask_gap, self._can_step),
            "print": Act("PDF…", self.make, lambda: self._assessment() is not None, Key.PRINT),
        }

    def badge(self) -> int:
        """Return how many gaps are overdue in the newest assessment."""
        return sum(1 for gap in self.found[0].gaps if gap.overdue) if self.found else 0

    def unsaved(self) -> bool:
        """Return whether an assessment was opened and not kept."""
        return self.opened_one is not None

    def refresh(self) -> None:
        """Ask for the assessments."""
        parts = self.model.parts
        self.ask(lambda: parts.stores.assessments(parts.by), self._on_found)

    def choose(self, key: object) -> None:
        """Show the assessment, compared with the one before it."""
        self._show_assessment()

    # --- acts

    def ask_file(self) -> None:
        """Ask for the file; nothing is kept yet."""
        parts = self.model.parts

        def job(said: Answers) -> Job[OpenedAssessment]:
            path = Path(said["path"]).expanduser()

            def work() -> OpenedAssessment:
                document = parts.read_assessment(path)
                found = assessment_from(document)
                found.refuse_later_than(parts.today())
                before = parts.stores.assessments.before(found, parts.by)
                compared = compare(found, before) if before is not None else None
                return OpenedAssessment(document, found, compared)

            return work

        def done(read: OpenedAssessment) -> None:
            self.opened_one = read
            self.show_all()

        asked = Asked("path", _("File of the assessment (JSON)"), topic="desk.file")
        self.form(_("Open an assessment"), _("It is scored and shown; keeping it is a step of its own."), [asked], job,
                  done, ok=_("Open"))  # fmt: skip

    def keep(self) -> None:
        """Keep the assessment that was opened."""
        opened, parts = self.opened_one, self.model.parts
        if opened is None:
            return
        document = opened.document

        def done(_kept: AssessmentView) -> None:
            self.opened_one = None
            self.remarked.emit(_("Kept."), "")
            self.refresh()

        self.ask(lambda: parts.stores.keep_assessment(document, parts.by), done)

    def ask_gap(self) -> None:
        """Ask what became of a gap: owner, date, closed or decided against."""
        view, parts = self._view(), self.model.parts
        if view is None:
            return
        gaps = tuple(
            (gap.item, f"{gap.item} · {gap_state_word(gap.state.value)} · {item_word(gap.item)}") for gap in view.gaps
        )
        states = tuple((state.value, gap_state_word(state.value)) for state in GapState)
        fields = [
            Asked("item", _("Gap"), "choice", gaps, topic=TOPIC),
            Asked("state", _("State"), "choice", states, GapState.OPEN.value, topic=TOPIC),
            Asked("responsible", _("Owner (empty: as it was)"), required=False, topic=TOPIC),
            Asked("due", _("Until (empty: as it was)"), "date", required=False, topic=TOPIC),
            Asked("note", _("Remark (needed to decide against it)"), required=False, topic=TOPIC),
        ]

        def job(said: Answers) -> Job[AssessmentView]:
            request = GapRequest(
                assessment_id=view.kept.id,
                item=said["item"],
                state=GapState(said["state"]),
                responsible=said["responsible"] or None,
                due=day_of(said["due"], "due"),
                note=said["note"] or None,
            )
            return lambda: parts.stores.keep_assessment.step(request, parts.by)

        def done(_kept: AssessmentView) -> None:
            self.remarked.emit(_("Kept."), "")
            self.refresh()

        self.form(_("What became of a gap"), "", fields, job, done)

    def make(self) -> None:
        """Make the report."""
        found, parts, compared = self._assessment(), self.model.parts, self._comparison()
        if found is None:
            return
        today, language = parts.today(), current_language()
        name = f"anexo-1b-{found.assessed_on:%Y-%m-%d}.pdf"
        self.ask(
            lambda: parts.capacity_report(found, score(found, today), compared, language),
            lambda pdf: self.offered.emit(_("Core capacities"), planning_words(), name, pdf),
        )

    # --- inside

    def _view(self) -> AssessmentView | None:
        if self.opened_one is not None:
            return None
        return next((one for one in self.found if one.kept.id == self.list.key()), None)

    def _assessment(self) -> Assessment | None:
        if self.opened_one is not None:
            return self.opened_one.assessment
        view = self._view()
        return view.assessment if view else None

    def _comparison(self) -> Comparison | None:
        if self.opened_one is not None:
            return self.opened_one.compared
        view = self._view()
        if view is None:
            return None
        earlier = [
            one.assessment
            for one in self.found
            if (one.kept.poe, one.kept.poe_type) == (view.kept.poe, view.kept.poe_type)
            and one.kept.assessed_on < view.kept.assessed_on
        ]
        newest = max(earlier, key=lambda one: one.assessed_on, default=None)
        return None if newest is None else compare(view.assessment, newest)

    def _can_step(self) -> bool:
        view = self._view()
        return view is not None and bool(view.gaps) and self.model.may(Permission.KEEP_HEALTH_PLANS)

    def _on_found(self, found: tuple[AssessmentView, ...]) -> None:
        self.found = found
        self.show_all()
        self.counted.emit()

    def show_all(self) -> None:
        """Show the assessments."""
        lines = []
        if self.opened_one is not None:
            one = self.opened_one.assessment
            scored = score(one, self.model.parts.today())
            cells = (f"{one.assessed_on:%d/%m/%Y}", _blocks(scored), str(len(scored.gaps)))
            lines.append(Line("opened", cells, "amber"))
        for view in self.found:
            blocks = ", ".join(f"{each.block} {each.points}/{each.possible}" for each in view.kept.blocks)
            overdue = any(gap.overdue for gap in view.gaps)
            cells = (f"{view.kept.assessed_on:%d/%m/%Y}", blocks, str(view.open_gaps))
            lines.append(Line(view.kept.id, cells, "red" if overdue else ""))
        self.show_lines(lines, "opened" if self.opened_one is not None else None)
        self._show_assessment()

    def _show_assessment(self) -> None:
        found = self._assessment()
        if found is None:
            self.banner.show_verdict("grey", _("No assessment is chosen"))
            self.facts.show_facts((("", planning_words()),))
            return
        scored = score(found, self.model.parts.today())
        words = _("opened, not kept yet") if self.opened_one is not None else ""
        lacking = _("Answers that lack something: {count}.").format(count=len(scored.lacking)) if scored.lacking else ""
        status = "amber" if self.opened_one is not None or not scored.complete else "grey"
        self.banner.show_verdict(status, f"{found.poe} · {found.assessed_on:%d/%m/%Y}", " ".join((words, lacking)))
        blocks = [("", line) for line in block_lines(scored)]
        rest = [*self._gap_rows(scored), *self._change_rows(), ("", planning_words())]
        self.facts.show_facts([*blocks, *rest])

    def _gap_rows(self, scored: CapacityScore) -> list[tuple[str, str]]:
        view = self._view()
        lines = [gap_line(one) for one in scored.gaps] if view is None else [kept_gap_line(one) for one in view.gaps]
        rows = [(_("Gaps ({count})").format(count=len(lines)), "")] if lines else []
        return rows + [("", line) for line in lines]

    def _change_rows(self) -> list[tuple[str, str]]:
        compared = self._comparison()
        return [] if compared is None else change_rows(compared)


def _blocks(scored: CapacityScore) -> str:
    return ", ".join(f"{each.block} {each.points}/{each.possible}" for each in scored.blocks)
