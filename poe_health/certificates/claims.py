"""What the signed message says: CBOR web token claims to a certificate's own terms. Read leniently, typed strictly.

Sub-claims of the health container (WHO SMART Trust): 1 EU DCC, 3 DDCC vaccination, 4 DDCC test, -6 ICVP.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from math import isfinite
from typing import Any

from poe_health.certificates.cbor import read_cbor
from poe_health.certificates.certificate import CertificateFormat, Dose, HealthCertificate, Holder
from poe_health.certificates.errors import CertificateContentError, CertificateKindError
from poe_health.certificates.fields import Fields

_ISSUER, _EXPIRES, _NOT_BEFORE, _ISSUED, _CONTAINER = 1, 4, 5, 6, -260
_ORDER = (
    (-6, CertificateFormat.ICVP),
    (1, CertificateFormat.EU_DCC),
    (3, CertificateFormat.DDCC_VACCINATION),
    (4, CertificateFormat.DDCC_TEST),
)
_MOST_ENTRIES = 8
_LATEST_S = 253_402_300_799  # the end of the year 9999
_MILLISECONDS_FROM = 100_000_000_000  # some issuers write milliseconds: no second of this size is near


def read_certificate(payload: bytes) -> HealthCertificate:
    """Return the certificate that the message holds.

    Raises:
        CertificateStructureError: not CBOR. CertificateContentError: a field of the wrong kind.
        CertificateKindError: none of the kinds read here.
    """
    claims = read_cbor(payload)
    if not isinstance(claims, Mapping):
        raise CertificateContentError("claims")
    container = claims.get(_CONTAINER)
    if not isinstance(container, Mapping):
        raise CertificateKindError
    issuer = claims.get(_ISSUER)
    if issuer is not None and not isinstance(issuer, str):
        raise CertificateContentError("issuer")
    for number, kind in _ORDER:
        if number in container:
            entries = [Fields(entry, kind.value) for entry in _entries(container[number])]
            holder, doses, other, identifiers = _READERS[kind](entries)
            return HealthCertificate(
                format=kind,
                issuer=issuer,
                issued_at=_moment(claims, _ISSUED, "issued_at"),
                not_before=_moment(claims, _NOT_BEFORE, "not_before"),
                expires_at=_moment(claims, _EXPIRES, "expires_at"),
                holder=holder,
                doses=tuple(doses),
                other=tuple(other),
                identifiers=tuple(identifiers),
            )
    raise CertificateKindError


_Read = tuple[Holder, list[Dose], list[str], list[str]]


def _entries(value: Any) -> list[Mapping[Any, Any]]:
    entries = list(value) if isinstance(value, list | tuple) else [value]
    if not 0 < len(entries) <= _MOST_ENTRIES or not all(isinstance(entry, Mapping) for entry in entries):
        raise CertificateContentError("container")
    return entries


def _one(entries: list[Fields]) -> Fields:
    if len(entries) != 1:
        raise CertificateContentError("container")
    return entries[0]


def _eu_dcc(entries: list[Fields]) -> _Read:
    said = _one(entries)
    name = said.map("nam")
    holder = Holder(
        surname=name.text("fn"),
        given_names=name.text("gn"),
        mrz_surname=name.text("fnt"),
        mrz_given_names=name.text("gnt"),
        birth_date=said.date("dob"),
    )
    doses = [
        Dose(
            disease=entry.code("tg"),
            vaccine_type=entry.code("vp"),
            product=entry.code("mp"),
            manufacturer=entry.code("ma"),
            given_on=entry.date("dt"),
            number=entry.count("dn"),
            of=entry.count("sd"),
            country=entry.code("co"),
            issuer=entry.text("is"),
            identifier=entry.text("ci"),
        )
        for entry in said.maps("v")
    ]
    others = [(kind, entry) for key, kind in (("t", "test"), ("r", "recovery")) for entry in said.maps(key)]
    identifiers = [*(dose.identifier for dose in doses), *(entry.text("ci") for _, entry in others)]
    return holder, doses, [kind for kind, _ in others], [each for each in identifiers if each]


def _icvp(entries: list[Fields]) -> _Read:
    first = entries[0]
    holder = _icvp_holder(first)
    for each in entries[1:]:
        if _icvp_holder(each) != holder:
            raise CertificateContentError("holder")
    doses = [_icvp_dose(entry) for said in entries for entry in _icvp_doses(said)]
    return holder, doses, [], []


def _icvp_holder(said: Fields) -> Holder:
    return Holder(
        full_name=said.text("n"),
        birth_date=said.date("dob"),
        sex=said.code("s"),
        nationality=said.code("ntl") or said.code("nt"),
        identity_number=said.text("nid") or said.text("id"),
        guardian=said.text("gn"),
    )


def _icvp_doses(said: Fields) -> Iterator[Fields]:
    """In version 1 of the model the dose is ``v``; in the drafts of version 2 ``vx``, and ``v`` is a version."""
    for key in ("vx", "v"):
        if said.holds_map(key):
            yield from said.maps(key)
            return


def _icvp_dose(entry: Fields) -> Dose:
    return Dose(
        disease=entry.code("tg"),
        vaccine_type=None,
        product=entry.code("vp") or entry.code("mp"),
        manufacturer=entry.code("ma") or entry.code("mid"),
        batch=entry.text("bo"),
        given_on=entry.date("dt") or entry.date("dv"),
        number=entry.count("dn"),
        issuer=entry.code("is"),
        clinician=entry.text("cn"),
        valid_from=entry.date("vls"),
        valid_until=entry.date("vle"),
    )


def _ddcc(entries: list[Fields]) -> _Read:
    holder = _ddcc_holder(entries[0])
    for each in entries[1:]:
        if _ddcc_holder(each) != holder:
            raise CertificateContentError("holder")
    doses, other, identifiers = [], [], []
    for said in entries:
        certificate = said.map("certificate")
        identifier = certificate.code("hcid")
        if identifier:
            identifiers.append(identifier)
        for entry in said.maps("vaccination"):
            doses.append(
                Dose(
                    disease=entry.code("disease"),
                    vaccine_type=entry.code("vaccine"),
                    product=entry.code("brand"),
                    manufacturer=entry.code("manufacturer") or entry.code("maholder"),
                    batch=entry.text("lot"),
                    given_on=entry.date("date"),
                    number=entry.count("dose"),
                    of=entry.count("totalDoses"),
                    country=entry.code("country"),
                    issuer=certificate.code("issuer"),
                    clinician=entry.code("practitioner"),
                    valid_from=entry.date("validFrom"),
                    identifier=identifier,
                )
            )
        other += ["test" for _ in said.maps("test")]
    return holder, doses, other, identifiers


def _ddcc_holder(said: Fields) -> Holder:
    return Holder(full_name=said.text("name"), birth_date=said.date("birthDate"), sex=said.code("sex"))


_READERS = {
    CertificateFormat.EU_DCC: _eu_dcc,
    CertificateFormat.ICVP: _icvp,
    CertificateFormat.DDCC_VACCINATION: _ddcc,
    CertificateFormat.DDCC_TEST: _ddcc,
}


def _moment(claims: Mapping[Any, Any], claim: int, field: str) -> datetime | None:
    value = claims.get(claim)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        raise CertificateContentError(field)
    seconds = value / 1000 if value > _MILLISECONDS_FROM else value
    if not 0 <= seconds <= _LATEST_S:
        raise CertificateContentError(field)
    return datetime.fromtimestamp(seconds, UTC)
