"""The codes that errors carry, in words: names of fields and checks, and why something was not accepted."""

from collections.abc import Callable, Mapping

from bmis.kernel.i18n import translate as _
from ui.words.health_fields import FIELDS as HEALTH_FIELDS
from ui.words.health_store_whys import WHY as _STORES
from ui.words.labels import check_word, field_word
from ui.words.number_whys import WHY as _NUMBERS
from ui.words.passes import pass_fact
from ui.words.referrals import NOTHING_TO_MONITOR, STATES
from ui.words.screening_whys import WHY as _SCREENED
from ui.words.seal_whys import FIELDS as PASS_FIELDS
from ui.words.seal_whys import WHY as _SEALS
from ui.words.trouble_health_voyages import ABOARD as _ABOARD
from ui.words.trouble_registers import part_words

_WHY: Mapping[str, Callable[[], str]] = {
    "direction": lambda: _("it does not fit the direction"),
    "national": lambda: _("the traveller is a national of Mozambique"),
    "pending": lambda: _("the traveller already waits in secondary"),
    "not_admitted": lambda: _("the traveller is not admitted"),
    "authority": lambda: _("its authority is missing"),
    "past": lambda: _("it ends before the entry"),
    "future": lambda: _("it lies in the future"),
    "not_here": lambda: _("it may only be set in training or from a paper form"),
    "no_zone": lambda: _("it has no time zone"),
    "other_officer": lambda: _("another officer took it"),
    "not_last": lambda: _("it is not the last one of this desk"),
    "too_late": lambda: _("the time is over"),
    "not_standing": lambda: _("it was undone or annulled before"),
    "field": lambda: _("the field may not be corrected"),
    "value": lambda: _("the value is not valid"),
    "same": lambda: _("nothing would change"),
    "limit": lambda: _("the limit is not valid"),
    "text": lambda: _("the text is too long"),
    "characters": lambda: _("characters that no text has"),
    "birth": lambda: _("the date of birth is not valid"),
    "name": lambda: _("the name has no letters"),
    "size": lambda: _("size"),
    "depth": lambda: _("depth"),
    "syntax": lambda: _("syntax"),
    "twice": lambda: _("the same key twice"),
    "several": lambda: _("more than one object"),
    "number": lambda: _("a number that is none"),
    "empty": lambda: _("empty"),
    "used": lambda: _("used"),
    "spoiled": lambda: _("spoiled"),
    "written_off": lambda: _("port health has written this card off"),
    "days": lambda: _("days"),
    "travellers": lambda: _("travellers"),
    "other_post": lambda: _("it is of another post"),
    "not_earlier": lambda: _("it is not an earlier one"),
    "extension_twice": lambda: _("it was extended before"),
    "extension_expired": lambda: _("its validity is over"),
    "extension_early": lambda: _("it is dated after today"),
    "extension_evidence": lambda: _("there is, or may be, evidence of infection or contamination"),
    "extension_port": lambda: _("the port could inspect, or is not authorised to extend"),
    "file_exists": lambda: _("there is a file of that name"),
    "file_full": lambda: _("the disk is full"),
    "file_unwritable": lambda: _("the folder cannot be written"),
    "template_missing": lambda: _("the receiver needs its template (--template)"),
    "template_large": lambda: _("the template is too large"),
    "template_encoding": lambda: _("the template is not UTF-8"),
    "template_syntax": lambda: _("the template is no CSV"),
    "column_missing": lambda: _("a column that the import needs is not there"),
    "column_twice": lambda: _("a column is there twice"),
    "mapping_syntax": lambda: _("the mapping cannot be read"),
    "mapping_key": lambda: _("the mapping lacks a word, or has it in another form"),
    "not_https": lambda: _("the address is not https"),
    "certificate": lambda: _("its certificate does not prove"),
    "redirect": lambda: _("it sends us to another address"),
    "training": lambda: _("this is a training home"),
    "credentials": lambda: _("the account is missing or cannot be used"),
    "files_only": lambda: _("this receiver takes files only, or has no trial run"),
}
_CODES: Mapping[str, Callable[[], str]] = {
    **_SEALS,
    **_STORES,
    **_NUMBERS,
    **_SCREENED,
    **_ABOARD,
    **NOTHING_TO_MONITOR,
    **STATES,
    **_WHY,
}
_CODED = frozenset({"why", "reason", "state", "what", "status"})


def _field(name: str) -> str:
    """The label of a field of a document or crossing, else of a health case or a pass, else the name itself."""
    words = field_word(name)
    labels = HEALTH_FIELDS.get(name) or PASS_FIELDS.get(name)
    return labels() if words == name and labels is not None else words


def fact_words(name: str, value: object) -> object:
    """Return the fact as a person reads it; whatever is no known code comes back as it is."""
    if not isinstance(value, str):
        return value
    if name in {"field", "fields", "of"}:
        return ", ".join(_field(part.strip().rpartition(".")[2]) for part in value.split(","))
    if name == "checks":
        return ", ".join(check_word(part.strip()) for part in value.split(","))
    if name == "parts":
        return part_words(value)
    if name == "missing":
        return _to_install(value)
    if (words := pass_fact(name, value)) is not None:
        return words
    if name in _CODED and value in _CODES:
        return _CODES[value]()
    return value


def _to_install(missing: str) -> str:
    """A part of the reader of documents: Tesseract is a program of its own, the rest comes with this one."""
    if missing == "tesseract":
        return "tesseract-ocr"
    return _("the program again ({file} is missing or damaged)").format(file=missing)
