"""``bmis staff``: the people who use this home."""

from typing import TYPE_CHECKING, Annotated

import typer

from bmis.kernel.actor import Role, Service
from bmis.kernel.i18n import translate as _
from ui.cli.at_home import home_of, signed_in
from ui.cli.call import DONE, Call
from ui.cli.errors import NewPasswordMissingError, PassphraseMissingError
from ui.words.labels import role_word

if TYPE_CHECKING:
    from bmis.staff.staff_member import StaffMember


def add_to(app: typer.Typer) -> None:
    """Give the application its group."""
    group = typer.Typer(rich_markup_mode=None)
    group.command("add", help="Add a person; BMIS_NEW_PASSWORD holds the first password.")(add)
    group.command("list", help="List the people of your service.")(list_people)
    group.command("recover", help="Give an administrator who forgot it a new password, by the recovery passphrase.")(
        recover
    )
    group.command("disable", help="Take away a person's access.")(disable)
    app.add_typer(group, name="staff", help="The people who use this home.")


def add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="the user name")],
    role: Annotated[Role, typer.Option(help="what the person may do")],
    full_name: Annotated[str, typer.Option("--full-name", help="the name as people say it")] = "",
) -> int:
    from ui.compose import people

    call: Call = context.obj
    password = call.environ.get("BMIS_NEW_PASSWORD")
    if not password:
        raise NewPasswordMissingError
    with signed_in(call) as session:
        member = people(session).add(name, full_name or name, role, password)
    call.answer(_object(member), [_line(member)])
    return DONE


def list_people(context: typer.Context) -> int:
    from ui.compose import people

    call: Call = context.obj
    with signed_in(call) as session:
        members = people(session).everybody()
    call.answer([_object(member) for member in members], [_line(member) for member in members])
    return DONE


def recover(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="the user name")],
    reason: Annotated[str, typer.Option(help="why, and who opened the envelopes")],
    service: Annotated[Service, typer.Option(help="whose people the person manages")] = Service.BORDER,
) -> int:
    from ui.compose import recover_manager

    call: Call = context.obj
    password = call.environ.get("BMIS_NEW_PASSWORD")
    if not password:
        raise NewPasswordMissingError
    passphrase = call.passphrase(service)
    if passphrase is None:
        raise PassphraseMissingError
    with home_of(call).recovery(passphrase, service) as session:
        member = recover_manager(session)(name, password, reason)
    words = _("{name} can sign in with the new password. The audit says that recovery gave it.")
    call.answer(_object(member), [words.format(name=member.name)])
    return DONE


def disable(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="the user name")],
    reason: Annotated[str, typer.Option(help="why")],
) -> int:
    from ui.compose import people

    call: Call = context.obj
    with signed_in(call) as session:
        done = people(session).disable(name, reason)
    words = [_("{name} can no longer sign in.").format(name=done.name)]
    if done.owed is not None:
        words.append(_("Others are at work: the store gets its new key at the next sign-in."))
    call.answer({"name": done.name, "enabled": False, "rekey_owed": done.owed is not None}, words)
    return DONE


def _object(member: "StaffMember") -> dict[str, object]:
    return {
        "name": member.name,
        "full_name": member.full_name,
        "role": member.role.value,
        "enabled": member.enabled,
        "added_at": member.added_at.isoformat(),
        "added_by": member.added_by,
        "disabled_at": member.disabled_at.isoformat() if member.disabled_at else None,
    }


def _line(member: "StaffMember") -> str:
    state = _("active") if member.enabled else _("disabled")
    return f"{member.name:<20} {role_word(member.role.value):<26} {state:<12} {member.full_name}"
