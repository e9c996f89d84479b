"""The border passes of the lane: read, proved, remembered for one traveller; among its checks once one is shown."""

from collections.abc import Mapping
from datetime import datetime
from threading import Lock
from uuid import UUID

from bmis.documents.seals.reading import SealedPass, read_seal
from bmis.kernel.clock import local
from bmis.passes.errors import PassUnknownError
from bmis.passes.goods import CommonList, GoodsLine, common_list
from bmis.passes.schemes import Scheme, SchemeKind, schemes
from bmis.passes.serials import printed
from bmis.passes.use_pass import Holder, ReadPass, SeenPass
from bmis.trust.exchange import StoredTrust
from bmis.trust.trust_set import TrustSet
from bmis.trust.verify_seal import SealAnswer, verify_read
from ui.border_desk import BorderDesk, with_border_pass
from ui.desktop.pass_shown import ShownPass

PASS, NEIGHBOUR_PASS, PAPER_PASS = "border_pass", "neighbour_border_pass", "border_facility_card"
HOME_STATE = "MOZ"
_UNPROVED = frozenset({SealAnswer.NOT_A_SEAL, SealAnswer.SIGNER_UNKNOWN, SealAnswer.SIGNATURE_INVALID})


class JoinedPasses:
    """Answers ``ui.desktop.lane.pass_parts.LanePasses``. ``desk`` is the one whose checks the screen has planned."""

    def __init__(self, desk: BorderDesk) -> None:
        self.desk = desk
        self._plain = desk
        session = desk.session
        self._trust = StoredTrust(session.home, session.store.read, session.now)
        self._shown: dict[UUID, tuple[ReadPass, SealedPass | None]] = {}
        self._untold: set[UUID] = set()  # travellers whose pass is typed and could not be told
        self._lock = Lock()

    def planned(self, desk: BorderDesk) -> BorderDesk:
        """Return the desk whose checks run now and at the decision: ``desk``, with the pass where one was shown."""
        with self._lock:
            showing = bool(self._shown or self._untold)
        self.desk = with_border_pass(desk) if showing else desk
        return self.desk

    def present(self, request_id: UUID, untrusted_text: str, direction: str) -> ShownPass:
        """Return what the seal says.

        Raises:
            SealFormError: it was not read whole. PassUnknownError: a seal of something else. And as ``ExaminePass``.
        """
        read = read_seal(untrusted_text)
        if not isinstance(read, SealedPass):  # another State's visa, a proof of vaccination
            raise PassUnknownError
        seal, session = read.seal, self._plain.session
        seen_at, now = session.store.last_seen_at(), session.now()
        answer = verify_read(read, self._trust(), now if seen_at is None else max(now, seen_at)).answer
        proved = answer not in _UNPROVED
        holder = Holder(seal.surname, seal.given_names, seal.birth, seal.sex) if proved else None
        shown = ReadPass(
            seal.scheme, str(seal.serial), answer.value, seal.valid_from, seal.valid_to, seal.posts, holder
        )
        return self._present(request_id, shown, read, direction)

    def present_document(self, request_id: UUID, kind: str, issuer: str, number: str, direction: str) -> ShownPass:
        """Return what is known of a pass that is looked at by eye."""
        with self._lock:
            self._untold.add(request_id)
        shown = self._present(request_id, ReadPass(self._scheme_of(kind, issuer), number), None, direction)
        with self._lock:
            self._untold.discard(request_id)
        return shown

    def declare(self, request_id: UUID, goods: tuple[GoodsLine, ...], direction: str) -> ShownPass | None:
        """Return the pass with its load."""
        with self._lock:
            held = self._shown.get(request_id)
        return None if held is None else self._present(request_id, *held, direction, goods)

    def common_list(self, shown: ShownPass) -> CommonList | None:
        """Return the products of the scheme."""
        rule = shown.seen.scheme.goods
        return None if rule is None else common_list(rule.list_file)

    def forget(self, request_id: UUID) -> None:
        """Forget it."""
        with self._lock:
            self._shown.pop(request_id, None)
            self._untold.discard(request_id)
        self._plain.passes.forget(request_id)

    def _present(
        self,
        request_id: UUID,
        read: ReadPass,
        sealed: SealedPass | None,
        direction: str,
        goods: tuple[GoodsLine, ...] = (),
    ) -> ShownPass:
        desk = self._plain
        seen = desk.passes.present(request_id, read, direction, desk.session.actor, goods)
        with self._lock:
            self._shown[request_id] = (read, sealed)
        return self._as_shown(seen, sealed, direction)

    def _as_shown(self, seen: SeenPass, sealed: SealedPass | None, direction: str) -> ShownPass:
        proved = sealed if seen.read.answer is not None and seen.read.answer not in _UNPROVED else None
        photo, differs = _photo(seen, proved)
        trust = self._trust()
        fields, missing = _document(seen.scheme, proved) if proved is not None else ({}, {})
        at = self._plain.session.now()
        return ShownPass(
            seen=seen,
            kind=PASS if proved is not None else "",
            fields=fields,
            missing=missing,
            answers=_answers(seen.scheme, direction),
            photo=photo,
            photo_differs=differs,
            list_age_days=_age_days(trust, at) if seen.read.answer is not None else None,
            list_is_stale=trust.is_stale(at),
        )

    def _scheme_of(self, kind: str, issuer: str) -> str:
        """Return the scheme of a pass that was typed, "" where none is recognised."""
        day = local(self._plain.session.now()).date()
        of = {PASS: SchemeKind.ISSUED, NEIGHBOUR_PASS: SchemeKind.PARTNER, PAPER_PASS: SchemeKind.PAPER}[kind]
        found = (one for one in schemes(day) if one.kind is of and not one.draft)
        return next((one.code for one in found if of is not SchemeKind.PARTNER or one.issuer == issuer), "")


def _document(scheme: Scheme, sealed: SealedPass) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return the fields of the document and why some are missing. The scheme is for one nationality, or it is unknown
    which the holder has."""
    seal = sealed.seal
    said = {
        "issuing_state": sealed.vds.header.issuing_state,
        "number": printed(seal.serial),
        "surname": seal.surname,
        "given_names": seal.given_names,
        "nationality": scheme.nationalities[0] if len(scheme.nationalities) == 1 else "",
        "birth_date": str(seal.birth) if seal.birth is not None else "",
        "sex": seal.sex,
        "expiry_date": seal.valid_to.isoformat(),
    }
    reasons = {"given_names": "SINGLE_NAME", "nationality": "NOT_ON_DOCUMENT", "birth_date": "NOT_ON_DOCUMENT"}
    missing = {name: reasons[name] for name in reasons if not said[name]}
    return {name: text for name, text in said.items() if text}, missing


def _answers(scheme: Scheme, direction: str) -> Mapping[str, str]:
    """Return what follows from a scheme of two countries: from where one comes, to where one goes."""
    abroad = scheme.partner if scheme.issuer == HOME_STATE else scheme.issuer
    if not abroad:
        return {}
    return {"journey.coming_from" if direction == "ENTRY" else "journey.going_to": abroad}


def _photo(seen: SeenPass, sealed: SealedPass | None) -> tuple[bytes | None, bool]:
    """Return the photo on file where it is the one that was sealed, and whether it is another."""
    if seen.photo is None:
        return None, False
    digest = sealed.seal.photo if sealed is not None else None
    if digest is not None and not bytes.fromhex(seen.photo.sha256).startswith(digest):
        return None, True
    return seen.photo.jpeg, False


def _age_days(trust: TrustSet, at: datetime) -> int | None:
    return max((at - trust.issued_at).days, 0) if trust.sequence else None
