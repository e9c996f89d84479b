"""``bmis crossing``: recording, finding and correcting crossings."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import typer

from bmis.kernel.clock import local
from bmis.kernel.errors import BmisError, DecisionError, SiteError
from bmis.kernel.i18n import translate as _
from ui.cli.at_home import signed_in
from ui.cli.call import DONE, NO, PERSON, USAGE, Call, say_json, say_trouble
from ui.cli.days import day_if_given, day_of
from ui.cli.errors import UsageError, ValueRefusedError
from ui.cli.untrusted import check, one_in, parse_json, requests_in
from ui.words.errors import describe

if TYPE_CHECKING:
    from bmis.crossings.crossing import Crossing
    from bmis.staff.approval import Approval
    from ui.border_desk import BorderDesk
    from ui.cli.crossing_input import Asked

RECORD, AMEND = "crossing-record-in", "crossing-amend-in"
SHORT_NAMES = {
    "mode": "journey.travel_mode",
    **{
        name: f"journey.{name}"
        for name in ("purpose", "coming_from", "going_to", "intended_days", "accommodation", "vehicle")
    },
    **{
        name: f"document.{name}"
        for name in ("number", "surname", "given_names", "nationality", "birth_date", "sex", "expiry_date")
    },
}


def add_to(app: typer.Typer) -> None:
    """Give the application its group."""
    group = typer.Typer(rich_markup_mode=None)
    group.command("record", help="Record the crossing of a JSON object, or of each of many.")(record)
    group.command("search", help="Find crossings, the newest first.")(search)
    group.command("show", help="Show one crossing as it stands.")(show)
    group.command("amend", help="Correct named fields of a crossing.")(amend)
    group.command("hours", help="Hand the counts of a day by the hour to port health of this home.")(hours)
    group.command("annul", help="Annul a crossing that should not count.")(annul)
    app.add_typer(group, name="crossing", help="Crossings.")


def record(
    context: typer.Context,
    file: Annotated[str, typer.Argument(help="JSON: one object, a list, or one object a line; - is stdin")],
) -> int:
    from ui.cli.crossing_output import lines_of
    from ui.compose import border_desk

    call: Call = context.obj
    with signed_in(call) as session:
        desk = border_desk(session)
        texts = requests_in(file, RECORD)
        codes = []
        for number, text in enumerate(texts, 1):
            document, code = _answer(desk, call, text, number)
            codes.append(code)
            if call.json or number > 1:
                say_json(document)  # one line, sent off after its commit
            elif "error" not in document:
                call.answer(document, lines_of(document))
    return max(codes, default=DONE)


def search(
    context: typer.Context,
    document: Annotated[str | None, typer.Option(help="the document's number")] = None,
    name: Annotated[str | None, typer.Option(help="words that begin the names")] = None,
    birth: Annotated[str | None, typer.Option(help="YYYY, YYYY-MM or YYYY-MM-DD")] = None,
    from_day: Annotated[str | None, typer.Option("--from", help="first day, YYYY-MM-DD")] = None,
    to_day: Annotated[str | None, typer.Option("--to", help="last day, YYYY-MM-DD")] = None,
    limit: Annotated[int, typer.Option(help="how many at most")] = 50,
) -> int:
    from bmis.crossings.search_crossings import CrossingQuery
    from ui.cli.crossing_output import summary_json, summary_line
    from ui.compose import border_desk

    call: Call = context.obj
    query = CrossingQuery(
        document=document,
        name=name,
        birth=birth,
        from_day=day_if_given(from_day, "--from"),
        to_day=day_if_given(to_day, "--to"),
        limit=limit,
    )
    with signed_in(call) as session:
        page = border_desk(session).search(query, session.actor)
    found = [summary_json(one) for one in page.found]
    lines = [summary_line(one) for one in page.found] or [_("No crossing was found.")]
    call.answer({"crossings": found, "more": page.next is not None}, lines)
    return DONE if found else NO


def show(context: typer.Context, crossing: Annotated[str, typer.Argument(help="the crossing's id")]) -> int:
    from ui.cli.crossing_output import lines_of, view_json
    from ui.compose import border_desk

    call: Call = context.obj
    crossing_id = _id(crossing)
    with signed_in(call) as session:
        document = view_json(border_desk(session).show(crossing_id, session.actor))
    call.answer(document, lines_of(document))
    return DONE


def amend(
    context: typer.Context,
    crossing: Annotated[str, typer.Argument(help="the crossing's id")],
    file: Annotated[str, typer.Argument(help="JSON: the fields to correct and the reason; - is stdin")],
) -> int:
    from ui.cli.crossing_output import lines_of, view_json
    from ui.compose import border_desk

    call: Call = context.obj
    crossing_id = _id(crossing)
    said = one_in(file, AMEND)
    changes = {SHORT_NAMES.get(name, name): value for name, value in said["changes"].items()}
    with signed_in(call) as session:
        view = border_desk(session).amend(crossing_id, changes, said["reason"], session.actor)
        document = view_json(view)
    call.answer(document, lines_of(document))
    return DONE


def annul(
    context: typer.Context,
    crossing: Annotated[str, typer.Argument(help="the crossing's id")],
    reason: Annotated[str, typer.Option(help="why")],
) -> int:
    from bmis.crossings.annul_crossing import ANNUL
    from bmis.crossings.errors import SecondPersonNeededError
    from ui.cli.crossing_output import lines_of, view_json
    from ui.compose import border_desk

    call: Call = context.obj
    crossing_id = _id(crossing)
    with signed_in(call) as session:
        desk = border_desk(session)
        try:
            view = desk.annul(crossing_id, reason, session.actor)
        except SecondPersonNeededError:
            second = call.second_required()
            approval = desk.second.immediate(ANNUL, crossing_id, second.user, second.password, session.actor)
            view = desk.annul(crossing_id, reason, session.actor, approval)
        document = view_json(view)
    call.answer(document, lines_of(document))
    return DONE


def _answer(desk: "BorderDesk", call: Call, text: str, number: int) -> tuple[dict[str, Any], int]:
    """Return what became of one object, and its exit code. What is wrong with one never stops the next."""
    request_id = None
    try:
        said = parse_json(text, RECORD, number)
        request_id = _request_id(said)
        check(said, RECORD)
        asked = _asked(desk, said)
        refused = None
        if said.get("health_token") is not None:
            desk, refused = _shown_to(desk, asked.request.request_id, said["health_token"])
        if said.get("border_pass") is not None:
            desk = _pass_shown_to(desk, asked, said)
        document, code = _recorded(desk, call, asked)
        if refused is not None and code != DONE:
            say_trouble(describe(refused).line)
        return document, code
    except BmisError as error:
        if isinstance(error, SiteError):
            raise  # the disk, the store: the next one would fare no better
        notice = describe(error)
        say_trouble(notice.line)
        document = {"error": {"code": notice.code, "what": notice.what, "do": notice.do}}
        if request_id is not None:
            document["request_id"] = request_id
        return document, USAGE if isinstance(error, UsageError) else PERSON


def _request_id(untrusted: object) -> str | None:
    """What the answer is known by, even where the object is refused; None where it is no UUID."""
    said = untrusted.get("request_id") if isinstance(untrusted, dict) else None
    try:
        return str(UUID(said)) if isinstance(said, str) else None
    except ValueError:
        return None


def _shown_to(desk: "BorderDesk", request_id: UUID, token: str) -> "tuple[BorderDesk, BmisError | None]":
    """Return the desk that was shown the health token, and why it does not count. The code itself is told to nobody."""
    from bmis.kernel.clearance_token import ClearanceRefusedError
    from ui.compose import border_desk

    if not desk.health_in_use:
        desk = border_desk(desk.session, health_token_shown=True)
    fault = desk.health.present(request_id, token).fault
    return desk, None if fault is None else ClearanceRefusedError(fault)


def _pass_shown_to(desk: "BorderDesk", asked: "Asked", said: Mapping[str, Any]) -> "BorderDesk":
    """Return the desk that was shown the border pass, its load too."""
    from ui.border_desk import with_border_pass
    from ui.cli.pass_input import goods_from
    from ui.pass_desk import read_pass

    read, by = read_pass(desk.session, said["border_pass"]), desk.session.actor
    request = asked.request
    desk.passes.present(request.request_id, read, request.direction.value, by, goods_from(said.get("goods") or ()))
    return with_border_pass(desk)


def _asked(desk: "BorderDesk", said: Mapping[str, Any]) -> "Asked":
    from ui.cli.crossing_input import asked

    return asked(said, local(desk.session.now()).date())


def _recorded(desk: "BorderDesk", call: Call, asked: "Asked") -> tuple[dict[str, Any], int]:
    from ui.cli.crossing_output import kept_json, not_kept_json, referral_words

    by = desk.session.actor
    if asked.verdict is None:
        return not_kept_json(asked.request, desk.check(asked.request, by)), NO
    claims = asked.verdict.refusal.protection_claim is True
    try:
        document = kept_json(_keep(desk, call, asked))
    except DecisionError as error:
        notice = describe(error)
        say_trouble(notice.line)
        referral = referral_words() if claims else None
        return not_kept_json(asked.request, desk.check(asked.request, by), notice, referral), NO
    if claims:
        document["referral"] = referral_words()
    return document, DONE


def _keep(desk: "BorderDesk", call: Call, asked: "Asked") -> "Crossing":
    from bmis.crossings.errors import SecondPersonNeededError

    assert asked.verdict is not None  # the caller looked
    by = desk.session.actor
    try:
        return desk.record(asked.request, asked.verdict, by)
    except SecondPersonNeededError as error:
        second = call.second()
        if second is None:
            raise
        signed: Approval = desk.second.immediate(
            error.action, asked.request.request_id, second.user, second.password, by
        )
        return desk.record(asked.request, asked.verdict, by, approval=signed)


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise ValueRefusedError(argument="ID") from error


def hours(context: typer.Context, day: Annotated[str, typer.Option(help="the day, YYYY-MM-DD")]) -> int:
    from ui.crossing_hours import hand_over

    call: Call = context.obj
    of_day = day_of(day, "--day")
    with signed_in(call) as session:
        found = hand_over(session, of_day)
    lines = [f"{hour:02d}:00 {many}" for hour, many in found.items()]
    call.answer(
        {"day": of_day.isoformat(), "hours": {str(hour): many for hour, many in found.items()}},
        lines or [_("Nobody crossed in an hour that is over.")],
    )
    return DONE
