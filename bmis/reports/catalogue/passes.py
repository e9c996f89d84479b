"""Border passes handed over and used, by scheme, sex, age, purpose, post and product."""

from bmis.kernel.actor import Permission
from bmis.kernel.i18n import translate as _
from bmis.passes import statistics
from bmis.passes.statistics import NOT_STATED, PassStatistics
from bmis.reports.asked import Asked, CatalogueEntry
from bmis.reports.places import post_name
from bmis.reports.report import Column, Kind, Missing, Report, Section, Table, Value, share


def title() -> str:
    """Return the title."""
    return _("Border passes")


def splits() -> dict[str, str]:
    """Return what passes are split by, in words."""
    return {
        "scheme": _("Scheme"),
        "sex": _("Sex"),
        "age": _("Age"),
        "purpose": _("Purpose"),
        "post": _("Post"),
        "direction": _("Direction"),
        "day": _("Day"),
        "regime": _("Regime of goods"),
        "product": _("Product"),
        "state": _("State"),
    }


def make(asked: Asked) -> Report:
    """Return the report: what was handed over, what was used, and how passes stand today."""
    found: PassStatistics = asked.more["passes"](asked.first, asked.last)
    sections = (
        Section(_("Handed over"), tuple(_table("issued", one) for one in found.issued)),
        Section(_("Used"), tuple(_table("used", one) for one in found.used)),
        Section(_("On the day of asking"), (_table("states", found.states),)),
    )
    return asked.report("passes", title(), sections)


def _table(prefix: str, one: "statistics.Table") -> Table:
    heading = splits().get(one.name, one.name)
    whole = one.total or 0
    rows: list[tuple[Value, ...]] = [
        (
            _label(one.name, code),
            Missing.SUPPRESSED if n is None else n,
            Missing.NOT_APPLICABLE if n is None else share(n, whole),
        )
        for code, n in one.parts.items()
    ]
    total: tuple[Value, ...] | None = None
    if rows and one.name != "product":  # a load has several products: they add up to more than uses
        total = (_("Total"), Missing.SUPPRESSED if one.total is None else one.total, share(whole, whole))
    return Table(
        f"{prefix}_{one.name}",
        heading,
        (Column(one.name, heading), Column("n", _("Number"), Kind.COUNT), Column("share", _("Share"), Kind.SHARE)),
        tuple(rows),
        total,
    )


def _label(split: str, code: str) -> str:
    if code == NOT_STATED:
        return _("not stated")
    if split == "post":
        return post_name(code)
    words = {"ENTRY": _("Entry"), "EXIT": _("Exit"), "F": _("Women"), "M": _("Men"), "X": _("Other"), "none": _("None")}
    return words.get(code, code)


REPORT = CatalogueEntry("passes", title, make, days=31, permission=Permission.READ_PASSES, needs=frozenset({"passes"}))
