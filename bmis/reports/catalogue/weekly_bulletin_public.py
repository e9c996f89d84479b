"""The weekly bulletin as the public may have it: small numbers hidden, no number by post."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from bmis.flows.origin import HOME
from bmis.flows.package.resource import FlowPackage
from bmis.kernel.i18n import translate as _
from bmis.reports.asked import Asked, CatalogueEntry
from bmis.reports.bulletin.periods import Compared
from bmis.reports.bulletin.shown import ShownNumbers, compared_shown, days_shown, refusals_shown
from bmis.reports.bulletin.tables import keyed_table, plain_table, returns_table
from bmis.reports.dated import advice, week_of
from bmis.reports.errors import BulletinWeekError
from bmis.reports.places import country_name, reason_name, unknown_word
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
    Text,
)
from bmis.reports.returns.kinds import provinces, return_kinds

SOURCE = "public_flows"
_TOP_STATES = 10
_REPORTED = ("inspection", "lost_passports", "services", "deportees", "repatriations")


def title() -> str:
    """Return the title."""
    return _("Weekly bulletin of migratory movement, for the public")


def make(asked: Asked) -> Report:
    """Return the bulletin.

    Raises:
        BulletinWeekError: the days are not one week of the bulletin: numbers of days that lie across two weeks would
            give small ones away.
    """
    week = week_of(asked.first)
    if (asked.first, asked.last) != week:
        raise BulletinWeekError(first=f"{week[0]:%d/%m/%Y}", last=f"{week[1]:%d/%m/%Y}")
    numbers = compared_shown(asked)
    package: FlowPackage = asked.more[SOURCE](asked.first, asked.last)
    before, year = numbers.before, numbers.last_year
    facts = (
        (_("Week before"), f"{before.first:%d/%m/%Y} – {before.last:%d/%m/%Y}"),
        (_("Last year, same days of the week"), f"{year.first:%d/%m/%Y} – {year.last:%d/%m/%Y}"),
        (_("Least number shown"), str(package.limit)),
    )
    kinds = {one.code: one for one in return_kinds(asked.last)}
    reported = tuple(returns_table(kinds[code], numbers, asked.language) for code in _REPORTED if code in kinds)
    sections = (
        Section(_("Migratory movement"), (*_movement(asked, numbers),)),
        Section(_("Where and who"), (_province(numbers), _nationality(asked, numbers))),
        Section(_("Refusals of entry"), _refusals(asked, package.limit)),
        Section(_("Reported by the posts"), reported),
        Section(_("Advice"), (Text(advice(asked.last, asked.language), framed=True),)),
    )
    return asked.report("weekly-bulletin-public", title(), sections, facts=facts, caveats=_caveats(numbers))


def _caveats(numbers: Compared) -> tuple[str, ...]:
    told = [
        _("Numbers are sums of counts by day, province and direction. What is under the least number shown is hidden"
          " with others and is not nought; movements reported by posts without a link are not in them.")
    ]  # fmt: skip
    now = numbers.now
    if isinstance(now, ShownNumbers) and now.untold:
        words = _("{count} totals of a day, province and direction were too small and are in no number.")
        told.append(words.format(count=now.untold))
    return tuple(told)


def _movement(asked: Asked, numbers: Compared) -> list[Block]:
    rows = [
        ("total", _("Total movement")),
        ("entries", _("Entries")),
        ("entries_nationals", _("Entries of nationals")),
        ("entries_foreigners", _("Entries of foreigners")),
        ("entries_unknown", _("Entries, nationality not known or hidden")),
        ("exits", _("Exits")),
        ("exits_nationals", _("Exits of nationals")),
        ("exits_foreigners", _("Exits of foreigners")),
        ("exits_unknown", _("Exits, nationality not known or hidden")),
    ]
    blocks: list[Block] = [plain_table("movement", _("Movement"), numbers, rows)]
    if isinstance(numbers.now, ShownNumbers):
        shown = days_shown(numbers.now)
        days = [asked.first + timedelta(days=at) for at in range((asked.last - asked.first).days + 1)]
        today = asked.made_at.date()
        series = tuple(
            Series(
                name,
                tuple(
                    shown.get((day, way), Missing.SUPPRESSED) if day <= today else Missing.NOT_RECORDED for day in days
                ),
            )
            for name, way in ((_("Entries"), "entry"), (_("Exits"), "exit"))
        )
        labels = tuple(f"{day:%d/%m}" for day in days)
        blocks.append(Chart("days", _("Movements shown by day"), ChartKind.COLUMNS, labels, series, "movement"))
    return blocks


def _province(numbers: Compared) -> Table:
    named = provinces()
    return keyed_table(
        "province",
        _("By province"),
        _("Province"),
        numbers,
        "province",
        lambda key: named.get(key, unknown_word()),
        numbers.now.number("total"),
        most=len(named) + 1,
    )


def _nationality(asked: Asked, numbers: Compared) -> Table:
    return keyed_table(
        "nationality",
        _("Most frequent nationalities of foreigners"),
        _("Nationality"),
        numbers,
        "nationality",
        lambda key: country_name(key, asked.language),
        numbers.now.number("total"),
        most=_TOP_STATES,
        leave_out=frozenset({HOME}),
        note=_("Share of the total movement, nationals included. Days on which few came of a State are not in it."),
    )


def _refusals(asked: Asked, limit: int) -> tuple[Block, ...]:
    shown = refusals_shown(asked, limit)
    language = asked.language
    people = _("People refused entry")
    return (
        _hidden_table("refused", _("Refusals"), _("Movement"), shown["all"], lambda _key: people),
        _hidden_table(
            "refused_reason", _("By reason"), _("Reason"), shown["reason"], lambda key: reason_name(key, language)
        ),
        _hidden_table(
            "refused_nationality",
            _("By nationality"),
            _("Nationality"),
            shown["nationality"],
            lambda key: country_name(key, language),
        ),
    )


def _hidden_table(
    code: str, heading: str, head: str, counts: Mapping[str, int | None], name: Callable[[str], str]
) -> Table:
    """Return the counts that may be shown, the largest first; those hidden are one line."""
    told = sorted(((key, n) for key, n in counts.items() if n is not None), key=lambda one: (-one[1], one[0]))
    rows: list[tuple[str, int | Missing]] = [(name(key), n) for key, n in told]
    if any(n is None for n in counts.values()):
        rows.append((name("") if code == "refused" else _("Others, too few to be shown"), Missing.SUPPRESSED))
    columns = (Column(code, head), Column("now", _("This week"), Kind.COUNT))
    return Table(code, heading, columns, tuple(rows))


REPORT = CatalogueEntry("weekly-bulletin-public", title, make, needs=frozenset({SOURCE}), for_public=True)
