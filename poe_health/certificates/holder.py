"""Is the person in front of us the person whom the certificate names? A signature does not say so."""

from collections.abc import Sequence
from dataclasses import dataclass

from bmis.documents.dates import PartialDate
from bmis.documents.errors import NameNotWritableError
from bmis.documents.names.transliteration import mrz_forms
from poe_health.certificates.certificate import Holder
from poe_health.rules.answer import Answer, both

_LEAST_PREFIX = 3  # letters of a word that may stand for a cut one


@dataclass(frozen=True, slots=True)
class TravellerName:
    """The traveller as the travel document says; names in any writing, MRZ fillers allowed."""

    surname: str | None
    given_names: str | None
    birth_date: PartialDate | None


@dataclass(frozen=True, slots=True)
class HolderMatch:
    """Whether name and date of birth agree; unknown: a part is missing, cut or written otherwise; a person looks."""

    name: Answer
    birth_date: Answer

    @property
    def same(self) -> Answer:
        """Return whether it is the same person, as far as the two tell."""
        return both((self.name, self.birth_date))


def compare_holder(holder: Holder, traveller: TravellerName) -> HolderMatch:
    """Return the comparison. Names are compared in their MRZ forms (ICAO Doc 9303-3, 6): Müller is MUELLER."""
    return HolderMatch(_names(holder, traveller), _births(holder.birth_date, traveller.birth_date))


def _names(holder: Holder, traveller: TravellerName) -> Answer:
    surname, given = _words(traveller.surname), _words(traveller.given_names)
    if surname is None or given is None or not surname + given:
        return Answer.UNKNOWN
    if holder.full_name is not None:  # one text, in whatever order the country writes names
        return _same_words(_words(holder.full_name), surname + given)
    written = (_words(holder.surname), _words(holder.given_names))
    coded = (_words(holder.mrz_surname), _words(holder.mrz_given_names))
    answers = [
        _parted(pair, surname, given) for pair in (written, coded) if pair[0] is not None and pair[1] is not None
    ]
    known = [answer for answer in answers if answer is not Answer.UNKNOWN]
    if Answer.YES in known and Answer.NO in known:
        return Answer.UNKNOWN  # the two writings of one certificate disagree
    return known[0] if known else Answer.UNKNOWN


def _parted(pair: tuple["_Words | None", "_Words | None"], surname: "_Words", given: "_Words") -> Answer:
    theirs = [*(pair[0] or []), *(pair[1] or [])]
    if not theirs:
        return Answer.UNKNOWN
    by_part = both((_same_words(pair[0], surname), _same_words(pair[1], given)))
    if by_part is Answer.YES:
        return Answer.YES
    # the same words parted otherwise (a middle name, a mother's surname) are for a person to judge
    return Answer.UNKNOWN if _same_words(theirs, [*surname, *given]) is not Answer.NO else Answer.NO


_Words = list[frozenset[str]]


def _words(name: str | None) -> _Words | None:
    """Return the words of a name, each with the forms it may take; None where it cannot be written in an MRZ."""
    try:
        return [
            frozenset(mrz_forms(word))
            for word in (name or "").replace("<", " ").replace("-", " ").split()
            if any(mrz_forms(word))
        ]
    except NameNotWritableError:
        return None


def name_words(name: str | None) -> tuple[str, ...]:
    """Return the words of a name in the letters of an MRZ, in one order whichever part came first; () where none."""
    return tuple(sorted(min(word) for word in _words(name) or ()))


def _same_words(ours: _Words | None, theirs: Sequence[frozenset[str]]) -> Answer:
    """Return yes for the same words in any order, no when none is shared, unknown between."""
    if ours is None:
        return Answer.UNKNOWN
    if not ours or not theirs:
        return Answer.YES if not ours and not theirs else Answer.UNKNOWN
    left = list(theirs)
    shared = 0
    for word in ours:
        fits = next((other for other in left if word & other), None)
        if fits is not None:
            left.remove(fits)
            shared += 1
    if shared == len(ours) and not left:
        return Answer.YES
    close = any(_begins(word, other) for word in ours for other in theirs)
    return Answer.UNKNOWN if shared or close else Answer.NO


def _begins(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether one may be the other, cut or written with an initial's full stop lost."""
    return any(
        len(short) >= _LEAST_PREFIX and long.startswith(short)
        for a in one
        for b in other
        for short, long in ((a, b), (b, a))
    )


def _births(ours: PartialDate | None, theirs: PartialDate | None) -> Answer:
    if ours is None or theirs is None:
        return Answer.UNKNOWN
    pairs = ((ours.year, theirs.year), (ours.month, theirs.month), (ours.day, theirs.day))
    known = [(a, b) for a, b in pairs if a is not None and b is not None]
    if any(a != b for a, b in known):
        return Answer.NO
    return Answer.YES if len(known) == len(pairs) else Answer.UNKNOWN
