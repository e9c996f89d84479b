"""``bmis health conveyance``, ``pratique`` and ``event-at-post``: measures, free pratique, deaths, births, animals."""

from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from ui.cli.call import DONE, NO, Call
from ui.cli.days import day_if_given
from ui.cli.health_voyage import FILE, FIRST, FOLDER, LAST, NAMES, NUMBER, answer, voyages_at
from ui.cli.health_voyage_input import moment_in, noun_of, object_of, request_of
from ui.cli.health_voyage_json import post_event_json, post_event_lines, shown_event_json, voyage_json, voyage_lines

if TYPE_CHECKING:
    from bmis.kernel.actor import Actor
    from bmis.staff.approval import Approval
    from poe_health.post_events.events import PostEvent
    from ui.health_voyages import VoyageDesk


def add_to(group: typer.Typer) -> None:
    """Give the group of port health its groups of conveyances, free pratique and events at the post."""
    conveyance = typer.Typer(rich_markup_mode=None)
    conveyance.command("judge", help="Say whether it is affected, and comes from an affected area.")(judge)
    conveyance.command("inspect", help="Write an inspection down, area by area.")(inspect)
    conveyance.command("measure", help="Order a health measure; a supervisor orders it or signs.")(measure)
    conveyance.command("done", help="Write down that a measure was carried out.")(done)
    conveyance.command("evidence", help="Write down that the operator has the written evidence.")(evidence)
    conveyance.command("told", help="Write down that the next point of entry was told.")(told)
    group.add_typer(conveyance, name="conveyance", help="Inspections and health measures on conveyances.")
    pratique = typer.Typer(rich_markup_mode=None)
    pratique.command("step", help="Take a step of free pratique; a second person signs where the rules ask.")(step)
    pratique.command("show", help="Show where free pratique stands, and which steps may follow.")(show_pratique)
    group.add_typer(pratique, name="pratique", help="Free pratique of ships, boats and aircraft.")
    event = typer.Typer(rich_markup_mode=None)
    event.command("note", help="Note a death, a birth, mortal remains, animals or meat at the post.")(note)
    event.command("correct", help="Correct what was noted, with the reason.")(correct)
    event.command("tell", help="Write down that a service was told.")(tell)
    event.command("list", help="List events at the post; no names.")(list_events)
    event.command("show", help="Show one event at the post.")(show_event)
    event.command("paper", help="Write the referral to a service as PDF.")(paper)
    group.add_typer(event, name="event-at-post", help="Deaths, births, mortal remains, animals and meat.")


def judge(context: typer.Context, number: NUMBER, file: FILE) -> int:
    from poe_health.rules.answer import Answer

    call, schema = context.obj, "health-judged-in"
    with voyages_at(call) as (desk, by):
        said, found = object_of(file, schema), desk.show(number, by).voyage.id
        affected, area = Answer(said["affected"]), Answer(said["from_affected_area"])
        return answer(call, desk.inspect.judge(found, request_of(said), affected, area, said["reason"], by))


def inspect(context: typer.Context, number: NUMBER, file: FILE) -> int:
    from poe_health.voyages.events import AreaSeen

    call, schema = context.obj, "health-inspection-in"
    with voyages_at(call) as (desk, by):
        said, found = object_of(file, schema), desk.show(number, by).voyage.id
        areas = [noun_of(AreaSeen, {"areas": one}, "areas", schema) for one in said["areas"]]
        at, remarks = moment_in(said, "at", schema), said.get("remarks", {})
        return answer(call, desk.inspect(found, request_of(said), areas, at, by, remarks))


def measure(context: typer.Context, number: NUMBER, file: FILE) -> int:
    from poe_health.voyages.order_measures import ORDER_MEASURE, Order
    from poe_health.voyages.record_errors import MeasureSignatureError

    call, schema = context.obj, "health-measure-in"
    with voyages_at(call) as (desk, by):
        said, found = object_of(file, schema), desk.show(number, by).voyage.id
        fields = {name: value for name, value in said.items() if name != "request_id"}
        ordered = noun_of(Order, {"order": fields}, "order", schema)
        try:
            kept = desk.measures(found, request_of(said), ordered, by)
        except MeasureSignatureError:
            approval = _signed(call, desk, ORDER_MEASURE, found, by)
            if approval is None:
                raise
            kept = desk.measures(found, request_of(said), ordered, by, approval)
        return answer(call, kept)


def done(context: typer.Context, number: NUMBER, file: FILE) -> int:
    call, schema = context.obj, "health-measure-done-in"
    with voyages_at(call) as (desk, by):
        said, found = object_of(file, schema), desk.show(number, by).voyage.id
        at = moment_in(said, "at", schema)
        kept = desk.measures.done(found, request_of(said), UUID(said["measure_id"]), at, by, said.get("how", ""))
        return answer(call, kept)


def evidence(context: typer.Context, number: NUMBER, file: FILE) -> int:
    call, schema = context.obj, "health-evidence-in"
    with voyages_at(call) as (desk, by):
        said, found = object_of(file, schema), desk.show(number, by).voyage.id
        ids = [UUID(one) for one in said["measure_ids"]]
        return answer(call, desk.measures.evidence_given(found, request_of(said), ids, by))


def told(context: typer.Context, number: NUMBER, file: FILE) -> int:
    call, schema = context.obj, "health-next-post-in"
    with voyages_at(call) as (desk, by):
        said, found = object_of(file, schema), desk.show(number, by).voyage.id
        at = moment_in(said, "at", schema)
        kept = desk.measures.next_post_told(found, request_of(said), said["place"], said["person"], at, by)
        return answer(call, kept)


def step(context: typer.Context, number: NUMBER, file: FILE) -> int:
    from poe_health.voyages.free_pratique import Step
    from poe_health.voyages.order_measures import FREE_PRATIQUE
    from poe_health.voyages.record_errors import PratiqueSecondError

    call, schema = context.obj, "health-pratique-in"
    with voyages_at(call) as (desk, by):
        said, found = object_of(file, schema), desk.show(number, by).voyage.id
        at, taken, reason = moment_in(said, "at", schema), Step(said["step"]), said.get("reason", "")
        try:
            kept = desk.pratique(found, request_of(said), taken, at, by, reason)
        except PratiqueSecondError:
            approval = _signed(call, desk, FREE_PRATIQUE, found, by)
            if approval is None:
                raise
            kept = desk.pratique(found, request_of(said), taken, at, by, reason, approval)
        return answer(call, kept)


def show_pratique(context: typer.Context, number: NUMBER) -> int:
    from poe_health.reports.conveyance import step_words
    from poe_health.voyages.free_pratique import steps_from

    call: Call = context.obj
    with voyages_at(call) as (desk, by):
        one = desk.show(number, by).voyage
        follow = steps_from(one.pratique)
        document = voyage_json(one) | {"next_steps": [each.value for each in follow]}
        call.answer(document, [*voyage_lines(one), *(f"  → {each.value}: {step_words(each)}" for each in follow)])
    return DONE


def note(context: typer.Context, file: FILE) -> int:
    from poe_health.post_events.events import EventPeople
    from poe_health.post_events.note_event import WhatHappened

    call, schema = context.obj, "health-post-event-in"
    with voyages_at(call) as (desk, by):
        said = object_of(file, schema)
        happened = noun_of(WhatHappened, said, "event", schema)
        people = noun_of(EventPeople, {"people": said.get("people", {})}, "people", schema)
        return _answer(call, desk.note_event(request_of(said), happened, people, by))


def correct(context: typer.Context, number: NUMBER, file: FILE) -> int:
    from poe_health.post_events.events import EventPeople
    from poe_health.post_events.note_event import WhatHappened

    call, schema = context.obj, "health-post-event-correct-in"
    with voyages_at(call) as (desk, by):
        said = object_of(file, schema)
        happened = noun_of(WhatHappened, said, "event", schema)
        people = noun_of(EventPeople, {"people": said.get("people", {})}, "people", schema)
        found = desk.events(number, by).event.id
        return _answer(call, desk.note_event.correct(found, request_of(said), happened, people, said["reason"], by))


def tell(context: typer.Context, number: NUMBER, file: FILE) -> int:
    from poe_health.rules.answer import Answer

    call, schema = context.obj, "health-post-event-told-in"
    with voyages_at(call) as (desk, by):
        said = object_of(file, schema)
        kept = desk.tell_service(
            desk.events(number, by).event.id,
            request_of(said),
            said["service"],
            moment_in(said, "at", schema),
            said.get("person", ""),
            by,
            taken=Answer(said.get("taken", "unknown")),
            their_number=said.get("their_number"),
        )
        return _answer(call, kept)


def list_events(context: typer.Context, first: FIRST = None, last: LAST = None) -> int:
    call: Call = context.obj
    days = day_if_given(first, "--from"), day_if_given(last, "--to")
    with voyages_at(call) as (desk, by):
        found = desk.events.listed(by, first=days[0], last=days[1])
        rows = [post_event_json(one) for one in found]
        call.answer({"events": rows}, (line for one in found for line in post_event_lines(one)))
    return DONE if rows else NO


def show_event(context: typer.Context, number: NUMBER, names: NAMES = False) -> int:
    call: Call = context.obj
    with voyages_at(call) as (desk, by):
        shown = desk.events(number, by, names=names)
        call.answer(shown_event_json(shown, names=names), post_event_lines(shown.event))
    return DONE


def paper(
    context: typer.Context,
    number: NUMBER,
    folder: FOLDER,
    service: Annotated[str, typer.Option(help="the service it is for; else the one that decides")] = "",
) -> int:
    from ui.referral_desk import save

    call: Call = context.obj
    with voyages_at(call) as (desk, by):
        one = desk.events(number, by).event
        chosen = service or one.facts.to
        pdf = desk.papers.event(one.id, chosen, by)
        path = save(folder, f"ocorrencia-{one.number}-{chosen.replace('_', '-')}", pdf)
        call.answer({"paper": str(path)}, [str(path)])
    return DONE


def _answer(call: Call, one: "PostEvent") -> int:
    call.answer(post_event_json(one), post_event_lines(one))
    return DONE


def _signed(call: Call, desk: "VoyageDesk", action: str, voyage_id: UUID, by: "Actor") -> "Approval | None":
    second = call.second()
    return None if second is None else desk.signed(action, voyage_id, second.user, second.password, by)
