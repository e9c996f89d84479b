"""Figures of returns by post: what tables print that have no other source."""

from collections.abc import Sequence

from bmis.kernel.i18n import translate as _
from bmis.reports.asked import Asked
from bmis.reports.bulletin.periods import period_numbers
from bmis.reports.bulletin.tables import received_note
from bmis.reports.places import post_name
from bmis.reports.report import Column, Kind, Missing, Table, Value
from bmis.reports.returns.keep_returns import ReturnsOfDays
from bmis.reports.returns.kinds import return_kind
from bmis.reports.returns.post_return import PostReturn


def figures_by_post(asked: Asked, code: str, figures: Sequence[str] = ()) -> Table:
    """Return the figures of a kind by post; a post that owes and has sent nothing says so, never nought."""
    numbers = period_numbers(asked, asked.first, asked.last)
    book = numbers.returns
    kind = return_kind(code, asked.last)
    fields = [one for one in kind.fields if one.split is None and (not figures or one.code in figures)]
    told: dict[str, list[PostReturn]] = {}
    for one in book.of_kind(code):
        told.setdefault(one.post_code, []).append(one)
    posts = sorted({*told, *(place[0] for place in book.missing(code))}, key=post_name)
    rows: list[tuple[Value, ...]] = [
        (post_name(post), *(_sum(told.get(post, []), one.code, book, post, code) for one in fields)) for post in posts
    ]
    total: tuple[Value, ...] | None = (_("Total"), *(numbers.reported(code, one.code) for one in fields))
    if not rows:
        rows, total = [(_("All"), *(Missing.NOT_RECORDED for _one in fields))], None
    return Table(
        code,
        kind.label(asked.language),
        (Column("post", _("Post")), *(Column(one.code, one.label(asked.language), Kind.COUNT) for one in fields)),
        tuple(rows),
        total,
        note=received_note(numbers, code),
    )


def _sum(told: list[PostReturn], figure: str, book: ReturnsOfDays, post: str, kind: str) -> int | Missing:
    found = [n for one in told if (n := one.count(figure)) is not None]
    if found:
        return sum(found)
    late = any(place[:2] == (post, kind) for place in book.missing(kind))
    return Missing.NOT_RECEIVED if late else Missing.NOT_RECORDED
