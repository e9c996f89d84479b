"""The card that is read before an examination, and the form of who refuses, in the words of the approved texts."""

from collections.abc import Sequence
from datetime import date

from bmis.kernel.i18n import speaking
from bmis.kernel.i18n import translate as _
from bmis.paper.health_paper import Blanks, HealthPaper, NextPage, Part, Signed, Texts, Ticks, health_paper
from bmis.paper.page import Imprint
from bmis.paper.signing import Signature
from poe_health.referrals.consent import ConsentText
from poe_health.referrals.errors import ConsentNotApprovedError

PEN = "………………………………"


def consent_card_pdf(
    texts: Sequence[ConsentText], imprint: Imprint, today: date, phone: str | None = None, *, review: bool = False
) -> bytes:
    """Return the card as PDF, one page a language. ``phone`` None: a line for the pen.

    ``review``: a copy for whoever approves the texts, marked as not for travellers; drafts are printed only so.

    Raises:
        ConsentNotApprovedError: a text that is not approved by ``today``, and no review copy.
        PaperFontError: a bundled font is missing or damaged.
        ValueError: no text.
    """
    parts: list[Part] = []
    for text in texts:
        notice = text.notice
        if parts:
            parts.append(NextPage())
            parts.append(Texts("", (notice.title,), 14))
        parts += [
            Texts("", tuple(one.replace("{phone}", phone or PEN) for one in notice.paragraphs), 12.5),
            Ticks(notice.agree_examination, (notice.yes, notice.no)),
            Ticks(notice.agree_follow_up, (notice.yes, notice.no)),
            Ticks("", (notice.read_aloud,), 1),
            Signed((Signature(notice.signed), Signature(notice.guardian), Signature(notice.staff))),
            Texts("", (_version(text),), 7.6),
        ]
    return _press(texts, [text.notice.title for text in texts], parts, imprint, today, review=review)


def refusal_form_pdf(
    text: ConsentText, imprint: Imprint, today: date, reference: str = "", *, review: bool = False
) -> bytes:
    """Return the form of who refuses as PDF, to be filled by pen. ``reference``: a number of ours, never a name.

    Raises: as ``consent_card_pdf``.
    """
    form = text.refusal
    parts: list[Part] = [
        Texts("", form.paragraphs, 11),
        Ticks("", form.refused),
        Blanks(form.risks_explained, ("", "", "")),
        Signed((Signature(form.signed), Signature(form.interpreter))),
        Signed((Signature(form.staff), Signature(form.supervisor))),
        Texts("", (_version(text),), 7.6),
    ]
    return _press([text], [form.title], parts, imprint, today, reference, review=review)


def _press(
    texts: Sequence[ConsentText],
    titles: Sequence[str],
    parts: Sequence[Part],
    imprint: Imprint,
    today: date,
    reference: str = "",
    *,
    review: bool,
) -> bytes:
    if not texts:
        raise ValueError("no text to print")
    for text in texts:
        if not review and (not text.is_approved or text.approved_on is None or text.approved_on > today):
            raise ConsentNotApprovedError(text.language)
    language = texts[0].language if texts[0].language in {"pt", "en"} else "pt"
    with speaking(language):
        banner = _("REVIEW COPY — NOT FOR TRAVELLERS") if review else ""
    return health_paper(HealthPaper(imprint, titles[0], reference, tuple(parts), banner, languages=(language,)))


def _version(text: ConsentText) -> str:
    with speaking(text.language if text.language in {"pt", "en"} else "pt"):
        version = _("Text {version} ({language})").format(version=text.version, language=text.language_name)
        if text.approved_by is None or text.approved_on is None:
            return f"{version} · {_('DRAFT, not approved')}"
        approved = _("approved by {whom} on {day}").format(
            whom=text.approved_by, day=text.approved_on.strftime("%d/%m/%Y")
        )
        return f"{version} · {approved}"
