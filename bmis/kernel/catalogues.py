"""Reading .po catalogues into a gettext translation, without a compiled copy that could be older than its source."""

import gettext
import re
from dataclasses import dataclass, field
from pathlib import Path

_KEYWORD = re.compile(r'(msgctxt|msgid_plural|msgid|msgstr)(?:\[(\d)\])?\s+(".*")\s*$')
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"\s*$')
_ESCAPE = re.compile(r"\\(.)")
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\"}


class CatalogueError(ValueError):
    """A .po file that is not one; it carries the file's name and the line."""

    def __init__(self, path: Path, line: int) -> None:
        super().__init__(f"{path.name}:{line}")


@dataclass(slots=True)
class _Entry:
    context: str | None = None
    singular: str | None = None
    plural: str | None = None
    forms: dict[int, str] = field(default_factory=dict)
    fuzzy: bool = False

    def append(self, part: tuple[str, int], text: str) -> None:
        keyword, form = part
        if keyword == "msgid":
            self.singular = (self.singular or "") + text
        elif keyword == "msgid_plural":
            self.plural = (self.plural or "") + text
        elif keyword == "msgctxt":
            self.context = (self.context or "") + text
        else:
            self.forms[form] = self.forms.get(form, "") + text


class PoTranslations(gettext.NullTranslations):
    """The messages of one language. A message with no translation, or a doubtful (fuzzy) one, comes in English."""

    def __init__(self) -> None:
        super().__init__()
        self._one: dict[str, str] = {}
        self._many: dict[str, dict[int, str]] = {}
        self._form = gettext.c2py("n != 1")

    def gettext(self, message: str) -> str:
        """Return the translation, or the message."""
        return self._one.get(message, message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Return the form of the language for ``n``."""
        found = self._many.get(msgid1, {}).get(self._form(n))
        return found or (msgid1 if n == 1 else msgid2)

    def add(self, path: Path) -> None:
        """Take the messages of one .po file (UTF-8).

        Raises:
            CatalogueError: a line of it is not .po.
        """
        for entry in _entries(path):
            if entry.singular == "":
                self._plural_rule(entry.forms.get(0, ""))
            elif entry.singular is None or entry.fuzzy or entry.context is not None:
                continue  # contexts are not used here: translate() has none to ask by
            elif entry.plural is not None:
                self._many[entry.singular] = {form: text for form, text in entry.forms.items() if text}
                if entry.forms.get(0):
                    self._one.setdefault(entry.singular, entry.forms[0])
            elif entry.forms.get(0):
                self._one[entry.singular] = entry.forms[0]

    def _plural_rule(self, header: str) -> None:
        for line in header.splitlines():
            name, _, value = line.partition(":")
            rule = re.search(r"plural\s*=\s*([^;]+)", value)
            if name.strip().lower() == "plural-forms" and rule:
                self._form = gettext.c2py(rule[1])


def load(folder: Path) -> gettext.NullTranslations:
    """Return one translation out of every ``*.po`` in the folder (none: English as written).

    Raises:
        CatalogueError: a file is not .po.
    """
    translations = PoTranslations()
    for path in sorted(folder.glob("*.po")):
        translations.add(path)
    return translations


def _entries(path: Path) -> list[_Entry]:
    entries: list[_Entry] = []
    entry = _Entry()
    part: tuple[str, int] | None = None
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        line = raw.strip()
        if not line or line.startswith("#"):
            if entry.forms:
                entries.append(entry)
                entry, part = _Entry(), None
            if line.startswith("#,") and "fuzzy" in line:
                entry.fuzzy = True
            continue
        if keyword := _KEYWORD.match(line):
            if entry.forms and keyword[1] != "msgstr":
                entries.append(entry)
                entry = _Entry()
            part, line = (keyword[1], int(keyword[2] or 0)), keyword[3]
        text = _STRING.match(line)
        if text is None or part is None:
            raise CatalogueError(path, number)
        entry.append(part, _ESCAPE.sub(lambda found: _ESCAPED.get(found[1], found[0]), text[1]))
    if entry.forms:
        entries.append(entry)
    return entries
