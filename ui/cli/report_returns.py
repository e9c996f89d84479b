"""``bmis report return``, ``returns``, ``message``, ``expect``, ``baseline``: what posts and past bulletins say."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from ui.cli.at_home import signed_in
from ui.cli.call import DONE, NO, Call
from ui.cli.days import day_of
from ui.cli.errors import InputUnreadableError, ValueRefusedError

if TYPE_CHECKING:
    from bmis.reports.returns.keep_returns import KeptReturn
    from bmis.reports.returns.post_return import PostReturn

FIRST = Annotated[str, typer.Option("--from", help="the first day, YYYY-MM-DD")]
LAST = Annotated[str, typer.Option("--to", help="the last day, YYYY-MM-DD")]
FILE = Annotated[str, typer.Argument(help="a file of JSON (bmis schema report-return-in), - for stdin")]


def add_to(group: typer.Typer) -> None:
    """Give the group of reports its commands of returns."""
    group.command("return", help="Keep what a post reports of a day: a file, or the text of its message.")(take)
    group.command("returns", help="Show what posts reported, and who is missing.")(show)
    group.command("message", help="Write the returns of a file as messages of 160 characters.")(message)
    group.command("expect", help="Say which returns a post owes from a day on.")(expect)
    baseline = typer.Typer(rich_markup_mode=None)
    baseline.command("import", help="Keep figures of past bulletins, from CSV with a source for each.")(take_baseline)
    baseline.callback()(lambda: None)
    group.add_typer(baseline, name="baseline", help="Figures of past bulletins.")


def take(
    context: typer.Context,
    file: Annotated[
        str | None, typer.Argument(help="a file of JSON (bmis schema report-return-in), - for stdin")
    ] = None,
    text: Annotated[str | None, typer.Option("--message", help="the message as it came")] = None,
) -> int:
    from bmis.reports.errors import ReturnFileError
    from bmis.reports.returns.message import decode
    from ui.compose import report_desk

    call: Call = context.obj
    if (file is None) == (text is None):
        raise ReturnFileError
    # small letters and blanks around it are the telephone's: the check characters prove what is left
    given, amends = (list(decode(text.strip().upper())), {}) if text is not None else _read(file or "-")
    with signed_in(call) as session:
        kept = report_desk(session).take(given, session.actor, amends)
    call.answer([_kept(one) for one in kept], [_line(one) for one in kept])
    return DONE


def show(context: typer.Context, first: FIRST, last: LAST) -> int:
    from bmis.flows.period import check_period
    from bmis.kernel.actor import Permission, require
    from bmis.kernel.clock import local
    from ui.compose import report_desk

    call: Call = context.obj
    days = day_of(first, "--from"), day_of(last, "--to")
    with signed_in(call) as session:
        require(session.actor, Permission.READ_REPORTS)
        check_period(*days, local(session.now()).date())
        book = report_desk(session).returns
        found, history = book(*days), book.history(*days)
    missing = [{"post": post, "kind": kind, "day": day.isoformat()} for post, kind, day in found.missing()]
    document = {
        "from": days[0].isoformat(),
        "to": days[1].isoformat(),
        "owed": len(found.owed),
        "received": [_kept(one) for one in history],
        "missing": missing,
    }
    words = [_line(one) for one in history]
    words += [
        _("{post} {kind} {day}: not received").format(post=one["post"], kind=one["kind"], day=one["day"])
        for one in missing
    ]
    call.answer(document, words or [_("No returns are owed, and none came.")])
    return NO if missing else DONE


def message(context: typer.Context, file: FILE) -> int:
    from bmis.reports.returns.message import encode

    call: Call = context.obj
    given, amends = _read(file)
    if amends:
        from bmis.reports.returns.post_return import revised

        given = [revised(one, _next(amends[one.kind])) if one.kind in amends else one for one in given]
    told = encode(given)
    call.answer([{"message": one, "length": len(one)} for one in told], told)
    return DONE


def expect(
    context: typer.Context,
    post: Annotated[str, typer.Argument(help="the code of the post")],
    kinds: Annotated[str, typer.Option("--kind", help="kinds by commas; empty: none")],
    first: Annotated[str, typer.Option("--from", help="from which day, YYYY-MM-DD")],
    reason: Annotated[str, typer.Option(help="why")],
    last: Annotated[str | None, typer.Option("--to", help="until which day; without it until told otherwise")] = None,
) -> int:
    from ui.compose import report_desk

    call: Call = context.obj
    until = None if last is None else day_of(last, "--to")
    names = [name.strip() for name in kinds.split(",") if name.strip()]
    with signed_in(call) as session:
        code, kept = report_desk(session).expect(
            post, names, day_of(first, "--from"), session.actor, last=until, reason=reason
        )
    document = {"post": code, "kinds": list(kept), "from": first, "to": last}
    words = _("{post} owes from {first}: {kinds}").format(post=code, first=first, kinds=", ".join(kept) or "—")
    call.answer(document, [words])
    return DONE


def take_baseline(
    context: typer.Context, file: Annotated[Path, typer.Argument(help="CSV: first,last,measure,key,value,source")]
) -> int:
    from bmis.reports.bulletin.baseline import LARGEST_FILE
    from ui.compose import report_desk

    call: Call = context.obj
    try:
        with file.open("rb") as opened:
            untrusted = opened.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise InputUnreadableError from error
    with signed_in(call) as session:
        kept = report_desk(session).import_baseline(untrusted, session.actor)
    periods = sorted({(one.first, one.last) for one in kept})
    document = {
        "figures": len(kept),
        "periods": [{"from": first.isoformat(), "to": last.isoformat()} for first, last in periods],
    }
    call.answer(document, [_("{count} figures of {periods} periods").format(count=len(kept), periods=len(periods))])
    return DONE


def _read(name: str) -> "tuple[list[PostReturn], dict[str, str]]":
    """Return the returns of a file, and what each kind amends."""
    from bmis.reports.returns.post_return import post_return
    from ui.cli.untrusted import load_object, requests_in

    given: list[PostReturn] = []
    amends: dict[str, str] = {}
    for text in requests_in(name, "report-return-in"):
        said = load_object(text, "report-return-in")
        for one in said["returns"]:
            given.append(
                post_return(
                    untrusted_post=said["post"],
                    day=date.fromisoformat(said["day"]),
                    untrusted_kind=one["kind"],
                    untrusted_figures=one["figures"],
                    untrusted_sender=said["sender"],
                    sent_at=_moment(said["sent_at"]),
                )
            )
            if "amends" in one:
                amends[given[-1].kind] = one["amends"]
    return given, amends


def _moment(text: str) -> datetime:
    from datetime import timedelta, timezone

    from bmis.kernel.clock import MAPUTO_OFFSET_MINUTES

    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise ValueRefusedError(argument="sent_at") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=timezone(timedelta(minutes=MAPUTO_OFFSET_MINUTES)))


def _next(reference: str) -> int:
    from bmis.reports.errors import ReturnAmendsError

    last = reference.rpartition("/")[2]
    if not last.isdigit():
        raise ReturnAmendsError(reference="—")
    return int(last) + 1


def _kept(one: "KeptReturn") -> dict[str, Any]:
    given = one.given
    return {
        "reference": given.reference,
        "post": given.post_code,
        "day": given.day.isoformat(),
        "kind": given.kind,
        "revision": given.revision,
        "figures": given.facts()["figures"],
        "sender": given.sender,
        "sent_at": given.sent_at.isoformat(),
        "received_at": one.received_at.isoformat(),
        "by": one.by,
        "known": one.known,
    }


def _line(one: "KeptReturn") -> str:
    from bmis.reports.returns.kinds import return_kind

    kind = return_kind(one.given.kind, one.given.day).label(current_language())
    told = _("{reference}: {kind}, {count} figures, from {sender}")
    return told.format(reference=one.given.reference, kind=kind, count=len(one.given.figures), sender=one.given.sender)
