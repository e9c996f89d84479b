"""``bmis audit``: proving that nothing was rewritten."""

from typing import TYPE_CHECKING, Annotated

import typer

from bmis.kernel.i18n import translate as _
from bmis.kernel.i18n import translate_plural
from ui.cli.at_home import keeper, signed_in
from ui.cli.call import DONE, Call

if TYPE_CHECKING:
    from bmis.store.audit import Checkpoint


def add_to(app: typer.Typer) -> None:
    """Give the application its group."""
    group = typer.Typer(rich_markup_mode=None)
    group.command("verify", help="Prove every link of the audit chain and who signed it.")(verify)
    group.command("checkpoint", help="Sign the last link; print and keep the anchor elsewhere.")(checkpoint)
    app.add_typer(group, name="audit", help="The audit chain.")


def verify(
    context: typer.Context,
    anchor: Annotated[list[str] | None, typer.Option(help="an anchor printed on a shift page; may be repeated")] = None,
) -> int:
    from ui.compose import verify_audit

    call: Call = context.obj
    with keeper(call) as session:
        report = verify_audit(session)(tuple(anchor or ()))
    mark = report.last_checkpoint
    document = {
        "valid": True,
        "rows": report.rows,
        "last_hash": report.last_hash,
        "checkpoints": report.checkpoints,
        "last_checkpoint": _object(mark) if mark else None,
        "anchors": len(anchor or ()),
    }
    words = [
        translate_plural(
            "The audit chain proves: {count} line.", "The audit chain proves: {count} lines.", report.rows
        ).format(count=report.rows)
    ]
    if mark is not None:
        words.append(_("Last checkpoint: {anchor}, signed by {name}").format(anchor=mark.anchor, name=mark.by))
    call.answer(document, words)
    return DONE


def checkpoint(context: typer.Context) -> int:
    from ui.compose import checkpoint_audit

    call: Call = context.obj
    with signed_in(call) as session:
        mark = checkpoint_audit(session)(session.actor)
    call.answer(_object(mark), [_("Anchor: {anchor}").format(anchor=mark.anchor)])
    return DONE


def _object(mark: "Checkpoint") -> dict[str, object]:
    return {
        "anchor": mark.anchor,
        "seq": mark.seq,
        "hash": mark.hash,
        "by": mark.by,
        "signed_at": mark.signed_at.isoformat(),
    }
