"""T9: refusals of entry by reason, and exits prevented."""

from collections.abc import Callable, Mapping
from datetime import date

from bmis.kernel.i18n import translate as _
from bmis.reports.against import Against
from bmis.reports.asked import Asked, CatalogueEntry
from bmis.reports.places import country_name, post_name, reason_name
from bmis.reports.report import Column, Kind, Report, Section, Table, Value, share
from bmis.reports.tallying import by_first, tops


def title() -> str:
    """Return the title."""
    return _("T9. Refusals by reason")


def make(asked: Asked) -> Report:
    """Return the report: people by post and nationality, reasons apart, for a person may have several."""
    against = Against.of(asked)
    sections = (
        _section(asked, _("Refusals of entry"), "REFUSED_ENTRY"),
        _section(asked, _("Exits prevented"), "EXIT_PREVENTED"),
        against.section(*_against(asked, against)),
    )
    return asked.report("t9", title(), sections, facts=against.facts(), caveats=against.caveats())


def _against(asked: Asked, against: Against) -> tuple[Table, ...]:
    """Return people refused by post, and under each reason, beside other periods."""
    where = {"decision": "REFUSED_ENTRY"}

    def tally(cube: str, by: str) -> Callable[[date, date], dict[str, int]]:
        return lambda first, last: by_first(asked.counts.sums(cube, first, last, (by,), where))

    return (
        against.table(
            "refused_reasons_against",
            _("Refusals of entry by reason"),
            _("Reason"),
            tally("refusal_reasons", "reason"),
            lambda one: reason_name(one, asked.language),
            total=lambda first, last: asked.counts.one("refusals", first, last, where),
            note=_("The total is of people. A person counts under each reason given."),
        ),
        against.table(
            "refused_posts_against",
            _("People refused entry by post"),
            _("Post"),
            tally("refusals", "post_code"),
            post_name,
            of_posts=True,
        ),
    )


def _section(asked: Asked, heading: str, decision: str) -> Section:
    where = {"decision": decision}
    people = asked.counts.one("refusals", asked.first, asked.last, where)
    posts = by_first(asked.counts.sums("refusals", asked.first, asked.last, ("post_code",), where))
    states = by_first(asked.counts.sums("refusals", asked.first, asked.last, ("nationality",), where))
    reasons = by_first(asked.counts.sums("refusal_reasons", asked.first, asked.last, ("reason",), where))
    prefix = "refused" if decision == "REFUSED_ENTRY" else "prevented"
    note = _("A person counts under each reason given, so reasons add up to more than people.")
    return Section(
        heading,
        (
            _table(
                f"{prefix}_reasons",
                _("Reasons"),
                _("Reason"),
                reasons,
                people,
                lambda one: reason_name(one, asked.language),
                note,
            ),
            _table(
                f"{prefix}_nationalities",
                _("People by nationality"),
                _("Nationality"),
                states,
                people,
                lambda one: country_name(one, asked.language),
            ),
            _table(f"{prefix}_posts", _("People by post"), _("Post"), posts, people, post_name),
        ),
    )


def _table(
    code: str,
    heading: str,
    head: str,
    counts: Mapping[str, int],
    people: int,
    name: Callable[[str], str],
    note: str = "",
) -> Table:
    shown, others = tops(counts)
    rows: list[tuple[Value, ...]] = [(name(key), n, share(n, people)) for key, n in shown]
    if others:
        rows.append((_("Others"), others, share(others, people)))
    columns = (
        Column("key", head),
        Column("n", _("Number"), Kind.COUNT),
        Column("share", _("Share of people"), Kind.SHARE),
    )
    total = None if note or not rows else (_("Total"), people, share(people, people))
    return Table(code, heading, columns, tuple(rows), total, note)


REPORT = CatalogueEntry("t9", title, make, days=31, tells_apart=True)
