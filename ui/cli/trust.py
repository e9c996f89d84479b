"""``bmis trust``: keys of border passes and the signed bundle that lets every post prove them without a network."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bmis.kernel.clock import local
from bmis.kernel.i18n import translate as _
from bmis.kernel.whole_file import put
from ui.cli import trust_roots, trust_uses, trust_withdrawn
from ui.cli.at_home import signed_in
from ui.cli.call import DONE, Call
from ui.cli.errors import InputUnreadableError, OutputRefusedError, SecondPersonMissingError
from ui.cli.trust_roots import as_fingerprint, signed
from ui.words.seals import status_lines

if TYPE_CHECKING:
    from bmis.staff.approval import Approval
    from bmis.trust.exchange import GivenBundle

FILE = Annotated[Path, typer.Argument(help="the file")]
_LARGEST_SMALL = 64 * 1024  # bytes of a request or a certificate


def add_to(app: typer.Typer) -> None:
    """Give the application its group."""
    group = typer.Typer(rich_markup_mode=None)
    group.command("status", help="Show which roots, signers and bundle this desk has.")(status)
    group.command("export", help="Write the signed trust bundle.")(export)
    group.command("import", help="Take a trust bundle that is newer than the one in force.")(take)
    group.command("authority", help="Make the issuing authority of this home; needs a second person.")(authority)
    group.command("signer", help="Make a key here and ask the authority to certify it.")(signer)
    group.command("certify", help="Certify the key of another desk; needs a second person.")(certify)
    group.command("revoke", help="Revoke a signer by its reference; needs a second person.")(revoke)
    group.command("accept", help="Take another State's certificate into the bundles; needs a second person.")(accept)
    trust_roots.add_to(group)
    trust_withdrawn.add_to(group)
    trust_uses.add_to(group)
    app.add_typer(group, name="trust", help="Keys and trust bundles of border passes.")


def status(context: typer.Context) -> int:
    from ui.compose import trust_desk

    call: Call = context.obj
    with signed_in(call) as session:
        found = trust_desk(session).status()
    call.answer(found, status_lines(found))
    return DONE


def export(context: typer.Context, file: FILE) -> int:
    from ui.compose import trust_desk

    call: Call = context.obj
    _refuse_other(file)
    with signed_in(call) as session:
        given = trust_desk(session).give(session.actor)
    _write(file, given.file)
    words = _("Trust bundle {sequence} written; give the root {root} on paper, not with the file.")
    call.answer(_object(file, given), [words.format(sequence=given.content.sequence, root=given.root)])
    return DONE


def take(
    context: typer.Context,
    file: FILE,
    root: Annotated[str | None, typer.Option(help="the root that was compared with the authority's paper")] = None,
) -> int:
    from bmis.trust.exchange import TRUST
    from ui.compose import trust_desk

    call: Call = context.obj
    untrusted = _read(file)
    with signed_in(call) as session:
        desk = trust_desk(session)

        def approve(name: str) -> "Approval | None":
            second = call.second()
            if second is None and not session.home.training:
                raise SecondPersonMissingError
            return None if second is None else desk.signed(TRUST, name, second.user, second.password)

        wanted = None if root is None else as_fingerprint(root)
        given = desk.take(untrusted, session.actor, root=wanted, approve=approve)
    words = _("Trust bundle {sequence} is in force; it counts until {until}.")
    until = f"{local(given.content.fresh_until):%Y-%m-%d %H:%M}"
    call.answer(_object(file, given), [words.format(sequence=given.content.sequence, until=until)])
    return DONE


def authority(context: typer.Context) -> int:
    from bmis.trust.authority import MAKE
    from ui.compose import trust_desk

    call: Call = context.obj
    with signed_in(call) as session:
        desk = trust_desk(session)
        root = desk.make_authority(signed(call, desk, MAKE, session.home.desk_id), session.actor)
    call.answer(
        {"root": root}, [_("The authority is made. Its root, for the paper of every post: {root}").format(root=root)]
    )
    return DONE


def signer(
    context: typer.Context, request: Annotated[Path, typer.Option(help="where to write the request for the authority")]
) -> int:
    from ui.compose import trust_desk

    call: Call = context.obj
    if request.exists():
        raise OutputRefusedError
    with signed_in(call) as session:
        asked = trust_desk(session).request_signer(session.actor)
    _write(request, asked)
    words = _("The key is made and stays here. Give {file} to the authority and take the bundle that comes back.")
    call.answer({"file": str(request)}, [words.format(file=request)])
    return DONE


def certify(
    context: typer.Context,
    file: FILE,
    place: Annotated[
        str | None, typer.Option(help="post or desk of the key: its word on that place's serials counts")
    ] = None,
) -> int:
    from bmis.trust.authority import CERTIFY, certify_subject
    from ui.compose import trust_desk

    call: Call = context.obj
    untrusted = _read(file, _LARGEST_SMALL)
    named = (place or "").strip().upper() or None
    with signed_in(call) as session:
        desk = trust_desk(session)
        approval = signed(call, desk, CERTIFY, certify_subject(untrusted, named))
        reference = desk.certify(untrusted, approval, session.actor, named)
        speaks = named is None or desk.has_serials(named)
    lines = [_("Certified as {reference}; export a bundle for the desk that asked.").format(reference=reference)]
    if not speaks:
        lines.append(_("No serials are entered here for {place}: its word lists no pass yet.").format(place=named))
    call.answer({"reference": reference}, lines)
    return DONE


def revoke(
    context: typer.Context,
    reference: Annotated[str, typer.Argument(help="the reference of the signer, as trust status shows it")],
    reason: Annotated[str, typer.Option(help="why")],
) -> int:
    from bmis.trust.authority import REVOKE
    from ui.compose import trust_desk

    call: Call = context.obj
    with signed_in(call) as session:
        desk = trust_desk(session)
        desk.revoke(reference, reason, signed(call, desk, REVOKE, reference), session.actor)
    words = _("Signer {reference} is revoked; export a bundle for every post.")
    call.answer({"reference": reference}, [words.format(reference=reference)])
    return DONE


def accept(
    context: typer.Context, file: FILE, reason: Annotated[str, typer.Option(help="where the certificate comes from")]
) -> int:
    from bmis.trust.authority import ACCEPT
    from ui.compose import trust_desk

    call: Call = context.obj
    untrusted = _read(file, _LARGEST_SMALL)
    with signed_in(call) as session:
        desk = trust_desk(session)
        approval = signed(call, desk, ACCEPT, untrusted)
        role, name = desk.accept(untrusted, reason, approval, session.actor)
    words = _("Taken ({role}): {name}. Export a bundle for every post.")
    call.answer({"role": role, "fingerprint": name}, [words.format(role=role, name=name)])
    return DONE


def _object(file: Path, given: "GivenBundle") -> dict[str, Any]:
    content = given.content
    return {
        "file": str(file),
        "state": content.state,
        "sequence": content.sequence,
        "issued_at": content.issued_at.isoformat(),
        "fresh_until": content.fresh_until.isoformat(),
        "root": given.root,
        "signers": len(content.signers),
        "foreign": len(content.foreign_roots) + len(content.foreign_signers),
        "listed": content.status.count,
        "parts": sorted(content.parts),
        "bytes": len(given.file),
    }


def _read(file: Path, largest: int | None = None) -> bytes:
    from bmis.trust.bundle import LARGEST_FILE

    try:
        if not file.is_file():
            raise InputUnreadableError
        with file.open("rb") as opened:
            return opened.read((largest or LARGEST_FILE) + 1)
    except (OSError, ValueError) as error:
        raise InputUnreadableError from error


def _refuse_other(file: Path) -> None:
    """A bundle may take the place of a bundle, of nothing else. Raises OutputRefusedError."""
    from bmis.trust.bundle import MARK

    if not file.exists():
        return
    try:
        with file.open("rb") as opened:
            ours = opened.read(len(MARK)) == MARK
    except OSError as error:
        raise OutputRefusedError from error
    if not ours:
        raise OutputRefusedError


def _write(file: Path, content: bytes) -> None:
    try:
        put(file, content)
    except OSError as error:
        raise OutputRefusedError from error
