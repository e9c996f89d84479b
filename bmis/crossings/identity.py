"""When two documents speak of the same person, as far as a name, a birth date and a sex can say."""

import re
import unicodedata
from dataclasses import dataclass

from bmis.documents.dates import PartialDate
from bmis.documents.errors import NameNotWritableError
from bmis.documents.names.sound_class import sound_alike, sound_classes
from bmis.documents.travel_document import TravelDocument

_SHORTEST_CUT = 28  # an MRZ cuts names at 30, 31 or 39 cells; a shorter agreement is no truncation
_NOT_IN_KEY = re.compile(r"[^A-Z0-9]+")
_SPELT_OUT = str.maketrans({"Æ": "AE", "Œ": "OE", "Ø": "O", "Đ": "D", "Ł": "L", "Þ": "TH", "ẞ": "SS", "ß": "SS"})


def name_key(untrusted_name: str | None) -> str:
    """Return the name as searches compare it: capitals A-Z and digits, words parted by one space, "" for none."""
    name = untrusted_name or ""
    if name.isascii():  # nearly every name: the form in the machine readable zone
        return _NOT_IN_KEY.sub(" ", name.upper()).strip()
    text = unicodedata.normalize("NFKD", name).upper().translate(_SPELT_OUT)
    kept = (char if char.isalnum() and char.isascii() else " " for char in text if not unicodedata.combining(char))
    return " ".join("".join(kept).split())


@dataclass(frozen=True, slots=True)
class Identity:
    """A person as a document names them. "" and None are unknown, and unknown contradicts nothing."""

    surname_key: str
    given_names_key: str
    birth_date: PartialDate | None
    sex: str | None

    @classmethod
    def of(cls, document: TravelDocument) -> "Identity":
        """Return whom the document names."""
        return cls(name_key(document.surname), name_key(document.given_names), document.birth_date, document.sex)

    @property
    def is_named_and_born(self) -> bool:
        """Return whether there is enough to look somebody up without a document number."""
        return bool(self.surname_key or self.given_names_key) and self.birth_date is not None

    def sounds_like(self, other: "Identity") -> bool:
        """Return whether the two names may be one that was spelt in two ways."""
        try:
            return sound_alike(*(sound_classes(f"{one.surname_key} {one.given_names_key}") for one in (self, other)))
        except NameNotWritableError:  # a digit in a name that was read by a camera
            return False

    def differs_in(self, other: "Identity") -> tuple[str, ...]:
        """Return the names of the fields that contradict each other: name, birth_date, sex."""
        found = []
        if not _same_name(self, other):
            found.append("name")
        if self.birth_date and other.birth_date and not self.birth_date.may_be(other.birth_date):
            found.append("birth_date")
        if {self.sex, other.sex} == {"F", "M"}:
            found.append("sex")
        return tuple(found)


def _same_name(one: Identity, other: Identity) -> bool:
    """Return whether two names can be one: in whole, in another order, or one cut off by its MRZ."""
    first = f"{one.surname_key} {one.given_names_key}".strip()
    second = f"{other.surname_key} {other.given_names_key}".strip()
    if not first or not second or sorted(first.split()) == sorted(second.split()):
        return True
    shorter, longer = sorted((first, second), key=len)
    return len(shorter) >= _SHORTEST_CUT and longer.startswith(shorter)
