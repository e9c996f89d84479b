"""T2: movements by nationality, nationals apart."""

from collections import Counter
from collections.abc import Callable
from datetime import date

from bmis.flows.cell import UNKNOWN, Keys
from bmis.flows.origin import FOREIGN, NATIONAL, group_of
from bmis.kernel.i18n import translate as _
from bmis.reports.against import Against
from bmis.reports.asked import Asked, CatalogueEntry
from bmis.reports.places import country_name, unknown_word
from bmis.reports.report import Chart, ChartKind, Report, Section, Series, Table
from bmis.reports.tallying import by_first, entry_exit_table, tops

_DRAWN = 10


def title() -> str:
    """Return the title."""
    return _("T2. Movements by nationality")


def make(asked: Asked) -> Report:
    """Return the report. Whose nationality nobody knows is neither a national nor among the foreigners."""
    sums = asked.counts.sums("nationality", asked.first, asked.last, ("nationality", "direction"))

    def name(code: str) -> str:
        return country_name(code, asked.language)

    def of_group(group: str) -> dict[Keys, int]:
        return {keys: n for keys, n in sums.items() if group_of(keys[0]) == group}

    foreign = of_group(FOREIGN)
    head = _("Nationality")
    tables = (
        entry_exit_table("nationals", _("Nationals"), head, of_group(NATIONAL), name),
        entry_exit_table("foreigners", _("Foreigners"), head, foreign, name),
        entry_exit_table("unknown", _("Travellers of unknown nationality"), head, of_group(UNKNOWN), name),
    )
    drawn, _rest = tops(by_first(foreign), _DRAWN)
    chart = Chart(
        "top_nationalities",
        _("Most frequent nationalities of foreigners"),
        ChartKind.BARS,
        tuple(name(code) for code, _n in drawn),
        (Series(_("Movements"), tuple(n for _code, n in drawn)),),
        "foreigners",
    )
    against = Against.of(asked)
    sections = (Section("", (*tables, chart) if drawn else tables), against.section(*_against(asked, against, name)))
    return asked.report("t2", title(), sections, facts=against.facts(), caveats=against.caveats())


def _against(asked: Asked, against: Against, name: Callable[[str], str]) -> tuple[Table, ...]:
    def states(first: date, last: date) -> dict[str, int]:
        return by_first(asked.counts.sums("nationality", first, last, ("nationality",)))

    def groups(first: date, last: date) -> Counter[str]:
        found: Counter[str] = Counter()
        for state, n in states(first, last).items():
            found[group_of(state)] += n
        return found

    def foreigners(first: date, last: date) -> dict[str, int]:
        return {state: n for state, n in states(first, last).items() if group_of(state) == FOREIGN}

    words = {NATIONAL: _("Nationals"), FOREIGN: _("Foreigners"), UNKNOWN: unknown_word()}
    head = _("Nationality")
    return (
        against.table("groups_against", _("Nationals and foreigners"), head, groups, words.__getitem__, keys=[*words]),
        against.table("foreigners_against", _("Foreigners by nationality"), head, foreigners, name),
    )


REPORT = CatalogueEntry("t2", title, make, days=31, tells_apart=True)
