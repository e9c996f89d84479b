"""``bmis health retention``: what has served its time, and taking it away."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from bmis.kernel.i18n import translate as _
from ui.cli.at_home import signed_in
from ui.cli.call import DONE, NO, Call
from ui.words.health import draft_words
from ui.words.health_post_exports import part_word, retention_word

if TYPE_CHECKING:
    from poe_health.retention.policy import RetentionRule
    from poe_health.retention.run import RetentionRun


def add_to(group: typer.Typer) -> None:
    """Give the group of port health its command of retention."""
    group.command("retention", help="Show what has served its time; --apply takes it away for good.")(retention)


def retention(
    context: typer.Context,
    apply: Annotated[bool, typer.Option("--apply", help="take away what is due: answers and names go")] = False,
) -> int:
    """Exit 1: it was taken, but another program has the file open and its old pages wait for the next run."""
    from poe_health.retention.policy import retention_rules
    from ui.compose_health import health_desk

    call: Call = context.obj
    with signed_in(call) as session:
        desk, by = health_desk(session), session.actor
        rules, version = retention_rules()
        report = desk.retention.due(by)
        run = desk.retention(by) if apply else None
    document = {
        "version": version.version,
        "valid_from": version.valid_from.isoformat(),
        "rules": [_rule_json(rule, report.due.get(rule.code, 0)) for rule in rules],
        "due": dict(report.due),
        "last": None if report.last is None else report.last.recorded_at.isoformat(),
        "taken": None if run is None else dict(run.taken),
        "swept": None if run is None else run.swept,
    }
    lines = [
        _("{what}, {parts}: after {days} days, due now {count}").format(
            what=retention_word(rule.code),
            parts=", ".join(part_word(part) for part in rule.parts),
            days=rule.days,
            count=report.due.get(rule.code, 0),
        )
        for rule in rules
    ]
    call.answer(document, [*lines, draft_words(), *_ran(run)])
    return NO if run is not None and not run.swept else DONE


def _rule_json(rule: "RetentionRule", due: int) -> dict[str, Any]:
    return {
        "code": rule.code,
        "kinds": sorted(rule.kinds),
        "dispositions": sorted(rule.dispositions),
        "parts": list(rule.parts),
        "days": rule.days,
        "due": due,
    }


def _ran(run: "RetentionRun | None") -> list[str]:
    if run is None:
        return []
    taken = _("Taken away: {count}.").format(count=sum(run.taken.values()))
    return [taken] if run.swept else [taken, _("Somebody has the file open: its old pages are overwritten next time.")]
