"""How the seal of a border pass begins as text, so that a reader's burst or a code in view is told for one at once."""

from functools import cache

from bmis.documents.seals.base45 import to_base45
from bmis.documents.seals.c40 import to_c40
from bmis.documents.seals.pass_seal import STATES
from bmis.documents.seals.vds import MAGIC

LONGEST_SEAL_TEXT = 900  # characters; a pass has about 250
_VERSION_4 = 3  # as the header writes it


@cache
def seal_marks() -> tuple[str, ...]:
    """Return the first six characters of the seals of ours: magic, version and issuing State (Doc 9303-13, 2.2)."""
    return tuple(to_base45(bytes((MAGIC, _VERSION_4)) + to_c40(state)) for state in STATES)


def looks_like_seal(untrusted_text: str) -> bool:
    """Return whether the text begins like a seal of ours; whether it is one is for its signature to say."""
    return len(untrusted_text) <= LONGEST_SEAL_TEXT and untrusted_text.startswith(seal_marks())
