"""The words of codes behind the lane: acts that two sign, states of forms, settings of a post, events."""

from bmis.kernel.i18n import translate as _


def action_word(code: str) -> str:
    """Return the words of an action that a second person signs; the code itself for one without words."""
    return {
        "crossing.let_through": _("Let through against a red check"),
        "crossing.annul": _("Annulment of one's own record"),
        "crossing.backfill": _("Paper form typed in late"),
        "report.publish": _("Publication of a bulletin"),
        "risk.selector": _("Nationality selector"),
    }.get(code, code)


def form_state_word(code: str) -> str:
    """Return the word of a contingency form's state."""
    return {
        "allocated": _("free"),
        "used": _("typed in"),
        "spoiled": _("spoiled"),
        "missing": _("missing"),
    }.get(code, code)


def setting_word(code: str) -> str:
    """Return the words of a setting of the post."""
    return {
        "single_officer": _("Single officer"),
        "records_complete_since": _("Records complete since"),
        "opening_state": _("Opening state"),
        "health_order": _("Order of the health step"),
        "posted_at": _("Truck posted at"),
    }.get(code, code)


def health_order_word(code: str | None) -> str:
    """Return which desk comes first; what nobody has said is said so."""
    if code is None:
        return _("not stated")
    return {"health_first": _("health first"), "lane_first": _("lane first")}.get(code, code)


def opening_state_word(code: str | None) -> str:
    """Return the word of an opening state; what nobody has said is said so."""
    if code is None:
        return _("not stated")
    return {
        "open": _("open"),
        "restricted": _("restricted"),
        "closed": _("closed"),
        "destroyed": _("destroyed"),
        "temporary": _("temporary"),
    }.get(code, code)


def record_state_word(code: str) -> str:
    """Return whether a record counts."""
    return {"standing": _("valid"), "undone": _("taken back"), "annulled": _("annulled")}.get(code, code)


def event_word(code: str) -> str:
    """Return the words of what happened to a crossing."""
    return {
        "crossing.amended": _("Corrected"),
        "crossing.annulled": _("Annulled"),
        "crossing.undone": _("Taken back"),
        "crossing.closed": _("Decided in secondary"),
        "crossing.reopened": _("Waits again"),
        "traveller.linked": _("Linked to another traveller"),
        "traveller.unlinked": _("Link taken back"),
        "crossing.printed": _("Printed"),
    }.get(code, code)


def request_field_word(name: str) -> str:
    """Return the label of a field of a crossing's request (``journey.purpose``); the name itself without one."""
    return {
        "document.issuing_state": _("Issuing State"),
        "document.number": _("Document number"),
        "document.surname": _("Surname"),
        "document.given_names": _("Given names"),
        "document.viz_surname": _("Surname, with accents"),
        "document.viz_given_names": _("Given names, with accents"),
        "document.nationality": _("Nationality"),
        "document.birth_date": _("Date of birth"),
        "document.sex": _("Sex"),
        "document.expiry_date": _("Date of expiry"),
        "journey.travel_mode": _("Means of travel"),
        "journey.carrier": _("Carrier"),
        "journey.vehicle": _("Vehicle"),
        "journey.group_id": _("Group"),
        "journey.manifest_id": _("Passenger list"),
        "journey.coming_from": _("Coming from"),
        "journey.coming_from_place": _("Coming from (place)"),
        "journey.going_to": _("Going to"),
        "journey.going_to_place": _("Going to (place)"),
        "journey.purpose": _("Purpose of the journey"),
        "journey.intended_days": _("Days intended"),
        "journey.accommodation": _("Accommodation"),
        "person.traveller_class": _("Class of traveller"),
        "person.further_nationalities": _("Further nationalities"),
        "person.birth_country": _("Country of birth"),
        "person.birth_place": _("Place of birth"),
        "person.residence_country": _("Country of residence"),
        "person.occupation": _("Occupation"),
        "person.contact": _("Contact"),
        "evidence.entry_stamp": _("Entry stamp"),
        "evidence.neighbour_exit_evidence": _("Exit stamp of the neighbour"),
        "note": _("Note"),
    }.get(name, name)


def decision_act_word(code: str) -> str:
    """Return a decision as what the officer does; the code itself for one without words."""
    return {
        "ADMITTED": _("Admit"),
        "EXITED": _("Let leave"),
        "REFUSED_ENTRY": _("Refuse entry"),
        "EXIT_PREVENTED": _("Prevent exit"),
        "PENDING_SECONDARY": _("To secondary"),
        "REFERRED": _("Refer to protection"),
        "WITHDRAWN": _("Withdrawn by the traveller"),
        "TRANSIT_ONLY": _("Transit only"),
    }.get(code, code)
