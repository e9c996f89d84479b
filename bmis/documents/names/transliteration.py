"""Names as the visual zone prints them, accents and all, against their MRZ form (ICAO Doc 9303-3, 4.6 and 6).

A State chooses among several forms for some letters (Ü may be UE, UXX or U), so there is one form to write and
several to accept.
"""

import csv
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import islice, product
from types import MappingProxyType

from bmis.documents.errors import CodeTableError, NameNotWritableError
from bmis.documents.mrz_layout import FILLER
from bmis.kernel.resources import resource

MOST_FORMS = 256  # of one name; more would only be made up
_SEPARATORS = " -,\t\u00a0\u2010\u2011\u2012\u2013"  # a hyphen or comma becomes one filler (Doc 9303-3, 4.6)
_DOUBLING = "*"
_TEH_MARBUTA = "\u0629"

Component = tuple[tuple[str, ...], ...]
"""One name component: for each letter the forms that it may take, the one to write first."""


def components(untrusted_name: str) -> tuple[Component, ...]:
    """Return the name's components, each letter with its MRZ forms.

    Apostrophes and other punctuation vanish; hyphens, commas and spaces separate (Doc 9303-3, 4.6).

    Raises:
        NameNotWritableError: a character that has no form, such as a digit or a control character.
    """
    found: list[Component] = []
    current: list[tuple[str, ...]] = []
    text = unicodedata.normalize("NFC", untrusted_name)
    for position, char in enumerate(text):
        if char in _SEPARATORS:
            found.append(_closed(current))
            current = []
            continue
        for upper in char if char in _table() else char.upper():
            forms = _forms(upper, position)
            if forms == (_DOUBLING,):
                # Doc 9303-3, 6 C, note 3: the sound is repeated, its escape X is not (XDZ doubled is XDZDZ).
                forms = tuple(form.lstrip("X") for form in current[-1]) if current else ()
            if forms:
                current.append(forms)
    found.append(_closed(current))
    return tuple(component for component in found if component)


def mrz_form(name: str) -> str:
    """Return the form to write, components parted by one space ("João d'Água-Pé" to "JOAO DAGUA PE").

    Raises:
        NameNotWritableError: see ``components``.
    """
    return " ".join("".join(forms[0] for forms in component) for component in components(name))


def mrz_forms(name: str) -> tuple[str, ...]:
    """Return the forms that a State may have written, the one to write first, at most ``MOST_FORMS``.

    Raises:
        NameNotWritableError: see ``components``.
    """
    letters: list[tuple[str, ...]] = []
    for component in components(name):
        letters.extend([(" ",), *component] if letters else component)
    return tuple(dict.fromkeys("".join(chosen) for chosen in islice(product(*letters), MOST_FORMS)))


def agrees(viz_name: str, mrz_name: str, limit: int) -> bool:
    """Return whether the name field of an MRZ can be this name of the visual zone.

    Args:
        viz_name: surname and given names as printed, parted by the first comma ("MÜLLER, JOSÉ"); without one all
            of it is the surname.
        mrz_name: the name field as printed ("MUELLER<<JOSE<<<<"), fillers included or not.
        limit: the cells that the field has: 39, 31 or 30. Truncation is legal only where the name exceeds them, and
            the field then ends in a letter (Doc 9303-4 to 9303-7, truncation of names).

    Raises:
        NameNotWritableError: see ``components``.
    """
    surname, _, given = viz_name.partition(",")
    primary, _, secondary = mrz_name.rstrip(FILLER).partition(FILLER * 2)
    return identifiers_agree((surname, given), (primary, secondary), limit)


def identifiers_agree(viz: tuple[str, str], mrz: tuple[str, str], limit: int) -> bool:
    """Return the same as ``agrees`` for (surname, given names) already parted; MRZ components by space or filler."""
    wanted = (components(viz[0]), components(viz[1]))
    printed = tuple(text.replace(FILLER, " ").split() for text in mrz)
    if all(_whole(part, words) for part, words in zip(wanted, printed, strict=True)):
        return True
    if _length(wanted) <= limit or _printed_length(printed) != limit:
        return False
    return all(_truncated(part, words) for part, words in zip(wanted, printed, strict=True))


def _whole(wanted: Sequence[Component], words: Sequence[str]) -> bool:
    return len(wanted) == len(words) and all(_match(one, word)[0] for one, word in zip(wanted, words, strict=True))


def _truncated(wanted: Sequence[Component], words: Sequence[str]) -> bool:
    """Every printed component begins one of the name, in order; the last ones may be left out."""
    if len(words) > len(wanted) or (wanted and not words):
        return False
    return all(_match(one, word)[1] for one, word in zip(wanted, words, strict=False))


def _match(component: Component, word: str) -> tuple[bool, bool]:
    """Return whether ``word`` is the component and whether it begins it, whichever forms were chosen."""
    reached = {0}
    begins = False
    for forms in component:
        following = set()
        for at in reached:
            rest = word[at:]
            for form in forms:
                if rest.startswith(form):
                    following.add(at + len(form))
                begins = begins or form.startswith(rest)
        reached = following
    return len(word) in reached, begins or len(word) in reached


def _length(identifiers: Sequence[Sequence[Component]]) -> int:
    """Return the cells that the longest way of writing the name needs."""
    parts = [sum(max(map(len, forms)) for forms in component) for part in identifiers for component in part]
    return sum(parts) + _separators([len(part) for part in identifiers])


def _printed_length(printed: Sequence[Sequence[str]]) -> int:
    return sum(len(word) for words in printed for word in words) + _separators([len(words) for words in printed])


def _separators(counts: Sequence[int]) -> int:
    return sum(max(count - 1, 0) for count in counts) + (2 if all(counts) else 0)


def _closed(letters: list[tuple[str, ...]]) -> Component:
    """Teh marbuta is XAH at the end of a component and XTA elsewhere (Doc 9303-3, 6 C, note 2)."""
    last_only = _table()[_TEH_MARBUTA]
    return tuple(
        (forms[-1:] if at == len(letters) - 1 else forms[:1]) if forms == last_only else forms
        for at, forms in enumerate(letters)
    )


def _forms(char: str, position: int) -> tuple[str, ...]:
    if "A" <= char <= "Z":
        return (char,)
    if char in _table():
        return _table()[char]
    category = unicodedata.category(char)
    if category[0] == "P" or category in {"Lm", "Sk", "Mn"}:
        return ()  # punctuation, apostrophe letters and stray accents: nothing is put in their place
    # A letter that the tables do not list (Ș, Ạ) but that is A to Z under its marks.
    base = unicodedata.normalize("NFKD", char)[0]
    if category[0] == "L" and "A" <= base <= "Z":
        return (base,)
    raise NameNotWritableError(position)


@cache
def _table() -> Mapping[str, tuple[str, ...]]:
    try:
        with resource("codes", "transliteration.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        return MappingProxyType(
            {row["character"]: tuple(form for form in row["forms"].split("/") if form) for row in rows}
        )
    except (OSError, KeyError, UnicodeError, csv.Error) as error:
        raise CodeTableError("transliteration") from error
