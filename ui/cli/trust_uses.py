"""``bmis trust uses-export`` and ``uses-import``: where passes were used, on a stick to other posts."""

import typer

from bmis.kernel.i18n import translate as _
from ui.cli.at_home import signed_in
from ui.cli.call import Call
from ui.cli.trust_withdrawn import AFTER, FILE, read_carried, tell_taken, tell_written


def add_to(group: typer.Typer) -> None:
    """Give the group of ``trust`` its commands about uses of passes."""
    group.command("uses-export", help="Write where passes were used at this desk, signed, for other posts.")(export)
    group.command("uses-import", help="Take where passes were used at another post.")(take)


def export(context: typer.Context, file: FILE, after: AFTER = 0) -> int:
    from ui.compose import trust_desk

    call: Call = context.obj
    with signed_in(call) as session:
        given = trust_desk(session).give_uses(session.actor, after)
    words = _("Entries {first} to {last} written; other posts take them with: bmis trust uses-import.")
    return tell_written(call, file, given, words)


def take(context: typer.Context, file: FILE) -> int:
    from ui.compose import trust_desk

    call: Call = context.obj
    untrusted = read_carried(file)
    with signed_in(call) as session:
        taken = trust_desk(session).take_uses(untrusted, session.actor)
    return tell_taken(call, file, taken, _("{fresh} new uses of passes at {post}; heard up to number {last}."))
