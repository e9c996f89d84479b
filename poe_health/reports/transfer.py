"""The guia de transferência: copy A goes with the patient, copy B stays, the return slip is below."""

from datetime import date

from bmis.documents.states import state
from bmis.kernel.clock import local
from bmis.kernel.i18n import current_language, speaking
from bmis.kernel.i18n import translate as _
from bmis.paper.blocks import Row
from bmis.paper.health_paper import Blanks, Cells, HealthPaper, NextPage, Part, Rows, Signed, Texts, Ticks, health_paper
from bmis.paper.page import Imprint, moment
from bmis.paper.signing import Signature
from poe_health.codes import choices
from poe_health.referrals.note import Vitals
from poe_health.referrals.people.identity import PatientIdentity
from poe_health.referrals.referral import Referral
from poe_health.referrals.settings import referral_choices
from poe_health.referrals.steps import Answered, LeftInEmergency
from poe_health.rules.definitions import rule_set

COPIES = ("A", "B")


def transfer_pdf(
    referral: Referral, who: PatientIdentity | None, imprint: Imprint, copy: str = "A", language: str = "pt"
) -> bytes:
    """Return the guia as PDF. Its title has the number and no name; ``who`` None: the person was forgotten.

    Raises:
        PaperFontError: a bundled font is missing or damaged.
        ValueError: a copy other than A and B.
    """
    if copy not in COPIES:
        raise ValueError("copy A or B")
    with speaking(language):
        paper = HealthPaper(
            imprint=imprint,
            title=_("Transfer to a health unit"),
            number=referral.number,
            banner=_banner(referral),
            below=_copy_words(copy),
            parts=(
                *_warnings(referral),
                *_places(referral, imprint),
                Rows(_("Patient"), person_rows(who), 2),
                *_condition(referral),
                *_departure(referral),
                Signed(_signers(imprint)),
                NextPage(torn=True),
                *_return_slip(referral, imprint),
            ),
            languages=(language,),
        )
        return health_paper(paper)


def person_rows(who: PatientIdentity | None) -> tuple[Row, ...]:
    """Return who it is as rows; what is not known is said, never left empty."""
    who = who or PatientIdentity()
    sex = None if who.sex is None else choices("sex")[who.sex].label(current_language())
    born = None if who.birth_date is None else _day(who.birth_date)
    age = None if who.age_years is None else _("{years} years").format(years=who.age_years)
    nation = state(who.nationality) if who.nationality else None
    return (
        Row(_("Name"), who.full_name),
        Row(_("Sex"), sex),
        Row(_("Born"), born or age),
        Row(
            _("Nationality"),
            who.nationality if nation is None else f"{nation.name(current_language())} ({nation.code})",
        ),
        Row(_("Document"), who.document),
        Row(_("Language"), who.language),
        Row(_("Telephone"), who.phone),
        Row(_("Another contact"), who.other_contact),
        Row(_("Address"), who.address),
    )


def _banner(referral: Referral) -> str:
    level = referral_choices("protection")[referral.note.protection_on(local(referral.opened_at).date())]
    return _("PROTECTION NEEDED — {level}").format(level=level.label(current_language()))


def _copy_words(copy: str) -> str:
    words = _("Copy A: travels with the patient") if copy == "A" else _("Copy B: stays at the post")
    return f"{words} · {_('Medical secret: no copy for immigration')}"


def _warnings(referral: Referral) -> tuple[Part, ...]:
    departure = referral.departure
    if isinstance(departure, LeftInEmergency):
        text = _("Left in an emergency before any unit accepted, at {at}. Why: {reason}").format(
            at=moment(local(departure.at)), reason=departure.reason
        )
        return (Texts("", (text,), framed=True),)
    if referral.acceptance is None:
        return (Texts("", (_("No unit has accepted yet: this paper does not allow a departure."),), framed=True),)
    return ()


def _places(referral: Referral, imprint: Imprint) -> tuple[Part, ...]:
    accepted = referral.acceptance
    rows = [
        Row(_("From (point of entry)"), imprint.post),
        Row(_("To (health unit)"), referral.facility_name),
        Row(_("Accepted by"), None if accepted is None else accepted.person),
        Row(_("Accepted at"), None if accepted is None else f"{moment(local(accepted.at))} · {_means(accepted)}"),
    ]
    if accepted is not None:
        rows.append(Row(_("The unit is listed by"), accepted.facility_source))
    calls = Cells(
        _("Units that were called"),
        (_("When"), _("Unit"), _("Answer"), _("Who answered, by which means")),
        tuple(_call(one) for one in referral.answers),
        (0.2, 0.3, 0.22, 0.28),
    )
    return (Rows("", tuple(rows)), calls) if referral.answers else (Rows("", tuple(rows)),)


def _call(one: Answered) -> tuple[str, ...]:
    answer = _label("answer", one.answer)
    if one.why:
        answer += f": {_label('refusal', one.why)}"
    if one.remark:
        answer += f" ({one.remark})"
    who = ", ".join(part for part in (one.person, _means(one)) if part)
    return moment(local(one.at)), one.facility_name, answer, who


def _condition(referral: Referral) -> tuple[Part, ...]:
    note = referral.note
    diseases = rule_set(local(referral.opened_at).date()).diseases
    named = [diseases[code].label(current_language()) if code in diseases else code for code in note.suspected]
    rows = (
        Row(_("Urgency"), _label("urgency", note.urgency)),
        Row(_("Suspected"), ", ".join(named) or _("nothing named")),
        Row(_("Condition and reason"), note.reason),
        Row(_("Care given"), note.given_care or _("none recorded")),
        Row(_("Documents and belongings with"), note.belongings),
        Row(_("Companions and where they are"), note.companions or _("none recorded")),
    )
    vitals = Cells(
        _("Vital signs"),
        (_("When"), _("Temperature °C"), _("Pulse /min"), _("Breaths /min"), _("Oxygen %"), _("Blood pressure")),
        tuple(_signs(one) for one in note.vitals),
        (0.25, 0.15, 0.15, 0.15, 0.15, 0.15),
    )
    if note.vitals:
        return Rows(_("Condition"), rows), vitals
    why = Row(_("No vital signs were taken because"), note.no_vitals_why)
    return (Rows(_("Condition"), (*rows, why)),)


def _signs(one: Vitals) -> tuple[str, ...]:
    pressure = None
    if one.bp_systolic is not None or one.bp_diastolic is not None:
        pressure = f"{_number(one.bp_systolic)}/{_number(one.bp_diastolic)}"
    return (
        moment(local(one.at)),
        *(_number(value) for value in (one.temp_c, one.pulse, one.resp_rate, one.spo2)),
        pressure or _number(None),
    )


def _departure(referral: Referral) -> tuple[Part, ...]:
    departure = referral.departure
    if departure is None:
        planned = Row(_("Transport planned"), _label("transport", referral.note.transport))
        return (
            Rows(_("Departure"), (planned,)),
            Blanks("", (_("Left at (date and hour)"), _("Vehicle and driver"), _("Who goes along"))),
        )
    rows = [
        Row(_("Transport"), _label("transport", departure.transport)),
        Row(_("Vehicle"), departure.vehicle or None),
        Row(_("Who goes along"), departure.escort),
        Row(_("Left at"), moment(local(departure.at))),
    ]
    if referral.due_at is not None:
        rows.append(Row(_("Expected by"), moment(local(referral.due_at))))
    return (Rows(_("Departure"), tuple(rows), 2),)


def _return_slip(referral: Referral, imprint: Imprint) -> tuple[Part, ...]:
    language = current_language()
    return (
        Texts(
            _("Return slip (counter-referral)"),
            (
                _("Number {number}. Return it to the health service of {post}, or read it out by telephone.").format(
                    number=referral.number, post=imprint.post
                ),
            ),
        ),
        Blanks("", (_("Arrived at (date and hour)"), _("Received by"), _("Diagnosis"))),
        Ticks(_("The case is"), tuple(one.label(language) for one in referral_choices("classification").values()), 3),
        Ticks(_("The patient"), tuple(one.label(language) for one in referral_choices("outcome").values()), 3),
        Signed((Signature(_("For the health unit, with stamp")),)),
    )


def _signers(imprint: Imprint) -> tuple[Signature, ...]:
    return (
        Signature(_("Health worker of the post"), imprint.printed_by),
        Signature(_("Who takes the patient")),
        Signature(_("Who receives the patient")),
    )


def _means(one: Answered) -> str:
    return _label("means", one.means).lower()


def _label(name: str, code: str) -> str:
    found = referral_choices(name).get(code)
    return code if found is None else found.label(current_language())


def _number(value: float | None) -> str:
    if value is None:
        return _("not measured")
    text = f"{value:g}"
    return text.replace(".", ",") if current_language() == "pt" else text


def _day(day: date) -> str:
    return day.strftime("%d/%m/%Y")
