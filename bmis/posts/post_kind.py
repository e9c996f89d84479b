"""What a kind of post means for the desk: dated rules in resources/post_kinds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from bmis.posts.errors import PostListError
from bmis.posts.lists import toml
from bmis.posts.point_of_entry import PostKind


@dataclass(frozen=True, slots=True)
class PostKindRule:
    """The rule of one kind from ``valid_from`` on. Modes are codes of resources/codes/travel_modes.toml."""

    kind: PostKind
    valid_from: date
    source: str
    default_travel_mode: str
    travel_modes: tuple[str, ...]
    check_timeout_s: float
    repeat_document_window_s: int
    undo_window_s: int
    backfill_second_person_after_s: int


def post_kind_rule(kind: PostKind, on: date) -> PostKindRule:
    """Return the rule of that day; before the first one, the first (a clock set back leaves no desk without a rule).

    Raises:
        PostListError: the rules cannot be read.
    """
    known = _rules(kind)
    return next((rule for rule in reversed(known) if rule.valid_from <= on), known[0])


@cache
def _rules(kind: PostKind) -> Sequence[PostKindRule]:
    name = f"{kind.value}.toml"
    said = toml("post_kinds", name)
    try:
        found = [
            PostKindRule(
                kind=PostKind(said["kind"]),
                valid_from=block["valid_from"],
                source=str(block["source"]),
                default_travel_mode=str(block["default_travel_mode"]),
                travel_modes=tuple(block["travel_modes"]),
                check_timeout_s=float(block["check_timeout_s"]),
                repeat_document_window_s=int(block["repeat_document_window_s"]),
                undo_window_s=int(block["undo_window_s"]),
                backfill_second_person_after_s=int(block["backfill_second_person_after_s"]),
            )
            for block in said["rules"]
        ]
    except (KeyError, ValueError, TypeError) as error:
        raise PostListError(file=name) from error
    if not found:
        raise PostListError(file=name)
    return tuple(sorted(found, key=lambda rule: rule.valid_from))
