"""What can go wrong with a store, each with its own code."""

from typing import ClassVar

from bmis.kernel.errors import OfficerError, SiteError


class ClockSetBackError(SiteError):
    """The machine's clock is behind what the store has seen. Crossings are kept, and marked, until it is set."""

    code: ClassVar[str] = "BMIS-019"


class HomeMissingError(SiteError):
    """The folder is not a BMIS home."""

    code: ClassVar[str] = "BMIS-020"


class HomeExistsError(SiteError):
    """The folder already holds a home, or something else."""

    code: ClassVar[str] = "BMIS-021"


class HomeInUseError(SiteError):
    """Another desktop has the home, or a command needs it alone."""

    code: ClassVar[str] = "BMIS-022"


class HomeDamagedError(SiteError):
    """A file that the home needs is missing or not what it should be."""

    code: ClassVar[str] = "BMIS-023"


class WrongPasswordError(OfficerError):
    """No such user, or the password does not open the user's slot. The two are not told apart."""

    code: ClassVar[str] = "BMIS-024"


class StoreDamagedError(SiteError):
    """The file is not a database under this key, or its pages do not prove."""

    code: ClassVar[str] = "BMIS-025"


class StoreFullError(SiteError):
    """The disk is full; nothing of the record was stored."""

    code: ClassVar[str] = "BMIS-026"


class StoreReadOnlyError(SiteError):
    """The disk cannot be written; nothing of the record was stored."""

    code: ClassVar[str] = "BMIS-027"


class StoreBusyError(SiteError):
    """Another program held the store too long; nothing of the record was stored."""

    code: ClassVar[str] = "BMIS-028"


class SchemaNewerError(SiteError):
    """The store was written by a newer BMIS."""

    code: ClassVar[str] = "BMIS-029"


class SchemaOlderError(SiteError):
    """The store must be migrated first."""

    code: ClassVar[str] = "BMIS-030"


class AuditBrokenError(SiteError):
    """The audit chain or a record does not prove; ``seq`` says where."""

    code: ClassVar[str] = "BMIS-031"


class BackupRefusedError(SiteError):
    """The backup file is not one of ours, is cut, or its hash does not prove."""

    code: ClassVar[str] = "BMIS-032"


class BackupExistsError(SiteError):
    """The file to write is already there."""

    code: ClassVar[str] = "BMIS-033"


class UserExistsError(OfficerError):
    """That name already has a slot."""

    code: ClassVar[str] = "BMIS-034"


class StoreInputOutputError(SiteError):
    """The disk gave an error; nothing of the record was stored."""

    code: ClassVar[str] = "BMIS-035"


class StoreClosedError(OfficerError):
    """The person has signed out or the desk is locked; the key is gone from memory."""

    code: ClassVar[str] = "BMIS-037"


class RecordChangedError(SiteError):
    """A record is not what the audit chain says was stored, or is gone."""

    code: ClassVar[str] = "BMIS-038"


class OutboxGapError(SiteError):
    """A message for the hub is missing, or is not what was stored; ``seq`` says near which number."""

    code: ClassVar[str] = "BMIS-039"


class PasswordTooShortError(OfficerError):
    """The password has too few characters."""

    code: ClassVar[str] = "BMIS-036"


class AnchorMistypedError(OfficerError):
    """A typed anchor is none, or differs from the chain's as a hand errs; ``number`` says which of those given."""

    code: ClassVar[str] = "BMIS-298"
