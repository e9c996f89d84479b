"""``bmis pass card``: the pass as card, paper, picture for a phone, or slip, into a file."""

from pathlib import Path
from typing import Annotated

import typer

from bmis.kernel.i18n import translate as _
from ui.cli.call import DONE, Call
from ui.cli.errors import ValueRefusedError


def add_to(group: typer.Typer) -> None:
    """Give the group of passes this command."""
    group.command("card", help="Write a pass as card (cr80), plain paper (a6), phone picture (qr) or slip.")(card)


def card(
    context: typer.Context,
    serial: Annotated[str, typer.Argument(help="the serial of the pass")],
    out: Annotated[Path, typer.Option(help="the file to write")],
    form: Annotated[str, typer.Option(help="cr80, a6, qr (PNG) or slip")] = "cr80",
) -> int:
    from bmis.passes.print_pass import PassForm, PrintPass
    from bmis.reports.make_report import staged
    from ui.cli.passes import desk_at
    from ui.office.pass_papers import PassPapers

    call: Call = context.obj
    if form not in set(PassForm):
        raise ValueRefusedError(argument="--form")
    wanted = PassForm(form)
    with desk_at(call) as desk:
        session, by = desk.session, desk.session.actor
        content = PassPapers(session).of_pass(desk.show(serial, by), wanted)
        with staged(out, content):  # a copy counts when its file is as good as written
            one, copy = PrintPass(session.store.write, session.now)(serial, wanted, by)
    document = {
        "serial": one.serial,
        "number": one.number,
        "form": wanted.value,
        "copy": copy,
        "file": str(out),
        "bytes": len(content),
    }
    words = _("Pass {number}, copy {copy}: {file}")
    call.answer(document, [words.format(number=one.number, copy=copy, file=str(out))])
    return DONE
