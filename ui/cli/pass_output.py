"""Applications, passes, statistics and receipts as plain values and as lines for a person."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from ui.words.passes import (
    ALIKE,
    APPLICATION_STATES,
    GROUNDS,
    LOADS,
    PASS_STATES,
    REGIMES,
    answer_words,
    crossing_words,
)

if TYPE_CHECKING:
    from bmis.passes.apply_pass import Applied
    from bmis.passes.at_crossing import Use
    from bmis.passes.border_pass import Application, BorderPass, Notice
    from bmis.passes.lifecycle import PassState
    from bmis.passes.matching import Alike
    from bmis.passes.read_passes import ShownApplication, ShownPass, Told
    from bmis.passes.schemes import Scheme
    from bmis.passes.serials import RangeAccount
    from bmis.passes.statistics import PassStatistics, Table
    from bmis.passes.use_pass import SeenPass
    from ui.words.errors import Notice as Words


def application_json(one: "Application") -> dict[str, Any]:
    """Return an application: codes only."""
    return {
        "application": str(one.id),
        "number": one.number,
        "scheme": one.scheme,
        "state": one.state.value,
        "origin": one.origin.value,
        "person": str(one.person_id),
        "captured_by": one.captured_by,
        "approved_by": one.approved_by,
        "applied_at": one.applied_at.isoformat(),
        "purpose": one.counted.purpose,
    }


def applied_json(found: "Applied") -> dict[str, Any]:
    """Return an application with what the rules say of it."""
    eligibility = [{**one.payload(), "mandatory": one.mandatory} for one in found.answers]
    verdicts = {one.answer.value for one in found.answers if one.mandatory}
    eligible = "no" if "no" in verdicts else "unknown" if "unknown" in verdicts else "yes"
    return {
        **application_json(found.application),
        "eligible": eligible,
        "eligibility": eligibility,
        "duplicates": [],
        "notice": None,
        "refused": None,
    }


def not_applied_json(alike: "Sequence[Alike]", notice: "Words") -> dict[str, Any]:
    """Return why nothing was kept."""
    empty = dict.fromkeys(
        (
            "application",
            "number",
            "scheme",
            "state",
            "origin",
            "person",
            "captured_by",
            "approved_by",
            "applied_at",
            "purpose",
            "eligible",
            "notice",
        )
    )
    return {
        **empty,
        "eligibility": [],
        "duplicates": [alike_json(one) for one in alike],
        "refused": {"code": notice.code, "what": notice.what, "do": notice.do},
    }


def alike_json(one: "Alike") -> dict[str, Any]:
    """Return somebody who may be the applicant: no name."""
    return {
        "person": str(one.person),
        "why": one.why,
        "passes": list(one.serials),
        "applications": list(one.applications),
    }


def application_lines(document: dict[str, Any]) -> Iterator[str]:
    """Yield an application for a person."""
    if document["application"] is None:
        for one in document["duplicates"]:
            numbers = ", ".join([*one["passes"], *one["applications"]])
            yield f"{one['person']}  {ALIKE[one['why']]()}  {numbers}".rstrip()
        return
    yield f"{document['number']}  {document['scheme']}  {APPLICATION_STATES[document['state']]()}"
    for one in document.get("eligibility", ()):
        yield "  " + answer_words(one)
    if document.get("notice"):
        yield notice_line(document["notice"])


def notice_json(notice: "Notice | None") -> dict[str, Any] | None:
    """Return what the holder is told."""
    return None if notice is None else dict(notice.facts())


def notice_line(notice: dict[str, Any]) -> str:
    """Return it for a person."""
    words = _("Notice {number}: {reason}. Appeal until {day}; the number also serves for complaints.")
    day = date.fromisoformat(notice["appeal_until"]).strftime("%d/%m/%Y")
    return words.format(number=notice["number"], reason=GROUNDS[notice["reason_code"]](), day=day)


def pass_json(one: "BorderPass", state: "PassState") -> dict[str, Any]:
    """Return a pass: codes only. ``state`` is what it is now, ``serial`` as its seal has it, ``number`` as printed."""
    return {
        "serial": one.serial,
        "number": one.number,
        "scheme": one.scheme,
        "state": state.value,
        "valid_from": one.validity.first.isoformat(),
        "valid_to": one.validity.last.isoformat(),
        "suspended_until": None if one.suspended_until is None else one.suspended_until.isoformat(),
        "application": str(one.application_id),
        "person": str(one.person_id),
        "post": one.post_code,
        "purpose": one.counted.purpose,
        "receipt": one.receipt,
    }


def pass_line(document: dict[str, Any]) -> str:
    """Return a pass for a person."""
    until = date.fromisoformat(document["valid_to"]).strftime("%d/%m/%Y")
    return f"{document['number']}  {document['scheme']}  {PASS_STATES[document['state']]()}  {until}"


def shown_json(shown: "ShownPass") -> dict[str, Any]:
    """Return everything of a pass, its holder too."""
    return {
        **pass_json(shown.border_pass, shown.state),
        "holder": None if shown.who is None else shown.who.payload(),
        "photo": None if shown.photo is None else shown.photo.sha256,
        "seal": shown.seal,
        "history": [told_json(one) for one in shown.history],
        "uses": [use_json(one) for one in shown.uses],
        "heard": [use_json(one) | {"desk": one.desk_id} for one in shown.heard],
    }


def shown_application_json(shown: "ShownApplication") -> dict[str, Any]:
    """Return everything of an application, its person too."""
    return {
        **application_json(shown.application),
        "eligibility": [dict(one) for one in shown.application.answers],
        "holder": None if shown.who is None else shown.who.payload(),
        "photo": None if shown.photo is None else shown.photo.sha256,
        "history": [told_json(one) for one in shown.history],
    }


def told_json(one: "Told") -> dict[str, Any]:
    """Return an event with its words."""
    return {
        "kind": one.event.kind.value,
        "at": one.event.recorded_at.isoformat(),
        "by": one.event.by,
        "said": one.said,
    }


def use_json(one: "Use") -> dict[str, Any]:
    """Return a use."""
    return {
        "serial": one.serial,
        "scheme": one.scheme,
        "post": one.post_code,
        "direction": one.direction,
        "at": one.at.isoformat(),
        "regime": one.regime,
        "products": list(one.products),
    }


def scheme_json(one: "Scheme") -> dict[str, Any]:
    """Return a scheme in the language in force."""
    return {
        "code": one.code,
        "name": one.name.in_language(current_language()),
        "kind": one.kind.value,
        "medium": one.medium.value,
        "issuer": one.issuer,
        "draft": one.draft,
        "valid_from": one.valid_from.isoformat(),
        "posts": [{"ours": pair.ours, "theirs": pair.theirs} for pair in one.posts],
        "zone_km": one.zone_km,
        "validity_days": one.validity_days,
        "max_stay_days": one.max_stay_days,
        "trips_a_day": one.trips_a_day,
        "fee": str(one.fee),
        "purposes": [{"code": each.code, "label": each.label.in_language(current_language())} for each in one.purposes],
        "exemptions": [each.code for each in one.exemptions],
        "goods_ceiling": None if one.goods is None else str(one.goods.ceiling),
        "to_be_confirmed": sorted(one.to_be_confirmed),
        "source": one.source,
    }


def account_json(one: "RangeAccount") -> dict[str, Any]:
    """Return what became of a range."""
    return {
        "first": one.range.first,
        "last": one.range.last,
        "place": one.range.place,
        "handed_over": one.handed_over,
        "in_production": one.in_production,
        "spoiled": one.spoiled,
        "left": one.left,
        "adds_up": one.adds_up,
    }


def seen_json(seen: "SeenPass") -> dict[str, Any]:
    """Return what is seen of a pass at a lane: no name."""
    load = seen.load
    return {
        "scheme": seen.scheme.code,
        "serial": seen.presented.serial,
        "answer": seen.presented.seal,
        "known_here": seen.known is not None,
        "answers": [
            {"evidence": one.evidence, "status": one.light.value, "facts": dict(one.facts)} for one in seen.answers
        ],
        "goods": {
            "regime": load.regime.value,
            "why": load.why,
            "total": None if load.total is None else str(load.total),
            "ceiling": None if load.ceiling is None else str(load.ceiling),
            "products": list(load.products),
            "unlisted": list(load.unlisted),
            "confirmed": load.confirmed,
            "rates": [
                {"currency": one.currency.value, "metical": str(one.metical), "on": one.on.isoformat()}
                for one in load.rates
            ],
        },
    }


def seen_lines(seen: "SeenPass") -> Iterator[str]:
    """Yield it for a person."""
    for one in seen.answers:
        yield crossing_words(one.evidence, one.facts)
    if seen.load.products or seen.load.unlisted:
        yield f"{REGIMES[seen.load.regime.value]()}: {LOADS[seen.load.why]()}"


def statistics_json(found: "PassStatistics") -> dict[str, Any]:
    """Return the tables; null is hidden."""
    return {
        "from": found.first.isoformat(),
        "to": found.last.isoformat(),
        "public": found.public,
        "hidden": found.hidden,
        "issued": {one.name: _table(one) for one in found.issued},
        "used": {one.name: _table(one) for one in found.used},
        "states": _table(found.states),
    }


def statistics_lines(found: "PassStatistics") -> Iterator[str]:
    """Yield the tables for a person."""
    for title, tables in ((_("Handed over"), found.issued), (_("Used"), found.used)):
        yield title
        yield from _lines(tables)
    yield from _lines([found.states])


def _lines(tables: "Iterable[Table]") -> Iterator[str]:
    for table in tables:
        parts = "  ".join(f"{code} {'…' if count is None else count}" for code, count in table.parts.items())
        yield f"  {table.name}: {parts}"


def _table(one: "Table") -> dict[str, Any]:
    return {"parts": dict(one.parts), "total": one.total}
