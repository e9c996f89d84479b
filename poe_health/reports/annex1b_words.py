"""The words of an assessment of core capacities: answers, evidence, what is lacking. For paper, desk and terminal."""

from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from poe_health.capacity.checklist import NOT_APPLICABLE, checklist


def block_name(code: str) -> str:
    """Return the name of a block of the checklist."""
    return next(one.label(current_language()) for one in checklist().blocks if one.code == code)


def answer_word(code: str) -> str:
    """Return what an answer says."""
    if code == NOT_APPLICABLE:  # the label on the form asks for the reason
        return _("Does not apply")
    return checklist().answers[code].label(current_language())


def poe_type_word(code: str) -> str:
    """Return the kind of post."""
    return {"AIRPORT": _("Airport"), "PORT": _("Port"), "GROUND": _("Ground crossing")}[code]


def designated_word(code: str | None) -> str | None:
    """Return whether the post is designated under the Regulations; None: nobody said."""
    if code is None:
        return None
    return {
        "DESIGNATED": _("Designated"),
        "NOT_DESIGNATED": _("Not designated: the list is used as a plan"),
        "JOINTLY_DESIGNATED": _("Designated jointly with the neighbour"),
    }[code]


def evidence_word(code: str) -> str:
    """Return what was seen as evidence."""
    return {
        "DOCUMENT": _("document"),
        "OBSERVED": _("observed"),
        "INTERVIEW": _("interview"),
        "RECORDS": _("records"),
        "DRILL": _("drill"),
        "PHOTO": _("photograph"),
    }[code]


def lacking_word(field: str) -> str:
    """Return what an answer still lacks."""
    return {
        "evidence_seen": _("the evidence that was seen"),
        "comment": _("why it does not apply"),
        "gap_action": _("what will be done"),
        "responsible": _("who is responsible"),
        "due": _("by when"),
    }[field]
