"""``bmis db``: keeping the stores of a home."""

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bmis.kernel.actor import Service
from bmis.kernel.i18n import translate as _
from bmis.kernel.i18n import translate_plural
from ui.cli.at_home import home_of, keeper
from ui.cli.call import DONE, Call
from ui.cli.errors import PassphraseMissingError

if TYPE_CHECKING:
    from bmis.staff.keep_home import Secret
    from bmis.store.backup import Manifest


def add_to(app: typer.Typer) -> None:
    """Give the application its group."""
    group = typer.Typer(rich_markup_mode=None)
    group.command("migrate", help="Bring the stores to the newest form.")(migrate)
    group.command("verify", help="Prove pages, chain, records and messages of the store.")(verify)
    group.command("backup", help="Write an encrypted copy of the stores into one file.")(backup)
    group.command("restore", help="Put a backup in the place of the stores; the old files are kept.")(restore)
    app.add_typer(group, name="db", help="The stores of this home.")


def migrate(context: typer.Context) -> int:
    call: Call = context.obj
    home = home_of(call)
    revisions = {secret.service: home.migrate(secret) for secret in _secrets(call)}
    words = [_("The {service} store has form {revision}.").format(service=_service(name), revision=revision)
             for name, revision in revisions.items()]  # fmt: skip
    call.answer({"schema": revisions}, words)
    return DONE


def verify(
    context: typer.Context,
    anchor: Annotated[list[str] | None, typer.Option(help="an anchor printed on a shift page; may be repeated")] = None,
) -> int:
    from ui.compose import verify_store

    call: Call = context.obj
    with keeper(call) as session:
        report = verify_store(session)(tuple(anchor or ()))
    document = {
        "valid": True,
        "audit_rows": report.chain.rows,
        "records": report.records,
        "messages": report.messages,
        "unsent": report.unsent,
    }
    words = [
        _("Pages, chain, records and messages prove."),
        translate_plural("{count} audit line", "{count} audit lines", report.chain.rows).format(
            count=report.chain.rows
        ),
        translate_plural("{count} record", "{count} records", report.records).format(count=report.records),
        translate_plural("{count} message not sent", "{count} messages not sent", report.unsent).format(
            count=report.unsent
        ),
    ]
    call.answer(document, words)
    return DONE


def backup(context: typer.Context, file: Annotated[Path, typer.Argument(help="the file to write")]) -> int:
    from ui.compose import back_up_home

    call: Call = context.obj
    with ExitStack() as stack:
        sessions = [stack.enter_context(keeper(call))]
        other = call.environ.get("BMIS_HEALTH_PASSPHRASE")
        if other and sessions[0].service is Service.BORDER:
            sessions.append(stack.enter_context(home_of(call).recovery(other, Service.HEALTH)))
        manifest = back_up_home(sessions)(file)
    call.answer(_object(file, manifest), [_("The backup was written: {file}").format(file=file)])
    return DONE


def restore(context: typer.Context, file: Annotated[Path, typer.Argument(help="the backup")]) -> int:
    call: Call = context.obj
    done = home_of(call).restore(file, _secrets(call))
    document = {**_object(file, done.manifest), "restored": list(done.services), "kept_in": str(done.kept_in)}
    names = ", ".join(_service(name) for name in done.services)
    words = [
        _("Restored: {names}").format(names=names),
        _("The files that were there are kept in {folder}").format(folder=done.kept_in),
    ]
    call.answer(document, words)
    return DONE


def _secrets(call: Call) -> "list[Secret]":
    """Return every secret of the environment, each for the store it opens."""
    from ui.compose import recovery_secret

    found = []
    if passphrase := call.passphrase():
        found.append(recovery_secret(Service.BORDER, passphrase))
    if passphrase := call.environ.get("BMIS_HEALTH_PASSPHRASE"):
        found.append(recovery_secret(Service.HEALTH, passphrase))
    if call.environ.get("BMIS_USER"):
        person = call.person()
        own = home_of(call).secret_of(person.user, person.password)
        found = [own, *(secret for secret in found if secret.service != own.service)]
    if not found:
        raise PassphraseMissingError
    return found


def _object(file: Path, manifest: "Manifest") -> dict[str, object]:
    return {
        "file": str(file),
        "created_at": manifest.created_at,
        "post_code": manifest.post_code,
        "training": manifest.training,
        "databases": [
            {"service": one.service, "schema": one.schema, "audit_rows": one.audit_seq, "audit_hash": one.audit_hash}
            for one in manifest.databases
        ],
    }


def _service(name: str) -> str:
    return _("border") if name == Service.BORDER.value else _("health")
