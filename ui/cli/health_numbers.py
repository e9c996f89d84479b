"""``bmis health numbers``: blocks of certificate numbers, spoiled booklets, what is left."""

from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import typer

from bmis.kernel.i18n import translate as _
from ui.cli.at_stores import stores_at
from ui.cli.call import DONE, NO, Call
from ui.cli.health_steps import one_object

if TYPE_CHECKING:
    from poe_health.vaccinations.dose import BlockView

RECEIVE = "health-numbers-in"


def add_to(group: typer.Typer) -> None:
    """Give the group of port health its commands of certificate numbers."""
    numbers = typer.Typer(rich_markup_mode=None)
    numbers.command("receive", help="Enter a block of printed booklets.")(receive)
    numbers.command("spoil", help="Account for a booklet that cannot be used.")(spoil)
    numbers.command("list", help="List the blocks: used, spoiled, left, passed over.")(listed)
    group.add_typer(numbers, name="numbers", help="Numbers of vaccination certificates.")


def receive(context: typer.Context, file: Annotated[str, typer.Argument(help="JSON: one object; - is stdin")]) -> int:
    from poe_health.vaccinations.keep_numbers import NumbersRequest

    call: Call = context.obj
    with stores_at(call) as stores:
        said = one_object(file, RECEIVE)
        request = NumbersRequest(
            UUID(said["request_id"]), said.get("prefix", ""), said["first"], said["last"], said["digits"]
        )
        kept = stores.keep_numbers.receive(request, stores.session.actor)
        call.answer({"blocks": [block_json(kept)]}, [_line(kept)])
    return DONE


def spoil(
    context: typer.Context,
    number: Annotated[str, typer.Argument(help="the number on the booklet")],
    reason: Annotated[str, typer.Option(help="MISWRITTEN, TORN, MISPRINTED or MISSING")],
) -> int:
    call: Call = context.obj
    with stores_at(call) as stores:
        kept = stores.keep_numbers.spoil(number, reason, stores.session.actor)
        call.answer({"blocks": [block_json(kept)]}, [_line(kept)])
    return DONE


def listed(context: typer.Context) -> int:
    """Exit 1: no number is left."""
    call: Call = context.obj
    with stores_at(call) as stores:
        found = stores.numbers(stores.session.actor)
        call.answer({"blocks": [block_json(one) for one in found]}, map(_line, found))
    return DONE if any(one.remaining for one in found) else NO


def block_json(one: "BlockView") -> dict[str, Any]:
    """Return a block as JSON."""
    return {
        "id": str(one.id),
        "first": one.first,
        "last": one.last,
        "used": one.used,
        "spoiled": one.spoiled,
        "remaining": one.remaining,
        "next": one.next,
        "passed_over": list(one.gaps),
    }


def _line(one: "BlockView") -> str:
    words = _("{first} to {last}: {used} used, {spoiled} spoiled, {remaining} left").format(
        first=one.first, last=one.last, used=one.used, spoiled=one.spoiled, remaining=one.remaining
    )
    if one.gaps:
        words += " · " + _("passed over: {numbers}").format(numbers=", ".join(one.gaps))
    return words
