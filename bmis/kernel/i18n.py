"""Translation: English in the code, catalogues in resources/i18n/LANGUAGE/*.po, Portuguese the default.

A word is translated when it is shown, so the language can change while the program runs. Catalogues are read
from their text form: a compiled copy could be older than its source, and the reader here costs less than one.
"""

import gettext
from contextvars import ContextVar
from functools import cache

from bmis.kernel.catalogues import load
from bmis.kernel.resources import resource

DEFAULT_LANGUAGE = "pt"
LANGUAGES = ("pt", "en")

_language: str = DEFAULT_LANGUAGE
_here: ContextVar[str | None] = ContextVar("bmis_language", default=None)


def set_language(language: str) -> None:
    """Make ``language`` that of the whole program.

    Raises:
        ValueError: there is no catalogue for it.
    """
    global _language
    if language not in LANGUAGES:
        raise ValueError(language)
    _language = language


def current_language() -> str:
    """Return the language in force here."""
    return _here.get() or _language


class speaking:  # noqa: N801 - reads as a word at the call: `with speaking("en"):`
    """Within the block, words come in ``language`` (a notice that is printed in two languages)."""

    def __init__(self, language: str) -> None:
        if language not in LANGUAGES:
            raise ValueError(language)
        self._language = language

    def __enter__(self) -> None:
        self._token = _here.set(self._language)

    def __exit__(self, *_: object) -> None:
        _here.reset(self._token)


def translate(message: str) -> str:
    """Return ``message`` in the language in force; the message itself where the catalogue has none."""
    return _catalogue(current_language()).gettext(message) if message else ""


def translate_plural(singular: str, plural: str, count: int) -> str:
    """Return the form for ``count``."""
    return _catalogue(current_language()).ngettext(singular, plural, count)


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return load(resource("i18n", language))
