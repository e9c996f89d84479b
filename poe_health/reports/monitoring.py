"""Papers of monitoring: the sheet of the days for who visits, and the handover to another authority."""

from collections.abc import Mapping
from datetime import date

from bmis.kernel.clock import local
from bmis.kernel.i18n import current_language, speaking
from bmis.kernel.i18n import translate as _
from bmis.paper.blocks import Row
from bmis.paper.health_paper import Blanks, Cells, HealthPaper, Part, Rows, Signed, Texts, health_paper
from bmis.paper.page import Imprint, moment
from bmis.paper.signing import Signature
from poe_health.followup.handover import Handover
from poe_health.followup.monitoring import Monitoring
from poe_health.followup.settings import fever_from_c, monitoring_choices
from poe_health.followup.visit import DayStatus
from poe_health.referrals.people.identity import PatientIdentity
from poe_health.reports.transfer import person_rows
from poe_health.rules.answer import Answer
from poe_health.rules.definitions import rule_set


def handover_pdf(handover: Handover, monitoring: Monitoring, imprint: Imprint, language: str = "pt") -> bytes:
    """Return the form for the receiving authority as PDF; its title has the number and no name.

    Raises:
        PaperFontError: a bundled font is missing or damaged.
    """
    with speaking(language):
        paper = HealthPaper(
            imprint=imprint,
            title=_("Handover of a person under public health observation"),
            number=handover.number,
            below=_("International Health Regulations (2005), art. 30 · Medical secret"),
            parts=(
                Texts(
                    "",
                    (
                        _(
                            "The person is under observation, is not known to be ill, and was allowed to go on. "
                            "Please go on with the observation until the last day and confirm below."
                        ),
                    ),
                    framed=True,
                ),
                Rows("", _receiver(monitoring)),
                Rows(_("Person"), person_rows(handover.who), 2),
                Rows(_("Observation"), _observation(handover)),
                _days(handover.days, handover.day0),
                Texts(_("If the person falls ill"), (_ill_words(handover.disease),)),
                Signed((Signature(_("Health worker of the post"), imprint.printed_by),)),
                Blanks(
                    _("Confirmation of the receiving authority"),
                    (_("Taken over by (name, function)"), _("Date and hour"), _("Your number of the case")),
                ),
            ),
            languages=(language,),
        )
        return health_paper(paper)


def sheet_pdf(monitoring: Monitoring, who: PatientIdentity | None, imprint: Imprint, language: str = "pt") -> bytes:
    """Return the sheet of the days to fill by pen, what is known already printed in it.

    Raises:
        PaperFontError: a bundled font is missing or damaged.
    """
    today = local(imprint.printed_at).date()
    with speaking(language):
        lines = tuple(
            (str(day.number), _day(day.day), _status(day.status.value), "", "", "", "")
            for day in monitoring.days(today)
        )
        heads = (
            _("Day"),
            _("Date"),
            _("Known so far"),
            _("Morning °C"),
            _("Evening °C"),
            _("Symptoms (ask each one)"),
            _("How, by whom"),
        )
        paper = HealthPaper(
            imprint=imprint,
            title=_("Daily follow-up"),
            number=monitoring.number,
            below=_("Medical secret"),
            parts=(
                Rows(_("Person"), person_rows(who), 2),
                Rows("", _plan(monitoring.disease, monitoring.day0, monitoring.reckoned_from, monitoring.last_day), 2),
                Cells("", heads, lines, (0.06, 0.12, 0.18, 0.1, 0.1, 0.26, 0.18)),
                Texts("", (_ill_words(monitoring.disease),)),
            ),
            languages=(language,),
        )
        return health_paper(paper)


def _receiver(monitoring: Monitoring) -> tuple[Row, ...]:
    sent = monitoring.handover
    if sent is None:
        return (Row(_("To (authority)"), None),)
    kind = monitoring_choices("receiver")[sent.receiver].label(current_language())
    return (
        Row(_("To (authority)"), f"{sent.authority} ({kind}, {sent.place})"),
        Row(_("Contact"), sent.contact),
        Row(_("Told at"), moment(local(sent.at))),
        Row(_("Reason of the handover"), sent.reason),
    )


def _observation(handover: Handover) -> tuple[Row, ...]:
    consent = {Answer.YES: _("Yes"), Answer.NO: _("No"), Answer.UNKNOWN: _("not asked")}[handover.consent]
    return (
        *_plan(handover.disease, handover.day0, handover.reckoned_from, handover.last_day),
        Row(_("Exposure"), handover.exposure or None),
        Row(_("Going to"), handover.going_to or None),
        Row(_("Agreed to be contacted"), consent),
        Row(_("From (point of entry)"), handover.from_post),
    )


def _plan(disease: str, day0: date, reckoned_from: str, last_day: date) -> tuple[Row, ...]:
    found = rule_set(day0).diseases.get(disease)
    basis = monitoring_choices("reckoned_from")[reckoned_from].label(current_language())
    return (
        Row(_("Exposed to"), disease if found is None else found.label(current_language())),
        Row(_("Day 0"), f"{_day(day0)} ({basis})"),
        Row(_("Last day"), _day(last_day)),
    )


def _days(days: Mapping[str, str], day0: date) -> Part:
    lines = []
    for text, status in sorted(days.items()):
        day = date.fromisoformat(text)
        lines.append((str((day - day0).days), _day(day), _status(status)))
    return Cells(_("Days until now"), (_("Day"), _("Date"), _("Status")), tuple(lines), (0.15, 0.25, 0.6))


def _ill_words(disease: str) -> str:
    return _(
        "Ill is: any symptom, or {celsius} °C and more. Keep the person apart from others, call the health service at "
        "once, and do not let the person travel by public transport."
    ).format(celsius=f"{fever_from_c(disease):g}".replace(".", "," if current_language() == "pt" else "."))


def _status(code: str) -> str:
    return {
        DayStatus.ILL: _("Ill"),
        DayStatus.WELL: _("Seen, well"),
        DayStatus.UNCLEAR: _("Seen, not everything known"),
        DayStatus.REFUSED: _("Refused"),
        DayStatus.MOVED: _("Moved away"),
        DayStatus.NOT_REACHED: _("Not reached"),
        DayStatus.MISSED: _("Missed: no visit"),
        DayStatus.DUE: "",
        DayStatus.PLANNED: "",
        DayStatus.BEFORE: _("Before it began here"),
        DayStatus.AFTER: _("Not followed here any more"),
    }[DayStatus(code)]


def _day(day: date) -> str:
    return day.strftime("%d/%m/%Y")
