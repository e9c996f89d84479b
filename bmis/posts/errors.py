"""What can go wrong with posts and their settings."""

from typing import ClassVar

from bmis.kernel.errors import OfficerError, SiteError


class UnknownPostError(OfficerError):
    """No point of entry has this code (fact ``post``)."""

    code: ClassVar[str] = "BMIS-200"


class UnknownAreaError(OfficerError):
    """No province or district has this P-code (fact ``pcode``)."""

    code: ClassVar[str] = "BMIS-201"


class PostSettingError(OfficerError):
    """A setting's value, days or reason will not do (facts ``setting`` and ``field``)."""

    code: ClassVar[str] = "BMIS-202"


class PostListError(SiteError):
    """A bundled list of posts, areas or kinds cannot be read (fact ``file``)."""

    code: ClassVar[str] = "BMIS-203"
