"""``bmis trust withdrawn…``: what a post has withdrawn, on a stick to the authority, into its next bundle."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bmis.kernel.clock import local
from bmis.kernel.i18n import translate as _
from ui.cli.at_home import signed_in
from ui.cli.call import DONE, Call
from ui.cli.errors import InputUnreadableError
from ui.cli.new_file import write_new
from ui.cli.trust_roots import signed
from ui.words.facts import fact_words

if TYPE_CHECKING:
    from bmis.trust.heard import CarriedLog

FILE = Annotated[Path, typer.Argument(help="the file")]
AFTER = Annotated[int, typer.Option(min=0, help="the number up to which the other desk has heard this one")]


def add_to(group: typer.Typer) -> None:
    """Give the group of ``trust`` its commands about withdrawn passes."""
    group.command("withdrawn", help="Show how far this desk's log of withdrawn passes goes, and what was heard.")(show)
    group.command("withdrawn-export", help="Write which passes this desk has withdrawn, signed, for the authority.")(
        export
    )
    group.command("withdrawn-import", help="Take a post's withdrawn passes into the bundles to come.")(take)
    group.command("withdrawn-confirm", help="List a pass that another desk only reported; needs a second person.")(
        confirm
    )
    group.command("withdrawn-lift", help="Take a confirmed pass off the list again; needs a second person.")(lift)


def show(context: typer.Context) -> int:
    from bmis.passes.serials import printed
    from ui.compose import trust_desk

    call: Call = context.obj
    with signed_in(call) as session:
        read = trust_desk(session).withdrawn
        (last, desks), reported = read(session.actor), read.reported(session.actor)
    lines = [_("Withdrawn and reinstated passes of this desk: {count}.").format(count=last)]
    line = _("{post}, desk {desk}: heard up to number {last}, in a file of {moment}, key {signer}.")
    lines += [
        line.format(
            post=one.post,
            desk=one.desk,
            last=one.last,
            moment=f"{local(one.made_at):%Y-%m-%d %H:%M}",
            signer=one.signer,
        )
        for one in desks
    ]
    heard = [
        {
            "desk": one.desk,
            "post": one.post,
            "signer": one.signer,
            "last": one.last,
            "made_at": one.made_at.isoformat(),
            "heard_at": one.heard_at.isoformat(),
        }
        for one in desks
    ]
    line = _("Reported, not confirmed: {serial} ({why}) by {post}, desk {desk}.")
    lines += [
        line.format(serial=printed(one.serial), why=fact_words("pass_state", one.why), post=one.post, desk=one.desk)
        for one in reported
    ]
    told = [
        {
            "serial": one.serial,
            "desk": one.desk,
            "post": one.post,
            "state": one.why,
            "heard_at": one.heard_at.isoformat(),
        }
        for one in reported
    ]
    call.answer({"last": last, "heard": heard, "reported": told}, lines)
    return DONE


def export(context: typer.Context, file: FILE, after: AFTER = 0) -> int:
    from ui.compose import trust_desk

    call: Call = context.obj
    with signed_in(call) as session:
        given = trust_desk(session).give_withdrawn(session.actor, after)
    words = _("Entries {first} to {last} written; the authority takes them with: bmis trust withdrawn-import.")
    return tell_written(call, file, given, words)


def take(context: typer.Context, file: FILE) -> int:
    from ui.compose import trust_desk

    call: Call = context.obj
    untrusted = read_carried(file)
    with signed_in(call) as session:
        taken = trust_desk(session).take_withdrawn(untrusted, session.actor)
    words = _("{fresh} new entries of {post}; heard up to number {last}. Export a bundle for every post.")
    return tell_taken(call, file, taken, words)


def confirm(context: typer.Context, serial: Annotated[str, typer.Argument(help="the serial")]) -> int:
    from bmis.passes.serials import parse_serial, printed
    from bmis.trust.withdrawals import CONFIRM
    from ui.compose import trust_desk

    call: Call = context.obj
    number = parse_serial(serial)
    with signed_in(call) as session:
        desk = trust_desk(session)
        found = desk.confirm(number, signed(call, desk, CONFIRM, str(number)), session.actor)
    words = _("{serial} is listed from the next bundle on, as {post} reported it.")
    call.answer({"serial": found.serial}, [words.format(serial=printed(found.serial), post=found.post)])
    return DONE


def lift(context: typer.Context, serial: Annotated[str, typer.Argument(help="the serial")]) -> int:
    from bmis.passes.serials import parse_serial, printed
    from bmis.trust.withdrawals import LIFT
    from ui.compose import trust_desk

    call: Call = context.obj
    number = parse_serial(serial)
    with signed_in(call) as session:
        desk = trust_desk(session)
        reported_by = desk.lift(number, signed(call, desk, LIFT, str(number)), session.actor)
    words = _("{serial} is off the list from the next bundle on; desk {desk} had reported it.")
    call.answer({"serial": number}, [words.format(serial=printed(number), desk=reported_by)])
    return DONE


def tell_written(call: Call, file: Path, given: "CarriedLog", words: str) -> int:
    """Write the file and say which entries it holds; ``words`` has ``first`` and ``last``."""
    write_new(file, given.file)
    call.answer(_carried(file, given), [words.format(first=given.log.first, last=given.log.last)])
    return DONE


def tell_taken(call: Call, file: Path, taken: "CarriedLog", words: str) -> int:
    """Say what was taken; ``words`` has ``fresh``, ``post`` and ``last``, and is said where something was new."""
    if not taken.fresh:
        words = _("Nothing new of {post}: heard up to number {last} already.")
    lines = [words.format(fresh=taken.fresh, post=taken.log.post, last=taken.log.last)]
    if taken.unconfirmed:
        unsaid = _("{count} of them are of passes that this desk has no say over: kept as reported, not listed.")
        lines.append(unsaid.format(count=taken.unconfirmed))
    call.answer(_carried(file, taken), lines)
    return DONE


def _carried(file: Path, given: "CarriedLog") -> dict[str, Any]:
    """Return the object of resources/schemas/trust-carried.json."""
    return {
        "file": str(file),
        "kind": given.log.kind,
        "state": given.log.state,
        "desk": given.log.desk,
        "post": given.log.post,
        "signer": given.signer,
        "made_at": given.log.made_at.isoformat(),
        "first": given.log.first,
        "last": given.log.last,
        "fresh": given.fresh,
        "unconfirmed": given.unconfirmed,
        "bytes": len(given.file),
    }


def read_carried(file: Path) -> bytes:
    """Return the bytes of a file that another desk wrote, at most one more than it may have.

    Raises:
        InputUnreadableError: no file, or it cannot be read.
    """
    from bmis.trust.desk_file import LARGEST_FILE

    try:
        if not file.is_file():  # a pipe would be waited for
            raise InputUnreadableError
        with file.open("rb") as opened:
            return opened.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        raise InputUnreadableError from error
