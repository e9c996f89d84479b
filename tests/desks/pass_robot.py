"""The pass desk on a real SQLCipher home of a pilot post, and the people who work at it."""

import io
from datetime import UTC, datetime
from pathlib import Path

from office_robot import Office
from PIL import Image
from PySide6.QtCore import Qt

from bmis.passes.print_pass import PassForm
from ui.office.pass_printing import PassPrinters

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
FACE = Path(__file__).resolve().parents[2] / "resources" / "training" / "specimens" / "live-sitoe.jpg"
PERSON = {
    "surname": "Nhamuave",
    "given_names": "Rosa Maria",
    "birth_date": "12041988",
    "sex": "F",
    "village": "Zóbuè",
}


class Printers:
    """Keeps what each queue is given; ``without`` names queues that this desk lacks."""

    def __init__(self, without=()):
        self.papers, self._without = [], set(without)

    def queue(self, name):
        return None if name in self._without else lambda pdf, title: self.take(name, pdf, title)

    def take(self, where, pdf, title):
        self.papers.append((where, title, pdf))
        return where

    def parts(self):
        return PassPrinters(lambda pdf, title: self.take("usual", pdf, title), self.queue)

    def last(self, queue):
        return next(pdf for where, _title, pdf in reversed(self.papers) if where == queue)


class PassOffice(Office):
    """Somebody at the pass desk."""

    def __init__(self, qtbot, home, role="pass-officer", *, at=NOW, language="pt"):
        super().__init__(qtbot, home, role, at=at, language=language)
        self.at_passes()

    def at_passes(self):
        self.frame.show_desk("passes")
        return self.desk

    def page(self, code):
        self.desk.show_section(code)
        return self.desk.section(code)

    def applies(self, photo=True, attested=True, children=(), **changed):
        """Fill the page by keyboard and keep it; return the page."""
        page = self.page("issue")
        for name, text in (PERSON | changed).items():
            page.person.fields[name].field.setFocus()
            self.types(text)
        if attested:
            page.ask_attestation()
            self.fills("Régulo Espécime", "Chefe da povoação", "", "")
        for child in children:
            page.ask_child()
            self.fills(*child).presses(Qt.Key.Key_Escape)  # without a photograph
        if photo:
            page.model.set_photo(portrait())
        page.purpose.setFocus()
        self.types("Mercado")
        self.presses(Qt.Key.Key_F12)
        return page

    def in_queue(self):
        return self.page("queue")


def portrait(size=(480, 600)):
    sink = io.BytesIO()
    Image.open(FACE).convert("RGB").resize(size).save(sink, "JPEG", quality=80)
    return sink.getvalue()


__all__ = ["FACE", "NOW", "PERSON", "PassForm", "PassOffice", "Printers", "portrait"]
