"""What a PDF says of itself to programs that read it aloud: headings, tables, and pictures in words.

ISO 32000-1 14.7 and 14.8. What is given a tag is content; everything else on a page is marked as decoration.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFPage, PDFString
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph


class Tag:
    """One element of the structure. ``alt``: the words for what is not text; ``once``: said again it is decoration."""

    def __init__(self, role: str, above: "Tag | None" = None, *, alt: str = "", once: bool = False) -> None:
        self.role, self.above, self.alt, self.once = role, above, alt, once


class TaggedParagraph(Paragraph):  # type: ignore[misc]  # ReportLab ships no types
    """A paragraph with its tag; without one it is a plain paragraph of the document."""

    tag: Tag | None = None

    def split(self, available_width: float, available_height: float) -> list[Any]:
        """Return the parts, each with the tag of the whole."""
        tag = self.tag = self.tag or Tag("P")
        parts: list[Any] = super().split(available_width, available_height)
        for part in parts:
            part.tag = tag
        return parts

    def draw(self) -> None:
        """Draw the words as content."""
        self.tag = self.tag or Tag("P")
        with tagged(self.canv, self.tag):
            super().draw()


@contextmanager
def tagged(canvas: Canvas, tag: Tag) -> Iterator[None]:
    """Mark what is drawn meanwhile; on a canvas that keeps no tags it is only drawn."""
    if not isinstance(canvas, TaggingCanvas) or not canvas.begin(tag):
        yield
        return
    yield
    canvas.end()


class TaggingCanvas(Canvas):  # type: ignore[misc]  # ReportLab ships no types
    """A canvas that keeps the structure and writes it with the document."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        self._elements: dict[Tag, PDFDictionary] = {}
        self._kids: dict[Tag, list[tuple[Any, int] | Tag]] = {}
        self._document = Tag("Document")
        self._marked: list[Tag] = []  # of this page, by number
        self._pages: list[list[Tag]] = []
        super().__init__(*arguments, **named)
        self.setViewerPreference("DisplayDocTitle", "true")

    def begin(self, tag: Tag) -> bool:
        """Open content of that tag; False where it was said before and once is enough."""
        if tag.once and tag in self._kids:
            return False
        self._hang(tag)
        self._kids[tag].append((len(self._pages), len(self._marked)))
        self._code.append(f"EMC /{tag.role} <</MCID {len(self._marked)}>> BDC")
        self._marked.append(tag)
        return True

    def end(self) -> None:
        """Close the content: decoration goes on."""
        self._code.append("EMC /Artifact BMC")

    def showPage(self) -> None:
        """End the page: outside tags everything on it is decoration."""
        self._code.insert(0, "/Artifact BMC")
        self._code.append("EMC")
        super().showPage()
        page = self._doc.Pages.pages[-1]
        page.__Defaults__ = PDFPage.__Defaults__ | {"StructParents": len(self._pages), "Tabs": PDFName("S")}
        self._pages.append(self._marked)
        self._marked = []

    def save(self) -> None:
        """Write the document with its structure."""
        if len(self._code):
            self.showPage()
        self._write()
        super().save()

    def _hang(self, tag: Tag) -> None:
        """Put the tag below the one above it, once, in the order in which they are met."""
        if tag in self._kids:
            return
        self._kids[tag] = []
        if tag is not self._document:
            above = tag.above or self._document
            self._hang(above)
            self._kids[above].append(tag)

    def _write(self) -> None:
        self._hang(self._document)
        document, root = self._doc, PDFDictionary({"Type": PDFName("StructTreeRoot")})
        elements = {tag: PDFDictionary({"Type": PDFName("StructElem"), "S": PDFName(tag.role)}) for tag in self._kids}
        references = {tag: document.Reference(one) for tag, one in elements.items()}
        top = document.Reference(root)
        pages = [document.Reference(page) for page in document.Pages.pages]
        for tag, one in elements.items():
            one["P"] = top if tag is self._document else references[tag.above or self._document]
            one["K"] = PDFArray([self._kid(kid, references, pages) for kid in self._kids[tag]])
            if tag.alt:
                one["Alt"] = PDFString(tag.alt)
            if tag.role == "TH":
                one["A"] = PDFDictionary({"O": PDFName("Table"), "Scope": PDFName("Column")})
        numbers: list[Any] = []
        for at, marked in enumerate(self._pages):
            numbers += [at, document.Reference(PDFArray([references[tag] for tag in marked]))]
        root["K"] = references[self._document]
        root["ParentTree"] = document.Reference(PDFDictionary({"Nums": PDFArray(numbers)}))
        root["ParentTreeNextKey"] = len(self._pages)
        document.Catalog.StructTreeRoot = root
        document.Catalog.MarkInfo = PDFDictionary({"Marked": "true"})

    @staticmethod
    def _kid(kid: tuple[Any, int] | Tag, references: dict[Tag, Any], pages: list[Any]) -> Any:
        if isinstance(kid, Tag):
            return references[kid]
        return PDFDictionary({"Type": PDFName("MCR"), "Pg": pages[kid[0]], "MCID": kid[1]})
