"""A pass, its slip, notices and receipts in words ready to print: the one place where codes become a pass on paper."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from unicodedata import normalize

from bmis.documents.names.transliteration import mrz_form
from bmis.documents.states import state
from bmis.kernel.clock import local
from bmis.kernel.i18n import current_language, speaking
from bmis.kernel.i18n import translate as _
from bmis.paper.blocks import Row
from bmis.paper.fonts import Face, characters_of
from bmis.paper.page import Imprint, moment
from bmis.paper.pass_card import pass_card
from bmis.paper.pass_notice import PassNotice, ReceiptPaper, pass_notice, receipt_paper
from bmis.paper.pass_paper import LANGUAGES, Both, PassPaper
from bmis.paper.pass_sheet import pass_sheet
from bmis.paper.pass_slip import PassSlip, pass_slip
from bmis.paper.qr import qr_png
from bmis.passes.appeals import AppealCase
from bmis.passes.applicant import Who
from bmis.passes.border_pass import Notice
from bmis.passes.errors import HolderForgottenError
from bmis.passes.lifecycle import Validity
from bmis.passes.notice_texts import notice_texts
from bmis.passes.print_pass import PassForm
from bmis.passes.read_passes import ShownPass
from bmis.passes.schemes import Said, Scheme, scheme
from bmis.posts.errors import UnknownPostError
from bmis.posts.point_of_entry import point_of_entry
from bmis.receipts.money import Money
from bmis.receipts.rates import BASE, Rate
from bmis.receipts.receipt import Receipt, ReceiptState
from bmis.staff.session import SignedIn
from ui.words.figures import day_words, in_figures, money_words
from ui.words.pass_desk import AGAINST, ATTESTERS
from ui.words.passes import GROUNDS

NO_SERIAL = "--------"
UPHELD = "appeal_upheld"
SUFFIX = {PassForm.CARD: ".pdf", PassForm.SHEET: ".pdf", PassForm.CODE: ".png", PassForm.SLIP: ".pdf"}


@dataclass(frozen=True, slots=True)
class PassPapers:
    """Makes the papers of one session. Nothing is printed, kept or counted here."""

    session: SignedIn

    def of_pass(self, shown: ShownPass, form: PassForm) -> bytes:
        """Return the pass in that form: PDF, or PNG for a phone.

        Raises:
            HolderForgottenError: the holder was forgotten, and the seal with them.
        """
        if shown.who is None or shown.seal is None:
            raise HolderForgottenError
        one = shown.border_pass
        if form is PassForm.CODE:
            return qr_png(shown.seal)
        paper = self.paper(
            scheme(one.scheme, one.made_on),  # as its seal: a reprint is the pass that was made, whatever came since
            shown.who,
            one.counted.purpose,
            one.validity,
            serial=one.number,
            seal=shown.seal,
            photo=None if shown.photo is None else shown.photo.jpeg,
            paid=shown.paid,
        )
        if form is PassForm.SLIP:
            return self.slip(paper)
        return pass_card(paper) if form is PassForm.CARD else pass_sheet(paper)

    def paper(
        self,
        rules: Scheme,
        who: Who,
        purpose: str | None,
        validity: Validity,
        *,
        serial: str = NO_SERIAL,
        seal: str | None = None,
        photo: bytes | None = None,
        paid: Money | None = None,
    ) -> PassPaper:
        """Return what the pass says; without serial and seal it is what the applicant will get.

        ``paid`` None: the tariff, which is still due.
        """
        person = who.person
        due = rules.fee if paid is None else paid
        chosen = next((one.label for one in rules.purposes if one.code == purpose), None)
        return PassPaper(
            imprint=self.imprint(),
            scheme=_both(rules.name),
            serial=serial,
            surname=drawable(person.surname),
            given_names=drawable(person.given_names),
            birth=person.birth_date.shown(),
            sex=person.sex,
            valid_from=day_words(validity.first),
            valid_to=day_words(validity.last),
            zone=_zone(rules),
            posts=tuple(post_name(code) for code in rules.post_codes),
            purpose=Both("—", "—") if chosen is None else _both(chosen),
            dependants=len(who.dependants),
            max_stay_days=rules.max_stay_days,
            fee=_amount(due),
            fee_is_zero=due.is_zero,
            seal=seal,
            photo=photo,
        )

    def slip(self, paper: PassPaper) -> bytes:
        """Return the slip in pictures."""
        return pass_slip(
            PassSlip(
                imprint=paper.imprint,
                serial=paper.serial,
                valid_to=paper.valid_to,
                max_stay_days=paper.max_stay_days,
                posts=paper.posts,
                fee=paper.fee,
                fee_is_zero=paper.fee_is_zero,
                complaint=_both(notice_texts(self._day()).complaint_to).line,
            )
        )

    def notice(
        self,
        notice: Notice,
        what: str,
        number: str,
        holder: str,
        said: str,
        until: str = "",
        appealed: AppealCase | None = None,
    ) -> bytes:
        """Return the notice.

        ``what``: a key of ``NOTICES``; ``number``: of the pass or the application; ``appealed``: the appeal that it
        answers. Where the person was right it says nothing of objecting.
        """
        texts, upheld = notice_texts(notice.decided_on), what == UPHELD
        rows = [
            _row(lambda: _("Number"), number, is_code=True),
            _row(lambda: _("Name"), ", ".join(map(drawable, holder.split(", ")))),
            _row(lambda: _("Decided on"), day_words(notice.decided_on)),
        ]
        if appealed is not None and appealed.lodged is not None:
            came = date.fromisoformat(str(appealed.lodged.facts["received"]))
            rows.append(_row(lambda: _("Appeal of"), day_words(came)))
            rows.append(_row(AGAINST[appealed.against.value], appealed.notice.number, is_code=True))
        if until:
            rows.append(_row(lambda: _("Until"), until))
        return pass_notice(
            PassNotice(
                imprint=self.imprint(),
                title=_each(NOTICES[what]),
                number=notice.number,
                rows=tuple(rows),
                reason=_each((lambda: _("The decision counts no more")) if upheld else GROUNDS[notice.reason_code]),
                said=said,
                appeal_until=None if upheld else day_words(notice.appeal_until),
                appeal_to=_both(texts.appeal_to),
                legal_reference=notice.legal_reference,
                officer=self.session.actor.name,
                draft=None if texts.draft is None else _both(texts.draft),
            )
        )

    def registry_slip(self, number: str, who: Who) -> bytes:
        """Return what somebody without an identity document takes to civil registration: who attested what."""
        person, day = who.person, self._day()
        rows = [
            _row(lambda: _("Application"), number, is_code=True),
            _row(lambda: _("Name"), f"{person.surname}, {person.given_names}"),
            _row(lambda: _("Date of birth"), person.birth_date.shown()),
            _row(lambda: _("Village"), person.village),
        ]
        for one in who.attestations:
            role = _each(ATTESTERS[one.role]).line if one.role in ATTESTERS else one.role
            rows.append(_row(lambda: _("Attested by"), f"{one.attester} ({role}), {day_words(one.on)}"))
        return pass_notice(
            PassNotice(
                imprint=self.imprint(),
                title=_each(lambda: _("Referral to civil registration")),
                number=number,
                rows=tuple(rows),
                reason=_each(lambda: _("No identity document was shown")),
                said=_each(lambda: _("Please register the person, or say where the registration is.")).line,
                appeal_until=None,
                appeal_to=_both(notice_texts(day).appeal_to),
                legal_reference=None,
                officer=self.session.actor.name,
            )
        )

    def receipt(self, receipt: Receipt, for_what: str) -> bytes:
        """Return the receipt. ``for_what``: the number of the application, never a name."""
        day = local(receipt.issued_at).date()
        rules = scheme(receipt.charge.code.removeprefix("pass."), day)
        rows = [
            _row(lambda: _("For"), _both(rules.name).line),
            _row(lambda: _("Application"), for_what, is_code=True),
            _row(lambda: _("Tariff"), _amount(receipt.charge.tariff)),
            _row(lambda: _("Given on"), moment(local(receipt.issued_at))),
            _row(lambda: _("Officer"), receipt.by),
        ]
        for rate in receipt.rates:
            rows.append(_row(lambda: _("Exchange rate"), _rate(rate)))
        if receipt.exemption is not None:
            code = receipt.exemption.code
            label = next((one.label for one in rules.exemptions if one.code == code), None)
            rows.append(_row(lambda: _("Exemption"), code if label is None else _both(label).line))
        return receipt_paper(
            ReceiptPaper(
                imprint=self.imprint(),
                number=receipt.number,
                rows=tuple(rows),
                amount=_amount(receipt.paid),
                is_zero=receipt.paid.is_zero,
                cancelled=receipt.state is ReceiptState.CANCELLED,
                copy=f"{receipt.copies + 1}.ª via" if receipt.copies else "",
                object_until=day_words(day + timedelta(days=rules.appeal_days)),
                legal_reference=receipt.charge.legal_reference,
            )
        )

    def imprint(self) -> Imprint:
        """Return what every paper says of its printing."""
        home, session = self.session.home, self.session
        post = f"{post_name(home.post_code)} ({home.post_code})"
        return Imprint(post, local(session.now()), session.actor.name, home.training)

    def _day(self) -> date:
        return local(self.session.now()).date()


NOTICES: dict[str, Callable[[], str]] = {
    "rejected": lambda: _("Refusal of a border pass"),
    "suspended": lambda: _("Suspension of a border pass"),
    "revoked": lambda: _("Revocation of a border pass"),
    UPHELD: lambda: _("Appeal on a border pass upheld"),
    "appeal_dismissed": lambda: _("Appeal on a border pass dismissed"),
}


def drawable(name: str) -> str:
    """Return a name as it can be printed: in letters of a machine-readable zone where the font lacks its own."""
    drawn = characters_of(Face.REGULAR) & characters_of(Face.SEMIBOLD) & characters_of(Face.BOLD)
    composed = normalize("NFC", name)
    return composed if {ord(letter) for letter in composed} <= drawn else mrz_form(name)


def post_name(code: str) -> str:
    """Return the name of a post; its code where no list names it."""
    try:
        return point_of_entry(code).name
    except UnknownPostError:
        return code


def _zone(rules: Scheme) -> Both:
    """Return where the pass counts, in both languages."""
    across = state(rules.partner) if rules.partner else None

    def say() -> str:
        country = "" if across is None else across.name(current_language())
        if rules.zone_km is None:
            return _("border zone with {country}").format(country=country)
        return _("up to {km} km from the border with {country}").format(km=rules.zone_km, country=country)

    return _each(say)


def _both(said: Said) -> Both:
    return Both(said.pt, said.en)


def _each(say: Callable[[], str]) -> Both:
    with speaking("pt"):
        portuguese = say()
    with speaking("en"):
        return Both(portuguese, say())


def _row(say: Callable[[], str], value: str, *, is_code: bool = False) -> Row:
    both = _each(say)
    return Row(both.pt, value, both.en, is_code)


def _amount(money: Money) -> str:
    with speaking(LANGUAGES[0]):  # figures stand once on a paper of two languages
        return money_words(money)


def _rate(rate: Rate) -> str:
    with speaking(LANGUAGES[0]):
        return f"1 {rate.currency.value} = {in_figures(rate.metical)} {BASE.value} ({day_words(rate.on)})"
