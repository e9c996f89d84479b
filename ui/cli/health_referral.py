"""``bmis health referral``, ``phones``, ``facilities``, ``directory``, ``consent``: transfers and their papers."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bmis.kernel.clock import local
from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from ui.cli import health_monitoring
from ui.cli.at_home import signed_in
from ui.cli.call import DONE, NO, Call
from ui.cli.health_steps import (
    AMEND,
    ENTRY,
    OPEN,
    STEP,
    entry_from,
    note_amended,
    note_from,
    one_object,
    request_id,
    step_from,
    who_amended,
    who_from,
)

if TYPE_CHECKING:
    from bmis.staff.session import SignedIn
    from poe_health.referrals.referral import Alert, Referral
    from poe_health.referrals.show_referral import ShownReferral
    from ui.referral_desk import ReferralDesk

FILE = Annotated[str, typer.Argument(help="JSON: one object; - is stdin")]
NUMBER = Annotated[str, typer.Argument(help="the number on the paper")]
FOLDER = Annotated[Path | None, typer.Option("--folder", help="where to put the PDF; its name holds no person")]


def add_to(group: typer.Typer) -> None:
    """Give the group of port health its commands of transfers and monitoring."""
    referral = typer.Typer(rich_markup_mode=None)
    referral.command("open", help="Begin a transfer to a health unit.")(open_referral)
    referral.command("step", help="Go on with a transfer: an answer, the departure, the arrival, the slip.")(step)
    referral.command("amend", help="Change what the guia says before departure, with the reason.")(amend)
    referral.command("list", help="List the transfers, those that need somebody first; no names.")(list_referrals)
    referral.command("show", help="Show everything of one transfer.")(show)
    referral.command("paper", help="Write the guia as PDF.")(paper)
    group.add_typer(referral, name="referral", help="Transfers to health units.")
    health_monitoring.add_to(group)
    group.command("phones", help="Whom to call at once: numbers with their age.")(phones)
    group.command("facilities", help="List the health units that can be asked.")(facilities)
    group.command("directory", help="Enter a health unit or a number that the post knows.")(directory)
    group.command("consent", help="List the texts of the health notice, or write an approved one as PDF.")(consent)


@contextmanager
def desk_at(call: Call) -> "Iterator[tuple[ReferralDesk, SignedIn]]":
    """Give the use cases of the person who signs in, for the block.

    Raises:
        NotAllowedError: the person is not of health.
    """
    from bmis.kernel.actor import Permission, require
    from ui.compose_health import referral_desk

    with signed_in(call) as session:
        require(session.actor, Permission.SCREEN_HEALTH)
        yield referral_desk(session), session


def open_referral(context: typer.Context, file: FILE) -> int:
    call: Call = context.obj
    with desk_at(call) as (desk, session):
        said = one_object(file, OPEN)
        found = desk.open(request_id(said), note_from(said), who_from(said), session.actor)
        call.answer(referral_json(found, found.alerts(session.now())), _lines(found))
    return DONE


def step(context: typer.Context, number: NUMBER, file: FILE) -> int:
    from poe_health.referrals.steps import STEPS

    call: Call = context.obj
    with desk_at(call) as (desk, session):
        taken: Any = step_from(one_object(file, STEP), STEPS)
        found = desk.step(desk.show(number, session.actor).referral.id, taken, session.actor)
        call.answer(referral_json(found, found.alerts(session.now())), _lines(found))
    return DONE


def amend(context: typer.Context, number: NUMBER, file: FILE) -> int:
    call: Call = context.obj
    with desk_at(call) as (desk, session):
        said = one_object(file, AMEND)
        before = desk.show(number, session.actor)
        note, who = note_amended(said, before.referral.note), who_amended(said, before.who)
        desk.amend(before.referral.id, note, said["reason"], session.actor, who)
        shown = desk.show(before.referral.id, session.actor)
        document = referral_json(shown.referral, shown.alerts) | {"amendments": _amendments(shown)}
        call.answer(document, (*_lines(shown.referral, shown.alerts), *_changes(shown)))
    return DONE


def list_referrals(
    context: typer.Context, everything: Annotated[bool, typer.Option("--all", help="also those that are over")] = False
) -> int:
    call: Call = context.obj
    with desk_at(call) as (desk, session):
        found = desk.referrals(session.actor, only_open=not everything)
        rows = [referral_json(one.referral, one.alerts) for one in found]
        call.answer({"referrals": rows}, (line for one in found for line in _lines(one.referral, one.alerts)))
    return DONE if rows else NO


def show(context: typer.Context, number: NUMBER) -> int:
    call: Call = context.obj
    with desk_at(call) as (desk, session):
        shown = desk.show(number, session.actor)
        document = referral_json(shown.referral, shown.alerts)
        document["who"] = None if shown.who is None else _plain(shown.who.plain())
        document["events"] = [
            {"kind": one.kind, "by": one.by, "recorded_at": one.recorded_at.isoformat()} for one in shown.events
        ]
        document["amendments"] = _amendments(shown)
        call.answer(document, (*_lines(shown.referral, shown.alerts), *_changes(shown)))
    return DONE


def paper(
    context: typer.Context,
    number: NUMBER,
    folder: Annotated[Path, typer.Option("--folder", help="where to put the PDF; its name holds no person")],
    copy: Annotated[str, typer.Option(help="A travels with the patient, B stays")] = "A",
) -> int:
    from poe_health.referrals.errors import ReferralFieldError
    from ui.referral_desk import save

    call: Call = context.obj
    if copy not in {"A", "B"}:
        raise ReferralFieldError("copy")
    with desk_at(call) as (desk, session):
        found = desk.show(number, session.actor).referral
        path = save(folder, f"guia-{found.number}-{copy}", desk.papers.guia(found.id, copy, session.actor))
        call.answer({"paper": str(path)}, [str(path)])
    return DONE


def phones(context: typer.Context, folder: FOLDER = None) -> int:
    from poe_health.reports.phone_card import age_words, number_words
    from ui.referral_desk import save

    call: Call = context.obj
    with desk_at(call) as (desk, session):
        today = local(session.now()).date()
        found = desk.directory.phones(session.actor)
        document: dict[str, Any] = {
            "phones": [
                {
                    "code": one.code,
                    "label": one.label(current_language()),
                    "number": one.number,
                    "checked_on": None if one.checked_on is None else one.checked_on.isoformat(),
                    "age_days": one.age_days(today),
                    "old": one.is_old(today),
                    "source": one.source or None,
                }
                for one in found
            ],
            "paper": None,
        }
        if folder is not None:
            name = f"telefones-{session.home.site_id.replace('.', '-')}-{today.isoformat()}"
            document["paper"] = str(save(folder, name, desk.papers.phone_card(session.actor)))
        language = current_language()
        call.answer(
            document, (f"{one.label(language)}: {number_words(one)} ({age_words(one, today)})" for one in found)
        )
    return DONE


def facilities(
    context: typer.Context, province: Annotated[str, typer.Option(help="the units of this province first")] = ""
) -> int:
    call: Call = context.obj
    with desk_at(call) as (desk, session):
        found = desk.directory.facilities(session.actor, province)
        rows = [
            {
                "code": one.code,
                "name": one.name,
                "level": one.level,
                "province": one.province,
                "district": one.district,
                "phone": one.phone,
                "has_isolation": one.has_isolation,
                "valid_from": one.valid_from.isoformat(),
                "source": one.source,
                "of_post": one.of_post,
            }
            for one in found
        ]
        call.answer({"facilities": rows}, (f"{one.code} · {one.name} · {one.province}" for one in found))
    return DONE if rows else NO


def directory(context: typer.Context, file: FILE) -> int:
    call: Call = context.obj
    with desk_at(call) as (desk, session):
        kept = desk.enter(entry_from(one_object(file, ENTRY)), session.actor)
        call.answer({"id": str(kept.id), "code": kept.code}, [kept.code])
    return DONE


def consent(
    context: typer.Context,
    language: Annotated[str | None, typer.Option("--language", help="codes, as pt or pt,en")] = None,
    folder: FOLDER = None,
    refusal: Annotated[bool, typer.Option("--refusal", help="the form of who refuses, not the card")] = False,
    review: Annotated[bool, typer.Option("--review", help="a copy for who approves the texts, drafts too")] = False,
) -> int:
    from ui.referral_desk import save

    call: Call = context.obj
    with desk_at(call) as (desk, session):
        texts = desk.papers.consent_texts(session.actor)
        document: dict[str, Any] = {
            "texts": [
                {
                    "language": one.language,
                    "version": one.version,
                    "approved_by": one.approved_by,
                    "approved_on": None if one.approved_on is None else one.approved_on.isoformat(),
                    "offered": is_offered,
                }
                for one, is_offered in texts
            ],
            "paper": None,
        }
        if folder is not None:
            chosen = tuple((language or "pt").lower().split(","))
            if refusal:
                pdf = desk.papers.refusal_form(chosen[0], session.actor, review=review)
            else:
                pdf = desk.papers.consent_card(chosen, session.actor, review=review)
            name = f"{'recusa' if refusal else 'consentimento'}-{'-'.join(chosen)}{'-revisao' if review else ''}"
            document["paper"] = str(save(folder, name, pdf))
        call.answer(document, _consent_lines(document))
    return DONE if folder is not None or any(is_offered for _one, is_offered in texts) else NO


def referral_json(one: "Referral", alerts: "tuple[Alert, ...]") -> dict[str, Any]:
    """Return the transfer as JSON: no name."""
    return {
        "id": str(one.id),
        "number": one.number,
        "state": one.state.value,
        "urgency": one.note.urgency,
        "suspected": list(one.note.suspected),
        "protection": one.note.protection_on(local(one.opened_at).date()),
        "facility": one.facility,
        "facility_name": one.facility_name,
        "in_emergency": one.in_emergency,
        "opened_at": one.opened_at.isoformat(),
        "due_at": _moment(one.due_at),
        "named_instead": list(one.named_instead),
        "answers": [
            {"facility": each.facility, "answer": each.answer, "at": each.at.isoformat(), "means": each.means}
            for each in one.answers
        ],
        "alerts": [{"code": each.code.value, "since": each.since.isoformat()} for each in alerts],
    }


def _lines(one: "Referral", alerts: "tuple[Alert, ...]" = ()) -> Iterable[str]:
    from ui.words.referrals import alert_word, state_word

    yield f"{one.number} · {state_word(one.state.value)} · {one.facility_name or _('no unit yet')}"
    for each in alerts:
        yield f"  ! {alert_word(each.code.value)} ({local(each.since):%d/%m/%Y %H:%M})"


def _amendments(shown: "ShownReferral") -> list[dict[str, Any]]:
    return [
        {"at": one.at.isoformat(), "by": one.by, "reason": one.reason, "changed": list(one.changed)}
        for one in shown.amendments
    ]


def _changes(shown: "ShownReferral") -> Iterable[str]:
    from ui.words.referrals import changed_words

    for one in shown.amendments:
        at = f"{local(one.at):%d/%m/%Y %H:%M}"
        yield (
            "  " + _("Changed {at}").format(at=at) + f": {changed_words(one.changed)} · {one.reason or '—'} · {one.by}"
        )


def _consent_lines(document: dict[str, Any]) -> Iterable[str]:
    for one in document["texts"]:
        standing = _("approved") if one["offered"] else _("not approved: not offered")
        yield f"{one['language']} · {one['version']} · {standing}"
    if document["paper"] is not None:
        yield str(document["paper"])


def _plain(said: dict[str, object]) -> dict[str, object]:
    return {name: value if isinstance(value, int | str) else str(value) for name, value in said.items()}


def _moment(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()
