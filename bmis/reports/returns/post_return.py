"""One return: what a post reports of one day and one kind, by whom and when; a correction names what it amends."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from types import MappingProxyType

from bmis.posts.errors import UnknownPostError
from bmis.posts.point_of_entry import point_of_entry
from bmis.reports.errors import ReturnFigureError, ReturnSumError
from bmis.reports.returns.kinds import ReturnKind, Split, is_key, return_kind

Figure = int | Mapping[str, int]
LARGEST = 9_999_999
_SENDER = re.compile(r"[A-Z0-9][A-Z0-9-]{1,15}")


@dataclass(frozen=True, slots=True)
class PostReturn:
    """A return. A figure that is not there was not reported, which is not nought.

    ``revision`` 1 is the first; a later one amends the one before. ``sender`` is the person at the post, ``sent_at``
    (aware) when it left there.
    """

    post_code: str
    day: date
    kind: str
    figures: Mapping[str, Figure]
    sender: str
    sent_at: datetime
    revision: int = 1

    @property
    def reference(self) -> str:
        """Return what a correction of it names."""
        return reference(self.post_code, self.day, self.kind, self.revision)

    @property
    def subject(self) -> str:
        """Return what its events are kept under."""
        return f"{self.post_code}/{self.kind}"

    def count(self, field: str) -> int | None:
        """Return a figure, the sum of its parts where it is split; None: not reported."""
        figure = self.figures.get(field)
        return sum(figure.values()) if isinstance(figure, Mapping) else figure

    def split(self, field: str) -> Mapping[str, int]:
        """Return the parts of a figure."""
        figure = self.figures.get(field)
        return figure if isinstance(figure, Mapping) else {}

    def facts(self) -> dict[str, object]:
        """Return plain values."""
        return {
            "post": self.post_code,
            "kind": self.kind,
            "figures": {name: dict(one) if isinstance(one, Mapping) else one for name, one in self.figures.items()},
            "sender": self.sender,
            "sent_at": self.sent_at.isoformat(),
            "revision": self.revision,
        }


def reference(post_code: str, day: date, kind: str, revision: int) -> str:
    """Return how a return is named: ``MZ.L.RSG/2026-11-21/inspection/1``."""
    return f"{post_code}/{day.isoformat()}/{kind}/{revision}"


def revised(one: PostReturn, revision: int) -> PostReturn:
    """Return the return as that revision."""
    return replace(one, revision=revision)


def post_return(
    *,
    untrusted_post: str,
    day: date,
    untrusted_kind: str,
    untrusted_figures: Mapping[str, object],
    untrusted_sender: str,
    sent_at: datetime,
    revision: int = 1,
) -> PostReturn:
    """Return the return, after everything in it was checked.

    Raises:
        ReturnKindError: no such kind. ReturnFigureError: a post, sender or figure that is none, or no figure at all.
        ReturnSumError: parts that contradict their whole.
    """
    try:
        post = point_of_entry(untrusted_post).code
    except UnknownPostError as error:
        raise ReturnFigureError(item="post") from error
    sender = untrusted_sender.strip().upper()
    if not _SENDER.fullmatch(sender):
        raise ReturnFigureError(item="sender")
    kind = return_kind(untrusted_kind, day)
    figures = {name: _figure(kind, name, value) for name, value in untrusted_figures.items()}
    if not figures:
        raise ReturnFigureError(item="figures")
    made = PostReturn(post, day, kind.code, MappingProxyType(figures), sender, sent_at, revision)
    _check_sums(kind, made)
    return made


def _figure(kind: ReturnKind, name: str, value: object) -> Figure:
    field = kind.by_code.get(name)
    if field is None:
        raise ReturnFigureError(item=name[:40])
    if field.split is None:
        return _number(value, name)
    if not isinstance(value, Mapping) or not value:
        raise ReturnFigureError(item=name)
    return MappingProxyType({_key(field.split, key, name): _number(one, name) for key, one in sorted(value.items())})


def _key(split: Split, key: object, name: str) -> str:
    if not isinstance(key, str) or not is_key(split, key):
        raise ReturnFigureError(item=name)
    return key


def _number(value: object, name: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= LARGEST:
        raise ReturnFigureError(item=name)
    return value


def _check_sums(kind: ReturnKind, made: PostReturn) -> None:
    for whole, parts in kind.sums:
        total = made.count(whole)
        told = [one for one in map(made.count, parts) if one is not None]
        if total is None or not told:
            continue
        if sum(told) > total or (len(told) == len(parts) and sum(told) != total):
            raise ReturnSumError(item=whole)
