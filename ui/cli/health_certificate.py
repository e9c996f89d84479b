"""``bmis health certificate``: checks of certificates that are kept; ``verify`` is that of ``bmis certificate``."""

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import typer

from ui.cli.at_stores import identifier, iso, option_day, stores_at
from ui.cli.call import DONE, NO, Call
from ui.cli.certificate import trust_of, verify
from ui.cli.health_steps import one_object
from ui.cli.untrusted import check

if TYPE_CHECKING:
    from poe_health.certificates.kept import CheckView

RECORD = "health-certificate-in"
_BACK = timedelta(days=30)


def add_to(group: typer.Typer) -> None:
    """Give the group of port health its commands of kept checks."""
    certificate = typer.Typer(rich_markup_mode=None)
    certificate.command("record", help="Check a certificate, on paper or as a code, and keep what came of it.")(record)
    certificate.command("list", help="List the kept checks; no names.")(listed)
    certificate.command("show", help="Show one kept check with what the role sees; the look is on record.")(show)
    certificate.command("verify", help="Check a health certificate: its signature, its holder, the yellow-fever rule.")(
        verify
    )
    group.add_typer(certificate, name="certificate", help="Checks of certificates that are kept.")


def record(
    context: typer.Context,
    file: Annotated[str, typer.Argument(help="JSON: one object; - is stdin")],
    trust: Annotated[Path | None, typer.Option(help="the cached trust list")] = None,
) -> int:
    """Exit 1: something speaks against the certificate, or nothing proves it."""
    from poe_health.certificates.check_form import check_form
    from poe_health.certificates.keep_check import CheckRequest
    from ui.words.certificates import yellow_fever_word

    call: Call = context.obj
    with stores_at(call) as stores:
        said = one_object(file, RECORD)
        check(said["check"], "certificate-verify-in")
        request = CheckRequest(
            request_id=UUID(said["request_id"]),
            form=check_form(said["check"]),
            trust=trust_of(trust),
            screening_id=None if said.get("screening") is None else UUID(said["screening"]),
        )
        kept = stores.record_check(request, stores.session.actor).view
        call.answer(check_json(kept), [f"{kept.check.id} · {yellow_fever_word(kept.check.result)}"])
    return DONE if kept.check.good else NO


def listed(
    context: typer.Context,
    first: Annotated[str | None, typer.Option("--from", help="the first day, YYYY-MM-DD")] = None,
    last: Annotated[str | None, typer.Option("--to", help="the last day, YYYY-MM-DD")] = None,
) -> int:
    from ui.words.certificates import yellow_fever_word

    call: Call = context.obj
    with stores_at(call) as stores:
        until = option_day(last, "--to") or stores.today()
        since = option_day(first, "--from") or until - _BACK
        found = stores.checks.listed(since, until, stores.session.actor)
        lines = (f"{one.check.day} · {one.check.shown or '-'} · {yellow_fever_word(one.check.result)}" for one in found)
        call.answer({"checks": [check_json(one) for one in found]}, lines)
    return DONE if found else NO


def show(context: typer.Context, kept: Annotated[str, typer.Argument(help="the id of the check")]) -> int:
    from bmis.kernel.plain import plain
    from ui.words.certificates import yellow_fever_word

    call: Call = context.obj
    with stores_at(call) as stores:
        shown = stores.checks.show(identifier(kept), stores.session.actor)
        document = check_json(shown.view) | {
            "clinical": None if shown.clinical is None else plain(shown.clinical),
            "holder": None if shown.holder is None else plain(shown.holder),
            "erased": sorted(shown.view.erased),
        }
        call.answer(document, [f"{shown.view.check.day} · {yellow_fever_word(shown.view.check.result)}"])
    return DONE


def check_json(one: "CheckView") -> dict[str, Any]:
    """Return a kept check as JSON: codes and versions, no name."""
    kept = one.check
    return {
        "id": str(kept.id),
        "day": kept.day.isoformat(),
        "screening": None if kept.screening_id is None else str(kept.screening_id),
        "shown": kept.shown,
        "result": kept.result,
        "required": kept.required.value,
        "certificate": kept.certificate,
        "good": kept.good,
        "reasons": list(kept.reasons),
        "measures": list(kept.measures),
        "seal": kept.seal,
        "trust": None
        if kept.seal is None
        else {"as_of": iso(kept.trust_as_of), "age_days": kept.trust_age_days, "stale": kept.trust_stale},
        "holder_compared": kept.compared,
        "holder_same": None if kept.same is None else kept.same.value,
        "lists": [{"file": each.file, "version": each.version, "sha256": each.sha256} for each in kept.lists],
        "by": kept.by,
    }
