"""What can be wrong with a draft of a health desk."""

from typing import ClassVar

from bmis.kernel.errors import OfficerError


class HealthDraftOfAnotherError(OfficerError):
    """Somebody else, or another desk, began this draft: it was left as it is."""

    code: ClassVar[str] = "BMIS-573"
