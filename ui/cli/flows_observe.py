"""``bmis flows observe``: counts that people made at a gate, kept apart from recorded crossings."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import typer

from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from ui.cli.at_home import signed_in
from ui.cli.call import DONE, NO, Call
from ui.cli.days import day_of
from ui.cli.errors import InputUnreadableError, ValueRefusedError
from ui.cli.untrusted import load_object, requests_in

if TYPE_CHECKING:
    from bmis.flows.mobility.keeping import Standing
    from bmis.flows.observed.coverage import DayCoverage
    from bmis.flows.observed.slot import ObservedSlot

SLOT = "flows-observe-in"
FMP = Annotated[str, typer.Option(help="the code of the post or of the mapped place")]
DAY = Annotated[str, typer.Option("--date", help="the day, YYYY-MM-DD")]


def add_to(group: typer.Typer) -> None:
    """Give the group of flows its commands of observation."""
    observe = typer.Typer(rich_markup_mode=None)
    observe.command("file", help="Keep groups or counts of slots of time, all or none.")(keep_file)
    observe.command("count", help="Keep the counter of a slot: how many passed, without asking.")(count)
    observe.command("hours", help="Set when a flow-monitoring point is open.")(hours)
    observe.command("day", help="Say that a point was closed, or was not observed, on a day.")(say_day)
    observe.command("list", help="List what was observed.")(listing)
    observe.command("coverage", help="Show how much of each day was observed.")(coverage)
    group.add_typer(observe, name="observe", help="Observed counts at the gate, apart from recorded crossings.")
    group.command("withdraw", help="Take a record of mobility back; it stays in the store with its reason.")(withdraw)


def keep_file(
    context: typer.Context,
    file: Annotated[str, typer.Argument(help="JSON: one slot, a list, or one a line; - is stdin; or .csv: forms")],
    amends: Annotated[str | None, typer.Option(help="the record that this corrects")] = None,
    sender: Annotated[str, typer.Option(help="who sent the forms, 2 to 16 letters, digits or -")] = "",
) -> int:
    from bmis.flows.observed.observe import slot_of

    call: Call = context.obj
    if file.lower().endswith(".csv"):
        return _keep_forms(call, Path(file), sender, amends)
    slots = []
    for line, text in enumerate(requests_in(file, SLOT), 1):
        said = load_object(text, SLOT, line)
        request = said.get("request_id")
        slots.append((slot_of(said), UUID(request) if request else None))
    return _keep(call, slots, amends)


def count(
    context: typer.Context,
    fmp: FMP,
    day: DAY,
    slot: Annotated[str, typer.Option(help="from and to, HH:MM-HH:MM")],
    entry: Annotated[int | None, typer.Option(help="how many came in; leave out if nobody watched")] = None,
    leaving: Annotated[int | None, typer.Option("--exit", help="how many went out")] = None,
    transit: Annotated[int | None, typer.Option(help="how many passed through")] = None,
    internal: Annotated[int | None, typer.Option(help="how many moved within the country")] = None,
    amends: Annotated[str | None, typer.Option(help="the record that this corrects")] = None,
) -> int:
    from bmis.flows.observed.observe import slot_of

    call: Call = context.obj
    start, _dash, end = slot.partition("-")
    given = {"entry": entry, "exit": leaving, "transit": transit, "internal": internal}
    said = {
        "fmp": fmp,
        "date": day_of(day, "--date").isoformat(),
        "slot_start": start,
        "slot_end": end,
        "counts": {way: n for way, n in given.items() if n is not None},
    }
    return _keep(call, [(slot_of(said), None)], amends)


def hours(
    context: typer.Context,
    fmp: FMP,
    opens: Annotated[str, typer.Option(help="HH:MM")],
    closes: Annotated[str, typer.Option(help="HH:MM, 24:00 at most")],
    first: Annotated[str, typer.Option("--from", help="the first day, YYYY-MM-DD")],
) -> int:
    from bmis.flows.observed.slot import FmpHours, minutes_of
    from ui.compose import mobility_desk

    call: Call = context.obj
    wanted = FmpHours(
        fmp=fmp.strip().upper(),
        valid_from=day_of(first, "--from"),
        opens=minutes_of(opens, "opens"),
        closes=minutes_of(closes, "closes"),
    )
    with signed_in(call) as session:
        kept = mobility_desk(session).set_hours(wanted, session.actor)
    return kept_answer(call, kept)


def say_day(
    context: typer.Context,
    fmp: FMP,
    day: DAY,
    status: Annotated[str, typer.Option(help="closed or not_observed")],
    reason: Annotated[str, typer.Option(help="flood, security, holiday, order, no_staff or other")],
) -> int:
    from bmis.flows.observed.slot import FmpDay
    from ui.compose import mobility_desk

    call: Call = context.obj
    said = FmpDay(fmp=fmp.strip().upper(), day=day_of(day, "--date"), status=status, reason=reason)
    with signed_in(call) as session:
        kept = mobility_desk(session).say_day(said, session.actor)
    return kept_answer(call, kept)


def listing(
    context: typer.Context,
    first: Annotated[str, typer.Option("--from", help="the first day, YYYY-MM-DD")],
    last: Annotated[str, typer.Option("--to", help="the last day, YYYY-MM-DD")],
) -> int:
    from ui.compose import mobility_desk

    call: Call = context.obj
    with signed_in(call) as session:
        period = mobility_desk(session).observed(day_of(first, "--from"), day_of(last, "--to"), session.actor)
    call.answer(
        {"record_kind": "observed", "slots": [_slot_json(one) for one in period.slots]}, map(_slot_line, period.slots)
    )
    return DONE if period.slots else NO


def coverage(
    context: typer.Context,
    first: Annotated[str, typer.Option("--from", help="the first day, YYYY-MM-DD")],
    last: Annotated[str, typer.Option("--to", help="the last day, YYYY-MM-DD")],
) -> int:
    from ui.compose import mobility_desk

    call: Call = context.obj
    with signed_in(call) as session:
        period = mobility_desk(session).observed(day_of(first, "--from"), day_of(last, "--to"), session.actor)
    days = period.coverage()
    call.answer({"record_kind": "observed", "days": [_day_json(one) for one in days]}, map(_day_line, days))
    return DONE if days else NO


def withdraw(
    context: typer.Context,
    record: Annotated[str, typer.Argument(help="the record, as the lists show it")],
    reason: Annotated[str, typer.Option(help="why")],
) -> int:
    from ui.compose import mobility_desk

    call: Call = context.obj
    identifier = record_of(record, "RECORD")
    with signed_in(call) as session:
        event = mobility_desk(session).withdraw(identifier, reason, session.actor)
    document = {"record": str(event.record_id), "kind": str(event.facts["was"]), "event": str(event.id)}
    call.answer(document, [_("Taken back; it counts no more.")])
    return DONE


def _keep_forms(call: Call, file: Path, sender: str, amends: str | None) -> int:
    from bmis.flows.observed.forms import LARGEST_FILE
    from ui.compose import mobility_desk

    if amends:  # a file holds many slots: each is corrected by itself
        raise ValueRefusedError(argument="--amends")
    try:
        with file.open("rb") as opened:
            untrusted = opened.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise InputUnreadableError from error
    with signed_in(call) as session:
        kept, read = mobility_desk(session).observe.forms(untrusted, sender, session.actor)
    document = {
        "record_kind": "observed",
        "slots": [_slot_json(one) for one in kept],
        "not_kept": list(read.not_kept),
    }
    words = [_slot_line(one) for one in kept]
    if read.not_kept:
        words.append(_("Not kept here, it is port health's: {fields}").format(fields=", ".join(read.not_kept)))
    call.answer(document, words)
    return DONE


def _keep(call: Call, slots: list[tuple["ObservedSlot", UUID | None]], amends: str | None) -> int:
    from ui.compose import mobility_desk

    with signed_in(call) as session:
        record = record_of(amends, "--amends") if amends else None
        kept = mobility_desk(session).observe(slots, session.actor, record)
    call.answer({"record_kind": "observed", "slots": [_slot_json(one) for one in kept]}, map(_slot_line, kept))
    return DONE


def kept_answer(call: Call, kept: "Standing[Any]") -> int:
    """Answer with which record was kept."""
    document = {
        "record": str(kept.id),
        "event": str(kept.event_id),
        "kind": kept.noun.KIND.value,
        "subject": kept.noun.subject,
    }
    call.answer(document, [_("Kept: {subject} ({record})").format(subject=kept.noun.subject, record=kept.id)])
    return DONE


def record_of(text: str, argument: str) -> UUID:
    """Return the identifier of a record. Raises ValueRefusedError."""
    try:
        return UUID(text)
    except ValueError as error:
        raise ValueRefusedError(argument=argument) from error


def clock_of(minutes: int) -> str:
    """Return minutes since midnight as HH:MM."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _slot_json(one: "Standing[ObservedSlot]") -> dict[str, Any]:
    slot = one.noun
    return {
        "record": str(one.id),
        "fmp": slot.fmp,
        "date": slot.day.isoformat(),
        "slot_start": clock_of(slot.start),
        "slot_end": clock_of(slot.end),
        "mode": "counter" if slot.is_counter else "groups",
        "groups": None if slot.is_counter else len(slot.groups),
        "totals": dict(slot.totals),
        "classes": dict(slot.classes),
        "taken_back": dict(slot.taken_back),
        "estimated": dict(slot.estimated),
        "sender": slot.sender,
        "recorded_at": one.recorded_at.isoformat(),
        "by": one.by,
    }


def _slot_line(one: "Standing[ObservedSlot]") -> str:
    slot = one.noun
    told = _totals(slot.totals)
    if slot.estimated:
        told = f"{told}  {_('estimated')}: {_totals(slot.estimated)}"
    return f"{slot.day} {clock_of(slot.start)}-{clock_of(slot.end)}  {slot.fmp}  {told}  {one.id}"


def _totals(totals: Mapping[str, int]) -> str:
    from bmis.flows.mobility.lists import label

    return ", ".join(f"{label('direction', way, current_language())} {n}" for way, n in totals.items())


def _day_json(one: "DayCoverage") -> dict[str, Any]:
    return {
        "date": one.day.isoformat(),
        "fmp": one.fmp,
        "status": one.status,
        "reason": one.reason,
        "minutes_open": one.minutes_open,
        "minutes_observed": one.minutes_watched,
        "coverage": None if one.share is None else round(one.share, 3),
        "totals": dict(one.totals),
    }


def _day_line(one: "DayCoverage") -> str:
    from bmis.flows.mobility.lists import label

    language = current_language()
    parts = [one.day.isoformat(), one.fmp, label("day_shown", one.status, language)]
    if one.reason:
        parts.append(label("day_reason", one.reason, language))
    if one.share is not None:
        parts.append(_("{share} % of the opening time").format(share=round(one.share * 100)))
    if one.totals:
        parts.append(_totals(one.totals))
    return "  ".join(parts)
