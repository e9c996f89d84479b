"""``bmis schema``: what goes in and what comes out, as JSON Schema."""

from typing import Annotated

import typer

from ui.cli.call import DONE, Call, say_json
from ui.cli.schemas import names, text_of


def add_to(app: typer.Typer) -> None:
    """Give the application its command."""
    app.command("schema", help="List the JSON Schemas, or print one.")(schema)


def schema(
    context: typer.Context,
    name: Annotated[str | None, typer.Argument(help="the schema's name")] = None,
) -> int:
    call: Call = context.obj
    if name is not None:
        print(text_of(name), end="")
    elif call.json:
        say_json(names())
    else:
        print("\n".join(names()))
    return DONE
