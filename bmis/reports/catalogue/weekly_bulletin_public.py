"""The weekly bulletin as the public may have it: small numbers hidden, no number by post."""

from collections.abc import Callable, Mapping

from bmis.flows.package.resource import FlowPackage
from bmis.kernel.i18n import translate as _
from bmis.reports.asked import Asked, CatalogueEntry
from bmis.reports.bulletin.periods import Compared
from bmis.reports.bulletin.shared import (
    advice_section,
    days_drawn,
    movement_rows,
    nationality_table,
    province_table,
    reported_tables,
    week_facts,
)
from bmis.reports.bulletin.shown import ShownNumbers, compared_shown, days_shown, refusals_shown
from bmis.reports.bulletin.tables import plain_table
from bmis.reports.dated import week_of
from bmis.reports.errors import BulletinWeekError
from bmis.reports.places import country_name, reason_name
from bmis.reports.report import Block, Column, Kind, Missing, Report, Section, Table

SOURCE = "public_flows"


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
    facts = (*week_facts(numbers), (_("Least number shown"), str(package.limit)))
    sections = (
        Section(_("Migratory movement"), (*_movement(asked, numbers),)),
        Section(_("Where and who"), (province_table(numbers), nationality_table(asked, numbers, _note()))),
        Section(_("Refusals of entry"), _refusals(asked, package.limit)),
        Section(_("Reported by the posts"), reported_tables(asked, numbers)),
        advice_section(asked),
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
    rows = movement_rows(_("Entries, nationality not known or hidden"), _("Exits, nationality not known or hidden"))
    blocks: list[Block] = [plain_table("movement", _("Movement"), numbers, rows)]
    if isinstance(numbers.now, ShownNumbers):
        shown = days_shown(numbers.now)
        blocks += days_drawn(
            asked, _("Movements shown by day"), lambda day, way: shown.get((day, way.lower()), Missing.SUPPRESSED)
        )
    return blocks


def _note() -> str:
    return _("Share of the total movement, nationals included. Days on which few came of a State are not in it.")


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
