"""The answers that a key of the pad gives: each is one change of the traveller in front."""

from collections.abc import Callable
from dataclasses import replace

from ui.desktop.health_primary.traveller import APPEARANCES, Traveller
from ui.desktop.workers.asking import StoreModel

Change = Callable[[Traveller], Traveller]


class AnswersModel(StoreModel):
    """Makes changes of keys; who stands in front, and when, is the model's that ``change`` belongs to."""

    def change(self, change: Change) -> None:
        """Change the traveller in front."""
        raise NotImplementedError

    def turn(self, code: str) -> None:
        """Give a question its next answer."""
        self.change(lambda one: one.turned(code))

    def rub_out(self) -> None:
        """Take the last digit away."""
        self.change(Traveller.rubbed_out)

    def set_sex(self, code: str) -> None:
        """Say the sex, or take it back."""
        self.change(lambda one: replace(one, sex=None if one.sex == code else code))

    def set_age_band(self, code: str) -> None:
        """Say the age band, or take it back."""
        self.change(lambda one: replace(one, age_band=None if one.age_band == code else code))

    def turn_appearance(self) -> None:
        """Not said, unwell, very ill."""
        following = dict(zip(APPEARANCES, (*APPEARANCES[1:], APPEARANCES[0]), strict=True))
        self.change(lambda one: replace(one, appearance=following[one.appearance]))

    def turn_refused(self) -> None:
        """The traveller refuses to be screened, or does so no more."""
        self.change(lambda one: replace(one, refused=not one.refused))

    def turn_desk_full(self) -> None:
        """The desk is full: who may go on waits a short while; or does not."""
        self.change(lambda one: replace(one, desk_full=not one.desk_full))

    def set_note(self, text: str) -> None:
        """Take the note."""
        self.change(lambda one: replace(one, note=text.strip()))

    def set_card(self, number: int | None) -> None:
        """Take the card that is handed out instead of a slip."""
        self.change(lambda one: replace(one, card=number))
