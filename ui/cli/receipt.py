"""``bmis receipt``: receipts, rates and the till of a desk."""

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bmis.kernel.clock import local
from bmis.kernel.i18n import translate as _
from ui.cli.at_home import signed_in
from ui.cli.call import DONE, NO, Call
from ui.cli.errors import ValueRefusedError
from ui.words.figures import day_words, in_figures, money_words

if TYPE_CHECKING:
    from bmis.receipts.money import Currency
    from bmis.receipts.rates import Rate
    from bmis.receipts.receipt import Receipt
    from bmis.receipts.till import Till

NUMBER = Annotated[str, typer.Argument(help="the number of the receipt")]


def add_to(app: typer.Typer) -> None:
    """Give the application its group."""
    group = typer.Typer(rich_markup_mode=None)
    group.command("list", help="List the receipts of this desk, the newest first.")(list_receipts)
    group.command("show", help="Show one receipt.")(show)
    group.command("copy", help="Make a further copy; each is counted.")(copy)
    group.command("cancel", help="Cancel a receipt; needs a second person.")(cancel)
    group.command("rates", help="Show the exchange rates that count today.")(rates)
    group.command("rate", help="Enter the exchange rate of a day with its source.")(rate)
    group.command("till", help="Show what the receipts say since the till was last closed.")(till)
    group.command("close-till", help="Count the money and close the till.")(close_till)
    app.add_typer(group, name="receipt", help="Receipts and the till.")


def receipt_json(one: "Receipt") -> dict[str, Any]:
    """Return a receipt as plain values."""
    return {
        **one.facts(),
        "state": one.state.value,
        "copies": one.copies,
        "by": one.by,
        "issued_at": one.issued_at.isoformat(),
    }


def receipt_line(one: "Receipt") -> str:
    """Return a receipt in a line."""
    parts = [one.number, f"{local(one.issued_at):%d/%m/%Y %H:%M}", one.charge.code]
    if one.exemption is not None:
        parts.append(_("exempt: {code}").format(code=one.exemption.code))
    else:
        parts.append(_("no fee") if one.paid.is_zero else money_words(one.paid))
    if one.copies:
        parts.append(_("copy {number}").format(number=one.copies + 1))
    if one.state.value == "cancelled":
        parts.append(_("receipt cancelled"))
    return "  ".join(parts)


def list_receipts(
    context: typer.Context, limit: Annotated[int, typer.Option(help="how many at most", min=1, max=10_000)] = 50
) -> int:
    from ui.compose import pass_desk

    call: Call = context.obj
    with signed_in(call) as session:
        found = pass_desk(session).receipts.show(session.actor, limit)
    lines = [receipt_line(one) for one in found] or [_("Nothing was found.")]
    call.answer({"receipts": [receipt_json(one) for one in found]}, lines)
    return DONE if found else NO


def show(context: typer.Context, number: NUMBER) -> int:
    from ui.compose import pass_desk

    call: Call = context.obj
    with signed_in(call) as session:
        found = pass_desk(session).receipts.show.one(number, session.actor)
    call.answer(receipt_json(found), [receipt_line(found)])
    return DONE


def copy(context: typer.Context, number: NUMBER) -> int:
    from ui.compose import pass_desk

    call: Call = context.obj
    with signed_in(call) as session:
        found = pass_desk(session).receipts.copy(number, session.actor)
    call.answer(receipt_json(found), [receipt_line(found)])
    return DONE


def cancel(context: typer.Context, number: NUMBER, reason: Annotated[str, typer.Option(help="why, in words")]) -> int:
    from ui.cli.passes import with_second
    from ui.compose import pass_desk

    call: Call = context.obj
    with signed_in(call) as session:
        desk = pass_desk(session)
        found = with_second(call, desk, lambda signed: desk.receipts.cancel(number, reason, session.actor, signed))
    call.answer(receipt_json(found), [receipt_line(found)])
    return DONE


def rates(context: typer.Context) -> int:
    from bmis.receipts.receipt import rate_facts
    from ui.compose import pass_desk

    call: Call = context.obj
    with signed_in(call) as session:
        found = pass_desk(session).receipts.rates(session.actor).all()
    rows = [rate_facts(one) for one in found]
    call.answer({"rates": rows}, [_rate_line(one) for one in found] or [_("No rate counts today.")])
    return DONE if rows else NO


def rate(
    context: typer.Context,
    currency: Annotated[str, typer.Argument(help="USD, ZAR or MWK")],
    metical: Annotated[str, typer.Argument(help="what one unit is worth in meticais")],
    source: Annotated[str, typer.Option(help="where the rate is from")],
    on: Annotated[str | None, typer.Option(help="the day of the rate, YYYY-MM-DD")] = None,
) -> int:
    from bmis.receipts.receipt import rate_facts
    from ui.compose import pass_desk

    call: Call = context.obj
    try:
        day = date.fromisoformat(on) if on else None
    except ValueError as error:
        raise ValueRefusedError(argument="--on") from error
    with signed_in(call) as session:
        enter = pass_desk(session).receipts.enter_rate
        found = enter(_currency(currency), _amount(metical), source, session.actor, day)
    row = rate_facts(found)
    call.answer({"rates": [row]}, [_rate_line(found)])
    return DONE


def till(context: typer.Context) -> int:
    from ui.compose import pass_desk

    call: Call = context.obj
    with signed_in(call) as session:
        found = pass_desk(session).receipts.till(session.actor)
    call.answer(_till_json(found), _till_lines(found))
    return DONE


def close_till(
    context: typer.Context,
    counted: Annotated[
        list[str] | None, typer.Option(help="what was counted, such as 150.00 MZN; once a currency")
    ] = None,
    explanation: Annotated[str, typer.Option(help="why the money differs from the receipts")] = "",
) -> int:
    from bmis.receipts.money import Money
    from ui.compose import pass_desk

    call: Call = context.obj
    money = [Money.parse(one) for one in counted or ()]
    if len({one.currency for one in money}) != len(money):
        raise ValueRefusedError(argument="--counted")
    with signed_in(call) as session:
        closed = pass_desk(session).receipts.close_till(
            {one.currency: one.amount for one in money}, session.actor, explanation
        )
    document = {"till": str(closed.id), **closed.facts()}
    call.answer(document, [_("The till is closed: {count} receipts.").format(count=closed.till.receipts)])
    return DONE


def _till_json(found: "Till") -> dict[str, Any]:
    return {
        "receipts": found.receipts,
        "zero": found.zero,
        "exempt": found.exempt,
        "cancelled": found.cancelled,
        "since": None if found.since is None else found.since.isoformat(),
        "sums": {
            each.value: {
                "taken": f"{one.taken:.2f}",
                "given_back": f"{one.given_back:.2f}",
                "expected": f"{one.expected:.2f}",
            }
            for each, one in found.sums.items()
        },
    }


def _rate_line(one: "Rate") -> str:
    words = _("1 {currency} = {metical} MZN, of {on}: {source}")
    return words.format(
        currency=one.currency.value, metical=in_figures(one.metical), on=day_words(one.on), source=one.source
    )


def _till_lines(found: "Till") -> list[str]:
    words = _("{receipts} receipts: {zero} without fee, {exempt} exempt, {cancelled} cancelled")
    lines = [words.format(receipts=found.receipts, zero=found.zero, exempt=found.exempt, cancelled=found.cancelled)]
    return lines + [f"{in_figures(one.expected, 2)} {each.value}" for each, one in found.sums.items()]


def _currency(text: str) -> "Currency":
    from bmis.receipts.money import Currency

    try:
        return Currency(text.strip().upper())
    except ValueError as error:
        raise ValueRefusedError(argument="CURRENCY") from error


def _amount(text: str) -> Decimal:
    try:
        return Decimal(text.strip().replace(",", "."))
    except InvalidOperation as error:
        raise ValueRefusedError(argument="METICAL") from error
