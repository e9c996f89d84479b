"""Health measures on the conveyance in front, its certificate, and free pratique by two."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from bmis.kernel.actor import Permission
from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from bmis.staff.approval import Approval
from poe_health.reports.conveyance import state_words, step_words
from poe_health.rules.answer import Answer
from poe_health.voyages.free_pratique import Step, steps_from
from poe_health.voyages.kept import KeptVoyage
from poe_health.voyages.order_measures import FREE_PRATIQUE, ORDER_MEASURE, Order
from poe_health.voyages.sanitation import SanitationCertificate, SanitationKind
from poe_health.voyages.settings import bases, measures
from poe_health.voyages.sheet import WITH_PRATIQUE
from poe_health.voyages.show_voyage import ShownVoyage
from ui.desktop.health_supervisor.typed import needed_day
from ui.desktop.health_supervisor.view_model import FrontVoyage
from ui.desktop.health_supervisor.view_page import Act, ActPage, Job
from ui.desktop.shortcuts import Key
from ui.desktop.widgets.asking import Answers, Asked, reason_field
from ui.desktop.widgets.lines import Heading, Line
from ui.desktop.words import moment_words
from ui.words.health_post_voyages import conveyance_rows, voyage_title
from ui.words.health_secondary import answer_word, worded

TOPIC = "health_post.conveyance"
_ON_WATER = frozenset({"SHIP", "CANOE"})


class ConveyancePage(ActPage):
    """The voyage in front; every order says on which basis and why."""

    topic = "conveyance"

    def prepare(self) -> None:
        """Set what the page keeps."""
        self.front = FrontVoyage()
        self.shown: ShownVoyage | None = None

    def title(self) -> str:
        """Return its name."""
        return _("Measures and free pratique")

    def headings(self) -> Sequence[Heading]:
        """Return the columns."""
        return [Heading(_("Measure"), wide=True), Heading(_("Ordered")), Heading(_("Done"))]

    def nothing(self) -> str:
        """Return what an empty list says."""
        return _("No measure was ordered.") if self.shown else _("Choose a voyage first.")

    def acts(self) -> Mapping[str, Act]:
        """Return what can be done for the conveyance."""
        return {
            "pratique": Act(_("Free pratique…"), self.ask_pratique, self._has_pratique, Key.DECIDE),
            "judge": Act(_("Affected?…"), self.ask_judged, self._may),
            "measure": Act(_("Order…"), self.ask_measure, self._may),
            "done": Act(_("Done…"), self.ask_done, self._can_be_done),
            "evidence": Act(_("Evidence given"), self.give_evidence, self._owes_evidence),
            "next": Act(_("Next post told…"), self.ask_next, self._may),
            "certificate": Act(_("Certificate…"), self.ask_certificate, self._on_water),
            "extend": Act(_("Extend…"), self.ask_extension, self._has_certificate),
        }

    def refresh(self) -> None:
        """Ask for the voyage in front."""
        found, voyages, by = self.front.id, self.model.voyages, self.model.parts.by
        if found is None:
            self._on_shown(None)
        else:
            self.ask(lambda: voyages.show(found, by), self._on_shown)

    # --- acts

    def ask_pratique(self) -> None:
        """Ask for the next step; where something is open two people sign, one of them a supervisor."""
        shown = self.shown
        if shown is None:
            return
        voyage = shown.voyage
        steps = tuple((step.value, step_words(step)) for step in steps_from(voyage.pratique))
        fields = [
            Asked("step", _("Step"), "choice", steps, topic=TOPIC),
            self.when_field(),
            Asked("reason", _("Reason or condition"), required=False, topic="desk.reason"),
            *self._second_fields(),
        ]

        def work(request_id: UUID, said: Answers, at: datetime) -> KeptVoyage:
            approval = self._signed(FREE_PRATIQUE, voyage.id, said)
            by = self.model.parts.by
            return self.model.voyages.pratique(
                voyage.id, request_id, Step(said["step"]), at, by, said["reason"], approval
            )

        text = _("Free pratique is not refused for reasons of health; it may wait for an inspection or for measures.")
        self._keep(f"{_('Free pratique')}: {state_words(voyage.pratique)}", text, fields, work, columns=2)

    def ask_judged(self) -> None:
        """Ask whether it counts as affected, and comes from an affected area."""
        fields = [
            Asked("affected", _("Affected (art. 27)"), "choice", _answers(), required=False, topic=TOPIC),
            Asked("area", _("Comes from an affected area"), "choice", _answers(), required=False, topic=TOPIC),
            reason_field(),
        ]

        def work(request_id: UUID, said: Answers, _at: datetime) -> KeptVoyage:
            affected, area = Answer(said["affected"] or "unknown"), Answer(said["area"] or "unknown")
            found, by = self._front(), self.model.parts.by
            return self.model.voyages.inspect.judge(found, request_id, affected, area, said["reason"], by)

        self._keep(_("Is it affected?"), _("A dash is: not known."), fields, work)

    def ask_measure(self) -> None:
        """Ask for a measure; a supervisor orders it or signs."""
        fields = [
            Asked("measure", _("Measure"), "choice", worded(measures()), topic=TOPIC),
            Asked("basis", _("Basis"), "choice", worded(bases()), topic=TOPIC),
            Asked("basis_words", _("Which law or advice"), required=False, topic=TOPIC),
            reason_field(),
            self.when_field(),
        ]
        if not self.model.may(Permission.ORDER_HEALTH_MEASURE):
            fields += self._second_fields()

        def work(request_id: UUID, said: Answers, at: datetime) -> KeptVoyage:
            ordered = Order(said["measure"], said["basis"], said["reason"], at, said["basis_words"])
            found, by = self._front(), self.model.parts.by
            approval = self._signed(ORDER_MEASURE, found, said)
            return self.model.voyages.measures(found, request_id, ordered, by, approval)

        self._keep(_("Order a measure"), _("A health supervisor orders it, or signs."), fields, work, columns=2)

    def ask_done(self) -> None:
        """Ask when and how the chosen measure was carried out."""
        measure_id = self.list.key()
        if not isinstance(measure_id, UUID):
            return
        fields = [self.when_field(), Asked("how", _("How and by whom"), required=False, topic=TOPIC)]

        def work(request_id: UUID, said: Answers, at: datetime) -> KeptVoyage:
            found, by = self._front(), self.model.parts.by
            return self.model.voyages.measures.done(found, request_id, measure_id, at, by, said["how"])

        self._keep(_("Measure carried out"), "", fields, work)

    def give_evidence(self) -> None:
        """Say that the operator has the written evidence of everything that is done."""
        shown = self.shown
        if shown is None:
            return
        voyage, by, request_id = shown.voyage, self.model.parts.by, uuid4()
        owed = [one.order.id for one in voyage.measures if one.measure.done_at and not one.measure.evidence_given]
        voyages = self.model.voyages
        self.ask(lambda: voyages.measures.evidence_given(voyage.id, request_id, owed, by), self._on_kept)

    def ask_next(self) -> None:
        """Ask whom of the next point of entry was told."""
        fields = [
            Asked("place", _("Next point of entry"), topic=TOPIC),
            Asked("person", _("Person there"), topic=TOPIC),
            self.when_field(),
        ]

        def work(request_id: UUID, said: Answers, at: datetime) -> KeptVoyage:
            found, by = self._front(), self.model.parts.by
            return self.model.voyages.measures.next_post_told(found, request_id, said["place"], said["person"], at, by)

        self._keep(_("Next point of entry told"), "", fields, work)

    def ask_certificate(self) -> None:
        """Ask for the sanitation certificate that was seen on board."""
        kinds = ((SanitationKind.EXEMPTION.value, "SSCEC"), (SanitationKind.CONTROL.value, "SSCC"))
        fields = [
            Asked("kind", _("Certificate"), "choice", kinds, topic=TOPIC),
            Asked("number", _("Number"), topic=TOPIC),
            Asked("issued_on", _("Issued on"), "date", topic=TOPIC),
            Asked("port", _("Port"), topic=TOPIC),
        ]

        def job(said: Answers) -> Job[KeptVoyage]:
            issued, request_id = needed_day(said["issued_on"], "issued_on"), uuid4()
            seen = SanitationCertificate(SanitationKind(said["kind"]), said["number"], issued, said["port"])
            found, voyages, by = self._front(), self.model.voyages, self.model.parts.by
            return lambda: voyages.sanitation.seen(found, request_id, seen, by)

        self.form(_("Ship sanitation certificate"), _("Six months, and once one month more."), fields, job,
                  self._on_kept)  # fmt: skip

    def ask_extension(self) -> None:
        """Ask what allows the one extension."""
        truth = (("yes", _("Yes")), ("no", _("No")))
        fields = [
            Asked("cannot", _("The inspection cannot be done at this port"), "choice", truth, topic=TOPIC),
            Asked("authorised", _("This port is authorised to extend"), "choice", truth, topic=TOPIC),
            Asked("evidence", _("Evidence of infection or contamination"), "choice", _answers(), required=False,
                  topic=TOPIC),
            reason_field(),
        ]  # fmt: skip

        def work(request_id: UUID, said: Answers, _at: datetime) -> KeptVoyage:
            return self.model.voyages.sanitation.extended(
                self._front(),
                request_id,
                said["reason"],
                self.model.parts.by,
                port_cannot_inspect=said["cannot"] == "yes",
                port_authorised=said["authorised"] == "yes",
                evidence=Answer(said["evidence"] or "unknown"),
            )

        self._keep(_("Extend by one month"), "", fields, work)

    # --- inside

    def _keep(self, title: str, text: str, fields: Sequence[Asked], work: Any, *, columns: int = 1) -> None:
        """Ask, then run ``work`` with one request for the whole form: sent twice it is kept once."""
        request_id = uuid4()

        def job(said: Answers) -> Job[KeptVoyage]:
            at = self.moment(said) if "at" in said else self.model.parts.now()
            return lambda: work(request_id, said, at)

        self.form(title, text, fields, job, self._on_kept, columns=columns)

    def _second_fields(self) -> list[Asked]:
        topic = "desk.second"
        return [
            Asked("second", _("Second person, where two are needed"), required=False, topic=topic),
            Asked("second_password", _("Second person: password"), "password", required=False, topic=topic),
        ]

    def _signed(self, action: str, voyage_id: UUID, said: Answers) -> Approval | None:
        if not said.get("second"):
            return None
        by = self.model.parts.by
        return self.model.voyages.signed(action, voyage_id, said["second"], said["second_password"], by)

    def _front(self) -> UUID:
        if self.shown is None:
            raise LookupError("no voyage in front")
        return self.shown.voyage.id

    def _may(self) -> bool:
        return self.shown is not None and self.model.may(Permission.EXAMINE_TRAVELLER)

    def _has_pratique(self) -> bool:
        return self._may() and self.shown is not None and self.shown.voyage.sheet.conveyance in WITH_PRATIQUE

    def _on_water(self) -> bool:
        return self._may() and self.shown is not None and self.shown.voyage.sheet.conveyance in _ON_WATER

    def _has_certificate(self) -> bool:
        return self._on_water() and self.shown is not None and self.shown.voyage.sanitation is not None

    def _can_be_done(self) -> bool:
        if not self._may() or self.shown is None:
            return False
        chosen = next((one for one in self.shown.voyage.measures if one.order.id == self.list.key()), None)
        return chosen is not None and chosen.measure.done_at is None

    def _owes_evidence(self) -> bool:
        return self._may() and self.shown is not None and bool(self.shown.voyage.duties().evidence_owed)

    def _on_kept(self, _kept: KeptVoyage) -> None:
        self.remarked.emit(_("Kept."), "")
        self.refresh()

    def _on_shown(self, shown: ShownVoyage | None) -> None:
        self.shown = shown
        self.retranslate()

    def show_all(self) -> None:
        """Show the voyage."""
        shown, local_time = self.shown, self.model.parts.local_time
        if shown is None:
            self.show_lines([])
            self.banner.show_verdict("grey", _("No voyage is chosen"))
            self.facts.show_facts(())
            return
        voyage, language = shown.voyage, current_language()
        lines = []
        for one in voyage.measures:
            done = one.measure.done_at
            cells = (
                measures()[one.order.measure].label(language),
                moment_words(local_time(one.order.at)),
                _("not done") if done is None else moment_words(local_time(done)),
            )
            lines.append(Line(one.order.id, cells, "amber" if done is None else "green"))
        self.show_lines(lines)
        granted = voyage.pratique.value in ("GRANTED", "GRANTED_BY_RADIO")
        if voyage.sheet.conveyance not in WITH_PRATIQUE:
            status, words = "amber" if voyage.duties().unfinished else "grey", ""
        else:
            status, words = "green" if granted else "amber", state_words(voyage.pratique)
        self.banner.show_verdict(status, voyage_title(voyage), words)
        self.facts.show_facts(conveyance_rows(shown, local_time))


def _answers() -> tuple[tuple[str, str], ...]:
    return tuple((one.value, answer_word(one)) for one in (Answer.YES, Answer.NO))
