"""``bmis init``: the home of a desk."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

import typer

from bmis.kernel.i18n import translate as _
from ui.cli.call import DONE, Call


def add_to(app: typer.Typer) -> None:
    """Give the application its command."""
    app.command("init", help="Create the home of a desk: stores, keys, the first administrator.")(init)


def init(
    context: typer.Context,
    post: Annotated[str, typer.Option(help="code of the border post")],
    lane: Annotated[str, typer.Option(help="number or name of the lane")],
    training: Annotated[bool, typer.Option("--training", help="training, with one user for each role")] = False,
) -> int:
    from ui.compose import create_home

    call: Call = context.obj
    person = None if training else call.person()
    given = {
        "border": call.environ.get("BMIS_PASSPHRASE", ""),
        "health": call.environ.get("BMIS_HEALTH_PASSPHRASE", ""),
    }
    made = create_home(
        call.home,
        post_code=post,
        lane=lane,
        training=training,
        administrator=person.user if person else "",
        password=person.password if person else "",
        recovery={service: passphrase for service, passphrase in given.items() if passphrase},
        at=call.now,
    )
    document = {
        "home": str(made.home.path),
        "post_code": made.home.post_code,
        "lane": made.home.lane,
        "desk_id": made.home.desk_id,
        "training": made.home.training,
        "administrator": person.user if person else "admin",
        "recovery": {service: list(halves) for service, halves in made.recovery_halves.items()},
    }
    call.answer(document, _words(document))
    return DONE


def _words(document: Mapping[str, Any]) -> Iterator[str]:
    yield _("The home was created: {folder}").format(folder=document["home"])
    yield _("Post {post}, lane {lane}").format(post=document["post_code"], lane=document["lane"])
    if document["training"]:
        yield _("Training home: one user for each role, named after the role, password “treino”.")
    for service, (first, second) in document["recovery"].items():
        yield _("Recovery passphrase of the {service} store, shown this once. Two people keep one half each:").format(
            service=_("border") if service == "border" else _("health")
        )
        yield f"  1: {first}"
        yield f"  2: {second}"
