"""``bmis health stock``: what comes to the shelf of the post, what leaves it, what was counted."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import typer

from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from ui.cli.at_stores import day_of, iso, stores_at
from ui.cli.call import DONE, NO, Call
from ui.cli.health_steps import one_object

if TYPE_CHECKING:
    from poe_health.supplies.movement import Movement, OnShelf

MOVE = "health-stock-in"


def add_to(group: typer.Typer) -> None:
    """Give the group of port health its commands of the shelf."""
    stock = typer.Typer(rich_markup_mode=None)
    stock.command("move", help="Enter what came, left or was counted.")(move)
    stock.command("list", help="List what is on the shelf, with what must be looked at.")(shelf)
    stock.command("movements", help="List the newest movements.")(movements)
    group.add_typer(stock, name="stock", help="The shelf of the post.")


def move(context: typer.Context, file: Annotated[str, typer.Argument(help="JSON: one object; - is stdin")]) -> int:
    from poe_health.supplies.keep_stock import StockRequest
    from poe_health.supplies.movement import Move

    call: Call = context.obj
    with stores_at(call) as stores:
        said = one_object(file, MOVE)
        request = StockRequest(
            request_id=UUID(said["request_id"]),
            item=said["item"],
            move=Move(said["move"]),
            quantity=said["quantity"],
            lot=said.get("lot", ""),
            expires_on=day_of(said, "expires_on", MOVE),
            product=said.get("product"),
            doses_per_vial=said.get("doses_per_vial"),
            reason=said.get("reason"),
            note=said.get("note"),
        )
        kept = stores.move_stock(request, stores.session.actor)
        call.answer(movement_json(kept), [_movement_line(kept)])
    return DONE


def shelf(
    context: typer.Context,
    alerts: Annotated[bool, typer.Option("--alerts", help="only what must be looked at")] = False,
) -> int:
    """Exit 1: something must be looked at."""
    call: Call = context.obj
    with stores_at(call) as stores:
        found = [one for one in stores.stock.shelf(stores.session.actor) if one.alerts or not alerts]
        call.answer({"items": [_item_json(one) for one in found]}, (line for one in found for line in _lines(one)))
    return NO if any(one.alerts for one in found) else DONE


def movements(
    context: typer.Context,
    item: Annotated[str | None, typer.Option(help="the code of an item")] = None,
    limit: Annotated[int, typer.Option(help="how many at most", min=1, max=1000)] = 50,
) -> int:
    call: Call = context.obj
    with stores_at(call) as stores:
        found = stores.stock.movements(stores.session.actor, item=item, limit=limit)
        call.answer({"movements": [movement_json(one) for one in found]}, map(_movement_line, found))
    return DONE if found else NO


def movement_json(one: "Movement") -> dict[str, Any]:
    """Return a movement as JSON; what was written about it stays in the store."""
    return {
        "id": str(one.id),
        "item": one.item,
        "lot": one.lot,
        "move": one.move.value,
        "quantity": one.quantity,
        "after": one.after,
        "expires_on": iso(one.expires_on),
        "reason": one.reason,
        "by": one.by,
        "recorded_at": one.recorded_at.isoformat(),
    }


def _item_json(one: "OnShelf") -> dict[str, Any]:
    return {
        "item": one.item.code,
        "label": one.item.label(current_language()),
        "unit": one.item.unit(current_language()),
        "minimum": one.item.minimum,
        "usable": one.usable,
        "alerts": [alert.value for alert in one.alerts],
        "lots": [
            {
                "lot": lot.lot,
                "held": lot.held,
                "expires_on": iso(lot.expires_on),
                "received": lot.received,
                "used": lot.used,
                "wasted": lot.wasted,
                "returned": lot.returned,
                "difference": lot.difference,
                "wastage_percent": lot.wastage_percent,
            }
            for lot in one.lots
        ],
    }


def _lines(one: "OnShelf") -> Iterable[str]:
    from ui.words.health_stores import stock_alert_word

    language = current_language()
    amount = _("never entered") if one.usable is None else f"{one.usable} {one.item.unit(language)}"
    yield f"{one.item.code} · {one.item.label(language)} · {amount} ({_('minimum')} {one.item.minimum})"
    for alert in one.alerts:
        yield f"  ! {stock_alert_word(alert.value)}"
    for lot in one.lots:
        if lot.held:
            yield f"    {lot.lot or '-'} · {lot.held} · {iso(lot.expires_on) or '-'}"


def _movement_line(one: "Movement") -> str:
    from ui.words.health_stores import move_word

    return f"{one.item} {one.lot or '-'} · {move_word(one.move.value)} {one.quantity} → {one.after} · {one.by}"
