"""Papers for who is in charge of a conveyance: the evidence of measures (Annex 4), where free pratique stands."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from bmis.kernel.clock import local
from bmis.kernel.i18n import current_language, speaking
from bmis.kernel.i18n import translate as _
from bmis.paper.blocks import Row
from bmis.paper.health_paper import Blanks, Cells, HealthPaper, Part, Rows, Signed, Texts, health_paper
from bmis.paper.page import Imprint, moment
from bmis.paper.signing import Signature
from poe_health.reports.voyage_rows import answer_words, day_words, voyage_rows
from poe_health.voyages.events import MeasureDone, NextPostTold, PratiqueTaken
from poe_health.voyages.free_pratique import PratiqueState, Step
from poe_health.voyages.kept import KeptVoyage, OrderedMeasure
from poe_health.voyages.settings import bases, measures
from poe_health.voyages.show_voyage import ShownVoyage

_Texts = Mapping[UUID, Mapping[str, Any]]


def measures_pdf(shown: ShownVoyage, imprint: Imprint, language: str = "pt") -> bytes:
    """Return what was ordered and done, as PDF for the operator: no traveller is named.

    Raises:
        PaperFontError: a bundled font is missing or damaged.
    """
    voyage = shown.voyage
    with speaking(language):
        paper = HealthPaper(
            imprint=imprint,
            title=_("Health measures on a conveyance"),
            number=voyage.number,
            below=_("International Health Regulations (2005), arts 22, 25 to 28, Annex 4"),
            parts=(
                Rows("", voyage_rows(voyage), 2),
                Rows("", _judged(voyage)),
                *(_ordered(one, shown.texts, voyage) for one in voyage.measures),
                *_nothing(voyage),
                *_left(voyage),
                Signed((Signature(_("Health authority of the post"), imprint.printed_by),)),
                Blanks("", (_("Received by (operator)"), _("Date and hour"))),
            ),
            languages=(language,),
        )
        return health_paper(paper)


def pratique_pdf(shown: ShownVoyage, imprint: Imprint, language: str = "pt") -> bytes:
    """Return where free pratique stands, as PDF for the master or pilot.

    Raises:
        PaperFontError: a bundled font is missing or damaged.
    """
    voyage = shown.voyage
    with speaking(language):
        paper = HealthPaper(
            imprint=imprint,
            title=_("Free pratique"),
            number=voyage.number,
            banner=state_words(voyage.pratique),
            below=_("International Health Regulations (2005), art. 28"),
            parts=(
                Rows("", voyage_rows(voyage), 2),
                Rows("", _papers(voyage)),
                Cells(
                    _("Steps"),
                    (_("When"), _("Step"), _("Reason or condition"), _("By")),
                    tuple(_step(one, shown.texts) for one in voyage.of(PratiqueTaken)),
                    (0.2, 0.25, 0.33, 0.22),
                ),
                Texts(
                    "",
                    (
                        _(
                            "Free pratique is not refused for reasons of health. It may wait for an inspection, and "
                            "where a source of infection or contamination is found, for measures. Illness that appears "
                            "later is reported to the health authority at once."
                        ),
                    ),
                ),
                Signed((Signature(_("Health authority of the post"), imprint.printed_by),)),
            ),
            languages=(language,),
        )
        return health_paper(paper)


def state_words(state: PratiqueState) -> str:
    """Return where free pratique stands, as it is printed."""
    return {
        PratiqueState.NOT_ASKED: _("FREE PRATIQUE NOT ASKED FOR"),
        PratiqueState.ASKED: _("FREE PRATIQUE ASKED FOR, NOT YET GRANTED"),
        PratiqueState.PENDING_INSPECTION: _("FREE PRATIQUE WAITS FOR THE INSPECTION"),
        PratiqueState.WITH_MEASURES: _("FREE PRATIQUE AFTER THE MEASURES"),
        PratiqueState.GRANTED: _("FREE PRATIQUE GRANTED"),
        PratiqueState.GRANTED_BY_RADIO: _("FREE PRATIQUE GRANTED BY RADIO"),
    }[state]


def step_words(step: Step) -> str:
    """Return one step of free pratique."""
    return {
        Step.ASK: _("Asked for"),
        Step.INSPECT: _("Waits for an inspection"),
        Step.ORDER_MEASURES: _("Waits for measures"),
        Step.FINISH_MEASURES: _("Measures finished: granted"),
        Step.GRANT: _("Granted"),
        Step.GRANT_BY_RADIO: _("Granted by radio"),
        Step.REPORT_ILLNESS: _("Illness reported: inspection"),
    }[step]


def _judged(voyage: KeptVoyage) -> tuple[Row, ...]:
    return (Row(_("Considered affected (art. 27)"), answer_words(voyage.affected)),)


def _ordered(one: OrderedMeasure, texts: _Texts, voyage: KeptVoyage) -> Part:
    said, basis = texts.get(one.order.id, {}), bases()[one.order.basis]
    words = said.get("basis_words")
    done = one.measure.done_at
    event = next((each for each in voyage.of(MeasureDone) if each.measure_id == one.order.id), None)
    how = texts.get(event.id, {}).get("how") if event else None
    by = one.order.by if one.order.second is None else f"{one.order.by}, {one.order.second}"
    return Rows(
        measures()[one.order.measure].label(current_language()),
        (
            Row(_("Basis"), basis.label(current_language()) + (f": {words}" if words else "")),
            Row(_("Reason"), said.get("reason")),
            Row(_("Ordered at"), f"{moment(local(one.order.at))} · {by}"),
            Row(_("Done at"), _("not done") if done is None else moment(local(done))),
            Row(_("How and by whom"), how),
        ),
    )


def _nothing(voyage: KeptVoyage) -> tuple[Part, ...]:
    return () if voyage.measures else (Texts("", (_("No measure was ordered."),), framed=True),)


def _left(voyage: KeptVoyage) -> tuple[Part, ...]:
    told = list(voyage.of(NextPostTold))
    if told:
        last = told[-1]
        return (Rows("", (Row(_("Next point of entry told"), f"{last.place}, {moment(local(last.at))}"),)),)
    if voyage.duties().tell_next_post.value == "yes":
        return (Texts("", (_("The next point of entry must be told before it leaves (art. 27)."),), framed=True),)
    return ()


def _papers(voyage: KeptVoyage) -> tuple[Row, ...]:
    declared, kept = voyage.declared, voyage.sanitation
    read = None
    if declared is not None:
        read = {
            "nothing_reported": _("handed in, nothing reported"),
            "reported": _("handed in, something reported"),
            "incomplete": _("handed in, not complete"),
        }[declared.reading.value]
        read = _("waived") if declared.waived else read
    certificate = None
    if kept is not None:
        certificate = _("{kind} {number}, valid until {day}").format(
            kind=kept.certificate.kind.value, number=kept.certificate.number, day=day_words(kept.valid_until)
        )
        if kept.state.value != "valid":
            certificate += " — " + _("NOT VALID")
    rows = [Row(_("Health declaration"), read)]
    if voyage.sheet.conveyance != "AIR":
        rows.append(Row(_("Ship sanitation certificate"), certificate))
    return tuple(rows)


def _step(one: PratiqueTaken, texts: _Texts) -> tuple[str, ...]:
    reason = texts.get(one.id, {}).get("reason", "")
    by = one.by if one.second is None else f"{one.by}, {one.second}"
    return moment(local(one.at)), step_words(one.step), str(reason), by
