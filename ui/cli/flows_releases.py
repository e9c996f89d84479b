"""``bmis flows releases``: desks tell each other what they handed over, so that no two tell of the same people."""

import json
from pathlib import Path
from typing import Annotated

import typer

from bmis.kernel.i18n import translate as _
from ui.cli.at_home import signed_in
from ui.cli.call import DONE, Call
from ui.cli.untrusted import load_object, requests_in

_SCHEMA = "flows-releases-in"


def add_to(group: typer.Typer) -> None:
    """Give the group of flows its commands of releases."""
    releases = typer.Typer(rich_markup_mode=None)
    releases.command("write", help="Write what this desk handed over, for other desks: days and digests, no number.")(
        write
    )
    releases.command("take", help="Take in what another desk handed over: those days are not told here again.")(take)
    group.add_typer(releases, name="releases", help="What was handed over, between desks.")


def write(context: typer.Context, out: Annotated[Path, typer.Option(help="the file to write")]) -> int:
    from hashlib import sha256

    from bmis.reports.make_report import write_whole
    from ui.compose import report_desk

    call: Call = context.obj
    with signed_in(call) as session:
        told = report_desk(session).shared.told(session.actor)
    content = "".join(f"{json.dumps(one, ensure_ascii=False)}\n" for one in told).encode()
    write_whole(out, content)
    digest = sha256(content).hexdigest()
    call.answer(
        {"file": str(out), "sha256": digest, "written": len(told)},
        [_("Releases: {count}; file: {file}; SHA-256 {digest}").format(count=len(told), file=str(out), digest=digest)],
    )
    return DONE


def take(context: typer.Context, file: Annotated[Path, typer.Argument(help="the file of the other desk")]) -> int:
    from hashlib import sha256

    from ui.compose import report_desk

    call: Call = context.obj
    lines = [load_object(text, _SCHEMA, at) for at, text in enumerate(requests_in(str(file), _SCHEMA), 1)]
    digest = sha256(file.read_bytes()).hexdigest()
    with signed_in(call) as session:
        taken = report_desk(session).shared.take(lines, session.actor)
    words = [
        _("Taken in: {new}; known before: {known}; SHA-256 {digest}").format(
            new=taken.new, known=taken.known, digest=digest
        )
    ]
    if taken.late:
        words.append(_("Releases of this desk that already tell of the same days: {late}").format(late=taken.late))
    call.answer(
        {"file": str(file), "sha256": digest, "new": taken.new, "known": taken.known, "late": taken.late}, words
    )
    return DONE
