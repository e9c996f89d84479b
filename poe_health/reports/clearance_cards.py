"""Cards that were signed beforehand, to print and cut: each with its code, its number and the letters beside it."""

from collections.abc import Sequence

from bmis.kernel.clearance import ClearanceOutcome
from bmis.kernel.clearance_card import card_letters
from bmis.kernel.clock import local
from bmis.kernel.i18n import speaking
from bmis.kernel.i18n import translate as _
from bmis.paper.blocks import Row
from bmis.paper.card_sheet import CardSheet, StepCard, card_sheet
from bmis.paper.page import Imprint
from poe_health.clearance.records import Issued


def clearance_cards_pdf(signed: Sequence[Issued], imprint: Imprint, language: str = "pt") -> bytes:
    """Return the cards as PDF, behind a page for health that says what they are for; the cards do not say it.

    Raises:
        PaperFontError: a bundled font is missing or damaged.
        ValueError: no cards, or of more than one outcome.
    """
    if len({one.clearance.outcome for one in signed}) != 1:
        raise ValueError("a heap of cards has one outcome")
    first, last = signed[0].clearance, signed[-1].clearance
    at = imprint.printed_at.utcoffset()
    offset = 0 if at is None else int(at.total_seconds()) // 60
    with speaking(language):
        heap = f"{first.outcome.value} · {_heap(first.outcome)}"
        until = local(first.valid_until, offset)
        rows = (
            Row(_("Numbers"), _("{first} to {last}").format(first=first.card, last=last.card), is_code=True),
            Row(_("How many"), str(len(signed))),
            Row(_("They count until"), f"{until:%d/%m/%Y %H:%M}"),
            Row(_("Handed out, by name"), "……………………………………"),
            Row(_("Destroyed, how many"), "……………………………………"),
        )
    cards = tuple(StepCard(one.clearance.card or 0, card_letters(one.text), one.text) for one in signed)
    languages = (language, "en") if language != "en" else ("en",)
    return card_sheet(CardSheet(imprint, imprint.printed_at.date(), heap, rows, cards, languages))


def _heap(outcome: ClearanceOutcome) -> str:
    return {
        ClearanceOutcome.H_OK: _("Health: done"),
        ClearanceOutcome.H_WAIT: _("Health: wait"),
        ClearanceOutcome.H_WITH_HEALTH: _("Health: accompanied"),
        ClearanceOutcome.H_DECISION: _("Health: being decided"),
    }[outcome]
