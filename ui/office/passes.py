"""The pass desk's use cases joined for one session."""

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from bmis.crossings.paperwork.drafts import Draft, DraftEntry
from bmis.kernel.actor import Permission
from bmis.kernel.clock import local
from bmis.kernel.i18n import translate as _
from bmis.passes import change_pass
from bmis.passes.applicant import Applicant, Attestation, PassPhoto, PassRequest, Who
from bmis.passes.apply_pass import Applied, with_issuer
from bmis.passes.border_pass import Application, BorderPass
from bmis.passes.decide_application import had_a_hand
from bmis.passes.eligibility import Answered, Asked, judge
from bmis.passes.errors import HolderForgottenError
from bmis.passes.hand_over_pass import Consent, HandedOver
from bmis.passes.lifecycle import ApplicationState, PassState, Validity
from bmis.passes.matching import Alike
from bmis.passes.print_pass import PassForm, PrintPass
from bmis.passes.read_passes import FORGET, ShownPass
from bmis.passes.schemes import Scheme, scheme, schemes
from bmis.passes.statistics import PassStatistics
from bmis.posts.admin_area import admin_area
from bmis.posts.errors import UnknownAreaError
from bmis.receipts.errors import SecondSignatureError
from bmis.receipts.money import Currency
from bmis.receipts.money import Money as Amount
from bmis.receipts.receipt import CANCEL, Exemption, Receipt
from bmis.receipts.till import ClosedTill
from bmis.staff.approval import Approval
from bmis.staff.session import SignedIn
from ui import compose, compose_devices
from ui.border_desk import BorderDesk
from ui.desktop.passes.errors import NumberTypedError
from ui.desktop.passes.parts import Abilities, CardPicture, Case, Changed, Money, Portrait
from ui.office.desk_drafts import DESK, forget
from ui.office.pass_appeals import JoinedAppeals
from ui.office.pass_carried import JoinedCarried
from ui.office.pass_numbers import JoinedNumbers
from ui.office.pass_papers import PassPapers
from ui.office.pass_printing import PassPrinters
from ui.pass_desk import PassDesk

if TYPE_CHECKING:
    from bmis.capture.boxes import Box
    from bmis.capture.frame import Frame
    from bmis.capture.sources import FrameSource

NAME = "passes"
LONGEST_LIST = 200
_NOTICE = {"suspend": "suspended", "revoke": "revoked"}


@dataclass(frozen=True, slots=True)
class JoinedPasses:
    """Every call asks the use case, which asks what the role allows."""

    session: SignedIn
    desk: PassDesk
    border: BorderDesk
    papers: PassPapers
    printers: PassPrinters
    camera: str = ""

    @classmethod
    def of(cls, session: SignedIn, printers: PassPrinters, camera: str = "") -> "JoinedPasses":
        """Return the parts of a session. ``camera`` as ``compose_devices.frame_source`` names it."""
        desk, border = compose.pass_desk(session), compose.border_desk(session)
        return cls(session, desk, border, PassPapers(session), printers, camera)

    @property
    def can(self) -> Abilities:
        """What the person may do."""
        may = self.session.actor.may
        return Abilities(
            capture=may(Permission.CAPTURE_PASSES),
            approve=may(Permission.APPROVE_PASSES),
            issue=may(Permission.ISSUE_PASSES),
            suspend=may(Permission.SUSPEND_PASSES),
            take_money=may(Permission.TAKE_FEE),
            enter_rate=may(Permission.ENTER_RATE),
            revoke=may(Permission.REVOKE_PASSES),
            allocate=may(Permission.ALLOCATE_SERIALS),
            forget=may(Permission.FORGET_HOLDER),
            carry=may(Permission.EXCHANGE_TRUST),
        )

    @property
    def appeals(self) -> JoinedAppeals:
        """What the page of appeals needs."""
        return JoinedAppeals(self.session, self.desk, self.papers)

    @property
    def numbers(self) -> JoinedNumbers:
        """What serials and exchange rates need."""
        return JoinedNumbers(self.session, self.desk)

    @property
    def carried(self) -> JoinedCarried:
        """What the page of files between posts needs."""
        return JoinedCarried(self.session)

    def local_day(self) -> date:
        """Return the day at the post."""
        return local(self.session.now()).date()

    def local_time(self, at: datetime) -> datetime:
        """Return a moment as the post's clock shows it."""
        return local(at)

    def schemes(self) -> tuple[Scheme, ...]:
        """Return the schemes of which passes are given out here."""
        return tuple(one for one in schemes(self.local_day()) if one.gives_out)

    def districts(self, code: str) -> tuple[tuple[str, str], ...]:
        """Return P-code and name of the districts of the scheme; a code that the list lacks is shown as it is."""
        found = [(pcode, _district(pcode)) for pcode in scheme(code, self.local_day()).districts]
        return tuple(sorted(found, key=lambda one: one[1]))

    def judge(self, who: Who, scheme_code: str, purpose: str, has_photo: bool) -> tuple[Answered, ...]:
        """Return what the rules say."""
        day = self.local_day()
        rules = scheme(scheme_code, day)
        chosen = rules.purpose(purpose) if purpose else None
        asked = Asked(with_issuer(who, rules), None if chosen is None else chosen.code, has_photo, day)
        return judge(rules, asked)

    def find(self, person: Applicant) -> tuple[Alike, ...]:
        """Return who it may be."""
        return self.desk.find(person, self.session.actor)

    def apply(self, request: PassRequest) -> Applied:
        """Keep the application."""
        return self.desk.apply(request, self.session.actor)

    def preview(self, who: Who, scheme_code: str, purpose: str, photo: bytes | None) -> CardPicture:
        """Return the card that the applicant would get today."""
        from datetime import timedelta

        from bmis.paper.pass_card import pass_card

        day = self.local_day()
        rules = scheme(scheme_code, day)
        chosen = rules.purpose(purpose) if purpose else None
        validity = Validity(day, day + timedelta(days=rules.validity_days - 1))
        paper = self.papers.paper(rules, who, None if chosen is None else chosen.code, validity, photo=photo)
        return self._drawn(pass_card(paper))

    def card(self, serial: str) -> CardPicture:
        """Return the card of a pass."""
        return self._drawn(self.papers.of_pass(self.desk.show(serial, self.session.actor), PassForm.CARD))

    def applications(self, states: Set[ApplicationState]) -> tuple[Application, ...]:
        """Return those that stand there."""
        return self.desk.application.listed(self.session.actor, states, LONGEST_LIST)

    def case(self, number: str) -> Case:
        """Return one application whole."""
        by = self.session.actor
        shown = self.desk.application(number, by)
        found = shown.application
        made: ShownPass | None = None
        if found.state in (ApplicationState.PRODUCED, ApplicationState.ISSUED):
            listed = self.desk.show.listed(by, None, 1_000_000)
            own = [one for one, state in listed if one.application_id == found.id and state is not PassState.SPOILED]
            serial = own[0].number if own else None
            made = None if serial is None else self.desk.show(serial, by)
        receipt = None
        if self.can.take_money:
            given = self.desk.receipts.show(by, LONGEST_LIST)
            standing = [one for one in given if one.charge.subject == found.id and one.state.value == "standing"]
            receipt = standing[0] if standing else None
        rules = scheme(found.scheme, self.local_day())
        mine = had_a_hand((one.event for one in shown.history), by.name)
        return Case(shown, rules, made, receipt, mine)

    def attest(self, number: str, attestation: Attestation) -> Applied:
        """Add an attestation."""
        return self.desk.attest(number, attestation, self.session.actor)

    def add_photo(self, number: str, photo: PassPhoto, child: int | None = None) -> Applied:
        """Add the photo."""
        return self.desk.attest.photo(number, photo, self.session.actor, child=child)

    def forget(self, person: UUID, reason: str, second: tuple[str, str]) -> int:
        """Erase who somebody was."""
        approval = self.desk.signed(SecondSignatureError(FORGET, person), *second)
        return self.desk.forget(person, reason, self.session.actor, approval)

    def approve(self, number: str, accepted: frozenset[str], reason: str) -> Applied:
        """Approve."""
        return self.desk.approve(number, self.session.actor, accepted=accepted, reason=reason)

    def reject(self, number: str, ground: str, reason: str) -> bytes:
        """Reject; return the notice."""
        by = self.session.actor
        found, notice = self.desk.reject(number, ground, reason, by)
        return self.papers.notice(notice, "rejected", found.number, self._holder(found.number), reason)

    def registry_slip(self, number: str) -> bytes:
        """Return what the applicant takes to civil registration."""
        shown = self.desk.application(number, self.session.actor)
        if shown.who is None:
            raise HolderForgottenError
        return self.papers.registry_slip(shown.application.number, shown.who)

    def withdraw(self, number: str, reason: str) -> Application:
        """Note that the applicant takes it back."""
        return self.desk.reject.withdraw(number, self.session.actor, reason)

    def charge(self, number: str, paid: str, exemption: str, reason: str) -> Receipt:
        """Take the fee."""
        money = Amount.parse(paid) if paid else None
        exempt = Exemption(exemption, reason) if exemption else None
        return self.desk.charge(number, self.session.actor, paid=money, exemption=exempt)

    def produce(self, number: str) -> BorderPass:
        """Make the pass."""
        return self.desk.produce(number, self.session.actor).border_pass

    def hand_over(self, number: str, consent: Consent, receipt: str) -> HandedOver:
        """Give the pass to its holder."""
        return self.desk.hand_over(number, consent, self.session.actor, receipt or None)

    def spoil(self, serial: str, reason: str) -> None:
        """Note a pass, or a blank, that came out wrong."""
        from bmis.passes.errors import PassUnknownError

        by = self.session.actor
        try:
            self.desk.show(serial, by)
        except PassUnknownError:
            self.desk.spoil_serial(serial, reason, by)
            return
        self.desk.spoil(serial, reason, by)

    def print_pass(self, serial: str, form: PassForm) -> str:
        """Print it: first the right and the count, then the paper, so that no copy is uncounted."""
        printer = self.printers.of(form)  # who has no card printer is told before anything is counted
        content = self.pass_file(serial, form)
        return printer(content, f"BMIS {form.value} {serial}")

    def pass_file(self, serial: str, form: PassForm) -> bytes:
        """Return the paper; that it left is counted."""
        by, session = self.session.actor, self.session
        content = self.papers.of_pass(self.desk.show(serial, by), form)
        PrintPass(session.store.write, session.now)(serial, form, by)
        return content

    def receipt_pdf(self, number: str, again: bool) -> bytes:
        """Return the receipt."""
        by = self.session.actor
        found = self.desk.receipts.copy(number, by) if again else self.desk.receipts.show.one(number, by)
        application = self.desk.application(found.charge.subject, by).application
        return self.papers.receipt(found, application.number)

    def print_paper(self, content: bytes, title: str) -> str:
        """Print a notice or a receipt."""
        return self.printers.paper(content, f"BMIS {title}")

    def passes(self, state: PassState | None) -> tuple[tuple[BorderPass, PassState], ...]:
        """Return the newest first."""
        return self.desk.show.listed(self.session.actor, state, LONGEST_LIST)

    def show(self, serial: str) -> ShownPass:
        """Return a pass whole."""
        return self.desk.show(serial, self.session.actor)

    def change(self, serial: str, act: str, answers: Mapping[str, str]) -> Changed:
        """Take one step; with ``second`` among the answers a second person signs it."""
        desk, by, said = self.desk, self.session.actor, answers["reason"]
        approval = self._second(serial, act, answers)
        ground = answers.get("ground", change_pass.OTHER)
        if act == "suspend":
            done = desk.suspend(serial, said, by, hours=_hours(answers.get("hours", "")), ground=ground)
        elif act == "revoke":
            done = desk.revoke(serial, said, by, ground=ground, approval=approval)
        elif act == "reinstate":
            done = desk.reinstate(serial, said, by, approval)
        else:
            done = desk.report(serial, act, said, by)
        one = done.border_pass
        if done.notice is None:
            return Changed(one)
        until = "" if one.suspended_until is None else local(one.suspended_until).strftime("%d/%m/%Y %H:%M")
        paper = self.papers.notice(done.notice, _NOTICE[act], one.number, self._name(serial), said, until)
        return Changed(one, done.notice, paper)

    def settle(self) -> int:
        """Write down what ran out."""
        return self.desk.settle(self.session.actor)

    def again(self, serial: str, act: str, reason: str) -> Applied:
        """Take an application to renew or replace."""
        use = self.desk.renew if act == "renew" else self.desk.replace
        return use(serial, reason, self.session.actor)

    def statistics(self, first: date, last: date, public: bool) -> PassStatistics:
        """Return the counts."""
        return self.desk.statistics(first, last, self.session.actor, public=public)

    def money(self) -> Money:
        """Return till, receipts and rates."""
        by, receipts = self.session.actor, self.desk.receipts
        return Money(receipts.till(by), receipts.show(by, 50), receipts.rates(by).all())

    def close_till(self, counted: Mapping[Currency, Decimal], explanation: str) -> ClosedTill:
        """Close the till."""
        return self.desk.receipts.close_till(counted, self.session.actor, explanation)

    def cancel_receipt(self, number: str, reason: str, second: tuple[str, str]) -> Receipt:
        """Cancel a receipt."""
        by = self.session.actor
        found = self.desk.receipts.show.one(number, by)
        approval = self.desk.signed(SecondSignatureError(CANCEL, found.id), *second)
        return self.desk.receipts.cancel(number, reason, by, approval)

    def make_source(self) -> "Callable[[], FrameSource] | None":
        """Return what makes the camera."""
        return compose_devices.frame_source(self.camera, self.session.now)

    def load_picture(self, path: Path) -> "Frame":
        """Return the picture of a file, decoded in a process with limits."""
        from bmis.capture.file_reader import FileReader

        with FileReader() as files:
            return files.picture(path, self.session.now)

    def portrait(self, frame: "Frame", box: "Box") -> Portrait:
        """Return the portrait in ``box`` and what is wrong with it."""
        from bmis.capture.photos import photo_jpeg, portrait_quality

        part = frame.crop(box) or frame
        return Portrait(photo_jpeg(part), tuple(one.flaw.value for one in portrait_quality(part) if not one.good))

    def kept_drafts(self) -> tuple[Draft, ...]:
        """Return what was left half done here; one that was kept meanwhile is kept once whatever is done with it."""
        by = self.session.actor
        return tuple(one for one in self.border.drafts(by) if one.content.get(DESK) == NAME)

    def save_draft(self, entry: DraftEntry) -> Draft:
        """Keep what is half done."""
        kept = DraftEntry(entry.request_id, {**entry.content, DESK: NAME})
        return self.border.save_draft(kept, self.session.actor)

    def forget_draft(self, request_id: UUID) -> None:
        """Forget it."""
        forget(self.border, request_id, self.session.actor)

    def _second(self, serial: str, act: str, answers: Mapping[str, str]) -> Approval | None:
        name = answers.get("second", "")
        action = {"revoke": change_pass.REVOKE, "reinstate": change_pass.REINSTATE}.get(act)
        if not name or action is None:
            return None
        one = self.desk.show(serial, self.session.actor).border_pass
        return self.desk.signed(SecondSignatureError(action, one.id), name, answers.get("second_password", ""))

    def _name(self, serial: str) -> str:
        who = self.desk.show(serial, self.session.actor).who
        return _("forgotten") if who is None else f"{who.person.surname}, {who.person.given_names}"

    def _holder(self, number: str) -> str:
        who = self.desk.application(number, self.session.actor).who
        return _("forgotten") if who is None else f"{who.person.surname}, {who.person.given_names}"

    def _drawn(self, pdf: bytes) -> CardPicture:
        from bmis.capture.pdf_pages import decode_pdf

        front, back = (frame.to_png() for frame in decode_pdf(pdf, self.session.now, source="card"))
        return CardPicture(front, back)


def _district(pcode: str) -> str:
    try:
        return admin_area(pcode).name
    except UnknownAreaError:
        return pcode


def _hours(typed: str) -> int | None:
    """Return the hours that were typed, None for none.

    Raises:
        NumberTypedError: it is no whole number.
    """
    if not typed:
        return None
    if not (typed.isascii() and typed.isdigit() and len(typed) < 6):
        raise NumberTypedError
    return int(typed)
