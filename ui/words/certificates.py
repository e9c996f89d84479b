"""The words of checks of health certificates: answers, reasons, results, measures."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from bmis.documents.dates import PartialDate
from bmis.kernel.i18n import translate as _

_Words = Mapping[str, Callable[[], str]]

_ANSWERS: _Words = {  # What a seal's answer says.
    "valid": lambda: _("The signature is valid"),
    "trust_stale": lambda: _("The signature fits, but the trust list is too old to rely on"),
    "expired": lambda: _("The code has expired"),
    "not_yet_valid": lambda: _("The code is not valid yet"),
    "seal_revoked": lambda: _("The certificate was revoked"),
    "signer_expired": lambda: _("It was signed outside the time in which its key could sign"),
    "signer_revoked": lambda: _("The signer's key was revoked"),
    "signature_invalid": lambda: _("The signature is not genuine, or the contents were changed"),
    "signer_unknown": lambda: _("The signer is not known here"),
}
_SEAL_REASONS: _Words = {  # Why, and what was not looked at.
    "TRUST_LIST_MISSING": lambda: _("No trust list was given: the signature was not checked"),
    "TRUST_LIST_STALE": lambda: _("The trust list is too old"),
    "TRUST_LIST_UNDATED": lambda: _("Nobody knows how old the trust list is"),
    "KEY_UNKNOWN": lambda: _("The key is not on the trust list"),
    "KEY_OF_ANOTHER_DOMAIN": lambda: _("The key may not sign this kind of certificate"),
    "ALGORITHM_NOT_ALLOWED": lambda: _("The kind of signature is not one that is accepted"),
    "SIGNATURE_WRONG": lambda: _("No key of that name made this signature"),
    "KEY_REVOKED": lambda: _("The key is on the list of revoked keys"),
    "SIGNED_OUTSIDE_KEY_PERIOD": lambda: _("The day of signing lies outside the key's period"),
    "CERTIFICATE_REVOKED": lambda: _("It is on the list of revoked certificates"),
    "ISSUED_IN_FUTURE": lambda: _("It says that it was issued in the future: look at the clock"),
    "PAST_EXPIRY": lambda: _("Its last day has passed"),
    "NO_EXPIRY": lambda: _("It names no last day"),
    "REVOCATION_NOT_CHECKED": lambda: _("Revoked certificates were not looked for: there is no list"),
}
_RESULTS: _Words = {  # What the yellow-fever check says.
    "VALID": lambda: _("Yellow fever: valid certificate"),
    "NOT_YET_VALID": lambda: _("Yellow fever: the certificate is not valid yet"),
    "INVALID": lambda: _("Yellow fever: the certificate is not valid"),
    "EXEMPT": lambda: _("Yellow fever: exempt by a doctor's letter"),
    "ABSENT": lambda: _("Yellow fever: no certificate"),
    "NOT_REQUIRED": lambda: _("Yellow fever: no certificate is required"),
    "UNKNOWN": lambda: _("Yellow fever: not decided yet"),
}
_REASONS: _Words = {  # Why the yellow-fever check says so; the item follows.
    "BELOW_AGE": lambda: _("Below the age from which it is required"),
    "AGE_UNSURE": lambda: _("The age is not known well enough, or sources disagree on the limit"),
    "JOURNEY_NOT_ASKED": lambda: _("The journey was not asked about"),
    "JOURNEY_INCOMPLETE": lambda: _("The journey has gaps"),
    "FROM_RISK_COUNTRY": lambda: _("Was in a country with risk of transmission"),
    "NOT_FROM_RISK_COUNTRY": lambda: _("Was in no country with risk in those days"),
    "SOURCES_DISAGREE": lambda: _("Sources disagree whether this country counts"),
    "TRANSIT_UNSURE": lambda: _("It is not certain that this transit counts"),
    "ADDITIONAL_MEASURE": lambda: _("Wider than the list of WHO: an additional measure (IHR art. 43)"),
    "REQUIREMENT_LIST_MISSING": lambda: _("There is no list of what this country requires"),
    "RISK_LIST_MISSING": lambda: _("There is no list of countries with risk"),
    "LIST_STALE": lambda: _("This list is past its day of review"),
    "LIST_NOT_IN_FORCE": lambda: _("This list is not in force yet"),
    "VECTOR_UNKNOWN": lambda: _("It is not known whether the mosquito is here"),
    "NOT_ASKED": lambda: _("The certificate was not asked for"),
    "NONE_SHOWN": lambda: _("None was shown"),
    "NO_YELLOW_FEVER_DOSE": lambda: _("It holds no dose against yellow fever"),
    "DISEASE_NOT_SAID": lambda: _("It does not say against which disease"),
    "VACCINE_NOT_APPROVED": lambda: _("The vaccine is not approved by WHO"),
    "VACCINE_NOT_ON_LIST": lambda: _("The vaccine is not on our list: a person must look"),
    "ITEM_MISSING": lambda: _("Missing or wrong"),
    "ITEM_NOT_ANSWERED": lambda: _("Not looked at"),
    "ALTERED": lambda: _("Erasures or amendments, or nobody looked for them: a person must decide"),
    "SEAL": lambda: _("The answer on the signature"),
    "DOSE_IN_FUTURE": lambda: _("The dose is dated in the future"),
    "DOSE_BEFORE_BIRTH": lambda: _("The dose is dated before birth"),
    "DOSE_DATE_INCOMPLETE": lambda: _("The date of the dose is not known well enough"),
    "BEFORE_DAY_10": lambda: _("Fewer than ten days since the dose"),
    "VALID_FOR_LIFE": lambda: _("Ten days or more since the dose: valid for life"),
    "PRINTED_END_IGNORED": lambda: _("The printed last day is not looked at"),
    "LETTER_ACCEPTED": lambda: _("The letter has what it needs"),
}
_MEASURES: _Words = {  # What may be done.
    "OFFER_VACCINE": lambda: _("Offer vaccination, with consent (it is not valid that day)"),
    "REPORT_FEVER": lambda: _("Ask to report fever; advise against mosquito bites"),
    "OBSERVE_6_DAYS": lambda: _("Public health observation, six days at most"),
    "QUARANTINE_MAX_6_DAYS": lambda: _("Quarantine, six days at most after the last exposure"),
}
_ITEMS: _Words = {  # The items of a certificate.
    "name": lambda: _("name and date of birth"),
    "dose_date": lambda: _("date of the dose"),
    "vaccine": lambda: _("vaccine"),
    "batch": lambda: _("batch"),
    "clinician": lambda: _("clinician's signature"),
    "stamp": lambda: _("official stamp"),
    "language": lambda: _("English or French"),
}
_KNOWN: _Words = {
    "yes": lambda: _("Yes"),
    "no": lambda: _("No"),
    "unknown": lambda: _("Not known"),
}


def seal_answer_word(code: str) -> str:
    """Return what the answer on a signature says."""
    return _said(_ANSWERS, code)


def seal_reason_word(code: str) -> str:
    """Return what a reason of that answer says."""
    return _said(_SEAL_REASONS, code)


def yellow_fever_word(code: str) -> str:
    """Return what the result of the yellow-fever check says."""
    return _said(_RESULTS, code)


def proof_reason_word(code: str, item: str | None = None) -> str:
    """Return what a reason of that check says, with what it is about."""
    about = "" if item is None else f": {_said(_ANSWERS, item) if code == 'SEAL' else _said(_ITEMS, item)}"
    return _said(_REASONS, code) + about


def measure_word(code: str) -> str:
    """Return what a measure of that check says."""
    return _said(_MEASURES, code)


def answer_word(code: str) -> str:
    """Return yes, no or not known."""
    return _said(_KNOWN, code)


def check_lines(document: Mapping[str, Any]) -> Iterable[str]:
    """Yield the lines of a check (resources/schemas/certificate-verify.json) for a person."""
    if document["answer"] is not None:
        yield _("Signature: {answer}").format(answer=seal_answer_word(document["answer"]))
        for reason in document["reasons"]:
            yield f"  {seal_reason_word(reason)}"
        fields = document["fields"]
        yield _("Certificate: {format}").format(format=document["format"])
        name, born = fields["name"] or _("not known"), _day(fields["birth_date"])
        yield _("Holder: {name}, born {birth_date}").format(name=name, birth_date=born)
    yield from _trust_line(document["trust"])
    if document["holder"] is not None:
        same = answer_word(document["holder"]["same"])
        yield _("Same person as the travel document: {answer}").format(answer=same)
    yield from _yellow_fever_lines(document["yellow_fever"])


def _trust_line(trust: Mapping[str, Any] | None) -> Iterable[str]:
    if trust is None:
        return
    if trust["age_days"] is None:
        yield _("Trust list: keys {keys}, age not known").format(keys=trust["keys"])
        return
    said = _("Trust list: keys {keys}, age in days {age} (at most {limit})")
    yield said.format(keys=trust["keys"], age=trust["age_days"], limit=trust["stale_after_days"])


def _yellow_fever_lines(found: Mapping[str, Any]) -> Iterable[str]:
    yield yellow_fever_word(found["result"])
    yield _("Required: {answer}").format(answer=answer_word(found["required"]))
    for reason in found["reasons"]:
        yield f"  {proof_reason_word(reason['code'], reason['item'])}"
    for measure in found["measures"]:
        yield _("What may be done: {measure}").format(measure=measure_word(measure))
    if found["quarantine_until"]:
        yield _("Quarantine may last until {day}").format(day=_day(found["quarantine_until"]))
    if found["minimum_age_months"] is not None:
        yield _("Required from the age of {months} months").format(months=found["minimum_age_months"])
    names = ", ".join(
        f"{each['file'].rpartition('/')[2].removesuffix('.toml')} {each['version']} ({_day(each['valid_from'])})"
        for each in found["lists"]
    )
    yield _("Lists: {lists} (drafts, not signed off)").format(lists=names)


def _day(text: str | None) -> str:
    """Return a day, or what is known of it, as people write it."""
    return PartialDate.parse(text).shown() if text else _("not known")


def _said(words: _Words, code: str) -> str:
    return words[code]() if code in words else code
