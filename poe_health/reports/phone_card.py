"""The card of telephones: whom to call at once, each number with its age; a missing number is said."""

from collections.abc import Sequence
from datetime import date

from bmis.kernel.clock import local
from bmis.kernel.i18n import current_language, speaking
from bmis.kernel.i18n import translate as _
from bmis.paper.health_paper import Cells, HealthPaper, Texts, health_paper
from bmis.paper.page import Imprint
from poe_health.referrals.directory import Phone, stale_after_days


def phone_card_pdf(phones: Sequence[Phone], imprint: Imprint, language: str = "pt") -> bytes:
    """Return the card as PDF; the day of printing is that from which the ages are counted.

    Raises:
        PaperFontError: a bundled font is missing or damaged.
    """
    today = local(imprint.printed_at).date()
    with speaking(language):
        lines = tuple(
            (one.label(current_language()), number_words(one), age_words(one, today), one.source or "")
            for one in phones
        )
        note = _(
            "A number older than {days} days is tried again. Numbers are entered by the health supervisor, with the "
            "day on which they were tried. Throw away older cards."
        ).format(days=stale_after_days())
        paper = HealthPaper(
            imprint=imprint,
            title=_("Whom to call"),
            number="",
            parts=(
                Cells("", (_("Whom"), _("Number"), _("Last tried"), _("Source")), lines, (0.28, 0.22, 0.2, 0.3), 11),
                Texts("", (note,)),
            ),
            languages=(language,),
        )
        return health_paper(paper)


def number_words(one: Phone) -> str:
    """Return the number; that none was entered is said."""
    return one.number or _("NOT ENTERED")


def age_words(one: Phone, today: date) -> str:
    """Return when the number was last known to work, and whether that is too long ago."""
    age = one.age_days(today)
    if age is None or one.checked_on is None:
        return _("unknown")
    words = _("{day}, {age} days ago").format(day=one.checked_on.strftime("%d/%m/%Y"), age=age)
    return f"{words} — {_('OLD: try it')}" if one.is_old(today) else words
