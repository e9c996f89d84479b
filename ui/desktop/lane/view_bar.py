"""What the decision bar shows: the proposed decision first, then secondary, stopping, and a button for the others."""

from bmis.crossings.decision import STOPS, Decision
from bmis.kernel.i18n import translate as _
from ui.desktop.lane.view_model import LaneModel
from ui.desktop.lane.wording import act_words, shut_words
from ui.desktop.shortcuts import Key, KeyTable, shown_key
from ui.desktop.widgets.bars import DecisionButton

OTHERS = "others"


def decision_buttons(model: LaneModel, keys: KeyTable) -> tuple[DecisionButton, ...]:
    """Return the buttons; one that is shut says why, and nothing is put first while the rules propose nothing."""
    proposal = model.checking.proposal
    first = proposal.decision if proposal else None
    decide = shown_key(keys.sequence(Key.DECIDE))
    found: list[DecisionButton] = []
    if first is not None:
        found.append(DecisionButton(first.value, act_words(first), decide, "primary", _why(model, first)))
    else:
        shut = "" if proposal else _why(model, Decision.PENDING_SECONDARY)
        found.append(DecisionButton(OTHERS, _("Choose the decision…"), decide, "", shut))
    if first is not Decision.PENDING_SECONDARY:
        found.append(
            DecisionButton(
                Decision.PENDING_SECONDARY.value,
                act_words(Decision.PENDING_SECONDARY),
                shown_key(keys.sequence(Key.SECONDARY)),
                why_shut=_why(model, Decision.PENDING_SECONDARY),
            )
        )
    stop = next((decision for decision in model.offered if decision in STOPS), None)
    if stop is not None:
        found.append(
            DecisionButton(
                stop.value, act_words(stop), shown_key(keys.sequence(Key.REFUSE)), "danger", _why(model, stop)
            )
        )
    if first is not None:
        found.append(DecisionButton(OTHERS, _("Other decision…")))
    return tuple(found)


def _why(model: LaneModel, decision: Decision) -> str:
    return " · ".join(map(shut_words, model.why_shut(decision)))
