"""Keeping the check of a certificate, and looking at kept ones: each opened name is on record."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import Clock
from bmis.kernel.identifiers import new_id
from bmis.kernel.plain import plain, value_of
from bmis.store.home import Home
from bmis.store.unit import OpenUnit, UnitOfWork
from poe_health.certificates.check import CertificateCheck, CheckForm, check_certificate, check_json
from poe_health.certificates.errors import ProofIncompleteError
from poe_health.certificates.holder import name_words
from poe_health.certificates.kept import CheckClinical, CheckHolder, CheckKept, CheckView, ListUsed
from poe_health.certificates.records import SqlChecks
from poe_health.certificates.trust_list import TrustList
from poe_health.keeping.errors import KeptDamagedError, KeptUnknownError, StoreConflictError
from poe_health.keeping.records import content_of
from poe_health.screening.errors import ScreeningUnknownError
from poe_health.screening.records import SqlScreenings
from poe_health.store.records.access import Access, AccessKind, SqlAccess
from poe_health.store.records.parts import CLINICAL, PERSON, NewPart

MOST_LISTED = 500


@dataclass(frozen=True, slots=True)
class CheckRequest:
    """What a desk asks. ``trust`` None: no list is at hand. The same ``request_id`` is the same check, always."""

    request_id: UUID
    form: CheckForm
    trust: TrustList | None = None
    screening_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class KeptCheck:
    """A check as kept; ``answer``: the whole of it, where it was made now."""

    view: CheckView
    answer: CertificateCheck | None


@dataclass(frozen=True, slots=True)
class RecordCheck:
    """Checks a certificate and keeps what came of it. ``today`` is the post's day."""

    open_unit: OpenUnit
    home: Home
    now: Clock
    today: Callable[[], date]

    def __call__(self, request: CheckRequest, by: Actor) -> KeptCheck:
        """Return the check as kept; for a request that was kept before, the same.

        Raises:
            NotAllowedError: the role does not screen. StoreConflictError: the request was kept otherwise.
            ScreeningUnknownError: no such screening. ProofIncompleteError: nothing is to be checked.
            And what ``check_certificate`` raises: a certificate that cannot be read is not kept.
        """
        require(by, Permission.SCREEN_HEALTH)
        form = request.form
        if form.untrusted_text is None and form.paper is None and form.traveller.legs is None:
            raise ProofIncompleteError("certificate")
        made = check_certificate(form, request.trust, self.now(), self.today())
        clinical, holder = _clinical(form, made), _holder(form, made)
        with self.open_unit() as unit:
            checks = SqlChecks(unit)
            kept = checks.by_request(request.request_id)
            if kept is not None:
                _require_same(unit, kept, request, clinical, holder)
                return KeptCheck(kept, None)
            if request.screening_id is not None and SqlScreenings(unit).find(request.screening_id) is None:
                raise ScreeningUnknownError
            parts = (NewPart.of(CLINICAL, plain(clinical)), NewPart.of(PERSON, plain(holder)))
            check = replace(self._noun(request, made, parts, by), again=_checked_before(checks, self.today(), holder))
            checks.add(check, parts)
            unit.commit()
        return KeptCheck(CheckView(check), made)

    def _noun(self, request: CheckRequest, made: CertificateCheck, parts: tuple[NewPart, ...], by: Actor) -> CheckKept:
        identifier = new_id(self.now())
        found, seal = made.assessment, made.verification
        trust = seal.trust if seal else None
        if made.certificate is not None:
            shown: str | None = made.certificate.format.value
        else:
            shown = request.form.paper.kind.value if request.form.paper else None
        return CheckKept(
            id=identifier,
            record_id=identifier,
            by=by.name,
            digests={part.part: part.digest for part in parts},
            request_id=request.request_id,
            day=self.today(),
            shown=shown,
            result=found.result.value,
            required=found.required,
            certificate=found.certificate.value,
            good=made.good,
            reasons=tuple(dict.fromkeys(reason.code.value for reason in found.reasons)),
            measures=tuple(measure.value for measure in found.measures),
            seal=seal.answer.value if seal else None,
            trust_as_of=trust.as_of if trust else None,
            trust_age_days=trust.age_days if trust else None,
            trust_stale=trust.stale if trust else None,
            compared=made.match is not None,
            same=made.match.same if made.match else None,
            lists=tuple(ListUsed(one.file, one.version, one.sha256) for one in made.lists.versions()),
            screening_id=request.screening_id,
            post_code=self.home.post_code,
            training=self.home.training,
        )


def _checked_before(checks: SqlChecks, day: date, holder: CheckHolder) -> UUID | None:
    """Return the first check of that day that was of the same person, by name and date of birth; None: nobody knows."""
    mine = _persons(holder)
    for check, content in checks.people_of(day) if mine else ():
        if mine & _persons(value_of(CheckHolder, json.loads(content))):
            return check.again or check.id
    return None


def _persons(holder: CheckHolder) -> frozenset[tuple[tuple[str, ...], str]]:
    """Return who stands in a check: name without accents and date of birth, only where both are known."""
    traveller = " ".join(part for part in (holder.surname, holder.given_names) if part)
    told = ((holder.holder, holder.holder_birth_date), (traveller, holder.birth_date))
    known = ((name_words(name), born) for name, born in told if born)
    return frozenset((words, born) for words, born in known if words)


def _clinical(form: CheckForm, made: CertificateCheck) -> CheckClinical:
    """The names go to the other part, and of a code only what was read of it is kept."""
    certificate = made.certificate
    if certificate is not None:
        unnamed = replace(
            certificate.holder,
            surname=None,
            given_names=None,
            full_name=None,
            mrz_surname=None,
            mrz_given_names=None,
            birth_date=None,
            identity_number=None,
            guardian=None,
        )
        certificate = replace(certificate, holder=unnamed)
    answer = {name: value for name, value in check_json(made).items() if name != "fields"}
    return CheckClinical(replace(form, untrusted_text=None, name=None), certificate, answer)


def _holder(form: CheckForm, made: CertificateCheck) -> CheckHolder:
    named = made.certificate.holder if made.certificate else None
    born = named.birth_date if named else None
    traveller = form.name
    return CheckHolder(
        named.name if named else None,
        str(born) if born else None,
        traveller.surname if traveller else None,
        traveller.given_names if traveller else None,
        str(traveller.birth_date) if traveller and traveller.birth_date else None,
    )


def _require_same(
    unit: UnitOfWork, kept: CheckView, request: CheckRequest, clinical: CheckClinical, holder: CheckHolder
) -> None:
    """A list of trust may have become newer meanwhile: the form and the certificate must be the same."""
    parts = content_of(unit, kept.check)
    said = plain(clinical)
    before = parts.get(CLINICAL, said)
    same = all(before.get(name) == said.get(name) for name in ("form", "certificate"))
    if not same or parts.get(PERSON, plain(holder)) != plain(holder) or kept.check.screening_id != request.screening_id:
        raise StoreConflictError


@dataclass(frozen=True, slots=True)
class ShownCheck:
    """A check as its reader may see it; None: the role does not see it, or it was erased."""

    view: CheckView
    clinical: CheckClinical | None
    holder: CheckHolder | None


@dataclass(frozen=True, slots=True)
class ReadChecks:
    """Answers kept checks."""

    open_unit: OpenUnit
    open_read: OpenUnit
    now: Clock

    def listed(self, first: date, last: date, by: Actor, *, limit: int = MOST_LISTED) -> tuple[CheckView, ...]:
        """Return the checks of those days, the newest first: codes, no name.

        Raises:
            NotAllowedError: nobody of health.
        """
        if not by.may(Permission.READ_HEALTH_COUNTS):
            require(by, Permission.SCREEN_HEALTH)
        with self.open_read() as unit:
            return tuple(SqlChecks(unit).between(first, last, limit))

    def of_screening(self, screening_id: UUID, by: Actor) -> tuple[CheckView, ...]:
        """Return the checks of a screening, the oldest first. Raises NotAllowedError."""
        if not by.may(Permission.READ_HEALTH_RECORDS):
            require(by, Permission.SCREEN_HEALTH)
        with self.open_read() as unit:
            return tuple(SqlChecks(unit).of_screening(screening_id))

    def show(self, check_id: UUID, by: Actor) -> ShownCheck:
        """Return one check with what the role sees; a name that is opened is on record.

        Raises:
            NotAllowedError: the role reads no record. KeptUnknownError: there is none.
            KeptDamagedError: what is kept cannot be read.
        """
        require(by, Permission.READ_HEALTH_RECORDS)
        with self.open_unit() as unit:
            view = SqlChecks(unit).find(check_id)
            if view is None:
                raise KeptUnknownError("check")
            parts = content_of(unit, view.check)
            try:
                clinical = value_of(CheckClinical, parts[CLINICAL]) if CLINICAL in parts else None
                names = PERSON in parts and by.may(Permission.READ_HEALTH_NAMES)
                holder = value_of(CheckHolder, parts[PERSON]) if names else None
            except (ValueError, TypeError, KeyError) as error:
                raise KeptDamagedError from error
            if holder is not None:
                SqlAccess(unit).add(Access(new_id(self.now()), AccessKind.READ, check_id, by.name, by.role.value))
            unit.commit()
        return ShownCheck(view, clinical, holder)
