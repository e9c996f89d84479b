"""``bmis pass``: what the office looks at, serials, statistics, and a pass at a lane."""

from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import typer

from bmis.kernel.clock import local
from bmis.kernel.i18n import translate as _
from ui.cli.at_home import signed_in
from ui.cli.call import DONE, NO, Call
from ui.cli.errors import ValueRefusedError
from ui.cli.untrusted import one_in

if TYPE_CHECKING:
    from ui.pass_desk import PassDesk

SERIAL = Annotated[str, typer.Argument(help="the serial of the pass")]
APPLICATION = Annotated[str, typer.Argument(help="the application's number or identifier")]
REASON = Annotated[str, typer.Option(help="why, in words")]
FROM = Annotated[str | None, typer.Option("--from", help="first day, YYYY-MM-DD")]
TO = Annotated[str | None, typer.Option("--to", help="last day, YYYY-MM-DD")]

_YEARS = range(2000, 2200)  # of a count; days beyond overflow the calendar


def add_to(group: typer.Typer) -> None:
    """Give the group of passes these commands."""
    group.command("show", help="Show everything of a pass, its holder too.")(show)
    group.command("application", help="Show everything of an application, its person too.")(application)
    group.command("forget", help="Erase who a holder was, when everything is long over; needs a second person.")(forget)
    group.command("find", help="Look whether somebody is known, before an application is typed.")(find)
    group.command("photo", help="Put a photograph to an application.")(photo)
    group.command("charge", help="Take the fee of an application and give the receipt.")(charge)
    group.command("spoil", help="Note a pass, or a blank, that came out wrong.")(spoil)
    group.command("check", help="Look at a pass as a lane does: seal, state, days, post, zone, goods.")(check)
    group.command("schemes", help="List the schemes with their rules and what is to be confirmed.")(list_schemes)
    group.command("serials", help="Account for the serials of this desk, or enter a range from the centre.")(serials)
    group.command("settle", help="Write down which passes and suspensions ran out.")(settle)
    group.command("statistics", help="Count passes and their use by sex, age, purpose, product, post.")(statistics)


def _desk(call: Call) -> "AbstractContextManager[PassDesk]":
    from ui.cli.passes import desk_at

    return desk_at(call)


def show(context: typer.Context, serial: SERIAL) -> int:
    from ui.cli.pass_output import pass_line, shown_json
    from ui.words.pass_desk import use_words

    call: Call = context.obj
    with _desk(call) as desk:
        shown = desk.show(serial, desk.session.actor)
        document = shown_json(shown)
    lines = [pass_line(document), *_holder_lines(document)]
    lines += [
        f"{one['at'][:16]}  {one['kind']}  {one['by']}  {one['said'] or ''}".rstrip() for one in document["history"]
    ]
    lines += [use_words(one, told=False) for one in shown.uses] + [use_words(one, told=True) for one in shown.heard]
    call.answer(document, lines)
    return DONE


def application(context: typer.Context, which: APPLICATION) -> int:
    from ui.cli.pass_output import application_lines, shown_application_json
    from ui.pass_desk import application_id

    call: Call = context.obj
    with _desk(call) as desk:
        document = shown_application_json(desk.application(application_id(which), desk.session.actor))
    lines = [*application_lines(document), *_holder_lines(document)]
    call.answer(document, lines)
    return DONE


def forget(
    context: typer.Context,
    person: Annotated[str, typer.Argument(help="the person's identifier, as pass list gives it")],
    reason: REASON,
) -> int:
    from ui.cli.passes import with_second

    call: Call = context.obj
    try:
        which = UUID(person)
    except ValueError as error:
        raise ValueRefusedError(argument="PERSON") from error
    with _desk(call) as desk:
        by = desk.session.actor
        count = with_second(call, desk, lambda signed: desk.forget(which, reason, by, signed))
    call.answer({"erased": count}, [_("Erased: {count} parts.").format(count=count)])
    return DONE


def find(
    context: typer.Context,
    surname: Annotated[str, typer.Option(help="the surname")],
    given_names: Annotated[str, typer.Option("--given-names", help="the given names")],
    birth: Annotated[str, typer.Option(help="YYYY, YYYY-MM or YYYY-MM-DD")],
    village: Annotated[str, typer.Option(help="the village")],
    sex: Annotated[str, typer.Option(help="F, M or X")] = "X",
    document: Annotated[str | None, typer.Option(help="the identity document's number")] = None,
) -> int:
    from ui.cli.pass_input import applicant_from
    from ui.cli.pass_output import alike_json
    from ui.words.passes import ALIKE

    call: Call = context.obj
    said = {"surname": surname, "given_names": given_names, "birth_date": birth, "village": village, "sex": sex}
    said["id_number"] = document or ""
    with _desk(call) as desk:
        found = desk.find(applicant_from(said), desk.session.actor)
    rows = [alike_json(one) for one in found]
    lines = [f"{one['person']}  {ALIKE[one['why']]()}  {' '.join(one['passes'])}".rstrip() for one in rows]
    call.answer({"duplicates": rows}, lines or [_("Nobody like that is known here.")])
    return DONE if rows else NO


def photo(
    context: typer.Context, application: APPLICATION, file: Annotated[str, typer.Argument(help="a picture")]
) -> int:
    from ui.cli.passes import _applied
    from ui.pass_desk import application_id, photo_from

    call: Call = context.obj
    with _desk(call) as desk:
        portrait = photo_from(file, Path(), desk.session.now)
        return _applied(call, desk.attest.photo(application_id(application), portrait, desk.session.actor))


def charge(
    context: typer.Context,
    application: APPLICATION,
    paid: Annotated[str | None, typer.Option(help="what was given, such as 1351.35 MWK")] = None,
    exempt: Annotated[str | None, typer.Option(help="the code of the exemption, of the scheme's list")] = None,
    reason: Annotated[str, typer.Option(help="why nothing is taken, in words")] = "",
) -> int:
    from bmis.receipts.money import Money
    from bmis.receipts.receipt import Exemption
    from ui.cli.receipt import receipt_json, receipt_line
    from ui.pass_desk import application_id

    call: Call = context.obj
    money = None if paid is None else Money.parse(paid)
    exemption = None if exempt is None else Exemption(exempt.strip().upper(), reason)
    with _desk(call) as desk:
        found = desk.charge(application_id(application), desk.session.actor, paid=money, exemption=exemption)
    call.answer(receipt_json(found), [receipt_line(found)])
    return DONE


def spoil(
    context: typer.Context,
    serial: SERIAL,
    reason: REASON,
    blank: Annotated[bool, typer.Option("--blank", help="a card that was never a pass")] = False,
) -> int:
    from ui.cli.pass_output import account_json

    call: Call = context.obj
    with _desk(call) as desk:
        by = desk.session.actor
        if blank:
            desk.spoil_serial(serial, reason, by)
        else:
            desk.spoil(serial, reason, by)
        rows = [account_json(one) for one in desk.serials(by)]
    call.answer({"serials": rows}, _account_lines(rows))
    return DONE


def check(
    context: typer.Context,
    text: Annotated[str, typer.Argument(help="the seal's text, a serial, or SCHEME SERIAL")],
    direction: Annotated[str, typer.Option(help="ENTRY or EXIT")] = "EXIT",
    goods: Annotated[str | None, typer.Option(help="JSON: the lines of the load; - is stdin")] = None,
    keep: Annotated[bool, typer.Option("--keep", help="also keep this as a use of the pass")] = False,
) -> int:
    from ui.cli.pass_input import GOODS, goods_from
    from ui.cli.pass_output import seen_json, seen_lines
    from ui.pass_desk import read_pass

    call: Call = context.obj
    way = direction.strip().upper()
    if way not in {"ENTRY", "EXIT"}:
        raise ValueRefusedError(argument="--direction")
    said = [] if goods is None else one_in(goods, GOODS)["goods"]
    with _desk(call) as desk:
        session = desk.session
        seen = desk.examine(read_pass(session, text), way, session.actor, goods_from(said))
        if keep:
            desk.use(seen, session.actor)
    call.answer(seen_json(seen), seen_lines(seen))
    return NO if any(one.light.value == "red" for one in seen.answers) else DONE


def list_schemes(context: typer.Context) -> int:
    from bmis.passes.schemes import schemes
    from ui.cli.pass_output import scheme_json

    call: Call = context.obj
    with signed_in(call) as session:
        rows = [scheme_json(one) for one in schemes(local(session.now()).date())]
    lines = [f"{one['code']}  {one['name']}{' · ' + _('draft') if one['draft'] else ''}" for one in rows]
    call.answer({"schemes": rows}, lines)
    return DONE


def serials(
    context: typer.Context,
    first: Annotated[int | None, typer.Option(help="the first serial of a range from the centre")] = None,
    last: Annotated[int | None, typer.Option(help="the last serial of that range")] = None,
    place: Annotated[str, typer.Option(help="the post or truck that it is for")] = "",
) -> int:
    from ui.cli.pass_output import account_json

    call: Call = context.obj
    if (first is None) != (last is None):
        raise ValueRefusedError(argument="--first")
    with _desk(call) as desk:
        by = desk.session.actor
        if first is not None and last is not None:
            desk.allocate(first, last, place or desk.session.home.post_code, by)
        rows = [account_json(one) for one in desk.serials(by)]
    call.answer({"serials": rows}, _account_lines(rows))
    return DONE


def settle(context: typer.Context) -> int:
    call: Call = context.obj
    with _desk(call) as desk:
        count = desk.settle(desk.session.actor)
    call.answer({"settled": count}, [_("{count} passes moved.").format(count=count)])
    return DONE


def statistics(
    context: typer.Context,
    from_day: FROM = None,
    to_day: TO = None,
    public: Annotated[bool, typer.Option("--public", help="hide small numbers, for publication")] = False,
) -> int:
    from ui.cli.days import day_if_given
    from ui.cli.pass_output import statistics_json, statistics_lines

    call: Call = context.obj
    with _desk(call) as desk:
        today = local(desk.session.now()).date()
        last = day_if_given(to_day, "--to") or today
        first = day_if_given(from_day, "--from") or date(last.year, last.month, 1)
        if first > last or first.year not in _YEARS or last.year not in _YEARS:
            raise ValueRefusedError(argument="--from")
        found = desk.statistics(first, last, desk.session.actor, public=public)
    call.answer(statistics_json(found), statistics_lines(found))
    return DONE


def _holder_lines(document: dict[str, Any]) -> list[str]:
    if document["holder"] is None:
        return []
    person = document["holder"]["person"]
    return [f"{person['surname']}, {person['given_names']}  {person['birth_date']}  {person['village']}"]


def _account_lines(rows: list[dict[str, object]]) -> list[str]:
    words = _(
        "{place} {first}–{last}: handed over {handed_over}, being made {in_production}, spoiled {spoiled}, left {left}"
    )
    return [words.format(**row) for row in rows]
