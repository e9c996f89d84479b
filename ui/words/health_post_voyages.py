"""The words of voyages at the desk: how a conveyance comes, where papers, measures and free pratique stand."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from poe_health.codes import choices
from poe_health.reports.conveyance import step_words
from poe_health.reports.voyage_rows import voyage_rows as printed_rows
from poe_health.voyages.conveyance_measures import Passage
from poe_health.voyages.events import PratiqueTaken
from ui.words.health import disease_word, draft_words
from ui.words.health_secondary import answer_word
from ui.words.surveillance import state_word

if TYPE_CHECKING:
    from poe_health.voyages.contacts import OnBoard
    from poe_health.voyages.kept import KeptVoyage
    from poe_health.voyages.show_voyage import ShownVoyage

_PASSAGES: Mapping[Passage, Callable[[], str]] = {
    Passage.CALLS: lambda: _("stops here"),
    Passage.CANAL: lambda: _("passes by a waterway, to a port elsewhere"),
    Passage.NOT_CALLING: lambda: _("passes our waters, calls at no port"),
    Passage.AIR_TRANSIT: lambda: _("aircraft in transit, stays in its area"),
    Passage.ROAD_TRANSIT: lambda: _("passes by road or rail, loads nothing"),
}
_AREAS: Mapping[str, Callable[[], str]] = {
    "GALLEY": lambda: _("galley"),
    "PANTRY": lambda: _("pantry"),
    "STORES": lambda: _("stores"),
    "HOLDS_CARGO": lambda: _("holds and cargo"),
    "QUARTERS_CREW": lambda: _("quarters of the crew"),
    "QUARTERS_OFFICERS": lambda: _("quarters of the officers"),
    "QUARTERS_PASSENGERS": lambda: _("quarters of the passengers"),
    "QUARTERS_DECK": lambda: _("deck"),
    "POTABLE_WATER": lambda: _("drinking water"),
    "SEWAGE": lambda: _("sewage"),
    "BALLAST_TANKS": lambda: _("ballast tanks"),
    "SOLID_MEDICAL_WASTE": lambda: _("solid and medical waste"),
    "STANDING_WATER": lambda: _("standing water"),
    "ENGINE_ROOM": lambda: _("engine room"),
    "MEDICAL_FACILITIES": lambda: _("medical facilities"),
    "OTHER": lambda: _("other"),
}


def passage_word(passage: Passage) -> str:
    """Return how the conveyance comes."""
    return _PASSAGES[passage]()


def area_word(code: str) -> str:
    """Return an area of Annex 3; the code where there are no words."""
    return _AREAS[code]() if code in _AREAS else code


def voyage_title(voyage: "KeptVoyage") -> str:
    """Return number, conveyance and day."""
    sheet = voyage.sheet
    kind = choices("conveyance")[sheet.conveyance].label(current_language())
    return f"{kind} {sheet.number} · {sheet.day:%d/%m/%Y}"


def voyage_status(voyage: "KeptVoyage") -> str:
    """Return red where disease on board was told of or it is affected, amber where something is left to do."""
    if voyage.suspected or voyage.affected.value == "yes":
        return "red"
    due = voyage.duties()
    unfollowed = any(one.monitoring_id is None for one in voyage.contacts)
    waits = voyage.pratique.value in ("ASKED", "PENDING_INSPECTION", "WITH_MEASURES")
    return "amber" if due.unfinished or due.evidence_owed or unfollowed or waits else ""


def voyage_rows(voyage: "KeptVoyage", local_time: Callable[[datetime], datetime]) -> list[tuple[str, str]]:
    """Return everything that the sheet says, and what was added."""
    sheet = voyage.sheet
    rows = [(_("Number"), voyage.number)]
    rows += [(row.label, row.value or "—") for row in printed_rows(voyage)]
    rows += [
        (_("It"), passage_word(sheet.passage)),
        (_("Passengers"), "—" if sheet.passenger_count is None else str(sheet.passenger_count)),
        (_("Crew"), "—" if sheet.crew_count is None else str(sheet.crew_count)),
        (_("Listed on board"), str(len(voyage.occupants))),
        (_("Contacts"), f"{len(voyage.contacts)}"),
    ]
    unfollowed = sum(1 for one in voyage.contacts if one.monitoring_id is None)
    if unfollowed:
        rows.append((_("Contacts whom nobody follows yet"), str(unfollowed)))
    rows += [(_("Told of on board"), disease_word(code, sheet.day)) for code in voyage.suspected]
    rows += [
        (_("List handed over"), f"{one.place}, {local_time(one.at):%d/%m/%Y %H:%M} ({one.contacts})")
        for one in voyage.handed_over
    ]
    if voyage.erased:
        rows.append(("", _("Who it was has been erased by retention.")))
    return [*rows, ("", draft_words())]


def conveyance_rows(shown: "ShownVoyage", local_time: Callable[[datetime], datetime]) -> list[tuple[str, str]]:
    """Return what papers, inspections and orders come to."""
    voyage = shown.voyage
    limits, due, declared, kept = voyage.limits, voyage.duties(), voyage.declared, voyage.sanitation
    allowed = answer_word(limits.measures_allowed)
    rows = [
        (_("Number"), voyage.number),
        (_("Affected (art. 27)"), answer_word(voyage.affected)),
        (_("Measures are allowed"), f"{allowed} (RSI {limits.article})" if limits.article else allowed),
        (_("Health declaration"), _("none handed in") if declared is None else state_word(declared.reading.value)),
    ]
    if declared is not None and declared.open_questions:
        rows.append((_("Questions left open"), str(declared.open_questions)))
    if kept is not None:
        words = _("{kind} {number}: {state}, until {day}").format(
            kind=kept.certificate.kind.value,
            number=kept.certificate.number,
            state=state_word(kept.state.value),
            day=f"{kept.valid_until:%d/%m/%Y}",
        )
        rows.append((_("Ship sanitation certificate"), words))
    if due.unfinished:
        rows.append((_("Measures not done"), str(len(due.unfinished))))
    if due.evidence_owed:
        rows.append((_("Written evidence owed to the operator"), str(len(due.evidence_owed))))
    if due.tell_next_post.value == "yes":
        rows.append(("", _("The next point of entry must be told before it leaves (art. 27).")))
    for one in voyage.of(PratiqueTaken):
        by = one.by if one.second is None else f"{one.by} + {one.second}"
        rows.append((f"{local_time(one.at):%d/%m/%Y %H:%M}", f"{step_words(one.step)} · {by}"))
    return [*rows, ("", draft_words())]


def role_word(role: "OnBoard") -> str:
    """Return what somebody did on board."""
    return {"passenger": _("passenger"), "crew": _("crew"), "cleaner": _("cleaner")}[role.value]


_DECLARED: Mapping[str, Callable[[], str]] = {
    "affected_area_visited": lambda: _("Did the ship call at an area that WHO names as affected?"),
    "sanitation_certificate": lambda: _("Is a valid sanitation certificate on board?"),
    "reinspection_required": lambda: _("Is a new inspection required?"),
    "surgeon_on_board": lambda: _("Does the ship carry a surgeon?"),
    "anybody_ill": lambda: _("Is anybody on board ill (fever and a sign, or the crew say so)?"),
    "anybody_left_ill": lambda: _("Did anybody leave the aircraft ill on the way?"),
    "disinsection_done": lambda: _("Was the aircraft sprayed or treated in flight?"),
    "port": lambda: _("port of arrival"),
    "ship_name": lambda: _("ship"),
    "registration": lambda: _("registration"),
    "flag": lambda: _("flag"),
    "arriving_from": lambda: _("arriving from"),
    "sailing_to": lambda: _("sailing to"),
    "schedule": lambda: _("list of the ill"),
    "ports": lambda: _("ports of the last thirty days"),
    "master_signed": lambda: _("signature of the master"),
    "surgeon_signed": lambda: _("signature of the surgeon"),
    "flight": lambda: _("flight"),
    "signed": lambda: _("signature"),
    "disinsections": lambda: _("spraying in flight"),
}


def declared_word(code: str) -> str:
    """Return a question or a field of a declaration."""
    return _DECLARED[code]()
