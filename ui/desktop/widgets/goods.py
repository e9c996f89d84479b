"""The load of a trader with a border pass: a line at a time, judged at once. Customs clears goods, not this desk."""

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from bmis.kernel.errors import BmisError
from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from bmis.passes.errors import GoodsLineError
from bmis.passes.goods import GoodsLine
from bmis.receipts.money import Currency, Money
from ui.desktop.parts import Describe
from ui.desktop.pass_shown import CarriesLoad, NoPassShownError
from ui.desktop.widgets.asking import Answers, Asked, AskingDialog, ask_for, put_away
from ui.words.figures import money_words
from ui.words.shown_pass import load_words

if TYPE_CHECKING:
    from bmis.passes.goods import CommonList

OTHER = "other"  # not on the common list: Customs


class GoodsAsking(QObject):
    """Asks for one line of the load after another; ``dialog`` is the last form, for tests. Signal: ``failed`` an error.

    ``topic``: the help on it. ``gloves``: the form is large enough for them.
    """

    failed = Signal(object)

    def __init__(
        self, over: QWidget, carried: CarriesLoad, describe: Describe, topic: str, *, gloves: bool = False
    ) -> None:
        super().__init__(over)
        self._over, self._carried, self._describe = over, carried, describe
        self._topic, self._gloves = topic, gloves
        self.dialog: AskingDialog | None = None

    def ask(self) -> None:
        """Ask for one more line."""
        products = self._carried.products
        if products is None:
            self.failed.emit(NoPassShownError())
            return
        self.dialog = ask_for(
            self._over,
            _("Goods carried"),
            self._so_far(),
            self._fields(products),
            ok=_("Add the line"),
            give=self._give,
            columns=2,
            gloves=self._gloves,
        )

    def clear(self) -> None:
        """Nothing is carried after all."""
        self._carried.declare((), lambda: None, self.failed.emit)

    def _fields(self, products: "CommonList") -> tuple[Asked, ...]:
        language = current_language()
        named = tuple((one.code, one.choice.label.in_language(language)) for one in products.products)
        topic = self._topic
        return (
            Asked("product", _("Product"), "choice", (*named, (OTHER, _("Another product"))), topic=topic),
            Asked("quantity", _("Quantity"), topic=topic),
            Asked("unit", _("Unit"), value="kg", topic=topic),
            Asked("value", _("Value of the line"), topic=topic),
            Asked(
                "currency",
                _("Currency"),
                "choice",
                tuple((one.value, one.value) for one in Currency),
                value=Currency.MZN.value,
                topic=topic,
            ),
        )

    def _so_far(self) -> str:
        carried = self._carried
        lines = [f"{one.quantity} {one.unit} · {money_words(one.value)}" for one in carried.goods]
        if carried.shown is not None and lines:
            lines.append(load_words(carried.shown.seen.load))
        return "\n".join(lines)

    def _give(self, dialog: AskingDialog, answers: Answers) -> None:
        try:
            line = _line(answers)
        except BmisError as error:
            dialog.stay(self._describe(error), str(error.facts.get("field", "value")))
            return
        self._carried.declare(
            (*self._carried.goods, line),
            lambda: put_away(self.dialog),
            lambda error: dialog.stay(self._describe(error)),
        )


def _line(answers: Answers) -> GoodsLine:
    try:
        quantity = Decimal(answers["quantity"].replace(",", "."))
    except InvalidOperation as error:
        raise GoodsLineError(field="quantity") from error
    return GoodsLine(answers["product"], quantity, answers["unit"], Money.told(answers["value"], answers["currency"]))
