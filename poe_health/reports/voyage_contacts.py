"""The list of contacts of a voyage, for the authority that follows them. It names people: medical secret."""

from bmis.kernel.clock import local
from bmis.kernel.i18n import current_language, speaking
from bmis.kernel.i18n import translate as _
from bmis.paper.health_paper import Blanks, Cells, HealthPaper, Part, Rows, Signed, Texts, health_paper
from bmis.paper.page import Imprint, moment
from bmis.paper.signing import Signature
from poe_health.codes import choices, contact_presets
from poe_health.followup.settings import monitoring_choices
from poe_health.reports.voyage_rows import day_words, disease_words, voyage_rows
from poe_health.voyages.contacts import Near
from poe_health.voyages.kept import ListedContact
from poe_health.voyages.people import WhoSits
from poe_health.voyages.show_voyage import ShownVoyage


def contact_list_pdf(shown: ShownVoyage, imprint: Imprint, language: str = "pt") -> bytes:
    """Return the list as PDF; its title has the number and no name.

    Raises:
        PaperFontError: a bundled font is missing or damaged.
    """
    with speaking(language):
        paper = HealthPaper(
            imprint=imprint,
            title=_("Contacts on board"),
            number=shown.voyage.number,
            below=_("International Health Regulations (2005), arts 23 and 30 · Medical secret"),
            parts=(
                Rows("", voyage_rows(shown.voyage), 2),
                *_choices(shown),
                *_handed(shown),
                Texts(
                    "",
                    (
                        _(
                            "These people were near somebody who may be ill, and are not known to be ill. Please "
                            "follow each of them until the last day of the disease and tell the post about illness."
                        ),
                    ),
                    framed=True,
                ),
                Signed((Signature(_("Health worker of the post"), imprint.printed_by),)),
                Blanks(
                    _("Confirmation of the receiving authority"),
                    (_("Taken over by (name, function)"), _("Date and hour"), _("Your number of the case")),
                ),
            ),
            languages=(language,),
        )
        return health_paper(paper)


def near_words(near: Near) -> str:
    """Return why somebody is a contact."""
    return {
        Near.COMPANION: _("travels with the case"),
        Near.SEAT: _("sat near the case"),
        Near.SERVED: _("served or cleaned near the case"),
        Near.CREW: _("crew"),
        Near.ON_BOARD: _("on board"),
        Near.SEAT_UNKNOWN: _("seat not known: ask"),
        Near.SERVED_UNKNOWN: _("whether the person served there is not known"),
        Near.AT_RISK: _("infant under one year, pregnant or weak immunity"),
        Near.AT_RISK_UNKNOWN: _("infant, pregnant or weak immunity? Ask"),
        Near.SAME_SOURCE: _("exposed to the same source"),
        Near.SAME_SOURCE_UNKNOWN: _("exposed to the same source? Ask"),
        Near.JOURNEY_UNKNOWN: _("sat near the case; hours of the journey not known: ask"),
        Near.SHORT_JOURNEY: _("the journey was too short for a seat to count"),
        Near.BY_HAND: _("chosen by hand"),
        Near.NOT_NEAR: _("chosen by hand"),
    }[near]


def _choices(shown: ShownVoyage) -> tuple[Part, ...]:
    kept = shown.contacts or {}
    by_choice: dict[object, list[ListedContact]] = {}
    for one in shown.voyage.contacts:
        by_choice.setdefault(one.choice.id, []).append(one)
    heads = (_("Name"), _("Sex, age"), _("Seat"), _("Why"), _("Telephone, another contact"), _("Address"))
    found: list[Part] = []
    for group in by_choice.values():
        choice = group[0].choice
        last = choice.last_contact_on
        title = _("{disease}: last contact {day} · {preset}").format(
            disease=disease_words(choice.disease, shown.voyage.sheet.day),
            day=day_words(last) if last else _("not known"),
            preset=contact_presets()[choice.preset].label(current_language()),
        )
        lines = tuple(_line(one, kept.get(one.fact.id)) for one in group)
        found.append(Cells(title, heads, lines, (0.23, 0.1, 0.08, 0.16, 0.22, 0.21), 8.2))
    return tuple(found)


def _line(one: ListedContact, kept: WhoSits | None) -> tuple[str, ...]:
    if kept is None:
        return (_("erased by retention"), "", "", near_words(one.fact.near), "", "")
    who = kept.who
    sex = choices("sex")[who.sex].label(current_language()) if who.sex else ""
    age = day_words(who.birth_date) if who.birth_date else "" if who.age_years is None else str(who.age_years)
    return (
        who.full_name or _("name not known"),
        ", ".join(part for part in (sex, age) if part),
        ", ".join(str(seat) for seat in kept.seats) or "?",
        near_words(one.fact.near),
        "; ".join(part for part in (who.phone, who.other_contact) if part),
        who.address or "",
    )


def _handed(shown: ShownVoyage) -> tuple[Part, ...]:
    lines = tuple(
        (
            monitoring_choices("receiver")[one.receiver].label(current_language()),
            one.place,
            moment(local(one.at)),
            moment(local(one.acknowledged_at)) if one.acknowledged_at else _("not yet"),
        )
        for one in shown.voyage.handed_over
    )
    heads = (_("Passed to"), _("Place"), _("Told at"), _("Acknowledged at"))
    return (Cells("", heads, lines, (0.34, 0.22, 0.22, 0.22)),) if lines else ()
