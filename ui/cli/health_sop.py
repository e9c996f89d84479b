"""``bmis health sop``: procedures and response plans of the post, attached and found by their words."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID, uuid4

import typer

from bmis.kernel.i18n import translate as _
from ui.cli.at_stores import identifier, iso, option_day, stores_at
from ui.cli.call import DONE, NO, Call
from ui.cli.new_file import write_new

if TYPE_CHECKING:
    from datetime import date

    from poe_health.plans.plan import PlanView

CODE = Annotated[str, typer.Argument(help="the code of the plan at the post")]


def add_to(group: typer.Typer) -> None:
    """Give the group of port health its commands of plans."""
    sop = typer.Typer(rich_markup_mode=None)
    sop.command("add", help="Attach a version of a procedure or plan: a PDF or a text file.")(add)
    sop.command("search", help="Find the procedures that hold all the words.")(search)
    sop.command("list", help="List the procedures in force, with their review.")(listed)
    sop.command("get", help="Write the file of a procedure.")(get)
    sop.command("withdraw", help="Take a procedure out of force; its versions stay.")(withdraw)
    group.add_typer(sop, name="sop", help="Procedures and response plans.")


def add(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="the PDF or text file")],
    code: Annotated[str, typer.Option(help="its code at the post, as PC-01")],
    kind: Annotated[str, typer.Option(help="a code of resources/health/plans.toml")],
    title: Annotated[str, typer.Option(help="its title")],
    version: Annotated[str, typer.Option(help="the version, as 1.0")],
    approved_by: Annotated[str | None, typer.Option(help="who approved it; without, it is a draft")] = None,
    approved_on: Annotated[str | None, typer.Option(help="the day of approval, YYYY-MM-DD")] = None,
    review_on: Annotated[str | None, typer.Option(help="the day of its review, YYYY-MM-DD")] = None,
    language: Annotated[str | None, typer.Option("--language", help="its language, as pt")] = None,
    request: Annotated[str | None, typer.Option(help="a UUID: the same one is the same version")] = None,
) -> int:
    from bmis.kernel.actor import Permission, require
    from poe_health.plans.keep_plans import PlanRequest
    from ui.health_stores import read_plan_file

    call: Call = context.obj
    with stores_at(call) as stores:
        require(stores.session.actor, Permission.KEEP_HEALTH_PLANS)  # before anything of the file is read
        asked = PlanRequest(
            request_id=_request(request),
            code=code,
            kind=kind,
            title=title,
            version=version,
            approved_by=approved_by,
            approved_on=option_day(approved_on, "--approved-on"),
            review_on=option_day(review_on, "--review-on"),
            language=language,
        )
        kept = stores.keep_plans.add(asked, read_plan_file(file), stores.session.actor)
        call.answer(plan_json(kept, stores.today()), [_line(kept, stores.today())])
    return DONE


def search(
    context: typer.Context,
    words: Annotated[list[str], typer.Argument(help="one or more words; what begins with them is found too")],
    everything: Annotated[bool, typer.Option("--all", help="older and withdrawn versions too")] = False,
) -> int:
    call: Call = context.obj
    with stores_at(call) as stores:
        today = stores.today()
        hits = stores.plans.search(" ".join(words), stores.session.actor, every_version=everything)
        rows = [plan_json(one.view, today) | {"excerpt": one.excerpt} for one in hits]
        lines = (line for one in hits for line in (_line(one.view, today), f"    {' '.join(one.excerpt.split())}"))
        call.answer({"found": rows}, lines)
    return DONE if hits else NO


def listed(
    context: typer.Context,
    everything: Annotated[bool, typer.Option("--all", help="older and withdrawn versions too")] = False,
) -> int:
    call: Call = context.obj
    with stores_at(call) as stores:
        today = stores.today()
        found = stores.plans(stores.session.actor, every_version=everything)
        call.answer({"plans": [plan_json(one, today) for one in found]}, (_line(one, today) for one in found))
    return DONE if found else NO


def get(
    context: typer.Context,
    code: CODE,
    out: Annotated[Path, typer.Option(help="the file to write; nothing is written over")],
    version: Annotated[str | None, typer.Option(help="a version; without, the one in force")] = None,
) -> int:
    call: Call = context.obj
    with stores_at(call) as stores:
        found, content = stores.plans.file(code, stores.session.actor, version=version)
        write_new(out, content)
        call.answer(plan_json(found, stores.today()) | {"file": str(out)}, [str(out)])
    return DONE


def withdraw(context: typer.Context, code: CODE) -> int:
    call: Call = context.obj
    with stores_at(call) as stores:
        stores.keep_plans.withdraw(code, stores.session.actor)
        call.answer({"code": code.strip().upper(), "withdrawn": True}, [_("Withdrawn; its versions stay on record.")])
    return DONE


def plan_json(one: "PlanView", today: "date") -> dict[str, Any]:
    """Return a version as JSON."""
    added = one.added
    return {
        "id": str(added.id),
        "code": added.code,
        "kind": added.kind,
        "title": added.title,
        "version": added.version,
        "media": added.media,
        "pages": added.pages,
        "size": added.size,
        "sha256": added.sha256,
        "words": added.text_length > 0,
        "approved_by": added.approved_by,
        "approved_on": iso(added.approved_on),
        "review_on": added.review_on.isoformat(),
        "review_overdue": one.review_overdue(today),
        "in_force": one.in_force,
        "withdrawn": one.withdrawn,
        "language": added.language,
    }


def _request(text: str | None) -> UUID:
    return uuid4() if text is None else identifier(text, "--request")


def _line(one: "PlanView", today: "date") -> str:
    added = one.added
    if one.withdrawn:
        standing = _("withdrawn")
    elif one.in_force:
        standing = _("in force, review by {day}").format(day=added.review_on.strftime("%d/%m/%Y"))
    else:
        standing = _("draft") if added.approved_by is None else _("older version")
    parts = [added.code, added.title, added.version, standing]
    if one.review_overdue(today):
        parts.append(_("REVIEW OVERDUE"))
    if added.text_length == 0:
        parts.append(_("no words in it: a scan, not found by searching"))
    return " · ".join(parts)
