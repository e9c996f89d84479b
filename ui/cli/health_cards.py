"""``bmis health cards``: cards of the health step, signed beforehand for a crowd, as PDF to print and cut."""

from pathlib import Path
from typing import Annotated

import typer

from bmis.kernel.clearance import ClearanceOutcome
from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from ui.cli.at_home import signed_in
from ui.cli.call import DONE, Call
from ui.cli.errors import ValueRefusedError


def add_to(group: typer.Typer) -> None:
    """Give the group of port health its command of cards."""
    group.command("cards", help="Sign cards of the health step for today, and write them as PDF.")(cards)


def cards(
    context: typer.Context,
    folder: Annotated[Path, typer.Option("--folder", help="where to put the PDF")],
    count: Annotated[int, typer.Option("--count", help="how many")] = 50,
    outcome: Annotated[str, typer.Option("--outcome", help="what all of them say at the lane")] = "H_OK",
) -> int:
    from poe_health.reports.clearance_cards import clearance_cards_pdf
    from poe_health.reports.saving import require_folder
    from ui.compose_health import health_desk
    from ui.referral_desk import health_imprint, save

    call: Call = context.obj
    try:
        heap = ClearanceOutcome(outcome.upper())
    except ValueError as error:
        raise ValueRefusedError(argument="--outcome") from error
    require_folder(folder)  # before anything is signed: cards that cannot be printed are lost
    with signed_in(call) as session:
        signed = health_desk(session).sign_cards(heap, count, session.actor)
        first, last = signed[0].clearance, signed[-1].clearance
        imprint = health_imprint(session.home, session.now(), session.actor)
        pdf = clearance_cards_pdf(signed, imprint, current_language())
        name = f"cartoes-{first.card}-{last.card}-{imprint.printed_at:%Y-%m-%d}"
        path = save(folder, name, pdf)
    document = {
        "outcome": heap.value,
        "first": first.card,
        "last": last.card,
        "valid_until": first.valid_until.isoformat(),
        "paper": str(path),
    }
    call.answer(
        document,
        [_("Cards {first} to {last} were signed.").format(first=first.card, last=last.card), str(path)],
    )
    return DONE
