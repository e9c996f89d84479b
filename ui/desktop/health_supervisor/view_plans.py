"""Procedures and response plans of the post: found by their words, attached by the supervisor."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from uuid import uuid4

from PySide6.QtWidgets import QLineEdit

from bmis.kernel.actor import Permission
from bmis.kernel.i18n import translate as _
from poe_health.plans.keep_plans import PlanRequest
from poe_health.plans.plan import PlanHit, PlanView
from poe_health.plans.settings import plan_kinds
from ui.desktop.health_supervisor.typed import day_of
from ui.desktop.health_supervisor.view_page import Act, ActPage, Job
from ui.desktop.shortcuts import Key
from ui.desktop.widgets.asking import Answers, Asked
from ui.desktop.widgets.lines import Heading, Line
from ui.desktop.widgets.plain import LabelledField
from ui.words.health_secondary import worded

TOPIC = "health_post.plans"


class PlansPage(ActPage):
    """Without words every procedure in force is listed."""

    topic = "plans"
    columns = 2

    def prepare(self) -> None:
        """Set what the page keeps."""
        self.hits: tuple[PlanHit, ...] = ()
        self.words = QLineEdit()
        self.words.setObjectName(TOPIC)
        self.words.returnPressed.connect(self.refresh)
        self._words_field = LabelledField(self.words)

    def over_list(self) -> LabelledField:
        """Return the field for the words."""
        return self._words_field

    def title(self) -> str:
        """Return its name."""
        return _("Procedures")

    def headings(self) -> Sequence[Heading]:
        """Return the columns."""
        return [Heading(_("Code")), Heading(_("Title"), wide=True), Heading(_("State"))]

    def nothing(self) -> str:
        """Return what an empty list says."""
        return _("No procedure holds these words.") if self.words.text().strip() else _("No procedure was attached.")

    def acts(self) -> Mapping[str, Act]:
        """Return what can be done."""
        return {
            "find": Act(_("Find"), self.refresh, key=Key.FIND),
            "open": Act(_("Save the file…"), self.save, self._is_chosen, Key.PRINT),
            "attach": Act(_("Attach…"), self.ask_attach, self._keeps),
            "withdraw": Act(_("Withdraw…"), self.withdraw, lambda: self._keeps() and self._is_chosen()),
        }

    @property
    def chosen(self) -> PlanHit | None:
        """The procedure where one is."""
        return next((one for one in self.hits if one.view.added.id == self.list.key()), None)

    def badge(self) -> int:
        """Return how many should have been reviewed."""
        today = self.model.parts.today()
        return sum(1 for one in self.hits if one.view.review_overdue(today))

    def retranslate(self) -> None:
        """Word the page."""
        self._words_field.say(_("Words in the procedure, then Enter"))
        super().retranslate()

    def refresh(self) -> None:
        """Look for the words."""
        parts, typed = self.model.parts, self.words.text().strip()

        def work() -> tuple[PlanHit, ...]:
            if typed:
                return tuple(parts.stores.plans.search(typed, parts.by))
            return tuple(PlanHit(one, "") for one in parts.stores.plans(parts.by))

        self.ask(work, self._on_found)

    def choose(self, key: object) -> None:
        """Show the procedure."""
        self._show_plan()

    def open_line(self, key: object) -> None:
        """Enter gives the file."""
        self.save()

    def save(self) -> None:
        """Offer the file as it was attached."""
        chosen, parts = self.chosen, self.model.parts
        if chosen is None:
            return
        added = chosen.view.added
        suffix = ".pdf" if "pdf" in added.media else ".txt"
        self.ask(
            lambda: parts.stores.plans.file(added.code, parts.by, version=added.version)[1],
            lambda content: self.offered.emit(added.title, "", f"{added.code}-{added.version}{suffix}", content),
        )

    def ask_attach(self) -> None:
        """Ask for a version of a procedure and its file."""
        request_id, parts = uuid4(), self.model.parts
        fields = [
            Asked("path", _("File (PDF or text)"), topic="desk.file"),
            Asked("code", _("Code at the post, as PC-01"), topic=TOPIC),
            Asked("kind", _("Kind"), "choice", worded(plan_kinds()), topic=TOPIC),
            Asked("title", _("Title"), topic=TOPIC),
            Asked("version", _("Version, as 1.0"), topic=TOPIC),
            Asked("approved_by", _("Approved by (empty: a draft)"), required=False, topic=TOPIC),
            Asked("approved_on", _("Approved on"), "date", required=False, topic=TOPIC),
            Asked("review_on", _("Review by"), "date", required=False, topic=TOPIC),
        ]

        def job(said: Answers) -> Job[PlanView]:
            request = PlanRequest(
                request_id=request_id,
                code=said["code"],
                kind=said["kind"],
                title=said["title"],
                version=said["version"],
                approved_by=said["approved_by"] or None,
                approved_on=day_of(said["approved_on"], "approved_on"),
                review_on=day_of(said["review_on"], "review_on"),
            )
            path = Path(said["path"]).expanduser()
            return lambda: parts.stores.keep_plans.add(request, parts.read_plan(path), parts.by)

        def done(kept: PlanView) -> None:
            self.remarked.emit(_("Attached: {title}.").format(title=kept.added.title), "")
            self.refresh()

        self.form(_("Attach a procedure"), "", fields, job, done, columns=2)

    def withdraw(self) -> None:
        """Ask once, then take the procedure out of force."""
        chosen, parts = self.chosen, self.model.parts
        if chosen is None:
            return
        added = chosen.view.added

        def done(_none: object) -> None:
            self.remarked.emit(_("Withdrawn; its versions stay on record."), "")
            self.refresh()

        self.sure(
            _("Withdraw the procedure?"),
            f"{added.code} · {added.title}",
            _("Withdraw"),
            lambda: self.ask(lambda: parts.stores.keep_plans.withdraw(added.code, parts.by), done),
        )

    def _keeps(self) -> bool:
        return self.model.may(Permission.KEEP_HEALTH_PLANS)

    def _is_chosen(self) -> bool:
        return self.chosen is not None

    def _on_found(self, hits: tuple[PlanHit, ...]) -> None:
        self.hits = hits
        self.retranslate()
        self.counted.emit()
        if self.words.hasFocus() and hits:
            self.list.setFocus()

    def show_all(self) -> None:
        """Show what was found."""
        today = self.model.parts.today()
        lines = []
        for one in self.hits:
            added = one.view.added
            state = _("in force") if one.view.in_force else _("withdrawn") if one.view.withdrawn else _("draft")
            if one.view.review_overdue(today):
                state = _("review is due")
            status = "green" if one.view.in_force else "grey"
            status = "amber" if one.view.review_overdue(today) else status
            lines.append(Line(added.id, (added.code, f"{added.title} {added.version}", state), status))
        self.show_lines(lines)
        self._show_plan()

    def _show_plan(self) -> None:
        chosen = self.chosen
        if chosen is None:
            self.banner.show_verdict("grey", _("Nothing is chosen"))
            self.facts.show_facts(())
            return
        added, view = chosen.view.added, chosen.view
        approved = added.approved_by or _("nobody: it is a draft")
        self.banner.show_verdict("green" if view.in_force else "grey", f"{added.code} {added.version}", added.title)
        rows = [("", " ".join(chosen.excerpt.split()))] if chosen.excerpt else []
        rows += [
            (_("Approved by"), approved),
            (_("Approved on"), f"{added.approved_on:%d/%m/%Y}" if added.approved_on else "—"),
            (_("Review by"), f"{added.review_on:%d/%m/%Y}"),
            (_("Pages"), str(added.pages)),
        ]
        if not added.text_length:
            rows.append(("", _("There are no words in it: a scan, found by its title only.")))
        self.facts.show_facts(rows)
