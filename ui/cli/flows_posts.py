"""``bmis flows status|posts``: how posts work, and what power, link, water, rooms and equipment they have."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import typer

from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from ui.cli.at_home import signed_in
from ui.cli.call import DONE, NO, Call
from ui.cli.days import day_of
from ui.cli.flows_mapping import AS_CSV, FILE, write_csv
from ui.cli.flows_observe import record_of
from ui.cli.untrusted import load_object, requests_in

if TYPE_CHECKING:
    from bmis.flows.mobility.keeping import Standing
    from bmis.flows.mobility.post_register import PostItem, PostStatus

AMENDS = Annotated[str | None, typer.Option(help="the record that this corrects")]
ON = Annotated[str | None, typer.Option("--on", help="the day, YYYY-MM-DD; today")]
POST = Annotated[str | None, typer.Option("--post", help="only this post")]
HISTORY = Annotated[bool, typer.Option("--history", help="everything that was said, not only what stands that day")]


def add_to(group: typer.Typer) -> None:
    """Give the group of flows its commands of posts."""
    status = typer.Typer(rich_markup_mode=None)
    status.command("set", help="Say how posts work: fully, partially or closed; since when, for whom.")(set_status)
    status.command("list", help="List how each post works on a day.")(list_status)
    group.add_typer(status, name="status", help="How posts work, with dates.")
    posts = typer.Typer(rich_markup_mode=None)
    posts.command("record", help="Keep what was seen of a post: power, link, water, rooms, equipment.")(record)
    posts.command("list", help="List what each post has on a day.")(list_items)
    group.add_typer(posts, name="posts", help="The register of what posts have.")


def set_status(context: typer.Context, file: FILE, amends: AMENDS = None) -> int:
    from bmis.flows.mobility.post_register import PostStatus
    from ui.compose import mobility_desk

    call: Call = context.obj
    said = []
    for at, text in enumerate(requests_in(file, "flows-status-in"), 1):
        one = load_object(text, "flows-status-in", at)
        until = one.get("to")
        status = PostStatus(
            post=one["post"].strip().upper(),
            status=one["status"],
            since=date.fromisoformat(one["from"]),
            until=date.fromisoformat(until) if until else None,
            restrictions=tuple(one.get("restrictions", ())),
            populations=tuple(one.get("populations", ())),
            health_impact=tuple(one.get("health_impact", ())),
            source=one.get("source", ""),
            note=one.get("note", ""),
        )
        said.append((status, UUID(one["request_id"]) if "request_id" in one else None))
    with signed_in(call) as session:
        kept = mobility_desk(session).register.statuses(
            said, session.actor, record_of(amends, "--amends") if amends else None
        )
    return _answer(call, "statuses", [_status_json(one) for one in kept], [_status_line(one) for one in kept])


def record(context: typer.Context, file: FILE, amends: AMENDS = None) -> int:
    from bmis.flows.mobility.post_register import PostItem
    from ui.compose import mobility_desk

    call: Call = context.obj
    said = []
    for at, text in enumerate(requests_in(file, "flows-post-item-in"), 1):
        one = load_object(text, "flows-post-item-in", at)
        item = PostItem(
            post=one["post"].strip().upper(),
            item=one["item"],
            state=one["state"],
            seen_on=date.fromisoformat(one["seen_on"]),
            quantity=one.get("quantity"),
            working=one.get("working"),
            source=one.get("source", ""),
            note=one.get("note", ""),
        )
        said.append((item, UUID(one["request_id"]) if "request_id" in one else None))
    with signed_in(call) as session:
        kept = mobility_desk(session).register.items(
            said, session.actor, record_of(amends, "--amends") if amends else None
        )
    return _answer(call, "items", [_item_json(one) for one in kept], [_item_line(one) for one in kept])


def list_status(
    context: typer.Context, on: ON = None, post: POST = None, history: HISTORY = False, as_csv: AS_CSV = None
) -> int:
    from bmis.kernel.clock import local
    from ui.compose import mobility_desk

    call: Call = context.obj
    with signed_in(call) as session:
        register = mobility_desk(session).read_register(session.actor, post.strip().upper() if post else None)
        day = day_of(on, "--on") if on else local(session.now()).date()
    found = list(register.statuses) if history else register.status_on(day)
    return _answer(call, "statuses", [_status_json(one) for one in found], [_status_line(one) for one in found], as_csv)


def list_items(
    context: typer.Context, on: ON = None, post: POST = None, history: HISTORY = False, as_csv: AS_CSV = None
) -> int:
    from bmis.kernel.clock import local
    from ui.compose import mobility_desk

    call: Call = context.obj
    with signed_in(call) as session:
        register = mobility_desk(session).read_register(session.actor, post.strip().upper() if post else None)
        day = day_of(on, "--on") if on else local(session.now()).date()
    found = list(register.items) if history else register.items_on(day)
    return _answer(call, "items", [_item_json(one) for one in found], [_item_line(one) for one in found], as_csv)


def _answer(
    call: Call, what: str, rows: Sequence[dict[str, Any]], lines: Sequence[str], as_csv: Path | None = None
) -> int:
    if as_csv is not None:
        write_csv(as_csv, rows)
    call.answer({what: list(rows)}, lines or [_("Nothing was said of any post.")])
    return DONE if rows else NO


def _status_json(one: "Standing[PostStatus]") -> dict[str, Any]:
    status = one.noun
    return {
        "record": str(one.id),
        "post": status.post,
        "status": status.status,
        "from": status.since.isoformat(),
        "to": None if status.until is None else status.until.isoformat(),
        "restrictions": list(status.restrictions),
        "populations": list(status.populations),
        "health_impact": list(status.health_impact),
        "source": status.source,
        "note": status.note,
        "by": one.by,
        "recorded_at": one.recorded_at.isoformat(),
    }


def _status_line(one: "Standing[PostStatus]") -> str:
    from bmis.flows.mobility.lists import label

    status, language = one.noun, current_language()
    since = _("from {day}").format(day=f"{status.since:%d/%m/%Y}")
    parts = [status.post, label("post_status", status.status, language), since]
    if status.until is not None:
        parts.append(_("to {day}").format(day=f"{status.until:%d/%m/%Y}"))
    for of, codes in (
        ("restriction", status.restrictions),
        ("affected_population", status.populations),
        ("health_impact", status.health_impact),
    ):
        if codes:
            parts.append(", ".join(label(of, code, language) for code in codes))
    return "  ".join(parts)


def _item_json(one: "Standing[PostItem]") -> dict[str, Any]:
    item = one.noun
    return {
        "record": str(one.id),
        "post": item.post,
        "area": item.area,
        "item": item.item,
        "state": item.state,
        "quantity": item.quantity,
        "working": item.working,
        "seen_on": item.seen_on.isoformat(),
        "source": item.source,
        "note": item.note,
        "by": one.by,
        "recorded_at": one.recorded_at.isoformat(),
    }


def _item_line(one: "Standing[PostItem]") -> str:
    from bmis.flows.mobility.lists import label

    item, language = one.noun, current_language()
    many = _("not counted") if item.quantity is None else str(item.quantity)
    if item.working is not None:
        many = _("{working} of {quantity}").format(working=item.working, quantity=item.quantity)
    words = (label("item_area", item.area, language), label("item", item.item, language))
    return "  ".join((item.post, *words, label("item_state", item.state, language), many, f"{item.seen_on:%d/%m/%Y}"))
