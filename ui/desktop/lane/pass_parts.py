"""What the lane needs of border passes, as a protocol: what was shown, whose it is, which load."""

from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from ui.desktop.pass_shown import ShownPass

if TYPE_CHECKING:
    from bmis.passes.goods import CommonList, GoodsLine


class LanePasses(Protocol):
    """The passes of this lane. Every call but ``forget`` runs away from the GUI thread; all may raise BmisError."""

    def present(self, request_id: UUID, untrusted_text: str, direction: str) -> ShownPass:
        """Return what the seal that was scanned says, and remember it for this traveller's checks.

        Raises:
            SealFormError: the seal was not read whole. SchemeUnknownError, PassUnknownError: no pass that this desk can
            tell.
        """

    def present_document(self, request_id: UUID, kind: str, issuer: str, number: str, direction: str) -> ShownPass:
        """Return what is known of the pass whose kind, issuer and number were typed: it is looked at by eye. Raises as
        ``present``."""

    def declare(self, request_id: UUID, goods: "tuple[GoodsLine, ...]", direction: str) -> ShownPass | None:
        """Return the pass with its load judged at the day's rate; None: no pass was shown.

        Raises:
            GoodsLineError: a load that cannot be.
        """

    def common_list(self, shown: ShownPass) -> "CommonList | None":
        """Return the products of the scheme's simplified regime, None where it has none."""

    def forget(self, request_id: UUID) -> None:
        """Forget it. Memory only: it may be called from any thread."""
