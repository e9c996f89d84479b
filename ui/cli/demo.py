"""``bmis demo``: invented travellers, in training homes only."""

from typing import Annotated

import typer

from bmis.kernel.i18n import translate as _
from ui.cli.at_home import signed_in
from ui.cli.call import DONE, Call


def add_to(app: typer.Typer) -> None:
    """Give the application its group."""
    group = typer.Typer(rich_markup_mode=None)
    group.command("data", help="Invent people, their crossings and screenings up to yesterday.")(make)
    group.callback()(lambda: None)
    app.add_typer(group, name="demo", help="Invented travellers for training.")


def make(
    context: typer.Context,
    days: Annotated[int, typer.Option(help="how many days")],
    travellers_per_day: Annotated[int, typer.Option("--travellers-per-day", help="how many travellers a day")],
    seed: Annotated[int, typer.Option(help="the same seed and clock give the same people")],
) -> int:
    from ui.compose import make_demo_data
    from ui.demo_data import make_both

    call: Call = context.obj
    with signed_in(call) as session:
        both = make_both(make_demo_data(session), session, days, travellers_per_day, seed)
    made, document = both.made, both.payload()
    words = [
        _("{crossings} crossings of {travellers} invented travellers, {first} to {last}.").format(
            crossings=made.crossings, travellers=made.travellers, first=made.first_day, last=made.last_day
        ),
        _("{screenings} invented screenings.").format(screenings=both.screened.screenings),
        _("Digest: {digest}").format(digest=made.digest),
    ]
    call.answer(document, words)
    return DONE
