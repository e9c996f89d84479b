"""The same numbers of several periods: from crossings and returns, or from past bulletins where those do not reach."""

from collections import Counter
from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from bmis.crossings.decision import Decision
from bmis.flows.cell import Keys
from bmis.flows.counts import CountsView, days_before, same_days_last_year
from bmis.flows.origin import FOREIGN, NATIONAL, group_of
from bmis.posts.errors import UnknownPostError
from bmis.posts.point_of_entry import point_of_entry
from bmis.reports.asked import Asked
from bmis.reports.bulletin.baseline import PastFigure, Place
from bmis.reports.recorded import LINKLESS, posts_at_work, recorded_posts
from bmis.reports.report import Missing
from bmis.reports.returns.keep_returns import ReturnsOfDays

REFUSED = {"decision": Decision.REFUSED_ENTRY.value}
_WAYS = (
    ("entries_nationals", "ENTRY", NATIONAL),
    ("entries_foreigners", "ENTRY", FOREIGN),
    ("exits_nationals", "EXIT", NATIONAL),
    ("exits_foreigners", "EXIT", FOREIGN),
)
OF_A_POST = frozenset({"post", "refused_post"})
_OF_THE_COUNTRY = frozenset({"province", "nationality", "refused_reason", "refused_nationality"})
Number = int | Missing


@dataclass
class PeriodNumbers:
    """The numbers of one period. ``reached``: it is the one asked for, or some post is known to have recorded it.

    ``posts``: whose movements the report is about; ``recorded``: those that recorded it whole. What was published of
    the whole country is set against the numbers of several posts, never against those of a single one: that has its
    own published figures, or none.
    """

    view: CountsView
    first: date
    last: date
    returns: ReturnsOfDays
    past: Mapping[Place, PastFigure]
    reached: bool
    posts: frozenset[str] = frozenset()
    recorded: frozenset[str] = frozenset()
    sources: set[str] = field(default_factory=set)

    def number(self, measure: str, key: str = "") -> Number:
        """Return a number of crossings; of what crossings do not reach, what was published."""
        if self.reached and not (measure in OF_A_POST and key in self.unreached):
            return self.tables[measure].get(key, 0)
        return self._published(measure, key)

    def keys(self, measure: str) -> list[str]:
        """Return the keys that have a number."""
        if self.reached:
            return [key for key, n in self.tables[measure].items() if n]
        return [key for name, key in self.past if name == measure]

    def reported(self, kind: str, figure: str) -> Number:
        """Return the sum of a figure over the returns that came in; none came: what was published, or why nothing."""
        told = [n for one in self.returns.of_kind(kind) if (n := one.count(figure)) is not None]
        if told:
            return sum(told)
        published = self._published(f"{kind}.{figure}", "")
        if not isinstance(published, Missing):
            return published
        waits = any(place[1] == kind for place in self.returns.missing(kind))
        return Missing.NOT_RECEIVED if waits else Missing.NOT_RECORDED

    def split(self, kind: str, figure: str) -> Counter[str]:
        """Return the parts of a figure over the returns that came in."""
        found: Counter[str] = Counter()
        for one in self.returns.of_kind(kind):
            found.update(one.split(figure))
        return found

    def _published(self, measure: str, key: str) -> Number:
        """Return what was published of these posts; of a single post only what was published of it."""
        told = [self.past.get((measure, key))]
        if not key:
            of_posts = [self.past.get((measure, post)) for post in sorted(self.posts)]
            if measure == "total":
                of_posts = [
                    one or self.past.get(("post", post)) for one, post in zip(of_posts, sorted(self.posts), strict=True)
                ]
            if of_posts and all(of_posts):
                told = of_posts
        found = [one for one in told if one is not None]
        if not found or (self.is_of_one_post and not all(_is_of_a_post(one) for one in found)):
            return Missing.NOT_RECORDED
        self.sources.update(one.source for one in found)
        return sum(one.value for one in found)

    @property
    def is_of_one_post(self) -> bool:
        """Whether the report is about one post alone."""
        return len(self.posts) == 1

    @property
    def is_of_the_country(self) -> bool:
        """Whether what was published of this period is of the whole country, and the report about one post."""
        return not self.reached and self.is_of_one_post and any(not _is_of_a_post(one) for one in self.past.values())

    @cached_property
    def unreached(self) -> frozenset[str]:
        """Return the posts of the report of which nothing shows that they recorded this period."""
        if not self.reached:
            return self.posts
        return self.posts - set(self.linkless) - self.recorded

    def published(self, measures: Set[str]) -> list[str]:
        """Return the sources of what was published of these measures and may stand for the numbers of this report."""
        if self.reached:
            return []
        usable = (one for one in self.past.values() if not self.is_of_one_post or _is_of_a_post(one))
        return sorted({one.source for one in usable if one.measure in measures})

    @cached_property
    def linkless(self) -> dict[str, Counter[str]]:
        """Return what posts without a link reported, by post, of the days on which no crossing of theirs is held."""
        found: dict[str, Counter[str]] = {}
        told = self.returns.of_kind(LINKLESS)
        if not told:
            return found
        held = set(self.view.sums("decisions", self.first, self.last, ("post_code", "day")))
        for one in told:
            if (one.post_code, one.day.isoformat()) not in held:
                post = found.setdefault(one.post_code, Counter())
                for name in (*(way[0] for way in _WAYS), "refused"):
                    post[name] += one.count(name) or 0
        return found

    @cached_property
    def tables(self) -> dict[str, dict[str, int]]:
        """Return every number of the period, by measure and key; "" is the key of what has none."""
        plain = Counter({"entries": 0, "exits": 0} | {name: 0 for name, _way, _group in _WAYS})  # nobody is nought
        posts: Counter[str] = Counter()
        states: Counter[str] = Counter()
        for (post, way, state), n in self._sums("nationality", ("post_code", "direction", "nationality")).items():
            group = group_of(state)
            posts[post] += n
            states[state] += n
            plain["entries" if way == "ENTRY" else "exits"] += n
            for name, its_way, its_group in _WAYS:
                plain[name] += n if (way, group) == (its_way, its_group) else 0
        refused = self._sums("refusals", ("post_code", "nationality"), REFUSED)
        refused_posts: Counter[str] = Counter()
        refused_states: Counter[str] = Counter()
        for (post, state), n in refused.items():
            refused_posts[post] += n
            refused_states[state] += n
        for post, told in self.linkless.items():
            for name, way, _group in _WAYS:
                posts[post] += told[name]
                plain[name] += told[name]
                plain["entries" if way == "ENTRY" else "exits"] += told[name]
            refused_posts[post] += told["refused"]
        plain["total"], plain["refused"] = plain["entries"] + plain["exits"], refused_posts.total()
        plain["entries_unknown"] = plain["entries"] - plain["entries_nationals"] - plain["entries_foreigners"]
        plain["exits_unknown"] = plain["exits"] - plain["exits_nationals"] - plain["exits_foreigners"]
        provinces: Counter[str] = Counter()
        for post, n in posts.items():
            provinces[province_letters(post)] += n
        by_key = {
            "post": posts,
            "province": provinces,
            "nationality": states,
            "refused_post": refused_posts,
            "refused_nationality": refused_states,
            "refused_reason": _first(self._sums("refusal_reasons", ("reason",), REFUSED)),
        }
        return {name: {"": n} for name, n in plain.items()} | {name: dict(table) for name, table in by_key.items()}

    def _sums(self, cube: str, by: tuple[str, ...], where: Mapping[str, str] | None = None) -> dict[Keys, int]:
        return self.view.sums(cube, self.first, self.last, by, where)


def _is_of_a_post(one: PastFigure) -> bool:
    return bool(one.key) and (one.measure in OF_A_POST or one.measure not in _OF_THE_COUNTRY)


def _first(sums: Mapping[Keys, int]) -> dict[str, int]:
    return {keys[0]: n for keys, n in sums.items()}


def province_letters(post_code: str) -> str:
    """Return the letters of ISO 3166-2:MZ of a post's province, "" where the list no longer has the post."""
    try:
        return point_of_entry(post_code).iso_3166_2.partition("-")[2]
    except UnknownPostError:
        return ""


@dataclass(frozen=True, slots=True)
class Compared:
    """This period, the one before, and the same days of last year.

    ``unfinished``: this period is not over, so that nothing has grown or shrunk yet.
    """

    now: PeriodNumbers
    before: PeriodNumbers
    last_year: PeriodNumbers
    unfinished: bool = False

    @property
    def every(self) -> tuple[PeriodNumbers, ...]:
        """Return the three, in that order."""
        return self.now, self.before, self.last_year


def period_numbers(asked: Asked, first: date, last: date) -> PeriodNumbers:
    """Return the numbers of a period, from what the request can reach."""
    book, baseline = asked.more.get("returns"), asked.more.get("baseline")
    returns = book(first, last) if book is not None else ReturnsOfDays({}, frozenset())
    past = baseline(first, last) if baseline is not None else {}
    is_now = (first, last) == (asked.first, asked.last)
    recorded = frozenset() if is_now else recorded_posts(asked, first, last)
    posts = frozenset() if is_now else posts_at_work(asked)
    return PeriodNumbers(asked.counts, first, last, returns, past, is_now or bool(recorded), posts, recorded)


def compared(asked: Asked) -> Compared:
    """Return the period that was asked for with those it is compared with."""
    return Compared(
        period_numbers(asked, asked.first, asked.last),
        period_numbers(asked, *days_before(asked.first, asked.last)),
        period_numbers(asked, *same_days_last_year(asked.first, asked.last)),
        unfinished=not asked.is_over,
    )
