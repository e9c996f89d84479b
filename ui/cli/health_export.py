"""``bmis health export``: a file for a receiver, or the same sent over HTTPS. Every export gives its reason."""

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bmis.kernel.errors import BmisError
from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from ui.cli.at_home import signed_in
from ui.cli.call import DONE, NO, PERSON, Call, say_trouble
from ui.cli.days import day_of
from ui.cli.errors import ArgumentMissingError, InputTooLargeError, InputUnreadableError, ValueRefusedError

if TYPE_CHECKING:
    from poe_health.exchange.export_event import Handed
    from poe_health.exchange.export_health import ExportRequest, Sent
    from poe_health.exchange.https import Endpoint
    from poe_health.exchange.package import Package

_LARGEST_TEMPLATE = 4 * 1024 * 1024  # bytes


def add_to(group: typer.Typer) -> None:
    """Give the group of port health its command."""
    group.command("export", help="Give facts of port health to another system; the reason and the recipient are kept.")(
        export
    )
    group.command("corrections", help="List what was sent and is voided or changed since.")(corrections)


def export(
    context: typer.Context,
    receiver: Annotated[str, typer.Argument(help="dhis2-tracker, dhis2-aggregate, sormas, godata, fhir or csv")],
    first: Annotated[str, typer.Option("--from", help="the first day, YYYY-MM-DD")],
    last: Annotated[str, typer.Option("--to", help="the last day, YYYY-MM-DD")],
    reason: Annotated[str, typer.Option(help="why; kept in the audit")] = "",
    recipient: Annotated[str, typer.Option(help="for whom; kept in the audit")] = "",
    out: Annotated[Path | None, typer.Option(help="the file to write; others are put beside it")] = None,
    template: Annotated[
        Path | None, typer.Option(help="the import template of SORMAS, or a mapping of the ministry")
    ] = None,
    level: Annotated[str | None, typer.Option(help="public, aggregate, cases (under pseudonym) or named")] = None,
    replace: Annotated[bool, typer.Option("--replace", help="overwrite files that are there")] = False,
    bom: Annotated[bool, typer.Option("--bom", help="CSV that Excel opens as UTF-8")] = False,
    send: Annotated[str | None, typer.Option(help="send to this https address (DHIS2, FHIR)")] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="the receiver only checks, and keeps nothing (DHIS2)")
    ] = False,
    ca: Annotated[Path | None, typer.Option(help="the certificate of the receiver's own authority, PEM")] = None,
) -> int:
    from ui.compose_health import export_health

    call: Call = context.obj
    if out is None and send is None:
        raise ArgumentMissingError(argument="--out")
    request = _request(receiver, (first, last), (reason, recipient), template, level, out, bom=bom)
    endpoint = None if send is None else _endpoint(call, receiver, send, ca)
    with signed_in(call) as session:
        exports = export_health(session)
        document: dict[str, Any] = {}
        if out is not None:
            written = exports.write(request, session.actor, out, replace=replace)
            document = _document(request, written.package, written.event.level) | {
                "files": [{"path": str(path)} for path in written.files],
            }
        if endpoint is not None:
            sent = exports.send(request, session.actor, endpoint, time.sleep, dry_run=dry_run)
            document = _document(request, sent.package, sent.event.level) | document
            document["sent"] = _sent(sent, dry_run=dry_run)
            return _told(call, document, sent)
    call.answer(document, _lines(document))
    return DONE


def corrections(context: typer.Context) -> int:
    from ui.compose_health import export_corrections
    from ui.words.exchange import correction_words

    call: Call = context.obj
    with signed_in(call) as session:
        found = export_corrections(session)(session.actor)
    rows = [
        {
            "case": str(one.case),
            "number": one.standing.number,
            "day": one.standing.day.isoformat(),
            "voided": one.standing.voided,
            **handed_json(one.handed),
        }
        for one in found
    ]
    lines = [f"{one.handed.target} · {correction_words(one)}" for one in found] or [_("No correction waits.")]
    call.answer({"corrections": rows}, lines)
    return DONE if rows else NO


def handed_json(one: "Handed") -> dict[str, Any]:
    """Return who has a case from us as JSON."""
    return {
        "receiver": one.receiver,
        "target": one.target,
        "level": one.level,
        "recipient": one.recipient,
        "at": one.at.isoformat(),
    }


def _request(
    receiver: str,
    days: tuple[str, str],
    why: tuple[str, str],
    template: Path | None,
    level: str | None,
    out: Path | None,
    *,
    bom: bool,
) -> "ExportRequest":
    from poe_health.exchange.export_health import ExportRequest
    from poe_health.exchange.package import Level
    from poe_health.exchange.receivers import receivers

    if receiver not in receivers():
        raise ValueRefusedError(argument="RECEIVER")
    if level is not None and level not in set(Level):
        raise ValueRefusedError(argument="--level")
    return ExportRequest(
        receiver=receiver,
        first=day_of(days[0], "--from"),
        last=day_of(days[1], "--to"),
        reason=why[0],
        recipient=why[1],
        level=None if level is None else Level(level),
        untrusted_template=None if template is None else _content(template),
        language=current_language(),
        bom=bom,
        as_csv=out is not None and out.suffix.lower() == ".csv",
    )


def _endpoint(call: Call, receiver: str, address: str, ca: Path | None) -> "Endpoint":
    from poe_health.exchange.errors import SendingUnsafeError
    from poe_health.exchange.https import Credentials, Endpoint

    token = call.environ.get("BMIS_EXCHANGE_TOKEN")
    user, password = call.environ.get("BMIS_EXCHANGE_USER"), call.environ.get("BMIS_EXCHANGE_PASSWORD")
    if token:
        return Endpoint(address, Credentials.token("Bearer" if receiver == "fhir" else "ApiToken", token), ca)
    if user and password:
        return Endpoint(address, Credentials.basic(user, password), ca)
    raise SendingUnsafeError("credentials")


def _document(request: "ExportRequest", package: "Package", level: str) -> dict[str, Any]:
    return {
        "receiver": request.receiver,
        "level": level,
        "from": request.first.isoformat(),
        "to": request.last.isoformat(),
        "records": package.records,
        "people": package.people,
        "sha256": package.sha256,
        "files": [],
        "notes": [{"code": one.code, "where": one.where, "count": one.count} for one in package.notes],
        "sent": None,
    }


def _sent(sent: "Sent", *, dry_run: bool) -> dict[str, Any]:
    transfer = sent.transfer
    return {
        "target": sent.event.target,
        "dry_run": dry_run,
        "whole": transfer.is_whole,
        "outcomes": dict(sent.event.outcomes),
        "results": [
            {"record": one.record, "outcome": one.outcome.value, "reason": one.reason, "said": list(one.said)}
            for one in transfer.results
        ],
        "broken_off": transfer.broken_off.code if transfer.broken_off else None,
    }


def _told(call: Call, document: dict[str, Any], sent: "Sent") -> int:
    from ui.words.errors import describe

    call.answer(document, _lines(document))
    stopped: BmisError | None = sent.transfer.broken_off
    if stopped is not None:
        say_trouble(describe(stopped).line)
        return PERSON
    return DONE if sent.transfer.is_whole else NO


def _lines(document: dict[str, Any]) -> list[str]:
    from ui.words.exchange import export_lines

    return list(export_lines(document))


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST_TEMPLATE + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise InputUnreadableError from error
    if len(content) > _LARGEST_TEMPLATE:
        raise InputTooLargeError(reason="size", line=1)
    return content
