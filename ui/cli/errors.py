"""What can be wrong with a call of the command line."""

from typing import ClassVar

from bmis.kernel.errors import OfficerError, SiteError


class UsageError(OfficerError):
    """The call itself is wrong: exit 2."""

    wrong_call: ClassVar[bool] = True


class CommandUnknownError(UsageError):
    """There is no such command."""

    code: ClassVar[str] = "BMIS-001"


class OptionUnknownError(UsageError):
    """There is no such option, or it lacks its value."""

    code: ClassVar[str] = "BMIS-002"


class ArgumentMissingError(UsageError):
    """An argument or a required option was not given."""

    code: ClassVar[str] = "BMIS-003"


class ValueRefusedError(UsageError):
    """A value is not of the kind that the argument takes."""

    code: ClassVar[str] = "BMIS-004"


class InputUnreadableError(UsageError):
    """The file to read is not there, or may not be opened."""

    code: ClassVar[str] = "BMIS-005"


class InputNotJsonError(UsageError):
    """The text is not JSON, or has a key twice, a number that is none, or text that is not Unicode."""

    code: ClassVar[str] = "BMIS-006"


class InputFieldError(UsageError):
    """A field is missing, unknown, or not what the schema says; ``field`` names it."""

    code: ClassVar[str] = "BMIS-007"


class SignInMissingError(OfficerError):
    """The command needs a person and has none."""

    code: ClassVar[str] = "BMIS-008"


class SecondPersonMissingError(OfficerError):
    """The command needs a second person and has none."""

    code: ClassVar[str] = "BMIS-009"


class ClockInTrainingOnlyError(UsageError):
    """``--now`` was given for a live home."""

    code: ClassVar[str] = "BMIS-290"


class SchemaUnknownError(UsageError):
    """There is no schema of that name."""

    code: ClassVar[str] = "BMIS-291"


class NoDisplayError(SiteError):
    """There is no display for the desktop."""

    code: ClassVar[str] = "BMIS-292"


class BenchmarkUnknownError(UsageError):
    """There is no such benchmark, or this is an installed copy without benchmarks."""

    code: ClassVar[str] = "BMIS-293"


class PassphraseMissingError(OfficerError):
    """The recovery passphrase is needed and was not given."""

    code: ClassVar[str] = "BMIS-294"


class NewPasswordMissingError(UsageError):
    """The password of the person to add was not given."""

    code: ClassVar[str] = "BMIS-295"


class InputTooLargeError(UsageError):
    """The input is larger or deeper than any real one."""

    code: ClassVar[str] = "BMIS-296"


class OutputRefusedError(SiteError):
    """The file to write is there already, or its folder cannot be written."""

    code: ClassVar[str] = "BMIS-297"


class CalledOffError(OfficerError):
    """Long work was ended with Ctrl-C before anything was put in place."""

    code: ClassVar[str] = "BMIS-830"
