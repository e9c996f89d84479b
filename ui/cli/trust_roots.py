"""``bmis trust rollover``, ``begin`` and ``retire``: an authority changes its root, each step by two people."""

from typing import TYPE_CHECKING, Annotated

import typer

from bmis.kernel.i18n import translate as _
from ui.cli.at_home import signed_in
from ui.cli.call import DONE, Call

if TYPE_CHECKING:
    from bmis.staff.approval import Approval
    from ui.trust_desk import TrustDesk

ROOT = Annotated[str, typer.Argument(help="the fingerprint of the root, as trust status shows it")]


def add_to(group: typer.Typer) -> None:
    """Give the group of ``trust`` its commands about roots."""
    group.command("rollover", help="Make the next root; the bundles to come introduce it. Needs a second person.")(
        rollover
    )
    group.command("begin", help="Let the next root sign, once every post has a bundle; needs a second person.")(begin)
    group.command("retire", help="Take an old root out of the bundles; needs a second person.")(retire)


def rollover(context: typer.Context) -> int:
    from bmis.trust.rollover import INTRODUCE
    from ui.compose import trust_desk

    call: Call = context.obj
    with signed_in(call) as session:
        desk = trust_desk(session)
        root = desk.introduce_root(signed(call, desk, INTRODUCE, session.home.desk_id), session.actor)
    words = _("The next root is made: {root}. Export a bundle for every post; then let it begin.")
    call.answer({"root": root}, [words.format(root=root)])
    return DONE


def begin(context: typer.Context, root: ROOT) -> int:
    from bmis.trust.rollover import BEGIN
    from ui.compose import trust_desk

    call: Call = context.obj
    name = as_fingerprint(root)
    with signed_in(call) as session:
        desk = trust_desk(session)
        desk.begin_root(name, signed(call, desk, BEGIN, name), session.actor)
    words = _("Root {root} signs from now on; what was sealed under the one before stays good.")
    call.answer({"root": name}, [words.format(root=name)])
    return DONE


def retire(context: typer.Context, root: ROOT, reason: Annotated[str, typer.Option(help="why")]) -> int:
    from bmis.trust.rollover import RETIRE
    from ui.compose import trust_desk

    call: Call = context.obj
    name = as_fingerprint(root)
    with signed_in(call) as session:
        desk = trust_desk(session)
        desk.retire_root(name, reason, signed(call, desk, RETIRE, name), session.actor)
    words = _("Root {root} is retired: nothing under it counts where the next bundle is taken.")
    call.answer({"root": name}, [words.format(root=name)])
    return DONE


def as_fingerprint(untrusted_root: str) -> str:
    """Return a fingerprint as it is kept, whatever colons and capitals it was copied with."""
    return untrusted_root.replace(":", "").strip().lower()


def signed(call: Call, desk: "TrustDesk", action: str, subject: bytes | str) -> "Approval":
    """Return the second person's signature, who must be there. Raises SecondPersonMissingError."""
    second = call.second_required()
    return desk.signed(action, subject, second.user, second.password)
