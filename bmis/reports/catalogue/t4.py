"""T4: entries of foreigners by purpose and nationality."""

from collections import Counter
from datetime import date

from bmis.flows.cell import UNKNOWN, Keys
from bmis.flows.origin import HOME
from bmis.kernel.i18n import translate as _
from bmis.reports.against import Against
from bmis.reports.asked import Asked, CatalogueEntry
from bmis.reports.places import country_name, purpose_name
from bmis.reports.report import Column, Kind, Report, Section, Table, Value
from bmis.reports.tallying import by_first, tops

_ACROSS = 6


def title() -> str:
    """Return the title."""
    return _("T4. Entries of foreigners by purpose and nationality")


def make(asked: Asked) -> Report:
    """Return the report: purposes down, the most frequent nationalities across."""
    foreign = _foreign(asked, asked.first, asked.last)
    states: Counter[str] = Counter()
    aims: Counter[str] = Counter()
    for (aim, state), n in foreign.items():
        states[state] += n
        aims[aim] += n
    across = [code for code, _n in tops(states, _ACROSS)[0]]
    rows: list[tuple[Value, ...]] = []
    for aim, total in tops(aims, len(aims))[0]:
        told = [foreign.get((aim, state), 0) for state in across]
        rows.append((purpose_name(aim, asked.last, asked.language), *told, total - sum(told), total))
    sums_across = [states[state] for state in across]
    whole = sum(states.values())
    table = Table(
        "purpose_nationality",
        title(),
        (
            Column("purpose", _("Purpose")),
            *(Column(state, country_name(state, asked.language), Kind.COUNT) for state in across),
            Column("others", _("Others"), Kind.COUNT),
            Column("total", _("Total"), Kind.COUNT),
        ),
        tuple(rows),
        (_("Total"), *sums_across, whole - sum(sums_across), whole) if rows else None,
        note=_("Travellers of unknown nationality are not counted here."),
    )
    against = Against.of(asked)
    compared = against.table(
        "purpose_against",
        _("Entries of foreigners by purpose"),
        _("Purpose"),
        lambda first, last: by_first(_foreign(asked, first, last)),
        lambda code: purpose_name(code, asked.last, asked.language),
    )
    sections = (Section("", (table,)), against.section(compared))
    return asked.report("t4", title(), sections, facts=against.facts(), caveats=against.caveats())


def _foreign(asked: Asked, first: date, last: date) -> dict[Keys, int]:
    """Return entries by purpose and nationality, of those who are known to be foreign."""
    sums = asked.counts.sums("purpose", first, last, ("purpose", "nationality"), {"direction": "ENTRY"})
    return {keys: n for keys, n in sums.items() if keys[1] not in (HOME, UNKNOWN)}


REPORT = CatalogueEntry("t4", title, make, days=31, tells_apart=True)
