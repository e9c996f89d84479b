"""One gettext translation out of a folder of .po files, by Babel and the standard library.

Babel takes half a second to import, too long before the first window, so `make setup` keeps what it compiled beside
the sources, with the digest of exactly those sources inside. A compiled copy that does not prove is not used.
"""

import gettext
import hashlib
import io
import struct
import sys
from pathlib import Path

from bmis.kernel.resources import resource

COMPILED = "compiled.mo"
_DIGEST = "BMIS sources SHA-256"  # a message of its own: Babel writes only the headers it knows


def load(folder: Path) -> gettext.NullTranslations:
    """Return the translation of every ``*.po`` in the folder (none: English as written). Doubtful ones are left out.

    Raises:
        ValueError: a file is not .po; the message names it.
    """
    sources = sorted(folder.glob("*.po"))
    if not sources:
        return gettext.NullTranslations()
    digest = _digest(sources)
    try:
        with (folder / COMPILED).open("rb") as file:
            kept = gettext.GNUTranslations(file)
        if kept.gettext(_DIGEST) == digest:
            return kept
    except (OSError, ValueError, struct.error):
        pass  # absent or damaged: the sources say it all
    return gettext.GNUTranslations(io.BytesIO(_compile(sources, digest)))


def keep_compiled(folder: Path) -> None:
    """Write the compiled copy beside the sources."""
    sources = sorted(folder.glob("*.po"))
    (folder / COMPILED).write_bytes(_compile(sources, _digest(sources)))


def _digest(sources: list[Path]) -> str:
    whole = hashlib.sha256()
    for path in sources:
        whole.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return whole.hexdigest()


def _compile(sources: list[Path], digest: str) -> bytes:
    from babel.messages.catalog import Catalog
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import PoFileError, read_po

    whole = Catalog(locale=sources[0].parent.name, fuzzy=False)
    for path in sources:
        try:
            with path.open("rb") as file:
                messages = read_po(file, locale=sources[0].parent.name, abort_invalid=True)
        except PoFileError as error:
            raise ValueError(f"{path.name}: {error}") from error
        for message in messages:
            if message.id:
                whole[message.id] = message
    whole.add(_DIGEST, digest)
    compiled = io.BytesIO()
    write_mo(compiled, whole)
    return compiled.getvalue()


if __name__ == "__main__":  # `make setup`
    for language in sys.argv[1:]:
        keep_compiled(resource("i18n", language))
