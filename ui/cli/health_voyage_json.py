"""Voyages, contacts and events at the post as JSON and as lines for a person."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from bmis.kernel.clock import local
from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from bmis.kernel.plain import plain, plain_value

if TYPE_CHECKING:
    from poe_health.post_events.events import PostEvent
    from poe_health.post_events.note_event import ShownPostEvent
    from poe_health.voyages.choose_contacts import ProposedContacts
    from poe_health.voyages.kept import KeptVoyage, ListedContact
    from poe_health.voyages.people import WhoSits
    from poe_health.voyages.show_voyage import ShownVoyage


def voyage_json(one: "KeptVoyage") -> dict[str, Any]:
    """Return the voyage as JSON: no name, no answer."""
    declared, kept, due = one.declared, one.sanitation, one.duties()
    return {
        "id": str(one.id),
        "number": one.number,
        "key": one.sheet.key,
        "sheet": plain(one.sheet),
        "recorded_at": one.opened_at.isoformat(),
        "people_listed": len(one.occupants),
        "contacts": len(one.contacts),
        "erased": sorted(one.erased),
        "affected": one.affected.value,
        "measures_allowed": one.limits.measures_allowed.value,
        "measures": [
            {
                "id": str(each.order.id),
                "measure": each.order.measure,
                "basis": each.order.basis,
                "ordered_at": each.order.at.isoformat(),
                "ordered_by": each.order.by,
                "second": each.order.second,
                "done_at": plain_value(each.measure.done_at),
                "evidence_given": each.measure.evidence_given,
            }
            for each in one.measures
        ],
        "unfinished": list(due.unfinished),
        "evidence_owed": list(due.evidence_owed),
        "tell_next_post": due.tell_next_post.value,
        "pratique": one.pratique.value,
        "declaration": None
        if declared is None
        else {
            "paper": declared.paper,
            "reading": declared.reading.value,
            "open_questions": declared.open_questions,
            "lacking": list(declared.lacking),
        },
        "sanitation": None
        if kept is None
        else {
            "kind": kept.certificate.kind.value,
            "number": kept.certificate.number,
            "state": kept.state.value,
            "valid_until": kept.valid_until.isoformat(),
        },
    }


def shown_json(shown: "ShownVoyage", *, names: bool) -> dict[str, Any]:
    """Return the voyage with its events and, where asked, who is on board."""
    document = voyage_json(shown.voyage) | {
        "suspected": shown.suspected,
        "screenings": [str(view.id) for view in shown.screenings],
        "events": [
            {"kind": _kind(event), "by": event.by, "recorded_at": event.recorded_at.isoformat()}
            for event in shown.voyage.events
        ],
    }
    if names:
        document["in_charge"] = None if shown.in_charge is None else plain(shown.in_charge)
        document["people"] = [
            {"ref": str(one.ref), "source": one.source, "role": one.role.value}
            | {"seats": [str(seat) for seat in one.seats], "who": None if one.who is None else plain(one.who)}
            for one in shown.people
        ]
        document["contact_list"] = [
            contact_json(shown.voyage, one, (shown.contacts or {}).get(one.fact.id)) for one in shown.voyage.contacts
        ]
    return document


def contact_json(voyage: "KeptVoyage", one: "ListedContact", kept: "WhoSits | None" = None) -> dict[str, Any]:
    """Return the contact; who it is only where the caller gives it."""
    document: dict[str, Any] = {
        "id": str(one.fact.id),
        "voyage": voyage.number,
        "ref": str(one.fact.ref),
        "case_id": None if one.choice.case_id is None else str(one.choice.case_id),
        "disease": one.choice.disease,
        "preset": one.choice.preset,
        "near": one.fact.near.value,
        "by_hand": one.fact.by_hand,
        "last_contact_on": plain_value(one.choice.last_contact_on),
        "monitoring_id": None if one.monitoring_id is None else str(one.monitoring_id),
    }
    if kept is not None:
        document |= {"who": plain(kept.who), "seats": [str(seat) for seat in kept.seats]}
    return document


def proposed_json(found: "ProposedContacts") -> dict[str, Any]:
    """Return the proposal with the names that help to choose."""
    return {
        "preset": found.proposal.preset,
        "case_seats": [str(seat) for seat in found.case_seats],
        "empty_seats": [str(seat) for seat in found.proposal.empty_seats],
        "people": [
            {
                "ref": one.ref,
                "contact": one.contact.value,
                "near": one.near.value,
                "seats": [str(seat) for seat in found.people[one.ref].seats],
                "who": _who(found, one.ref),
            }
            for one in found.proposal.occupants
        ],
    }


def post_event_json(one: "PostEvent") -> dict[str, Any]:
    """Return the event at the post: no name."""
    facts = one.facts
    return {
        "id": str(one.id),
        "number": one.number,
        "what": facts.what,
        "at": facts.at.isoformat(),
        "direction": facts.direction,
        "count": facts.number,
        "cause_known": facts.cause_known.value,
        "papers_seen": facts.papers_seen.value,
        "signal": facts.signal,
        "signal_number": one.signal_number,
        "state": one.state.value,
        "erased": one.erased,
        "services": [
            {
                "service": service,
                "told_at": None if service not in one.told else one.told[service].at.isoformat(),
                "taken": None if service not in one.told else one.told[service].taken.value,
                "their_number": None if service not in one.told else one.told[service].their_number,
            }
            for service in one.services
        ],
    }


def shown_event_json(shown: "ShownPostEvent", *, names: bool) -> dict[str, Any]:
    """Return the event with, where asked, whom it is about."""
    document = post_event_json(shown.event)
    return document | {"people": None if shown.people is None else plain(shown.people)} if names else document


def voyage_lines(one: "KeptVoyage") -> Iterator[str]:
    """Yield the voyage for a person."""
    from poe_health.codes import choices
    from poe_health.voyages.settings import measures
    from ui.words.surveillance import state_word

    sheet, language = one.sheet, current_language()
    kind = choices("conveyance")[sheet.conveyance].label(language)
    yield f"{one.number} · {kind} {sheet.number} · {sheet.day:%d/%m/%Y} · {sheet.origin} → {sheet.destination}"
    if one.contacts:
        yield "  " + _("Contacts: {count}").format(count=len(one.contacts))
    if one.declared is not None:
        yield "  " + _("Declaration: {reading}").format(reading=state_word(one.declared.reading.value))
    if one.sanitation is not None:
        words = state_word(one.sanitation.state.value)
        yield "  " + _("Sanitation certificate: {state}, until {day}").format(
            state=words, day=f"{one.sanitation.valid_until:%d/%m/%Y}"
        )
    for each in one.measures:
        done = _("not done") if each.measure.done_at is None else f"{local(each.measure.done_at):%d/%m/%Y %H:%M}"
        yield f"  {measures()[each.order.measure].label(language)}: {done}"
    if one.pratique.value != "NOT_ASKED":
        from poe_health.reports.conveyance import state_words

        yield f"  {state_words(one.pratique)}"


def contact_lines(voyage: "KeptVoyage", one: "ListedContact") -> Iterator[str]:
    """Yield the contact for a person: no name."""
    from ui.words.surveillance import state_word

    followed = _("not followed yet") if one.monitoring_id is None else _("followed")
    yield f"{voyage.number} · {one.choice.disease} · {state_word(one.fact.near.value)} · {followed} · {one.fact.id}"


def proposed_lines(found: "ProposedContacts") -> Iterator[str]:
    """Yield the proposal for a person, those who are contacts first."""
    from ui.words.surveillance import state_word

    order = {"yes": 0, "unknown": 1, "no": 2}
    marks = {"yes": "+", "unknown": "?", "no": "-"}
    for one in sorted(found.proposal.occupants, key=lambda each: order[each.contact.value]):
        person = found.people[one.ref]
        name = (person.who.full_name if person.who else None) or _("name not known")
        seats = ", ".join(str(seat) for seat in person.seats) or "—"
        yield f"{marks[one.contact.value]} {name} · {seats} · {state_word(one.near.value)} · {one.ref}"


def post_event_lines(one: "PostEvent") -> Iterator[str]:
    """Yield the event for a person: no name."""
    from poe_health.voyages.settings import referrals, services

    language = current_language()
    moment = local(one.facts.at)
    yield f"{one.number} · {referrals(moment.date())[one.facts.what].label(language)} · {moment:%d/%m/%Y %H:%M}"
    for service in one.services:
        told = (
            _("told at {at}").format(at=f"{local(one.told[service].at):%d/%m/%Y %H:%M}")
            if (service in one.told)
            else _("not told yet")
        )
        yield f"  {services()[service].label(language)}: {told}"
    if one.signal_number is not None:
        yield "  " + _("Signal opened: {number}").format(number=one.signal_number)


def _kind(event: object) -> str:
    from poe_health.voyages.events import KINDS

    return next(name for name, kind in KINDS.items() if type(event) is kind)


def _who(found: "ProposedContacts", ref: str) -> dict[str, Any] | None:
    who = found.people[ref].who
    return None if who is None else plain(who)
