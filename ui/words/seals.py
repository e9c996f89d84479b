"""What is said of a seal: its answer, its fields, what to do."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from bmis.kernel.clock import local
from bmis.kernel.errors import BmisError
from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from bmis.passes.schemes import scheme
from ui.words.figures import day_words
from ui.words.labels import direction_word, field_word
from ui.words.seal_whys import FIELDS as PASS_FIELDS

ANSWERS: Mapping[str, Callable[[], str]] = {
    "not_a_seal": lambda: _("This is no seal."),
    "signer_unknown": lambda: _("Nobody whom this desk trusts has sealed this."),
    "signature_invalid": lambda: _("The seal was changed, or is forged."),
    "signer_revoked": lambda: _("The signer of this seal was revoked."),
    "signer_expired": lambda: _("The signer's key was not in use on the day of this seal."),
    "seal_revoked": lambda: _("This pass is revoked or suspended."),
    "not_yet_valid": lambda: _("This does not count yet."),
    "expired": lambda: _("This has expired."),
    "trust_stale": lambda: _("The trust bundle is too old to say that this counts."),
    "valid": lambda: _("The seal is genuine and counts."),
}
_FORMATS: Mapping[str, Callable[[], str]] = {
    "pass": lambda: _("Border pass"),
    "vds": lambda: _("Digital seal of another State (VDS)"),
    "vds-nc": lambda: _("Digital seal of another State (VDS-NC)"),
    "hc1": lambda: _("Health certificate (HC1)"),
}
_FIELDS: Mapping[str, Callable[[], str]] = dict(PASS_FIELDS) | {
    "purpose": lambda: _("Purpose of the pass"),
    "signed_on": lambda: _("Sealed on"),
    "issued_on": lambda: _("Issued on"),
    "name": lambda: _("Name"),
    "document": lambda: _("Document"),
    "passport_number": lambda: _("Passport number"),
}
_DAYS = frozenset({"valid_from", "valid_to", "signed_on", "issued_on", "birth_date", "expiry_date"})
_UNPROVED = frozenset({"signer_unknown", "signature_invalid"})
_HIDDEN = frozenset({"photo", "signer", "certificate", "other"})


def seal_lines(found: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines of one object of ``seal verify``."""
    if found["file"] is not None:
        yield str(found["file"])
    if found["error"] is not None:
        yield found["error"]["what"]
        return
    yield ANSWERS[found["answer"]]()
    if found["format"] is None:
        return
    yield _FORMATS[found["format"]]()
    if found["answer"] in _UNPROVED:
        yield _("Nothing of what follows is proved.")
    for name, value in (found["fields"] or {}).items():
        if value not in (None, [], {}) and name not in _HIDDEN:
            yield f"{_label(name)}: {_shown(name, value, found['fields'])}"
    for one in found["redemptions"] or ():
        line = _("Shown at {post}, {moment}, {direction}").format(
            post=one["post"],
            moment=local(datetime.fromisoformat(one["at"])).strftime("%d/%m/%Y %H:%M"),
            direction=direction_word(one["direction"]),
        )
        yield line + (_(" — another post saw it within the hour") if one["elsewhere_in_the_hour"] else "")
    yield from trust_lines(found["trust"])


def trust_lines(trust: Mapping[str, Any] | None) -> Iterator[str]:
    """Yield which bundle judged and how old it is."""
    if trust is None:
        yield _("This desk has no trust bundle.")
        return
    yield _("Trust bundle {sequence}, {days} days old.").format(sequence=trust["sequence"], days=trust["age_days"])


def status_lines(status: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines of ``trust status``."""
    if status["authority"]:
        yield _("Issuing authority here, root {root}").format(root=status["authority"])
    if status["next_root"]:
        yield _("Next root {root}: introduced, does not sign yet").format(root=status["next_root"])
    for root in status["roots"]:
        yield _("Trusted root {root}").format(root=root)
    if status["authority"] and status["trust"] is None:
        yield _("No bundle was written yet; here the authority's own keys count.")
    else:
        yield from trust_lines(status["trust"])
    if status["seals_with"]:
        yield _("This desk seals with {reference}").format(reference=status["seals_with"])
    for one in status["signers"]:
        state = _("revoked") if one["revoked"] else ""
        days = f"{_day(one['signs_from'])} – {_day(one['signs_until'])}"
        yield " ".join(filter(None, (one["signer"], one["reference"], days, one["place"], state)))


def _label(name: str) -> str:
    return _FIELDS[name]() if name in _FIELDS else field_word(name)


def _shown(name: str, value: Any, fields: Mapping[str, Any]) -> str:
    if name == "purpose":
        return _purpose(str(value), fields)
    if name in _DAYS:
        return _day(str(value))
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, dict):
        return ", ".join(f"{name} {each}" for name, each in value.items())
    return str(value)


def _day(value: str) -> str:
    """A day as dd/mm/yyyy; whatever is no whole day stays as it is."""
    try:
        return day_words(date.fromisoformat(value))
    except ValueError:
        return value


def _purpose(code: str, fields: Mapping[str, Any]) -> str:
    """The words of the scheme; the code where this program does not have the scheme or the purpose."""
    try:
        rules = scheme(str(fields.get("scheme")), date.fromisoformat(str(fields.get("valid_from"))))
    except (BmisError, ValueError):
        return code
    label = next((one.label for one in rules.purposes if code in (one.code, one.seal)), None)
    return code if label is None else label.in_language(current_language())
