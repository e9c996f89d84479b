"""The situation of a day, or of a few: movement against the day before and a week ago, hours, refusals, returns."""

from collections.abc import Mapping
from datetime import date, timedelta

from bmis.kernel.i18n import translate as _
from bmis.reports.asked import Asked, CatalogueEntry
from bmis.reports.bulletin.periods import PeriodNumbers, period_numbers
from bmis.reports.places import post_name, reason_name
from bmis.reports.report import (
    Block,
    Chart,
    ChartKind,
    Column,
    Kind,
    Missing,
    Report,
    Section,
    Series,
    Table,
    Value,
    change,
)
from bmis.reports.returns.kinds import return_kinds
from bmis.reports.tallying import of, tops

_HOURS = tuple(f"{hour:02d}" for hour in range(24))


def title() -> str:
    """Return the title."""
    return _("Daily situation")


def make(asked: Asked) -> Report:
    """Return the report."""
    length = (asked.last - asked.first).days + 1
    now = period_numbers(asked, asked.first, asked.last)
    before = period_numbers(asked, *_earlier(asked, length))
    week_ago = period_numbers(asked, *_earlier(asked, 7 * -(-length // 7)))
    sections = (
        Section(_("Movement"), (_movement(now, before, week_ago), *_hours(asked))),
        Section(_("By post"), (_posts(asked, now),)),
        Section(_("Refusals of entry"), (_refusals(asked, now),)),
        Section(_("Returns of the posts"), (_returns(asked, now),)),
    )
    facts = (
        (_("Before"), _span(before.first, before.last)),
        (_("A week before"), _span(week_ago.first, week_ago.last)),
    )
    return asked.report("daily-situation", title(), sections, facts=facts)


def _earlier(asked: Asked, days: int) -> tuple[date, date]:
    return asked.first - timedelta(days=days), asked.last - timedelta(days=days)


def _span(first: date, last: date) -> str:
    return f"{first:%d/%m/%Y}" if first == last else f"{first:%d/%m/%Y} – {last:%d/%m/%Y}"


def _movement(now: PeriodNumbers, before: PeriodNumbers, week_ago: PeriodNumbers) -> Table:
    rows: list[tuple[Value, ...]] = []
    for measure, words in (
        ("total", _("Total movement")),
        ("entries", _("Entries")),
        ("entries_nationals", _("Entries of nationals")),
        ("entries_foreigners", _("Entries of foreigners")),
        ("exits", _("Exits")),
        ("exits_nationals", _("Exits of nationals")),
        ("exits_foreigners", _("Exits of foreigners")),
        ("refused", _("People refused entry")),
    ):
        this, earlier, week = (one.number(measure) for one in (now, before, week_ago))
        rows.append((words, this, earlier, change(this, earlier), week, change(this, week)))
    return Table(
        "movement",
        _("Movement"),
        (
            Column("figure", _("Movement")),
            Column("now", _("Now"), Kind.COUNT),
            Column("before", _("Before"), Kind.COUNT),
            Column("change_before", _("Change"), Kind.CHANGE),
            Column("week_ago", _("A week before"), Kind.COUNT),
            Column("change_week_ago", _("Change"), Kind.CHANGE),
        ),
        tuple(rows),
    )


def _hours(asked: Asked) -> tuple[Block, ...]:
    sums = asked.counts.sums("travel_mode", asked.first, asked.last, ("hour", "direction"))
    ways = ((_("Entries"), "ENTRY"), (_("Exits"), "EXIT"))
    series = tuple(Series(name, tuple(of(sums, hour, way) for hour in _HOURS)) for name, way in ways)
    table = Table(
        "hours",
        _("Movement by hour"),
        (
            Column("hour", _("Hour")),
            Column("entries", _("Entries"), Kind.COUNT),
            Column("exits", _("Exits"), Kind.COUNT),
        ),
        tuple((f"{hour}:00", of(sums, hour, "ENTRY"), of(sums, hour, "EXIT")) for hour in _HOURS if _busy(sums, hour)),
    )
    return Chart("by_hour", _("Movement by hour"), ChartKind.COLUMNS, _HOURS, series, table.code), table


def _busy(sums: dict[tuple[str, ...], int], hour: str) -> bool:
    return bool(of(sums, hour, "ENTRY") or of(sums, hour, "EXIT"))


def _posts(asked: Asked, now: PeriodNumbers) -> Table:
    sums = asked.counts.sums("travel_mode", asked.first, asked.last, ("post_code", "direction"))
    held = {keys[0] for keys in sums}
    rows: list[tuple[Value, ...]] = []
    for post in sorted({*held, *now.linkless}, key=post_name):
        told: Mapping[str, int] = now.linkless.get(post, {})
        entries = of(sums, post, "ENTRY") + told.get("entries_nationals", 0) + told.get("entries_foreigners", 0)
        exits = of(sums, post, "EXIT") + told.get("exits_nationals", 0) + told.get("exits_foreigners", 0)
        refused = now.number("refused_post", post)
        rows.append((post_name(post), entries, exits, entries + exits, refused))
    return Table(
        "posts",
        _("Movement by post"),
        (
            Column("post", _("Post")),
            Column("entries", _("Entries"), Kind.COUNT),
            Column("exits", _("Exits"), Kind.COUNT),
            Column("total", _("Total"), Kind.COUNT),
            Column("refused", _("Refusals"), Kind.COUNT),
        ),
        tuple(rows),
    )


def _refusals(asked: Asked, now: PeriodNumbers) -> Table:
    reasons = {key: n for key in now.keys("refused_reason") if isinstance(n := now.number("refused_reason", key), int)}
    shown, _rest = tops(reasons, len(reasons))
    return Table(
        "reasons",
        _("By reason"),
        (Column("reason", _("Reason")), Column("n", _("Number"), Kind.COUNT)),
        tuple((reason_name(key, asked.language), n) for key, n in shown),
        note=_("A person counts under each reason given, so reasons add up to more than people."),
    )


def _returns(asked: Asked, now: PeriodNumbers) -> Table:
    """Return what posts owe of these days: how much came, and the sum of each figure."""
    rows: list[tuple[Value, ...]] = []
    for kind in return_kinds(asked.last):
        owed, came = now.returns.owed_of(kind.code), len(now.returns.of_kind(kind.code))
        if owed:
            first = kind.fields[0]
            told: Value = now.reported(kind.code, first.code)
            missing: Value = owed - came
            rows.append((f"{kind.label(asked.language)}: {first.label(asked.language)}", told, came, missing))
    if not rows:
        rows.append((_("All"), Missing.NOT_RECORDED, 0, 0))
    return Table(
        "returns",
        _("Reported by the posts"),
        (
            Column("kind", _("Return")),
            Column("n", _("Number"), Kind.COUNT),
            Column("came", _("Returns received"), Kind.COUNT),
            Column("missing", _("Returns not received"), Kind.COUNT),
        ),
        tuple(rows),
    )


REPORT = CatalogueEntry("daily-situation", title, make, days=1)
