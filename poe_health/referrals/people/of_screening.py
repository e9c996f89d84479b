"""The person of a screening as the patient of a transfer, a monitoring or a list of contacts. The only such place."""

from poe_health.referrals.people.identity import LONGEST, PatientIdentity
from poe_health.screening.record import Clinical, Person


def identity_of(person: Person, clinical: Clinical | None = None) -> PatientIdentity:
    """Return the identity. Nothing is guessed: a birth date known to the year gives no date and no age.

    ``clinical`` gives what the form says beside the person: the age in whole years, the sex, the language.
    """
    born = person.birth_date.as_date() if person.birth_date else None
    form = clinical.form if clinical else None
    secondary = clinical.secondary if clinical else None
    phones = [one for one in (_text(phone) for phone in person.phones) if one]
    return PatientIdentity(
        surname=_text(person.surname),
        given_names=_text(person.given_names),
        sex=person.sex or (form.sex if form else None),
        birth_date=born,
        age_years=None if born else _whole_years(clinical),
        nationality=_text(person.nationality),
        document=_text(" ".join(filter(None, (person.document_kind, person.document_country, person.document_number)))),
        language=_text(secondary.language) if secondary else None,
        phone=phones[0] if phones else None,
        other_contact=_text(person.emergency_contact) or _text(", ".join(phones[1:])),
        address=_text(person.address_next),
    )


def _whole_years(clinical: Clinical | None) -> int | None:
    """Return the age where the form knows it to the year: a range of years is not an age."""
    age = clinical.form.age if clinical else None
    if age is None or int(age.least) + 1 < age.under:
        return None
    return int(age.least)


def _text(untrusted: str | None) -> str | None:
    """Return the text, cut where an identity holds no more; None where nothing was said."""
    return (untrusted or "").strip()[:LONGEST].strip() or None
