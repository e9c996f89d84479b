"""A health certificate as read, before or after its signature was proved."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bmis.documents.dates import PartialDate


class CertificateFormat(StrEnum):
    """The kinds that are read."""

    EU_DCC = "EU_DCC"
    DDCC_VACCINATION = "DDCC_VS"
    DDCC_TEST = "DDCC_TR"
    ICVP = "ICVP"


@dataclass(frozen=True, slots=True)
class Holder:
    """Whom the certificate names. EU DCC parts the name and gives its MRZ form; the others give one text."""

    surname: str | None = None
    given_names: str | None = None
    full_name: str | None = None
    mrz_surname: str | None = None
    mrz_given_names: str | None = None
    birth_date: PartialDate | None = None
    sex: str | None = None
    nationality: str | None = None
    identity_number: str | None = None
    guardian: str | None = None

    @property
    def name(self) -> str | None:
        """Return the name as it is shown."""
        parts = [part for part in (self.surname, self.given_names) if part]
        mrz = " ".join(part.replace("<", " ").strip() for part in (self.mrz_surname, self.mrz_given_names) if part)
        return self.full_name or ", ".join(parts) or mrz or None


@dataclass(frozen=True, slots=True)
class Dose:
    """One vaccination, in the codes of the certificate."""

    disease: str | None = None
    vaccine_type: str | None = None
    product: str | None = None
    manufacturer: str | None = None
    batch: str | None = None
    given_on: PartialDate | None = None
    number: int | None = None
    of: int | None = None
    country: str | None = None
    issuer: str | None = None
    clinician: str | None = None
    valid_from: PartialDate | None = None
    valid_until: PartialDate | None = None
    identifier: str | None = None


@dataclass(frozen=True, slots=True)
class HealthCertificate:
    """What a certificate says. ``other``: what it holds beside vaccinations (test, recovery)."""

    format: CertificateFormat
    issuer: str | None
    issued_at: datetime | None
    not_before: datetime | None
    expires_at: datetime | None
    holder: Holder
    doses: tuple[Dose, ...] = ()
    other: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
