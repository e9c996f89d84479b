"""The words of an untrusted file: a PDF, or plain UTF-8 text. Bounded in pages and characters; nothing is run."""

import hashlib
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from bmis.capture.errors import FileLockedError, ImageNotAnImageError, PdfDamagedError, PdfEmptyError
from bmis.capture.untrusted_file import FileKind, content_of, kind_of

MAX_PAGES = 300
MAX_CHARACTERS = 2_000_000  # of the whole file; a novel has a million
PDF, PLAIN = "application/pdf", "text/plain"
_KEPT = frozenset("\n\t")


@dataclass(frozen=True, slots=True)
class FileText:
    """What was read. ``too_many``: pages, characters, or None; then ``text`` is not the whole and nothing to rely on.

    ``sha256`` of the file's bytes, so that whoever keeps the file keeps what was read.
    """

    media: str
    pages: int
    text: str
    sha256: str
    too_many: str | None = None


def text_of(path: Path) -> FileText:
    """Return the words of the file.

    Raises:
        ImageNotAnImageError: neither a PDF nor UTF-8 text. FileLockedError: it asks for a password.
        PdfDamagedError, PdfEmptyError: it cannot be opened, or has no page. And what ``content_of`` raises.
    """
    content = content_of(path)
    digest = hashlib.sha256(content).hexdigest()
    if kind_of(content[:64]) is FileKind.PDF:
        pages, text, too_many = _of_pdf(content)
        return FileText(PDF, pages, _clean(text), digest, too_many)
    if kind_of(content[:64]) is not FileKind.UNKNOWN:
        raise ImageNotAnImageError
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ImageNotAnImageError from error
    if "\0" in text:
        raise ImageNotAnImageError
    too_many = "characters" if len(text) > MAX_CHARACTERS else None
    return FileText(PLAIN, 1, _clean(text[:MAX_CHARACTERS]), digest, too_many)


def _of_pdf(untrusted: bytes) -> tuple[int, str, str | None]:
    import pypdfium2
    from pypdfium2 import raw

    handle = raw.FPDF_LoadMemDocument64(untrusted, len(untrusted), None)  # needs ``untrusted`` until it is closed
    if not handle:
        locked = raw.FPDF_GetLastError() in {raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY}
        raise FileLockedError if locked else PdfDamagedError
    document = pypdfium2.PdfDocument(handle)
    try:
        count = len(document)
        if count < 1:
            raise PdfEmptyError
        if count > MAX_PAGES:
            return count, "", "pages"
        found: list[str] = []
        left = MAX_CHARACTERS
        for at in range(count):
            text = _of_page(document, at, left)
            if text is None:
                return count, "", "characters"
            found.append(text)
            left -= len(text)
        return count, "\n".join(found), None
    finally:
        document.close()


def _of_page(document: object, at: int, most: int) -> str | None:
    """Return the words of a page, "" for one that is broken, None for more than ``most`` characters."""
    try:
        page = document[at]  # type: ignore[index]  # pypdfium2 ships no types
        words = page.get_textpage()
        try:
            if words.count_chars() > most:
                return None
            return str(words.get_text_range(errors="ignore"))
        finally:
            words.close()
            page.close()
    except MemoryError:
        raise
    except Exception:  # PDFium says whatever it stumbles on; one broken page leaves the others
        return ""


def _clean(text: str) -> str:
    """Return the text without control characters and halves of pairs, its lines ending as ours do."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = (char for char in lines if char in _KEPT or unicodedata.category(char) not in {"Cc", "Cs", "Cn", "Co"})
    return "".join(kept).strip()
