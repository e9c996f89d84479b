"""The referral of what happened at the post to the service that registers or decides it."""

from bmis.kernel.clock import local
from bmis.kernel.i18n import current_language, speaking
from bmis.kernel.i18n import translate as _
from bmis.paper.blocks import Row
from bmis.paper.health_paper import Blanks, HealthPaper, Part, Rows, Signed, Texts, health_paper
from bmis.paper.page import Imprint, moment
from bmis.paper.signing import Signature
from poe_health.codes import choices
from poe_health.post_events.events import EventPeople
from poe_health.post_events.note_event import ShownPostEvent
from poe_health.referrals.people.identity import PatientIdentity
from poe_health.reports.transfer import person_rows
from poe_health.reports.voyage_rows import answer_words
from poe_health.voyages.settings import referrals, services

ANIMALS = frozenset({"LIVE_ANIMALS", "MEAT", "SICK_ANIMAL"})
BIRTHS = frozenset({"BIRTH_AT_POST", "STILLBIRTH_AT_POST"})
_NAMED_TO = frozenset({"CIVIL_REGISTRY", "HEALTH_FACILITY", "HEALTH_AUTHORITY", "POLICE"})


def post_event_pdf(shown: ShownPostEvent, service: str, imprint: Imprint, language: str = "pt") -> bytes:
    """Return the referral as PDF; its title has the number and no name. The veterinary service gets no name.

    Raises:
        PaperFontError: a bundled font is missing or damaged.
    """
    event, facts = shown.event, shown.event.facts
    with speaking(language):
        what = referrals(local(facts.at).date())[facts.what].label(current_language())
        paper = HealthPaper(
            imprint=imprint,
            title=_("Referral to another service"),
            number=event.number,
            banner=what,
            below=_("The service registers or decides; port health only refers"),
            parts=(
                Rows("", _facts(shown, service, imprint)),
                *_people(shown, service),
                *_limits(facts.what),
                Signed((Signature(_("Health worker of the post"), imprint.printed_by),)),
                Blanks(
                    _("Confirmation of the service"),
                    (_("Taken over by (name, function)"), _("Date and hour"), _("Your number")),
                ),
            ),
            languages=(language,),
        )
        return health_paper(paper)


def _facts(shown: ShownPostEvent, service: str, imprint: Imprint) -> tuple[Row, ...]:
    facts = shown.event.facts
    rows = [
        Row(_("To (service)"), services()[service].label(current_language())),
        Row(_("From (point of entry)"), imprint.post),
        Row(_("When"), moment(local(facts.at))),
        Row(_("Where"), shown.texts.get("where")),
    ]
    if facts.what in ANIMALS:
        rows.append(Row(_("Number"), None if facts.number is None else str(facts.number)))
    if facts.what == "DEATH_AT_POST":
        rows.append(Row(_("Cause known"), answer_words(facts.cause_known)))
    if facts.what in ANIMALS | {"MORTAL_REMAINS"}:
        rows.append(Row(_("Papers seen"), answer_words(facts.papers_seen)))
    rows.append(Row(_("Remark"), shown.texts.get("remark")))
    return tuple(rows)


def _people(shown: ShownPostEvent, service: str) -> tuple[Part, ...]:
    what, said = shown.event.facts.what, shown.people
    if service not in _NAMED_TO or what in ANIMALS:
        return ()
    people = said or EventPeople()
    found: list[Part] = []
    if what in BIRTHS:
        newborn = people.subject or PatientIdentity()
        sex = None if newborn.sex is None else choices("sex")[newborn.sex].label(current_language())
        found.append(Rows(_("Newborn"), (Row(_("Name"), newborn.full_name), Row(_("Sex"), sex)), 2))
        found.append(Rows(_("Mother"), person_rows(people.mother), 2))
    else:
        found.append(Rows(_("Person who died"), person_rows(people.subject), 2))
    found.append(Rows(_("Who told it or is responsible"), _short(people.informant), 2))
    if said is None and shown.event.erased:
        found.append(Texts("", (_("Who it was has been erased by retention."),), framed=True))
    return tuple(found)


def _short(who: PatientIdentity | None) -> tuple[Row, ...]:
    who = who or PatientIdentity()
    return (
        Row(_("Name"), who.full_name),
        Row(_("Telephone"), who.phone),
        Row(_("Document"), who.document),
        Row(_("Address"), who.address),
    )


def _limits(what: str) -> tuple[Part, ...]:
    if what in ANIMALS:
        text = _("Port health has neither examined nor released the goods.")
    elif what == "MORTAL_REMAINS":
        text = _("Port health has seen the papers and the coffin only as far as stated above.")
    else:
        text = _("This paper is no medical certificate and no registration.")
    return (Texts("", (text,), framed=True),)
