"""Words and forms that several pages of the desk share. No widget is made here."""

from collections.abc import Sequence
from datetime import date

from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from bmis.passes.eligibility import Answer, Answered
from bmis.passes.hand_over_pass import ChildConsent, ChildEvidence, ChildRelation
from bmis.passes.notices import GROUNDS as GROUND_CODES
from bmis.passes.schemes import Scheme
from ui.desktop.widgets.asking import Answers, Asked
from ui.words.figures import day_words
from ui.words.labels import sex_word
from ui.words.pass_desk import ATTESTERS, CHILD_EVIDENCE, CHILD_RELATIONS
from ui.words.passes import CHECKS, GROUNDS


def verdict_of(answers: Sequence[Answered]) -> tuple[str, str, str]:
    """Return status, heading and reason of what the rules say."""
    asked = [one for one in answers if one.mandatory]
    against = [one for one in asked if one.answer is Answer.NO]
    unknown = [one for one in asked if one.answer is Answer.UNKNOWN]
    if not asked:
        return "grey", _("The rules were not asked yet"), ""
    if against:
        return "red", _("Not eligible"), ", ".join(CHECKS[one.check]() for one in against)
    if unknown:
        return "amber", _("Something is not known"), ", ".join(CHECKS[one.check]() for one in unknown)
    return "green", _("Eligible under the scheme"), ""


def zone_words(rules: Scheme) -> str:
    """Return where and how long a pass of the scheme counts."""
    said = [_("valid {days} days, each stay {stay} at most").format(days=rules.validity_days, stay=rules.max_stay_days)]
    if rules.zone_km is not None:
        said.append(_("zone: {km} km from the border").format(km=rules.zone_km))
    if rules.to_be_confirmed:
        said.append(_("draft: to be confirmed by SENAMI"))
    return "; ".join(said)


def attestation_fields(today: date) -> tuple[Asked, ...]:
    """Return what is asked of who attests."""
    roles = tuple((code, words()) for code, words in ATTESTERS.items())
    return (
        Asked("attester", _("Name of who attests"), topic="passes.attestation"),
        Asked("role", _("Role"), "choice", roles, topic="passes.attestation"),
        Asked("on", _("Declared on"), "date", value=day_words(today), topic="passes.attestation"),
        Asked(
            "citizen",
            _("Also declares that the person is a citizen"),
            "choice",
            (("no", _("No")), ("yes", _("Yes"))),
            value="no",
            topic="passes.attestation",
        ),
    )


def child_fields() -> tuple[Asked, ...]:
    """Return what is asked of a child."""
    sexes = tuple((code, sex_word(code)) for code in ("F", "M", "X"))
    return (
        Asked("surname", _("Surname"), topic="passes.child"),
        Asked("given_names", _("Given names"), topic="passes.child"),
        Asked("birth_date", _("Date of birth"), "date", topic="passes.child"),
        Asked("sex", _("Sex"), "choice", sexes, topic="passes.child"),
    )


def child_consent_fields() -> tuple[Asked, ...]:
    """Return what is asked of who agrees that the children travel on the pass."""
    relations = tuple((code, words()) for code, words in CHILD_RELATIONS.items())
    shown = tuple((code, words()) for code, words in CHILD_EVIDENCE.items())
    return (
        Asked("child_by", _("Who agrees for the child"), topic="passes.consent"),
        Asked("child_relation", _("Relation to the child"), "choice", relations, topic="passes.consent"),
        Asked("child_evidence", _("Child's consent shown by"), "choice", shown, topic="passes.consent"),
        Asked("child_on", _("Agreed on"), "date", topic="passes.consent"),
    )


def child_consent_of(said: Answers) -> ChildConsent | None:
    """Return what was answered; None where it was not asked. Raises ChildConsentError."""
    if "child_by" not in said:
        return None
    on = date.fromisoformat(said["child_on"])
    return ChildConsent(
        said["child_by"], ChildRelation(said["child_relation"]), ChildEvidence(said["child_evidence"]), on
    )


def ground_field() -> Asked:
    """Return the field of the ground of a decision."""
    choices = tuple((code, GROUNDS[code]()) for code in GROUND_CODES)
    return Asked("ground", _("Ground"), "choice", choices, topic="passes.ground")


def said_in(label: object) -> str:
    """Return a scheme's words in the language in force."""
    from bmis.passes.schemes import Said

    assert isinstance(label, Said)
    return label.in_language(current_language())
