"""``bmis flows survey``: anonymous surveys of a sample of travellers, apart from the registry and from crossings."""

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from ui.cli.at_home import signed_in
from ui.cli.call import DONE, NO, Call
from ui.cli.days import day_of
from ui.cli.errors import OutputRefusedError, ValueRefusedError
from ui.cli.flows_observe import DAY, FMP, kept_answer
from ui.cli.untrusted import one_in

FIRST = Annotated[str, typer.Option("--from", help="the first day, YYYY-MM-DD")]
LAST = Annotated[str, typer.Option("--to", help="the last day, YYYY-MM-DD")]
_SURVEY = "flows-survey-in"


def add_to(group: typer.Typer) -> None:
    """Give the group of flows its commands of surveys."""
    survey = typer.Typer(rich_markup_mode=None)
    survey.command("questions", help="Show the questions and their answers.")(show_questions)
    survey.command("add", help="Keep what one traveller answered: no name, no document.")(add)
    survey.command("refuse", help="Count one who was invited and not asked; nothing else is kept.")(refuse)
    survey.command("count", help="Count the surveys and refusals by point; no answers.")(count)
    survey.command("export", help="Write answers so that each line is like at least so many others.")(export)
    group.add_typer(survey, name="survey", help="Anonymous surveys of a sample of travellers.")


def show_questions(context: typer.Context) -> int:
    from bmis.flows.mobility.lists import mobility_file
    from bmis.flows.mobility.survey import FILE

    call: Call = context.obj
    said = mobility_file(FILE)
    language = "en" if current_language() == "en" else "pt"
    asked = [{"code": one["code"], "words": one[language], "answers": one["answers"]} for one in said["question"]]
    lines = [f"{one['code']}  {one['words']}: {', '.join(one['answers'])}" for one in asked]
    call.answer({"version": said["version"], "questions": asked}, lines)
    return DONE


def add(context: typer.Context, file: Annotated[str, typer.Argument(help="JSON: one object; - is stdin")]) -> int:
    from ui.compose import mobility_desk

    call: Call = context.obj
    said = one_in(file, _SURVEY)
    with signed_in(call) as session:
        kept = mobility_desk(session).take_survey(
            said["fmp"],
            date.fromisoformat(said["date"]),
            said["answers"],
            session.actor,
            consent=said["consent"],
            request_id=UUID(said["request_id"]) if "request_id" in said else None,
        )
    return kept_answer(call, kept)


def refuse(
    context: typer.Context,
    fmp: FMP,
    day: DAY,
    why: Annotated[str, typer.Option(help="refused, under_age or no_language")],
) -> int:
    from ui.compose import mobility_desk

    call: Call = context.obj
    with signed_in(call) as session:
        kept = mobility_desk(session).refuse_survey(fmp, day_of(day, "--date"), why, session.actor)
    return kept_answer(call, kept)


def count(context: typer.Context, first: FIRST, last: LAST) -> int:
    from ui.compose import mobility_desk

    call: Call = context.obj
    days = day_of(first, "--from"), day_of(last, "--to")
    with signed_in(call) as session:
        desk = mobility_desk(session)
        asked = Counter(one.noun.fmp for one in desk.surveys(*days, session.actor))
        refused = desk.refusals(*days, session.actor)
    points = sorted({*asked, *(fmp for fmp, _why in refused)})
    told = [
        {"fmp": at, "surveys": asked[at], "refused": {why: n for (fmp, why), n in sorted(refused.items()) if fmp == at}}
        for at in points
    ]
    lines = []
    for at in points:
        not_asked = sum(n for (fmp, _why), n in refused.items() if fmp == at)
        lines.append(_("{fmp}  {surveys} asked, {refused} not").format(fmp=at, surveys=asked[at], refused=not_asked))
    document = {"surveys": sum(asked.values()), "refused": sum(refused.values()), "points": told}
    call.answer(document, lines)
    return DONE if points else NO


def export(
    context: typer.Context,
    out: Annotated[Path, typer.Option(help="the CSV file to write; it must not be there")],
    first: FIRST,
    last: LAST,
    audience: Annotated[str, typer.Option(help="government or public: how small a number may be shown")] = "government",
    reason: Annotated[str, typer.Option(help="why; kept in the audit")] = "",
    recipient: Annotated[str, typer.Option(help="for whom; kept in the audit")] = "",
) -> int:
    from bmis.flows.package.resource import Audience
    from bmis.kernel.csv_cells import table_bytes
    from bmis.reports.make_report import staged
    from ui.compose import mobility_desk

    call: Call = context.obj
    if audience not in set(Audience):
        raise ValueRefusedError(argument="--audience")
    if out.suffix.lower() != ".csv":
        raise ValueRefusedError(argument="--out")
    if out.exists() or not out.parent.is_dir():
        raise OutputRefusedError
    days = day_of(first, "--from"), day_of(last, "--to")
    with signed_in(call) as session:
        table = mobility_desk(session).hand_over_surveys(
            *days,
            audience,
            reason,
            recipient,
            session.actor,
            lambda one: staged(out, table_bytes(one.fields, one.rows)),
        )
    document = {
        "file": str(out),
        "k": table.k,
        "rows": len(table.rows),
        "generalised": table.generalised,
        "left_out": table.left_out,
    }
    words = _("{rows} lines, each like at least {k}; {generalised} made coarser, {left_out} left out: {file}")
    call.answer(document, [words.format(**document)])
    return DONE
