"""A page on which one paper of the voyage in front is typed bit by bit: nothing of it is lost before it is kept."""

from collections.abc import Callable
from uuid import UUID, uuid4

from bmis.kernel.i18n import translate as _
from poe_health.voyages.kept import KeptVoyage
from poe_health.voyages.show_voyage import ShownVoyage
from ui.desktop.health_supervisor.view_half_typed import HalfTyped, Typed
from ui.desktop.health_supervisor.view_model import FrontVoyage
from ui.desktop.health_supervisor.view_page import ActPage


class TypedSheet(ActPage):
    """What is typed stays on the page, and as a draft when the page is left, the screen locks or the power goes."""

    kind = ""  # of its drafts

    def prepare(self) -> None:
        """Set what the page keeps."""
        self.front = FrontVoyage()
        self.shown: ShownVoyage | None = None
        self.request_id = uuid4()
        self._typed = False
        self._half = HalfTyped(self.model, self.kind, self)
        self.blank()

    # --- what a page says of itself

    def blank(self) -> None:
        """Begin with nothing typed."""
        raise NotImplementedError

    def typed(self) -> Typed:
        """Return what is typed, as plain values."""
        raise NotImplementedError

    def take(self, typed: Typed) -> None:
        """Show what was left half typed. Raises KeyError, TypeError, ValueError: another release wrote it."""
        raise NotImplementedError

    def about(self) -> str:
        """Return what the paper is about: the voyage in front."""
        return str(self.front.id or "")

    # --- what every such page does

    def unsaved(self) -> bool:
        """Return whether something was typed and not kept."""
        return self._typed

    def refresh(self) -> None:
        """Ask for the voyage in front; what was typed of it stays."""
        found, voyages, by = self.front.id, self.model.voyages, self.model.parts.by
        if found is None:
            self._on_shown(None)
        else:
            self.ask(lambda: voyages.show(found, by), self._on_shown)

    def touched(self) -> None:
        """Something was typed: show it and keep it as a draft."""
        self._typed = True
        self._half.soon(self.request_id, self.about(), self.typed())
        self.retranslate()

    def given_up(self) -> None:
        """What was typed is thrown away."""
        self._half.forget(self.request_id)
        self._begin()
        self.retranslate()

    def forget(self) -> None:
        """Keep what is typed as a draft and show nobody: the screen locks."""
        self._half.now()
        self._begin()
        self.shown = None
        self.retranslate()

    def kept(self, _kept: KeptVoyage) -> None:
        """It is on record now."""
        self.remarked.emit(_("Kept."), "")
        self._half.forget(self.request_id)
        self._begin()
        self.refresh()

    def _begin(self) -> None:
        self.request_id, self._typed = uuid4(), False
        self.blank()

    def _on_shown(self, shown: ShownVoyage | None) -> None:
        before = self.shown.voyage.id if self.shown is not None else None
        self.shown = shown
        if shown is None or shown.voyage.id != before:
            if self._typed:
                self._half.now()
            self._begin()
            self._half.bring_back(self.about(), self._on_half)
        self.retranslate()

    def _on_half(self, request_id: UUID, typed: Typed) -> None:
        if self._typed:
            return
        try:
            self.take(typed)
        except (KeyError, TypeError, ValueError, AttributeError):
            self._begin()
            return
        self.request_id, self._typed = request_id, True
        self.remarked.emit(_("Taken up where it was left."), "")
        self.retranslate()

    def sure_to_give_up(self, done: Callable[[], None]) -> None:
        """Ask once before what was typed is thrown away."""
        self.sure(_("Begin anew?"), _("What was typed here is thrown away."), _("Throw it away"), done)
