"""A border pass as an officer sees it, at the lane or at the truck, and its load. No Qt."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar, Protocol

from bmis.kernel.errors import OfficerError

if TYPE_CHECKING:
    from bmis.passes.goods import CommonList, GoodsLine
    from bmis.passes.use_pass import SeenPass

_NOTHING: Mapping[str, str] = MappingProxyType({})


class SeveralPassesError(OfficerError):
    """More than one border pass is in view: nobody knows whose they are."""

    code: ClassVar[str] = "BMIS-760"


class NoPassShownError(OfficerError):
    """There is no pass to declare a load to, or its scheme has no simplified regime."""

    code: ClassVar[str] = "BMIS-762"


@dataclass(frozen=True, slots=True)
class ShownPass:
    """A pass as the officer sees it. ``repr`` tells nobody's name.

    ``kind``, ``fields`` and ``missing`` make the document that the pass is (``ui.desktop.lane.draft.TypedDocument``);
    they are there only where the signature proves what the seal says. ``answers`` are request fields that follow from
    the scheme.
    """

    seen: "SeenPass"
    kind: str = ""
    fields: Mapping[str, str] = field(default_factory=lambda: _NOTHING, repr=False)
    missing: Mapping[str, str] = field(default_factory=lambda: _NOTHING, repr=False)
    answers: Mapping[str, str] = field(default_factory=lambda: _NOTHING, repr=False)
    photo: bytes | None = field(default=None, repr=False)  # on file here, and the one that was sealed
    photo_differs: bool = False  # the one on file is another than the one that was sealed
    list_age_days: int | None = None  # of the trust bundle; None: this home has none, or is the authority
    list_is_stale: bool = False

    @property
    def is_proved(self) -> bool:
        """Whether the seal was signed by somebody whom this desk knows."""
        return bool(self.fields)


class CarriesLoad(Protocol):
    """Whoever shows a pass at a desk, and what they carry."""

    @property
    def shown(self) -> ShownPass | None:
        """The pass as it is judged now, its load with it."""

    @property
    def goods(self) -> "tuple[GoodsLine, ...]":
        """The lines declared so far."""

    @property
    def products(self) -> "CommonList | None":
        """The products of the simplified regime; None: no pass was shown, or its scheme has none."""

    def declare(
        self, goods: "tuple[GoodsLine, ...]", done: Callable[[], None], failed: Callable[[Exception], None]
    ) -> None:
        """Take the load in place of the one before. ``done`` or ``failed`` is told whether it can be."""
