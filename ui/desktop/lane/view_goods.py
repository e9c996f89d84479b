"""The load of a trader with a border pass: a line at a time, judged at once. Customs clears goods, not this desk."""

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from bmis.kernel.errors import BmisError
from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from bmis.passes.errors import GoodsLineError
from bmis.passes.goods import GoodsLine
from bmis.receipts.money import Currency, Money
from ui.desktop.lane.pass_errors import NoPassShownError
from ui.desktop.lane.view_model import LaneModel
from ui.desktop.shell.desk import DeskContext
from ui.desktop.widgets.asking import Answers, Asked, AskingDialog, ask_for, put_away
from ui.words.shown_pass import load_words, money_words

if TYPE_CHECKING:
    from bmis.passes.goods import CommonList

OTHER = "other"  # not on the common list: Customs


class GoodsAsking(QObject):
    """Asks for one line of the load after another; ``dialog`` is the last form, for tests."""

    def __init__(self, over: QWidget, model: LaneModel, context: DeskContext) -> None:
        super().__init__(over)
        self._over, self._model, self._context = over, model, context
        self.dialog: AskingDialog | None = None

    def ask(self) -> None:
        """Ask for one more line."""
        shown = self._model.passing.shown
        products = None if shown is None else self._model.rooms.passes.common_list(shown)
        if shown is None or products is None:
            self._model.noticed.emit(NoPassShownError())
            return
        self.dialog = ask_for(
            self._over,
            _("Goods carried"),
            self._so_far(),
            self._fields(products),
            ok=_("Add the line"),
            give=self._give,
            columns=2,
        )

    def clear(self) -> None:
        """Nothing is carried after all."""
        self._model.passing.declare((), lambda: None, self._model.noticed.emit)

    def _fields(self, products: "CommonList") -> tuple[Asked, ...]:
        language = current_language()
        named = tuple((one.code, one.choice.label.in_language(language)) for one in products.products)
        topic = "lane.pass.goods"
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
        passing = self._model.passing
        lines = [f"{one.quantity} {one.unit} · {money_words(one.value)}" for one in passing.goods]
        if passing.shown is not None and lines:
            lines.append(load_words(passing.shown.seen.load))
        return "\n".join(lines)

    def _give(self, dialog: AskingDialog, answers: Answers) -> None:
        try:
            line = _line(answers)
        except BmisError as error:
            dialog.stay(self._context.describe(error), str(error.facts.get("field", "value")))
            return
        self._model.passing.declare(
            (*self._model.passing.goods, line),
            lambda: put_away(self.dialog),
            lambda error: dialog.stay(self._context.describe(error)),
        )


def _line(answers: Answers) -> GoodsLine:
    try:
        quantity = Decimal(answers["quantity"].replace(",", "."))
    except InvalidOperation as error:
        raise GoodsLineError(field="quantity") from error
    return GoodsLine(answers["product"], quantity, answers["unit"], Money.told(answers["value"], answers["currency"]))
