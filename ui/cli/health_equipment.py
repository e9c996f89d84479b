"""``bmis health equipment``: what the post has, its checks, what is out of service."""

from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import typer

from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from ui.cli.at_stores import iso, moment_of, stores_at
from ui.cli.call import DONE, NO, Call
from ui.cli.health_steps import one_object

if TYPE_CHECKING:
    from datetime import date

    from poe_health.equipment.item import Equipment

REGISTER, CHECK = "health-equipment-in", "health-equipment-check-in"
FILE = Annotated[str, typer.Argument(help="JSON: one object; - is stdin")]
MARK = Annotated[str, typer.Argument(help="what is written on it at the post")]
REASON = Annotated[str, typer.Option(help="why, a code of resources/health/equipment.toml")]


def add_to(group: typer.Typer) -> None:
    """Give the group of port health its commands of equipment."""
    equipment = typer.Typer(rich_markup_mode=None)
    equipment.command("register", help="Enter something that came to the post.")(register)
    equipment.command("check", help="Enter a check: comparison readings, a reading, or whether it works.")(check)
    equipment.command("out", help="Take something out of service.")(out)
    equipment.command("back", help="Take something back into service after a check that it passed.")(back)
    equipment.command("retire", help="Strike something off for good.")(retire)
    equipment.command("list", help="List all of it with its state and when it is checked next.")(everything)
    group.add_typer(equipment, name="equipment", help="Thermometers and other equipment.")


def register(context: typer.Context, file: FILE) -> int:
    from poe_health.equipment.keep_equipment import RegisterRequest

    call: Call = context.obj
    with stores_at(call) as stores:
        said = one_object(file, REGISTER)
        request = RegisterRequest(UUID(said["request_id"]), said["mark"], said["kind"], said.get("serial"))
        return _answer(call, stores.keep_equipment.register(request, stores.session.actor), stores.today())


def check(context: typer.Context, file: FILE) -> int:
    """Exit 1: it did not pass."""
    from poe_health.equipment.item import Reading
    from poe_health.equipment.keep_equipment import CheckRequest

    call: Call = context.obj
    with stores_at(call) as stores:
        said = one_object(file, CHECK)
        request = CheckRequest(
            request_id=UUID(said["request_id"]),
            mark=said["mark"],
            checked_at=moment_of(said, "checked_at", CHECK, stores.session.now()),
            readings=tuple(
                Reading(float(one["device_c"]), None if one.get("reference_c") is None else float(one["reference_c"]))
                for one in said.get("readings", ())
            ),
            reference=said.get("reference"),
            works=said.get("works"),
            note=said.get("note"),
        )
        found = stores.keep_equipment.check(request, stores.session.actor)
        _answer(call, found, stores.today())
    return DONE if found.last_check is not None and found.last_check.passed else NO


def out(context: typer.Context, mark: MARK, reason: REASON) -> int:
    from poe_health.equipment.item import EquipmentState

    return _step(context.obj, mark, EquipmentState.OUT_OF_SERVICE.value, reason)


def back(context: typer.Context, mark: MARK) -> int:
    from poe_health.equipment.item import EquipmentState

    return _step(context.obj, mark, EquipmentState.IN_SERVICE.value, None)


def retire(context: typer.Context, mark: MARK, reason: REASON) -> int:
    from poe_health.equipment.item import EquipmentState

    return _step(context.obj, mark, EquipmentState.RETIRED.value, reason)


def everything(
    context: typer.Context, retired: Annotated[bool, typer.Option("--all", help="also what was struck off")] = False
) -> int:
    """Exit 1: something is out of service or its check is overdue."""
    from poe_health.equipment.item import EquipmentState

    call: Call = context.obj
    with stores_at(call) as stores:
        today = stores.today()
        found = stores.equipment(stores.session.actor, retired=retired)
        rows = [equipment_json(one, today) for one in found]
        call.answer({"equipment": rows}, (_line(one, today) for one in found))
    wanting = any(one.overdue(today) or one.state is EquipmentState.OUT_OF_SERVICE for one in found)
    return NO if wanting or not found else DONE


def equipment_json(one: "Equipment", today: "date") -> dict[str, Any]:
    """Return a piece of equipment as JSON."""
    last = one.last_check
    return {
        "id": str(one.id),
        "mark": one.mark,
        "kind": one.kind.code,
        "label": one.kind.label(current_language()),
        "serial": one.serial,
        "state": one.state.value,
        "since": one.since.isoformat(),
        "reason": one.reason,
        "due_on": iso(one.due_on),
        "overdue": one.overdue(today),
        "last_check": None
        if last is None
        else {
            "checked_at": last.checked_at.isoformat(),
            "passed": last.passed,
            "worst_c": last.worst_c,
            "readings": [
                {"device_c": reading.device_c, "reference_c": reading.reference_c} for reading in last.readings
            ],
            "reference": last.reference,
            "limit_from": iso(last.limit_from),
            "limit_source": last.limit_source,
            "by": last.by,
        },
    }


def _step(call: Call, mark: str, to: str, reason: str | None) -> int:
    from poe_health.equipment.item import EquipmentState

    with stores_at(call) as stores:
        found = stores.keep_equipment.step(mark, EquipmentState(to), reason, stores.session.actor)
        return _answer(call, found, stores.today())


def _answer(call: Call, one: "Equipment", today: "date") -> int:
    call.answer(equipment_json(one, today), [_line(one, today)])
    return DONE


def _line(one: "Equipment", today: "date") -> str:
    from ui.words.health_stores import equipment_state_word

    parts = [one.mark, one.kind.label(current_language()), equipment_state_word(one.state.value)]
    if one.last_check is not None:
        parts.append(_("passed") if one.last_check.passed else _("DID NOT PASS"))
    if one.overdue(today):
        parts.append(_("CHECK OVERDUE"))
    elif one.due_on is not None:
        parts.append(_("next check by {day}").format(day=one.due_on.strftime("%d/%m/%Y")))
    return " · ".join(parts)
