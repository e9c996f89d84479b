"""The words of codes that stand alone: decisions, directions, statuses, roles, sexes, fields."""

from bmis.kernel.i18n import translate as _


def decision_word(code: str | None) -> str:
    """Return the word of a decision; a dash when there is none."""
    return _of(
        {
            "ADMITTED": _("Admitted"),
            "EXITED": _("Exited"),
            "REFUSED_ENTRY": _("Entry refused"),
            "EXIT_PREVENTED": _("Exit prevented"),
            "PENDING_SECONDARY": _("Secondary inspection"),
            "REFERRED": _("Referred"),
            "WITHDRAWN": _("Withdrawn by the traveller"),
            "TRANSIT_ONLY": _("Transit only"),
        },
        code,
    )


def direction_word(code: str | None) -> str:
    """Return the word of a direction."""
    return _of({"ENTRY": _("Entry"), "EXIT": _("Exit")}, code)


def status_word(code: str | None) -> str:
    """Return the word of a check's status."""
    return _of({"green": _("CLEAR"), "amber": _("ATTENTION"), "red": _("STOP"), "grey": _("NOT CHECKED")}, code)


def role_word(code: str | None) -> str:
    """Return the word of a role."""
    return _of(
        {
            "officer": _("Officer"),
            "supervisor": _("Supervisor"),
            "pass-officer": _("Pass officer"),
            "protection": _("Protection officer"),
            "admin": _("Administrator"),
            "auditor": _("Auditor"),
            "screener": _("Health screener"),
            "clinician": _("Clinician"),
            "health-supervisor": _("Health supervisor"),
            "epidemiologist": _("Epidemiologist"),
        },
        code,
    )


def sex_word(code: str | None) -> str:
    """Return the word of a sex as documents mark it."""
    return _of({"F": _("Female"), "M": _("Male"), "X": _("Not specified")}, code)


def digit_word(code: str | None) -> str:
    """Return the word of a check digit's result."""
    return _of({"ok": _("right"), "fail": _("WRONG"), "absent": _("not there")}, code)


def part_word(code: str | None) -> str:
    """Return the word of how a part of the machine does."""
    return _of({"ok": _("works"), "absent": _("not there"), "fail": _("FAILS")}, code)


def mode_word(code: str | None) -> str:
    """Return the word of a way of travelling."""
    return _of(
        {
            "road": _("By road"),
            "foot": _("On foot"),
            "rail": _("By rail"),
            "air": _("By air"),
            "sea": _("By sea"),
            "lake": _("By lake"),
            "river": _("By river"),
        },
        code,
    )


def field_word(name: str) -> str:
    """Return the label of a field of a document or of a crossing; the name itself for one that has no label."""
    return {
        "document_code": _("Document code"),
        "kind": _("Kind of document"),
        "issuing_state": _("Issuing State"),
        "number": _("Document number"),
        "surname": _("Surname"),
        "given_names": _("Given names"),
        "nationality": _("Nationality"),
        "birth_date": _("Date of birth"),
        "birth_month": _("Month of birth"),
        "birth_day": _("Day of birth"),
        "sex": _("Sex"),
        "expiry_date": _("Date of expiry"),
        "optional_data": _("Optional data"),
        "composite": _("Composite digit"),
        "traveller": _("Traveller"),
        "document": _("Document"),
        "decision": _("Decision"),
        "direction": _("Direction"),
        "reasons": _("Reasons"),
        "purpose": _("Purpose of the journey"),
        "coming_from": _("Coming from"),
        "going_to": _("Going to"),
        "intended_days": _("Days intended"),
        "accommodation": _("Accommodation"),
        "vehicle": _("Vehicle"),
        "mode": _("Means of travel"),
        "travel_mode": _("Means of travel"),
        "traveller_class": _("Class of traveller"),
        "carrier": _("Carrier"),
        "name": _("Name"),
        "mrz": _("Machine readable zone"),
        "stay_until": _("May stay until"),
        "typed_authority": _("Authority for the stay"),
        "occurred_at": _("Moment of the crossing"),
    }.get(name, name)


def check_word(code: str) -> str:
    """Return the name of a check of the border; the code itself for one that has no name."""
    return {
        "check_digits": _("Check digits"),
        "document_dates": _("Dates of the document"),
        "state_code": _("State code"),
        "other_identity": _("Number under another identity"),
        "open_crossing": _("Earlier crossing still open"),
        "repeated": _("Already recorded"),
        "health_step": _("Health step"),
        "watchlist": _("Watchlist"),
        "border_pass": _("Border pass"),
    }.get(code, code)


def _of(words: dict[str, str], code: str | None) -> str:
    return "—" if code is None else words.get(code, code)
