"""The notice of a refusal of entry or of a prevented exit, in Portuguese and English, ready for the printer."""

from collections.abc import Callable
from datetime import date, datetime

from bmis.crossings.case import is_national
from bmis.crossings.crossing import Crossing
from bmis.crossings.decision import STOPS, Decision, RecordMode
from bmis.crossings.paperwork.errors import NoNoticeError
from bmis.crossings.paperwork.rules import NoticeTexts, Said, notice_texts
from bmis.crossings.paperwork.words import (
    crossed_at_words,
    crossing_number,
    kind_words,
    name_words,
    state_words,
)
from bmis.crossings.reasons import reason as newest
from bmis.crossings.reasons import reasons
from bmis.kernel.clock import local
from bmis.kernel.i18n import speaking
from bmis.kernel.i18n import translate as _
from bmis.paper.blocks import Row
from bmis.paper.notice import Bilingual, NoticeReason, RefusalNotice
from bmis.paper.page import Imprint

NO_CONSULATE = frozenset({"XXA", "XXB", "XXC"})
"""Stateless persons and refugees (ICAO Doc 9303-3, section 5 part D): no State is told where they are."""


def notice_of(
    crossing: Crossing,
    *,
    post_name: str,
    officer: str,
    printed_at: datetime,
    printed_by: str,
    training: bool = False,
) -> RefusalNotice:
    """Return the notice as plain words, for ``bmis.paper.notice.refusal_notice``.

    ``officer`` is the name that signs. Reasons and texts are those in force on the day of the crossing, the texts
    marked while no lawyer has signed them off.

    Raises:
        NoNoticeError: the traveller was not stopped.
        PaperworkRuleError: the texts are missing or damaged.
        CrossingRuleError: the list of reasons is.
    """
    if crossing.decision not in STOPS:
        raise NoNoticeError
    place = crossing.place
    of_exit = crossing.decision is Decision.EXIT_PREVENTED
    day = local(crossing.crossed_at, place.utc_offset_minutes).date()
    texts = notice_texts(day)
    return RefusalNotice(
        imprint=Imprint(
            post_name,
            local(printed_at, place.utc_offset_minutes),
            printed_by,
            training or crossing.record_mode is RecordMode.TRAINING,
        ),
        number=crossing_number(crossing),
        decided_at=crossed_at_words(crossing),
        place=post_name,
        person=_person(crossing),
        document=_document(crossing),
        reasons=_reasons(crossing, day),
        appeal=_appeal(texts, of_exit),
        officer=officer,
        consular=_consular(crossing, texts),
        carrier=_carrier(crossing, texts),
        of_exit=of_exit,
    )


def _appeal(texts: NoticeTexts, of_exit: bool) -> Bilingual:
    said = texts.appeal_exit if of_exit else texts.appeal
    if texts.draft_mark is None:
        return _bilingual(said)
    return Bilingual(f"{said.pt} [{texts.draft_mark.pt}]", f"{said.en} [{texts.draft_mark.en}]")


def _consular(crossing: Crossing, texts: NoticeTexts) -> Bilingual | None:
    refusal, nationality = crossing.verdict.refusal, crossing.document.nationality
    if is_national(crossing.request) or nationality in NO_CONSULATE or refusal.protection_claim:
        return None
    return _bilingual(texts.consular[refusal.consulate_informed])


def _carrier(crossing: Crossing, texts: NoticeTexts) -> Bilingual | None:
    informed = crossing.verdict.refusal.carrier_informed
    if crossing.request.journey.carrier is None and informed is None:
        return None
    return _bilingual(texts.carrier[informed])


def _reasons(crossing: Crossing, day: date) -> tuple[NoticeReason, ...]:
    """The officer's own words stand under the last reason, in both columns: nobody translates them."""
    known = {reason.code: reason for reason in reasons(crossing.direction, day)}
    codes, text = crossing.verdict.reasons, crossing.verdict.reason_text
    found = []
    for code in codes:
        reason = known.get(code) or newest(code)
        own = f": {text}" if text and code == codes[-1] else ""
        if reason is None:
            found.append(NoticeReason(code, Bilingual(code + own, code + own)))
        else:
            found.append(NoticeReason(code, Bilingual(reason.pt + own, reason.en + own), reason.basis))
    return tuple(found)


def _person(crossing: Crossing) -> tuple[Row, ...]:
    birth = crossing.document.birth_date
    nationality = crossing.document.nationality
    return (
        _row(lambda: _("Name"), name_words(crossing)),
        _row(lambda: _("Date of birth"), None if birth is None else birth.shown()),
        _row(lambda: _("Nationality"), _in_both(lambda: state_words(nationality))),
        _row(lambda: _("Sex"), crossing.document.sex),
    )


def _document(crossing: Crossing) -> tuple[Row, ...]:
    document = crossing.document
    expiry = document.expiry_date
    number = document.number
    return (
        _row(lambda: _("Kind of document"), _in_both(lambda: kind_words(crossing))),
        _row(lambda: _("Document number"), number, is_code=number is not None),
        _row(lambda: _("Issued by"), _in_both(lambda: state_words(document.issuing_state))),
        _row(lambda: _("Valid until"), None if expiry is None else expiry.shown()),
    )


def _row(label: Callable[[], str], value: str | None, *, is_code: bool = False) -> Row:
    with speaking("pt"):
        portuguese = label()
    with speaking("en"):
        return Row(portuguese, value, label(), is_code)


def _in_both(say: Callable[[], str | None]) -> str | None:
    with speaking("pt"):
        portuguese = say()
    with speaking("en"):
        english = say()
    said = dict.fromkeys(text for text in (portuguese, english) if text)
    return " / ".join(said) or None


def _bilingual(said: Said) -> Bilingual:
    return Bilingual(said.pt, said.en)
