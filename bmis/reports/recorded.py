"""Which posts recorded a period. A crossing that lies in it proves nothing: late papers are typed in at any time."""

from datetime import date

from bmis.reports.asked import Asked

LINKLESS = "crossings"
"""The kind of return by which a post without a link reports its crossings."""

COMPLETE_SINCE = "complete_since"
"""The source that answers, by post, from which day somebody vouches that no crossing is missing."""


def recorded_posts(asked: Asked, first: date, last: date) -> frozenset[str]:
    """Return the posts of which it is shown that they recorded the whole period.

    Their own desk was recording when it began (a record that was not typed in from paper is as old), or somebody
    vouches for their records since then, or they sent a return of their crossings for each day.
    """
    began = dict(asked.counts.began())
    for post, day in asked.more.get(COMPLETE_SINCE, {}).items():
        began[post] = min(day, began.get(post, day))
    told: dict[str, set[date]] = {}
    book = asked.more.get("returns")
    for one in book(first, last).of_kind(LINKLESS) if book is not None else ():
        told.setdefault(one.post_code, set()).add(one.day)
    length = (last - first).days + 1
    return frozenset(
        {post for post, day in began.items() if day <= first}
        | {post for post, days in told.items() if len(days) == length}
    )


def posts_at_work(asked: Asked) -> frozenset[str]:
    """Return the posts that have something to tell of the days asked for."""
    crossed = {post for (post,) in asked.counts.sums("decisions", asked.first, asked.last, ("post_code",))}
    book = asked.more.get("returns")
    sent = {one.post_code for one in book(asked.first, asked.last).returns.values()} if book is not None else set()
    return frozenset(crossed | sent)
