"""What stops a crossing from being kept or corrected. Codes BMIS-240 to BMIS-269; nothing was stored."""

from typing import TYPE_CHECKING, ClassVar

from bmis.kernel.errors import DecisionError, OfficerError, SiteError

if TYPE_CHECKING:
    from bmis.crossings.finding import Finding


class FindingsChangedError(DecisionError):
    """What the checks say now is not what the officer saw; ``findings`` is what they say now."""

    code: ClassVar[str] = "BMIS-240"

    def __init__(self, findings: "tuple[Finding, ...]", changed: tuple[str, ...]) -> None:
        super().__init__(checks=", ".join(changed))
        self.findings = findings
        self.changed = changed


class NotAcknowledgedError(DecisionError):
    """The decision goes against findings that the officer has not accepted; ``checks`` names them."""

    code: ClassVar[str] = "BMIS-241"

    def __init__(self, findings: "tuple[Finding, ...]", checks: tuple[str, ...]) -> None:
        super().__init__(checks=", ".join(checks))
        self.findings = findings
        self.checks = checks


class SecondPersonNeededError(DecisionError):
    """A second person must sign: a red finding, another person's face, or an annulment of one's own record."""

    code: ClassVar[str] = "BMIS-242"

    def __init__(self, action: str, findings: "tuple[Finding, ...]" = ()) -> None:
        super().__init__(action=action)
        self.action = action
        self.findings = findings


class DecisionNotOfferedError(DecisionError):
    """The decision does not fit; ``why`` is direction, national or pending."""

    code: ClassVar[str] = "BMIS-243"


class ReasonsMissingError(DecisionError):
    """Stopping a traveller needs a reason."""

    code: ClassVar[str] = "BMIS-244"


class ReasonUnknownError(OfficerError):
    """A reason that is not in force for this direction on this day."""

    code: ClassVar[str] = "BMIS-245"


class ReasonTextMissingError(OfficerError):
    """This reason needs words."""

    code: ClassVar[str] = "BMIS-246"


class ProtectionAnswerMissingError(DecisionError):
    """Nobody has answered whether the person fears to return or asks for protection."""

    code: ClassVar[str] = "BMIS-247"


class ProtectionClaimedError(DecisionError):
    """The person fears to return or asks for protection: nothing is refused, the person is referred."""

    code: ClassVar[str] = "BMIS-248"


class FieldsMissingError(OfficerError):
    """What this class of traveller must be asked has no answer; ``fields`` names what."""

    code: ClassVar[str] = "BMIS-249"

    def __init__(self, fields: tuple[str, ...]) -> None:
        super().__init__(fields=", ".join(fields))
        self.fields = fields


class FieldsNotConfirmedError(OfficerError):
    """Values taken from an earlier crossing that nobody confirmed, or that may not be taken over at all."""

    code: ClassVar[str] = "BMIS-250"

    def __init__(self, fields: tuple[str, ...]) -> None:
        super().__init__(fields=", ".join(fields))
        self.fields = fields


class RequestConflictError(OfficerError):
    """The same request was kept before with another content."""

    code: ClassVar[str] = "BMIS-251"


class StayNotAllowedError(OfficerError):
    """A stay is typed with its authority, for an admitted foreigner, and ends after the entry; ``why`` says which."""

    code: ClassVar[str] = "BMIS-252"


class MomentNotAllowedError(OfficerError):
    """The moment of the crossing lies in the future, or may not be set here; ``why`` is future, not_here
    or no_zone."""

    code: ClassVar[str] = "BMIS-253"


class ValueUnknownError(OfficerError):
    """A field whose value is not in its list; ``field`` names it."""

    code: ClassVar[str] = "BMIS-254"


class CrossingUnknownError(OfficerError):
    """No crossing has this identifier."""

    code: ClassVar[str] = "BMIS-255"


class NotPendingError(OfficerError):
    """The crossing to be decided does not wait for a decision, or waits in the other direction."""

    code: ClassVar[str] = "BMIS-256"


class UndoRefusedError(OfficerError):
    """The decision can no longer be taken back; ``why`` is other_officer, not_last, too_late or not_standing."""

    code: ClassVar[str] = "BMIS-257"


class AmendRefusedError(OfficerError):
    """The field may not be corrected, the value is not one, or nothing changes; ``field`` and ``why`` say which."""

    code: ClassVar[str] = "BMIS-258"


class ReasonNeededError(OfficerError):
    """A correction needs a reason in words."""

    code: ClassVar[str] = "BMIS-259"


class NotStandingError(OfficerError):
    """The crossing was undone or annulled before."""

    code: ClassVar[str] = "BMIS-260"


class LinkRefusedError(OfficerError):
    """The travellers are one already, are not known, or the link was taken back before; ``why`` says which."""

    code: ClassVar[str] = "BMIS-261"


class ImageRefusedError(OfficerError):
    """A picture that is no JPEG, is too large, or is not the one that the crossing names."""

    code: ClassVar[str] = "BMIS-262"


class SearchRefusedError(OfficerError):
    """A search without anything to look for, with dates that are no dates, or with a limit out of bounds."""

    code: ClassVar[str] = "BMIS-263"


class CrossingRuleError(SiteError):
    """A bundled table of rules, reasons or codes is missing or damaged; ``file`` names it."""

    code: ClassVar[str] = "BMIS-264"


class CrossingDamagedError(SiteError):
    """A kept crossing cannot be read back; ``seq`` says which."""

    code: ClassVar[str] = "BMIS-265"


class FormMissingError(OfficerError):
    """A crossing typed in from paper needs the number of its form and who wrote it."""

    code: ClassVar[str] = "BMIS-266"
