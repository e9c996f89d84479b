"""Decimals, amounts of money and days as the language in force writes them."""

from datetime import date

from bmis.kernel.i18n import current_language
from bmis.receipts.money import Money


def in_figures(number: object, places: int | None = None) -> str:
    """Return a number with a comma in Portuguese and a point in English; rounded to ``places`` where that is given."""
    text = str(number) if places is None else f"{number:.{places}f}"
    return text if current_language() == "en" else text.replace(".", ",")


def money_words(money: Money) -> str:
    """Return an amount and its currency, such as 50,00 MZN."""
    return f"{in_figures(money.amount, 2)} {money.currency.value}"


def day_words(day: date) -> str:
    """Return a day as dd/mm/yyyy."""
    return day.strftime("%d/%m/%Y")
