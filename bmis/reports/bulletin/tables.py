"""Tables that set a period against the one before and the same days of last year."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType

from bmis.kernel.i18n import translate as _
from bmis.reports.bulletin.periods import OF_A_POST, Compared, Number, PeriodNumbers
from bmis.reports.report import Column, Kind, Missing, Table, Value, change, share
from bmis.reports.returns.kinds import ReturnKind
from bmis.reports.tallying import tops

NOTHING_APART: Mapping[str, str] = MappingProxyType({})
_NO_KEY = "—"  # a key that nothing has: its number is that of everything that is not listed


def columns(code: str, head: str, *, with_share: bool = False) -> tuple[Column, ...]:
    """Return the columns of a compared table."""
    return (
        Column(code, head),
        Column("now", _("This week"), Kind.COUNT),
        *([Column("share", _("Share"), Kind.SHARE)] if with_share else []),
        Column("before", _("Week before"), Kind.COUNT),
        Column("change_before", _("Change"), Kind.CHANGE),
        Column("last_year", _("Last year"), Kind.COUNT),
        Column("change_last_year", _("Change"), Kind.CHANGE),
    )


def compared_row(
    name: str, numbers: Sequence[Number], whole: int | None = None, partial: Sequence[bool] = (False, False, False)
) -> tuple[Value, ...]:
    """Return a row of (now, before, last year); ``whole``: what the share is of.

    ``partial``: which of the three hold only a part of what there was; between parts no growth is told.
    """
    now, before, last_year = numbers
    grown = [
        Missing.NO_BASE if partial[0] or partial[at] else change(now, earlier)
        for at, earlier in ((1, before), (2, last_year))
    ]
    part: tuple[Value, ...] = ()
    if whole is not None:
        part = (Missing.NOT_APPLICABLE if isinstance(now, Missing) else share(now, whole),)
    return (name, now, *part, before, grown[0], last_year, grown[1])


def plain_table(code: str, title: str, compared: Compared, rows: Iterable[tuple[str, str]], note: str = "") -> Table:
    """Return a table of measures: (measure, its words) a row."""
    return Table(
        code,
        title,
        columns("figure", _("Movement")),
        tuple(
            compared_row(words, [one.number(measure) for one in compared.every], partial=_unfinished(compared))
            for measure, words in rows
        ),
        note=note,
    )


def keyed_table(
    code: str,
    title: str,
    head: str,
    compared: Compared,
    measure: str,
    name: Callable[[str], str],
    whole: Number,
    *,
    most: int,
    leave_out: frozenset[str] = frozenset(),
    apart: Mapping[str, str] = NOTHING_APART,
    note: str = "",
) -> Table:
    """Return a table of keys, the largest of this period first, with their share of ``whole``.

    ``apart``: keys that are not ranked; they stand last, under these words, where any period has some.
    A period of which only some keys were published has no sum of the others.
    """
    every = {key: 0 for one in compared.every for key in one.keys(measure)}
    every |= {key: n for key in compared.now.keys(measure) if isinstance(n := compared.now.number(measure, key), int)}
    counts = {key: n for key, n in every.items() if key not in leave_out and key not in apart}
    shown, _rest = tops(counts, most)
    total = whole if isinstance(whole, int) else 0
    partial = _unfinished(compared)

    def row(words: str, values: list[Number]) -> tuple[Value, ...]:
        return compared_row(words, values, total, partial)

    rows = [row(name(key), [one.number(measure, key) for one in compared.every]) for key, _n in shown]
    told = {key for key, _n in shown}
    if others := [key for key in counts if key not in told]:
        rows.append(row(_("Others"), [_sum(one, measure, others) for one in compared.every]))
    rows += [
        row(words, [one.number(measure, key) for one in compared.every])
        for key, words in apart.items()
        if any(key in one.keys(measure) for one in compared.every)
    ]
    absent = None if others else row("", _unlisted(compared, measure))[1:]
    return Table(code, title, columns(code, head, with_share=True), tuple(rows), note=note, absent=absent)


def returns_table(kind: ReturnKind, compared: Compared, language: str) -> Table:
    """Return the figures of a kind of return, summed over posts, with how many returns came in.

    Growth is told between periods of which every return came.
    """
    partial = [bool(one.returns.of_kind(kind.code) and one.returns.missing(kind.code)) for one in compared.every]
    partial[0] = partial[0] or compared.unfinished
    rows = tuple(
        compared_row(
            field.label(language), [one.reported(kind.code, field.code) for one in compared.every], partial=partial
        )
        for field in kind.fields
        if field.split is None
    )
    return Table(
        f"returns_{kind.code}",
        kind.label(language),
        columns("figure", _("Figure")),
        rows,
        note=received_note(compared.now, kind.code),
    )


def received_note(numbers: PeriodNumbers, kind: str) -> str:
    """Return how many returns of a kind came in, of how many."""
    owed = numbers.returns.owed_of(kind)
    if not owed:
        return _("No post is asked for these returns.")
    came = len(numbers.returns.of_kind(kind))
    told = _("Returns received: {came} of {owed}; sums hold only what was received.")
    return told.format(came=came, owed=owed)


def _unlisted(compared: Compared, measure: str) -> list[Number]:
    """Return the numbers of a key that is not listed; of posts that are not, earlier periods tell nothing."""
    before: list[Number] = [one.number(measure, _NO_KEY) for one in compared.every[1:]]
    if measure in OF_A_POST:
        before = [Missing.NOT_RECORDED, Missing.NOT_RECORDED]
    return [compared.now.number(measure, _NO_KEY), *before]


def _unfinished(compared: Compared) -> tuple[bool, bool, bool]:
    """Return which of the three periods hold only a part of what there will be."""
    return compared.unfinished, False, False


def _sum(numbers: PeriodNumbers, measure: str, keys: Iterable[str]) -> Number:
    if not numbers.reached:
        return Missing.NOT_RECORDED
    return sum(n for key in keys if isinstance(n := numbers.number(measure, key), int))
