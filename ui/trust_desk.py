"""The use cases of keys and trust bundles, joined with one open store; each takes the actor last."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from bmis.kernel.actor import NotAllowedError, Permission, Service, require
from bmis.passes.allocate_serials import has_say, has_serials
from bmis.passes.carry_uses import ExportUses, ImportUses, ReadCarriedUses
from bmis.staff.approval import Approval
from bmis.staff.second_pair_of_eyes import SecondPairOfEyes
from bmis.staff.session import SignedIn
from bmis.trust.authority import (
    AcceptForeign,
    CertifySigner,
    MakeAuthority,
    RequestSigner,
    RevokeSigner,
    act_subject,
)
from bmis.trust.bundle import LARGEST_FILE, open_bundle
from bmis.trust.errors import BundleFormError
from bmis.trust.exchange import ExportTrust, ImportTrust, StoredTrust
from bmis.trust.keys import Keys
from bmis.trust.rollover import BeginRoot, IntroduceRoot, RetireRoot
from bmis.trust.trust_set import TrustSet
from bmis.trust.withdrawals import ConfirmReported, ExportWithdrawals, ImportWithdrawals, LiftConfirmed, ReadWithdrawals
from ui.seals import trust_json


@dataclass(frozen=True, slots=True)
class TrustDesk:
    """Every use case of keys and bundles for the person at work."""

    session: SignedIn
    stored: StoredTrust
    make_authority: MakeAuthority
    request_signer: RequestSigner
    certify: CertifySigner
    revoke: RevokeSigner
    accept: AcceptForeign
    give: ExportTrust
    take: ImportTrust
    introduce_root: IntroduceRoot
    begin_root: BeginRoot
    retire_root: RetireRoot
    give_withdrawn: ExportWithdrawals
    take_withdrawn: ImportWithdrawals
    withdrawn: ReadWithdrawals
    confirm: ConfirmReported
    lift: LiftConfirmed
    give_uses: ExportUses
    take_uses: ImportUses
    uses: ReadCarriedUses
    second: SecondPairOfEyes

    def checked_at(self) -> datetime:
        """Return the moment at which seals are judged: the later of now and what the store has seen."""
        now, seen = self.session.now(), self.session.store.last_seen_at()
        return now if seen is None else max(now, seen)

    def signed(self, action: str, subject: bytes | str, name: str, password: str) -> Approval:
        """Return the second person's signature. Raises as ``SecondPairOfEyes.immediate``."""
        return self.second.immediate(action, act_subject(subject), name, password, self.session.actor)

    def has_serials(self, place: str) -> bool:
        """Return whether serials are entered here for a place that a key was certified for."""
        with self.session.store.read() as unit:
            return has_serials(unit, place)

    def status(self) -> dict[str, Any]:
        """Return what this home trusts and holds: resources/schemas/trust-status.json.

        Raises:
            NotAllowedError: the role has nothing to do with bundles.
        """
        require(self.session.actor, Permission.EXCHANGE_TRUST)
        trust, at = self.stored(), self.session.now()
        with self.session.store.read() as unit:
            keys = Keys(unit, self.session.home)
            authority, pins, own = keys.authority(), keys.pins(), keys.signer_today(at)
            waiting, kept = keys.waiting_root(), keys.newest_bundle()
            signers = sorted((one for same in trust.signers.values() for one in same), key=lambda one: one.signs_from)
            places = {one.reference: keys.place_of(one.reference) for one in signers if one.is_ours}
        return {
            "authority": authority.root if authority else None,
            "next_root": waiting.root if waiting else None,
            "roots": list(pins),
            "trust": None if kept is None else trust_json(TrustSet.of(kept[1]), at),
            "seals_with": own.certificate.reference if own else None,
            "signers": [
                {
                    "signer": one.signer,
                    "reference": one.reference,
                    "signs_from": one.signs_from.isoformat(),
                    "signs_until": one.signs_until.isoformat(),
                    "ours": one.is_ours,
                    "revoked": one.is_revoked,
                    "place": places.get(one.reference),
                }
                for one in signers
            ],
            "parts": sorted(trust.parts),
            "skipped": trust.skipped,
        }


def desk_of(session: SignedIn) -> TrustDesk:
    """Return the use cases.

    Raises:
        NotAllowedError: the session is of port health: its store has no keys of passes.
    """
    if session.service is not Service.BORDER:
        raise NotAllowedError(permission=Permission.EXCHANGE_TRUST.value, role=session.actor.role.value)
    store, home, now = session.store, session.home, session.now
    return TrustDesk(
        session=session,
        stored=StoredTrust(home, store.read, now),
        make_authority=MakeAuthority(home, store.write, now),
        request_signer=RequestSigner(home, store.write, now),
        certify=CertifySigner(home, store.write, now),
        revoke=RevokeSigner(home, store.write, now),
        accept=AcceptForeign(home, store.write, now),
        give=ExportTrust(home, store.write, now),
        take=ImportTrust(home, store.write, now),
        introduce_root=IntroduceRoot(home, store.write, now),
        begin_root=BeginRoot(home, store.write, now),
        retire_root=RetireRoot(home, store.write, now),
        give_withdrawn=ExportWithdrawals(home, store.read, now),
        take_withdrawn=ImportWithdrawals(home, store.write, now, partial(has_say, home)),
        withdrawn=ReadWithdrawals(store.read),
        confirm=ConfirmReported(home, store.write, now),
        lift=LiftConfirmed(home, store.write, now),
        give_uses=ExportUses(home, store.read, now),
        take_uses=ImportUses(home, store.write, now),
        uses=ReadCarriedUses(store.read),
        second=SecondPairOfEyes(home, session.service, store.read, lambda _: False, now),
    )


def trust_of_file(path: Path) -> TrustSet:
    """Return what a bundle's file makes trusted: whoever names the file vouches for its root.

    Raises:
        BundleFormError, BundleSignatureError: the file.
    """
    try:
        if not path.is_file():
            raise BundleFormError("file_missing")
        with path.open("rb") as file:
            untrusted = file.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        raise BundleFormError("file_missing") from error
    return TrustSet.of(open_bundle(untrusted, None)[0])
