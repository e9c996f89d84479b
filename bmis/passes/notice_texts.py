"""The dated texts of notices: to whom to object, to whom to complain."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache

from bmis.kernel.resources import resource
from bmis.passes.errors import SchemeFileError
from bmis.passes.schemes import Said

_FILE = "pass_notice.toml"


@dataclass(frozen=True, slots=True)
class NoticeTexts:
    """``draft`` None: confirmed; otherwise the words that say that it is not."""

    valid_from: date
    appeal_to: Said
    complaint_to: Said
    draft: Said | None


def notice_texts(day: date) -> NoticeTexts:
    """Return the texts of that day; before the first block the first one holds, so that no notice is without.

    Raises:
        SchemeFileError: the file is missing or damaged.
    """
    texts = _texts()
    return next((one for one in reversed(texts) if one.valid_from <= day), texts[0])


@cache
def _texts() -> tuple[NoticeTexts, ...]:
    try:
        said = tomllib.loads(resource("passes", _FILE).read_text("utf-8"))["notice"]
        found = [
            NoticeTexts(
                each["valid_from"],
                Said(**each["appeal_to"]),
                Said(**each["complaint_to"]),
                Said(**each["draft_mark"]) if each.get("draft") else None,
            )
            for each in said
        ]
    except (OSError, UnicodeError, tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise SchemeFileError(file=_FILE) from error
    if not found:
        raise SchemeFileError(file=_FILE)
    return tuple(sorted(found, key=lambda one: one.valid_from))
