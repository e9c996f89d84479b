"""Documents without a machine-readable zone, looking up, correcting, and words that must fit."""

import pytest
from clipping import clipped, settle, takes_markup, unnamed
from lane_robot import Officer, zone
from PySide6.QtCore import QSize, Qt

from bmis.crossings.decision import Decision

FOREIGNER = zone()
SIZES = (QSize(1366, 768), QSize(1920, 1080))


@pytest.fixture
def at_work(qtbot, training_home):
    shifts = []

    def begin(**how):
        shifts.append(Officer(qtbot, training_home, **how))
        return shifts[-1]

    yield begin
    for shift in shifts:
        shift.ends()


def types_an_identity_card(officer):
    officer.lane.idle.kind.setFocus()
    officer.picks("identity_card_moz")
    assert officer.focus() == "lane.document.manual_reason"
    officer.enters("sem leitor").enters("110100999Z").enters("moz").enters("COSSA").enters("JOAO").enters("moz")
    assert officer.focus() == "lane.document.birth_date"
    officer.enters("00001985").picks("M")
    assert officer.focus() == "lane.document.expiry_date"
    return officer


def test_an_identity_card_is_typed_and_the_traveller_admitted(at_work):
    officer = types_an_identity_card(at_work()).enters("01012031")

    assert officer.focus() == "lane.coming_from"
    assert officer.lane.checks.verdict.text().startswith("NÃO VERIFICADO · Admitir")
    officer.enters("zaf").accepts_all().decides()
    stored = officer.stored()
    assert stored.decision is Decision.ADMITTED
    assert stored.document.kind == "identity_card_moz"
    assert str(stored.document.birth_date) == "1985"
    assert stored.document.missing["birth_day"]


def test_the_focus_stays_until_enter_when_a_typed_document_is_complete(at_work):
    officer = types_an_identity_card(at_work())

    officer.types("01012031")
    assert officer.model.document is not None
    assert officer.focus() == "lane.document.expiry_date"
    officer.presses(Qt.Key.Key_Return)
    assert officer.focus() == "lane.coming_from"


def test_a_long_name_shows_its_beginning_when_its_field_is_left(at_work):
    officer = at_work()
    officer.lane.idle.kind.setFocus()
    officer.picks("identity_card_moz")
    officer.enters("sem leitor, a banda do cartao esta partida ao meio").enters("110100999Z").enters("moz")
    officer.enters("MONDLANE SPECIMEN DA CONCEICAO").enters("JOAO PEDRO ALBERTO FRANCISCO MANUEL").enters("gbn")

    typed = officer.lane.typed
    for field in (typed.why, typed.fields["surname"].field, typed.fields["given_names"].field):
        assert field.cursorPosition() == 0
    assert typed.fields["nationality"].field.text() == "GBN · Nacional Britânico"
    assert typed.fields["nationality"].value() == "GBN"
    assert typed.fields["surname"].value() == "MONDLANE SPECIMEN DA CONCEICAO"


def test_a_field_that_is_not_known_has_its_reason(at_work):
    officer = types_an_identity_card(at_work())

    field = officer.lane.typed.fields["expiry_date"]
    reasons = {action.text(): action for action in field.menu.actions()}
    reasons["Documento sem prazo de validade"].trigger()
    assert officer.model.document.missing["expiry_date"] == "NO_EXPIRY"
    assert officer.model.document.expiry_date is None


def test_a_person_without_a_document_goes_to_secondary(at_work):
    officer = at_work()
    officer.lane._begin_typed("none")

    fields = {name: field for name, field in officer.lane.typed.fields.items() if not field.isHidden()}
    assert "number" not in fields
    for name in fields:
        field = fields[name]
        codes = field._because
        if codes:
            field.set_reason(codes[0])
    assert officer.model.document is not None
    officer.presses(Qt.Key.Key_F6)
    assert officer.stored().decision is Decision.PENDING_SECONDARY


def test_an_earlier_crossing_is_found_and_corrected_with_a_reason(at_work):
    officer = types_an_identity_card(at_work()).enters("01012031").enters("zaf").accepts_all().decides()
    officer.presses(Qt.Key.Key_F3)
    officer.enters("cossa").presses(Qt.Key.Key_Return)

    dialog = officer.dialog
    assert "COSSA, JOAO" in dialog.details.toPlainText()
    dialog.field.setCurrentIndex(dialog.field.findData("journey.coming_from"))
    dialog._show_value()
    dialog.value.setText("SWZ")
    dialog.keep.click()
    assert "BMIS-259" in dialog.notice.text()
    dialog.reason.setText("lido mal")
    dialog.keep.click()
    assert officer.stored().request.journey.coming_from == "SWZ"
    assert "lido mal" in dialog.details.toPlainText()
    dialog.reject()


@pytest.mark.parametrize("language", ["pt", "en"])
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size.width()}x{size.height()}")
def test_no_word_of_the_lane_is_cut_off(at_work, language, size):
    officer = at_work(language=language)
    window = officer.window
    seen = {}

    def look(name):
        settle(window, size)
        front = officer.dialog or officer.lane
        seen[name] = clipped(front) + takes_markup(front) + unnamed(front)

    look("idle")
    officer.shows(FOREIGNER)
    look("read")
    officer.presses(Qt.Key.Key_F9)
    officer.types("e1")
    look("refusal")
    officer.dialog.reject()
    officer.lane.asking.others()
    officer.settle()
    look("others")
    officer.dialog.reject()
    officer.enters("zaf").picks("tourism").enters("10").enters("Hotel").accepts_all()
    look("ready")
    officer.decides()
    look("saved")
    officer.presses(Qt.Key.Key_Return).takes_away()
    officer.lane._begin_typed("passport")
    look("manual")
    officer.lane.questions._toggle_more()
    look("more")
    cut = [f"{name}: {one}" for name, found in seen.items() for one in found]
    assert cut == [], "\n".join(cut)
