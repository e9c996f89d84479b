"""How records came about: typed by hand, from paper, with overrides, with a second signature; by post."""

from bmis.kernel.i18n import translate as _
from bmis.reports.asked import Asked, CatalogueEntry
from bmis.reports.places import post_name, unknown_word
from bmis.reports.report import Column, Kind, Report, Section, Table, Value, share
from bmis.reports.tallying import of

_WITHOUT_MRZ = ("manual", "none")


def title() -> str:
    """Return the title."""
    return _("Manual entry and overrides")


def methods() -> dict[str, str]:
    """Return the ways a document comes in, in words."""
    return {
        "camera": _("Camera"),
        "swipe": _("Swipe reader"),
        "typed_mrz": _("MRZ typed"),
        "manual": _("Fields typed by hand"),
        "none": _("No document"),
        "": unknown_word(),
    }


def make(asked: Asked) -> Report:
    """Return the report."""
    by_method = asked.counts.sums("record_quality", asked.first, asked.last, ("capture_method",))
    sums = asked.counts.sums("record_quality", asked.first, asked.last, ("post_code", "capture_method", "accepted"))
    whole = sum(by_method.values())
    words = methods()
    ways = Table(
        "capture_method",
        _("How documents were read"),
        (Column("method", _("Way")), Column("n", _("Records"), Kind.COUNT), Column("share", _("Share"), Kind.SHARE)),
        tuple((words.get(code, code), n, share(n, whole)) for (code,), n in sorted(by_method.items())),
        (_("Total"), whole, share(whole, whole)) if whole else None,
    )
    rows: list[tuple[Value, ...]] = []
    for post in sorted({keys[0] for keys in sums}, key=post_name):
        own = {keys[1:]: n for keys, n in sums.items() if keys[0] == post}
        total = sum(own.values())
        without = sum(n for (method, _accepted), n in own.items() if method in _WITHOUT_MRZ)
        accepted = sum(n for (_method, how), n in own.items() if how != "plain")
        signed = sum(n for (_method, how), n in own.items() if how == "second_officer")
        rows.append((post_name(post), total, without, share(without, total), accepted, share(accepted, total), signed))
    posts = Table(
        "posts",
        _("By post"),
        (
            Column("post", _("Post")),
            Column("records", _("Records"), Kind.COUNT),
            Column("without_mrz", _("Without MRZ"), Kind.COUNT),
            Column("without_mrz_share", _("Share"), Kind.SHARE),
            Column("overrides", _("With a finding accepted"), Kind.COUNT),
            Column("overrides_share", _("Share"), Kind.SHARE),
            Column("second", _("With a second signature"), Kind.COUNT),
        ),
        tuple(rows),
        note=_(
            "Without MRZ: the fields of the document were typed, or there was no document. A MRZ that was typed is one."
        ),
    )
    backfilled = of(asked.counts.sums("record_quality", asked.first, asked.last, ("record_mode",)), "PAPER_BACKFILL")
    facts = ((_("Typed from paper"), f"{backfilled}"),)
    return asked.report("manual-entry", title(), (Section("", (ways, posts)),), facts=facts)


REPORT = CatalogueEntry("manual-entry", title, make)
