"""``bmis health signals``: alarms and signals of some days; ``bmis health signal``: one signal and its steps."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from bmis.kernel.clock import local
from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from ui.cli.at_home import signed_in
from ui.cli.call import DONE, NO, Call
from ui.cli.days import day_of
from ui.cli.errors import ArgumentMissingError, ValueRefusedError
from ui.cli.health_signal_json import REPORT, STEP, signal_from, signal_json, take_step, watched_json
from ui.cli.health_steps import one_object

if TYPE_CHECKING:
    from poe_health.events.keep_signals import SignalShown
    from poe_health.surveillance.watch import Watched

FILE = Annotated[str, typer.Argument(help="JSON: one object; - is stdin")]
NUMBER = Annotated[str, typer.Argument(help="the signal's number or id")]


def add_to(group: typer.Typer) -> None:
    """Give the group of port health its commands."""
    group.command("signals", help="List alarms of the counts, clusters and signals of some days.")(signals)
    one = typer.Typer(rich_markup_mode=None)
    one.command("report", help="Keep what was heard or seen: a report of the community, or of anybody.")(report)
    one.command("step", help="Go on: triage, Annex 2, who was told, the focal point's decision, the end.")(step)
    one.command("show", help="Show one signal with its clocks and 7-1-7.")(show)
    one.command("list", help="List the signals that somebody must go on with.")(list_open)
    group.add_typer(one, name="signal", help="Signals and events.")


def signals(
    context: typer.Context,
    day: Annotated[str | None, typer.Option(help="one day, YYYY-MM-DD; today where none is given")] = None,
    first: Annotated[str | None, typer.Option("--from", help="the first day, YYYY-MM-DD")] = None,
    last: Annotated[str | None, typer.Option("--to", help="the last day, YYYY-MM-DD")] = None,
) -> int:
    from ui.compose_health import health_day

    call: Call = context.obj
    if day is not None and (first is not None or last is not None):
        raise ValueRefusedError(argument="--day")
    if (first is None) != (last is None):
        raise ArgumentMissingError(argument="--from" if first is None else "--to")
    with signed_in(call) as session:
        desk, by = health_day(session), session.actor
        today = local(session.now()).date()
        begins = today if day is None else day_of(day, "--day")
        ends = begins
        if first is not None and last is not None:
            begins, ends = day_of(first, "--from"), day_of(last, "--to")
        watched = desk.watch(begins, ends, by)
        found = desk.signals.between(begins, ends, by)
    call.answer(watched_json(watched, found), _watched_lines(watched, found))
    return DONE


def report(context: typer.Context, file: FILE) -> int:
    from ui.compose_health import health_day

    call: Call = context.obj
    with signed_in(call) as session:
        request_id, signal = signal_from(one_object(file, REPORT))
        kept = health_day(session).report(request_id, signal, session.actor)
    call.answer(signal_json(kept), _lines(kept))
    return DONE


def step(context: typer.Context, number: NUMBER, file: FILE) -> int:
    from ui.compose_health import health_day

    call: Call = context.obj
    with signed_in(call) as session:
        desk, by = health_day(session), session.actor
        said = one_object(file, STEP)
        after = take_step(desk.step, desk.signals(number, by).id, said, by)
    call.answer(signal_json(after), _lines(after))
    return DONE


def show(context: typer.Context, number: NUMBER) -> int:
    from ui.compose_health import health_day

    call: Call = context.obj
    with signed_in(call) as session:
        found = health_day(session).signals(number, session.actor)
    call.answer(signal_json(found), _lines(found))
    return DONE


def list_open(context: typer.Context) -> int:
    from ui.compose_health import health_day

    call: Call = context.obj
    with signed_in(call) as session:
        found = health_day(session).signals.open(session.actor)
    call.answer({"signals": [signal_json(one) for one in found]}, (line for one in found for line in _lines(one)))
    return DONE if found else NO


def _watched_lines(watched: "Watched", found: tuple["SignalShown", ...]) -> Iterable[str]:
    from ui.words.figures import in_figures
    from ui.words.health import disease_word
    from ui.words.surveillance import alarm_words, count_alarm_words

    for one in watched.counts:
        days = f"{one.first_day:%d/%m/%Y}"
        if one.last_day > one.first_day:
            days += f" – {one.last_day:%d/%m/%Y}"
        yield f"{days} · {count_alarm_words(one.alarm, one.last_day)}"
    for raised in watched.raised:
        yield f"{disease_word(raised.disease, watched.last)} · {alarm_words(raised.result)}"
    for cluster in watched.clusters:
        yield _("Cluster: {cases} with {disease} ({key})").format(
            cases=len(cluster.refs), disease=disease_word(cluster.alike, watched.last), key=cluster.key
        )
    for load in watched.loads:
        yield _("{week}: {alarms} alarms of {tests} tests; by chance {expected}; not computed: {unknown}").format(
            week=load.week.code,
            alarms=load.alarms,
            tests=load.tests,
            expected=in_figures(load.expected_by_chance, 1),
            unknown=load.not_computed,
        )
    if watched.days_missing:
        yield _("Days not submitted: {count}").format(count=len(watched.days_missing))
    if watched.days_before:
        yield _("Days before the post worked here (neither missing nor zero): {count}").format(
            count=len(watched.days_before)
        )
    if watched.days_without:
        yield _("Days without counts (closed is not zero): {count}").format(count=len(watched.days_without))
    for each in found:
        yield from _lines(each)


def _lines(one: "SignalShown") -> Iterable[str]:
    from poe_health.events.settings import signal_types
    from ui.words.health_post import clock_words, timeliness_words
    from ui.words.surveillance import advice_words, state_word

    view, language = one.view, current_language()
    kind = signal_types()[view.signal.kind].label(language)
    yield f"{one.number} · {kind} · {view.signal.where} · {state_word(view.state.value)}"
    if view.advised is not None:
        yield f"  {advice_words(view.advised)}"
    for clock in one.clocks:
        yield f"  {clock_words(clock)}"
    if one.timeliness is not None:
        yield f"  7-1-7: {timeliness_words(one.timeliness)}"
