"""A page of what mapping found: exercises, sites or routes, each with a code of its own that a correction keeps."""

from collections.abc import Sequence
from typing import Generic, TypeVar
from uuid import UUID

from bmis.flows.mobility.keeping import Standing
from bmis.flows.mobility.map_mobility import MobilityMap
from bmis.flows.mobility.place import MappedPlace, MappedRoute, MappingExercise
from bmis.kernel.actor import Permission
from bmis.kernel.i18n import translate as _
from ui.desktop.registers.view_page import Act, RegisterSection
from ui.desktop.widgets.asking import Asked

T = TypeVar("T", MappingExercise, MappedPlace, MappedRoute)


class MappedSection(RegisterSection, Generic[T]):
    """A page says which kind of finding is its own, and how one is asked for."""

    _found = MobilityMap((), (), ())

    def kept(self) -> Sequence[Standing[T]]:
        """Return the page's own findings, as they stand."""
        raise NotImplementedError

    def new_words(self) -> str:
        """Return what the button for a new one says."""
        raise NotImplementedError

    def ask_one(self, before: T | None) -> None:
        """Ask for one, or for the correction of ``before``."""
        raise NotImplementedError

    def more_acts(self) -> Sequence[Act]:
        """Return what else can be done here."""
        return ()

    def acts(self) -> Sequence[Act]:
        """Return what can be done."""
        may = Permission.MAP_MOBILITY
        return (
            Act("N", self.new_words(), lambda: self.ask_one(None), may),
            Act("C", _("Correct…"), self._correct, may, chosen=True),
            *self.more_acts(),
            Act("R", _("Take back…"), self.ask_withdraw, may, chosen=True),
        )

    def refresh(self) -> None:
        """Read what stands."""
        self.model.ask(self.parts.mapped, self._on_found)

    def record(self) -> UUID | None:
        """Return the record of the line."""
        one = self.standing(self.list.key())
        return None if one is None else one.id

    def standing(self, key: object) -> Standing[T] | None:
        """Return the finding of a code, or None."""
        return next((one for one in self.kept() if one.noun.code == key), None)

    def on_found(self) -> None:
        """Show what was read."""
        self.show_lines()
        self.show_line()

    def _on_found(self, found: MobilityMap) -> None:
        self._found = found
        self.on_found()

    def _correct(self) -> None:
        one = self.standing(self.list.key())
        if one is not None:
            self.ask_one(one.noun)


def code_field(code: str | None, topic: str) -> tuple[Asked, ...]:
    """Return the field of a code; what is corrected keeps its own."""
    hint = _("3 to 30 letters, figures and hyphens")
    return () if code is not None else (Asked("code", _("Code"), hint=hint, topic=topic),)
