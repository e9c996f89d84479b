"""``bmis health affected``: the approved affected areas as a file for the border's flow map."""

import json
from pathlib import Path
from typing import Annotated

import typer

from bmis.kernel.i18n import translate as _
from ui.cli.at_home import signed_in
from ui.cli.call import DONE, Call
from ui.cli.new_file import write_new


def add_to(group: typer.Typer) -> None:
    """Give the group of port health its command."""
    group.command("affected", help="Write the approved affected areas for the flow map: codes and dates only.")(
        affected
    )


def affected(
    context: typer.Context,
    out: Annotated[Path, typer.Option(help="the new JSON file")],
) -> int:
    from ui.compose_health import tell_areas

    call: Call = context.obj
    with signed_in(call) as session:
        told = tell_areas(session)(session.actor)
    areas = [one.as_json() for one in told.areas]
    write_new(out, (json.dumps(areas, ensure_ascii=False, indent=1) + "\n").encode())
    document = {
        "file": str(out),
        "list_version": told.version,
        "valid_from": None if told.valid_from is None else told.valid_from.isoformat(),
        "areas": areas,
        "left_out": [{"country": one.country, "disease": one.disease, "why": one.why} for one in told.left_out],
    }
    whys = {
        "disease": _("the map has no such disease"),
        "first_day": _("the list does not say since when"),
    }
    call.answer(
        document,
        [
            _("{count} affected areas of version {version} of the list: {file}").format(
                count=len(areas), version=told.version, file=str(out)
            ),
            *(
                _("Left out: {disease}, {country}: {why}.").format(
                    disease=one.disease, country=one.country, why=whys[one.why]
                )
                for one in told.left_out
            ),
        ],
    )
    return DONE
