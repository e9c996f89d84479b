"""The weekly bulletin, in the shape that SENAMI publishes: movement, tops, refusals, and what posts report by hand."""

from bmis.kernel.i18n import translate as _
from bmis.reports.asked import Asked, CatalogueEntry
from bmis.reports.bulletin.periods import Compared, compared, province_letters
from bmis.reports.bulletin.shared import (
    advice_section,
    days_drawn,
    movement_rows,
    nationality_table,
    province_table,
    reported_tables,
    week_facts,
)
from bmis.reports.bulletin.tables import keyed_table, plain_table, received_note
from bmis.reports.dated import week_of
from bmis.reports.places import country_name, post_name, reason_name, unknown_word
from bmis.reports.recorded import LINKLESS
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
)
from bmis.reports.returns.kinds import ReturnKind, provinces, return_kinds
from bmis.reports.tallying import of

_TOP_POSTS, _TOP_REFUSED = 10, 8


def title() -> str:
    """Return the title."""
    return _("Weekly bulletin of migratory movement")


def make(asked: Asked) -> Report:
    """Return the bulletin."""
    numbers = compared(asked)
    sections = (
        Section(_("Migratory movement"), (*_movement(asked, numbers),)),
        Section(_("Where and who"), (*_where(asked, numbers),)),
        Section(_("Refusals of entry"), (*_refusals(asked, numbers),)),
        Section(_("Reported by the posts"), (*_reported(asked, numbers),)),
        advice_section(asked),
    )
    facts = week_facts(numbers)
    return asked.report("weekly-bulletin", title(), sections, facts=facts, caveats=tuple(_caveats(asked, numbers)))


def _caveats(asked: Asked, numbers: Compared) -> list[str]:
    found = []
    if (asked.first, asked.last) != (week := week_of(asked.first)):
        told = _("The period is not a week of the bulletin, which runs from {first} to {last}.")
        found.append(told.format(first=f"{week[0]:%d/%m/%Y}", last=f"{week[1]:%d/%m/%Y}"))
    if not asked.is_over:
        found.append(_("The period is not over: the numbers will still grow."))
    if missing := numbers.now.returns.missing():
        told = _("{count} returns of posts were not received; they are not counted as nought.")
        found.append(told.format(count=len(missing)))
    for one in (numbers.before, numbers.last_year):
        days = f"{one.first:%d/%m/%Y} – {one.last:%d/%m/%Y}"
        if one.is_of_the_country:
            told = _("What was published of {days} is of the whole country; of this post alone it is not recorded.")
            found.append(told.format(days=days))
        elif one.reached and one.unreached:
            told = _("Of {days}, {count} of these posts have no records: sums of those days are of fewer posts.")
            found.append(told.format(days=days, count=len(one.unreached)))
    return found


def _movement(asked: Asked, numbers: Compared) -> list[Block]:
    rows = [
        (measure, words)
        for measure, words in movement_rows(_("Entries, nationality not known"), _("Exits, nationality not known"))
        if not measure.endswith("_unknown") or any(one.reached and one.number(measure) for one in numbers.every)
    ]
    table = plain_table("movement", _("Movement"), numbers, rows, _sources(numbers, {one[0] for one in rows}))
    sums = asked.counts.sums("nationality", asked.first, asked.last, ("day", "direction"))
    return [table, *days_drawn(asked, _("Recorded movements by day"), lambda day, way: of(sums, day.isoformat(), way))]


def _where(asked: Asked, numbers: Compared) -> list[Block]:
    total = numbers.now.number("total")
    linkless = sum(sum(told.values()) - told["refused"] for told in numbers.now.linkless.values())
    note = ""
    if linkless:
        note = _("Of these, {count} were reported by posts without a link.").format(count=linkless)
    posts = keyed_table(
        "post", _("Posts with the most movement"), _("Post"), numbers, "post", post_name, total, most=_TOP_POSTS,
        note=note,
    )  # fmt: skip
    tables: list[Block] = [
        province_table(numbers, _sources(numbers, {"province"})),
        posts,
        nationality_table(
            asked,
            numbers,
            _("Share of the total movement, nationals included. Posts without a link report no nationality."),
        ),
    ]
    drawn = [(str(row[0]), row[1]) for row in posts.rows if isinstance(row[1], int) and row[1]]
    if drawn:
        labels, values = zip(*drawn, strict=True)
        tables.insert(
            2,
            Chart(
                "posts",
                _("Movements by post"),
                ChartKind.BARS,
                labels,
                (Series(_("Movements"), values),),
                "post",
            ),
        )
    return tables


def _refusals(asked: Asked, numbers: Compared) -> list[Block]:
    people = numbers.now.number("refused")
    return [
        plain_table(
            "refused", _("Refusals"), numbers, [("refused", _("People refused entry"))], _sources(numbers, {"refused"})
        ),
        keyed_table(
            "refused_reason",
            _("By reason"),
            _("Reason"),
            numbers,
            "refused_reason",
            lambda key: reason_name(key, asked.language),
            people,
            most=_TOP_REFUSED,
            note=_("A person counts under each reason given, so reasons add up to more than people."),
        ),
        keyed_table(
            "refused_nationality",
            _("By nationality"),
            _("Nationality"),
            numbers,
            "refused_nationality",
            lambda key: country_name(key, asked.language),
            people,
            most=_TOP_REFUSED,
        ),
        keyed_table(
            "refused_post", _("By post"), _("Post"), numbers, "refused_post", post_name, people, most=_TOP_REFUSED
        ),
    ]


def _reported(asked: Asked, numbers: Compared) -> list[Block]:
    kinds = {one.code: one for one in return_kinds(asked.last)}
    blocks: list[Block] = [
        *reported_tables(asked, numbers),
        _by_post(numbers, kinds["lost_passports"], "lost", "lost_by_province", _("Lost passports by province")),
        _by_post(numbers, kinds["deportees"], "received", "deportees_by_post", _("Deported nationals by post")),
        _split(
            numbers, "deportees", "by_province", "deportees_by_origin", _("Deported nationals by province of origin"),
            _("Province"), asked,
        ),
        _by_post(
            numbers, kinds["repatriations"], "repatriated", "repatriated_by_post", _("Foreigners repatriated by post")
        ),
        _split(
            numbers, "repatriations", "by_nationality", "repatriated_by_nationality",
            _("Foreigners repatriated by nationality"), _("Nationality"), asked,
        ),
        _linkless(asked, numbers),
    ]  # fmt: skip
    return blocks


def _by_post(numbers: Compared, kind: ReturnKind, figure: str, code: str, heading: str) -> Table:
    """Return a figure by post, or by province; a post that owes and has sent nothing says so."""
    by_province = code.endswith("province")
    book = numbers.now.returns
    sums: dict[str, int] = {}
    waits: dict[str, int] = {}
    for one in book.of_kind(kind.code):
        if (n := one.count(figure)) is not None:
            sums[one.post_code] = sums.get(one.post_code, 0) + n
    for post, _kind, _day in book.missing(kind.code):
        waits[post] = waits.get(post, 0) + 1
    named = provinces()
    rows: dict[str, tuple[int | None, int]] = {}
    for post in sorted({*sums, *waits}, key=post_name):
        name = named.get(province_letters(post), unknown_word()) if by_province else post_name(post)
        n, late = rows.get(name, (None, 0))
        rows[name] = (n if post not in sums else (n or 0) + sums[post]), late + waits.get(post, 0)
    return Table(
        code,
        heading,
        (
            Column("place", _("Province") if by_province else _("Post")),
            Column("n", _("This week"), Kind.COUNT),
            Column("missing", _("Returns not received"), Kind.COUNT),
        ),
        tuple((name, Missing.NOT_RECEIVED if n is None else n, late) for name, (n, late) in rows.items()),
        note=received_note(numbers.now, kind.code),
    )


def _split(
    numbers: Compared, kind: str, figure: str, code: str, heading: str, head: str, asked: Asked
) -> Table:  # fmt: skip
    found, named = numbers.now.split(kind, figure), provinces()
    by_country = figure == "by_nationality"
    whole = "repatriated" if by_country else "received"

    def name(key: str) -> str:
        return country_name(key, asked.language) if by_country else named.get(key, key)

    rows: list[tuple[Value, ...]] = [
        (name(key), n) for key, n in sorted(found.items(), key=lambda one: (-one[1], one[0]))
    ]
    if not rows and numbers.now.reported(kind, whole) != 0:  # an empty table would say that there was nobody
        late = numbers.now.returns.missing(kind)
        rows.append((_("All"), Missing.NOT_RECEIVED if late else Missing.NOT_RECORDED))
    note = received_note(numbers.now, kind)
    return Table(code, heading, (Column("key", head), Column("n", _("This week"), Kind.COUNT)), tuple(rows), note=note)


def _linkless(asked: Asked, numbers: Compared) -> Table:
    book = numbers.now.returns
    posts = sorted(
        {one.post_code for one in book.of_kind(LINKLESS)} | {place[0] for place in book.missing(LINKLESS)},
        key=post_name,
    )
    rows: list[tuple[Value, ...]] = []
    for post in posts:
        came = sum(one.post_code == post for one in book.of_kind(LINKLESS))
        late = sum(place[0] == post for place in book.missing(LINKLESS))
        told = numbers.now.linkless.get(post)
        if told is None:
            none = Missing.NOT_APPLICABLE if came else Missing.NOT_RECEIVED
            rows.append((post_name(post), none, none, none, came, late))
            continue
        entries = told["entries_nationals"] + told["entries_foreigners"]
        exits = told["exits_nationals"] + told["exits_foreigners"]
        rows.append((post_name(post), entries, exits, told["refused"], came, late))
    return Table(
        "linkless",
        _("Posts without a link"),
        (
            Column("post", _("Post")),
            Column("entries", _("Entries"), Kind.COUNT),
            Column("exits", _("Exits"), Kind.COUNT),
            Column("refused", _("Refusals"), Kind.COUNT),
            Column("returns", _("Returns received"), Kind.COUNT),
            Column("missing", _("Returns not received"), Kind.COUNT),
        ),
        tuple(rows),
        note=_("Counted in the totals for days of which no crossing of the post is held here (“–”: all are held)."),
    )


def _sources(numbers: Compared, measures: set[str]) -> str:
    """Return where numbers of a period come from that crossings do not reach."""
    told = []
    for one in numbers.every:
        if found := one.published(measures):
            told.append(f"{one.first:%d/%m/%Y} – {one.last:%d/%m/%Y}: {'; '.join(found)}")
    return _("Published before: {sources}").format(sources=" | ".join(told)) if told else ""


REPORT = CatalogueEntry("weekly-bulletin", title, make)
