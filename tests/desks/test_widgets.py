"""The parts that every desk is made of."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage, QTextCharFormat
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from bmis.kernel.i18n import set_language
from ui.desktop.shell.language import speak
from ui.desktop.shortcuts import KEYS, Key, KeyTable, ShortcutClashError, checked_remap
from ui.desktop.theme import apply_theme
from ui.desktop.widgets.bars import DecisionBar, DecisionButton, KeyHint, NoticeBar, TrainingStripe
from ui.desktop.widgets.fields import CountryField, DateField, PartialDate, State, parse_date
from ui.desktop.widgets.findings import FindingList, ShownFinding
from ui.desktop.widgets.flow import EnterFlow, Step
from ui.desktop.widgets.mrz import MrzField
from ui.desktop.widgets.pictures import LiveView, PhotoPair
from ui.desktop.widgets.plain import PlainLabel
from ui.desktop.widgets.status import Banner, StatusChip
from ui.words.errors import describe


@pytest.fixture(autouse=True)
def look(qapp):
    set_language("pt")
    apply_theme(qapp, "light")
    yield
    set_language("pt")


@pytest.fixture
def desk(qtbot):
    window = QWidget()
    QVBoxLayout(window)
    qtbot.addWidget(window)

    def put(*widgets):
        for widget in widgets:
            window.layout().addWidget(widget)
        window.resize(900, 600)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return widgets[0]

    return put


def test_a_name_with_markup_is_shown_as_it_is_written(desk):
    label = desk(PlainLabel("<b>ANA</b>"))
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert label.sizeHint().width() >= label.fontMetrics().horizontalAdvance("<b>ANA</b>")


@pytest.mark.parametrize(
    ("status", "word"),
    [("green", "CONFORME"), ("amber", "ATENÇÃO"), ("red", "PARAR"), ("grey", "NÃO VERIFICADO")],
)
def test_a_status_is_told_by_word_and_colour_together(desk, status, word):
    chip = desk(StatusChip())
    chip.show_status(status, timedelta(minutes=5))
    assert chip.text() == f"{word} · 5 min"
    assert chip.accessibleName() == chip.text()


def test_a_chip_begins_grey_and_takes_no_status_that_it_does_not_know(desk):
    chip = desk(StatusChip())
    assert chip.status == "grey"
    with pytest.raises(ValueError, match="blue"):
        chip.show_status("blue")
    assert chip.status == "grey"


def test_a_check_is_grey_until_it_lands_whatever_it_says(desk):
    checks = desk(FindingList())
    checks.show_findings([ShownFinding("watchlist", "Lista", "green", "nada")])
    row = checks.row("watchlist")
    assert row._chip.status == "grey"
    assert "à espera…" in row.accessibleName()
    checks.land(ShownFinding("watchlist", "Lista", "green", "nada", landed=True))
    assert row._chip.status == "green"


def test_an_amber_check_is_accepted_by_space_once_and_taken_back(desk):
    checks = desk(FindingList())
    checks.show_findings([ShownFinding("document_dates", "Datas", "amber", "caducado", landed=True)])
    said = []
    checks.acknowledged.connect(lambda check, yes: said.append((check, yes)))
    row = checks.row("document_dates")
    row.setFocus()
    QTest.keyClick(row, Qt.Key.Key_Space)
    checks.land(ShownFinding("document_dates", "Datas", "amber", "caducado", landed=True, acknowledged=True))
    assert checks.first_unaccepted() is None
    assert "aceite" in row.accessibleName()
    QTest.keyClick(row, Qt.Key.Key_Space)
    assert said == [("document_dates", True), ("document_dates", False)]


def test_a_green_check_or_one_that_has_not_landed_asks_for_nothing(desk):
    checks = desk(FindingList())
    checks.show_findings([ShownFinding("a", "A", "green", landed=True), ShownFinding("b", "B", "red")])
    said = []
    checks.acknowledged.connect(lambda *what: said.append(what))
    for check in ("a", "b"):
        QTest.keyClick(checks.row(check), Qt.Key.Key_Space)
    assert said == []


def test_lines_of_the_same_checks_keep_the_focus_when_they_are_shown_again(desk):
    checks = desk(FindingList())
    checks.show_findings([ShownFinding("a", "A"), ShownFinding("b", "B")])
    QApplication.processEvents()
    checks.row("b").setFocus()
    checks.show_findings([ShownFinding("a", "A", "green", landed=True), ShownFinding("b", "B")])
    assert QApplication.focusWidget() is checks.row("b")


@pytest.mark.parametrize(
    ("typed", "partial", "iso"),
    [
        ("12031990", False, "1990-03-12"),
        ("12/03/1990", False, "1990-03-12"),
        ("1.3.1990", False, "1990-03-01"),
        ("XX031990", True, "1990-03"),
        ("00001990", True, "1990"),
        ("<<<<1990", True, "1990"),
        ("XXXX1990", False, None),
        ("12XX1990", True, None),
        ("31021990", True, None),
        ("29022023", False, None),
        ("29022024", False, "2024-02-29"),
        ("1203199", False, None),
        ("", True, None),
    ],
)
def test_a_date_is_typed_as_eight_figures(typed, partial, iso):
    found = parse_date(typed, partial=partial)
    assert (None if found is None else str(found)) == iso


@given(st.text(max_size=12), st.booleans())
def test_any_text_is_a_date_or_none_and_a_date_reads_back_as_itself(text, partial):
    found = parse_date(text, partial=partial)
    if found is not None:
        assert parse_date(found.shown(), partial=True) == found


def test_a_date_is_shown_in_full_when_left_and_marked_when_it_is_none(desk):
    field, other = DateField(), QLineEdit()
    desk(field, other)
    changes = []
    field.changed.connect(changes.append)
    field.setFocus()
    QTest.keyClicks(field, "12031990")
    other.setFocus()
    assert field.text() == "12/03/1990"
    assert changes == [PartialDate(1990, 3, 12)]
    field.setText("99999999")
    field.setFocus()
    other.setFocus()
    assert field.property("wrong") is True


def test_a_state_is_typed_by_three_letters_and_shown_by_name_in_the_language_in_force(qtbot, desk):
    names = {"pt": "África do Sul", "en": "South Africa"}
    language = ["pt"]
    field, other = CountryField(lambda: (State("ZAF", names[language[0]]),)), QLineEdit()
    desk(field, other)
    said = []
    field.changed.connect(said.append)
    field.setFocus()
    QTest.keyClicks(field, "zaf")
    QApplication.processEvents()
    assert not field.completer().popup().isVisible()
    field.window().activateWindow()
    qtbot.waitUntil(field.isActiveWindow)
    other.setFocus()
    assert (field.code(), field.text(), said) == ("ZAF", "ZAF · África do Sul", ["ZAF"])
    language[0] = "en"
    speak("en")
    assert field.text() == "ZAF · South Africa"
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "XQZ")
    qtbot.waitUntil(field.isActiveWindow)
    other.setFocus()
    assert (field.code(), said[-1]) == ("", "")
    assert field.property("wrong") is True


def test_a_failing_check_digit_is_marked_by_colour_underline_and_words(desk):
    field = desk(MrzField())
    field.set_lines(["P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C37UTO7408122F1204159ZE184226B<<<<<10"])
    field.mark([(1, 9)])
    mark = field.extraSelections()[0]
    assert mark.cursor.selectedText() == "7"
    assert mark.format.underlineStyle() is QTextCharFormat.UnderlineStyle.WaveUnderline
    assert mark.format.foreground().color() == QColor("#96121A")
    assert "2:10" in field.accessibleDescription()
    assert field.fontMetrics().horizontalAdvance("<" * 44) < field.viewport().width()


def test_typed_lines_become_the_alphabet_of_the_mrz(desk):
    field = desk(MrzField())
    said = []
    field.edited.connect(said.append)
    field.setFocus()
    QTest.keyClicks(field, "p<uto *rik")
    assert field.lines() == ("P<UTO<RIK",)
    assert said[-1] == ("P<UTO<RIK",)


def test_the_answer_to_two_photographs_has_no_default(desk):
    pair = desk(PhotoPair())
    assert pair.answer() is None
    said = []
    pair.answered.connect(said.append)
    pair._answers["SAME"].click()
    assert (pair.answer(), said) == ("SAME", ["SAME"])
    pair.show_pictures(None, None)
    assert pair.answer() is None


def test_a_frame_is_shown_whole_and_its_words_over_it(desk):
    view = desk(LiveView())
    image = QImage(400, 200, QImage.Format.Format_RGB888)
    image.fill(QColor("#00FF00"))
    view.show_frame(image)
    view.show_words("Reflexo", "amber")
    assert view.words() == view.accessibleDescription() == "Reflexo"
    shown = view.grab().toImage()
    middle = QPoint(shown.width() // 2, shown.height() // 2)
    assert shown.pixelColor(middle) == QColor("#00FF00")
    assert shown.pixelColor(2, 2) == QColor("#0D1A24")


def test_a_notice_has_code_words_and_next_step_and_follows_the_language(desk):
    from bmis.store.errors import StoreFullError

    bar = NoticeBar(describe)
    desk(bar)
    assert bar.text() == ""
    bar.show_error(StoreFullError())
    before = bar.text()
    assert before.startswith("BMIS-026 ")
    speak("en")
    assert bar.text().startswith("BMIS-026 ")
    assert bar.text() != before
    bar.clear()
    assert bar.text() == ""


def test_a_decision_that_is_shut_says_why_and_is_not_taken_by_key(desk):
    bar = desk(DecisionBar())
    said = []
    bar.chosen.connect(said.append)
    bar.show_decisions(
        [
            DecisionButton("ADMITTED", "Admitir", "F12", "primary", why_shut="Falta um controlo"),
            DecisionButton("REFUSED_ENTRY", "Recusar", "F9", "danger"),
        ]
    )
    assert not bar.choose("ADMITTED")
    assert bar.choose("REFUSED_ENTRY")
    assert not bar.choose("WITHDRAWN")
    assert said == ["REFUSED_ENTRY"]
    assert bar.why_shut() == "Falta um controlo"
    assert not any(button.isDefault() for button in bar._buttons.values())


def test_a_verdict_is_worded_with_its_reason(desk):
    banner = desk(Banner())
    assert banner.text() == "NÃO VERIFICADO"
    banner.show_verdict("red", "Encaminhar — cód. 3", "Secundária")
    assert banner.text() == "PARAR · Encaminhar — cód. 3 · Secundária"


def test_keys_without_room_are_left_out_whole(desk):
    hint = desk(KeyHint(KeyTable()))
    hint.show_keys(tuple(Key))
    hint.resize(400, 40)
    shown = [pair for pair in hint._labels if pair[0].isVisible()]
    assert 0 < len(shown) < len(Key)
    for cap, word in shown:
        assert word.isVisible()
        assert word.width() >= word.sizeHint().width() or word.x() + word.sizeHint().width() <= 400
        assert cap.text()


def test_the_stripe_says_training_in_the_language_in_force(desk):
    stripe = desk(TrainingStripe())
    assert stripe.text() == "TREINO"
    speak("en")
    assert stripe.text() == "TRAINING"


def test_enter_goes_to_the_next_empty_required_field(desk):
    fields = [QLineEdit() for _ in range(4)]
    desk(*fields)
    fields[1].setText("já escrito")
    steps = [Step(field, lambda field=field: bool(field.text())) for field in fields]
    steps[2] = Step(fields[2], steps[2].filled, required=lambda: False)
    flow = EnterFlow(steps)
    done = []
    flow.finished.connect(lambda: done.append(1))
    fields[0].setFocus()
    QTest.keyClicks(fields[0], "x")
    QTest.keyClick(fields[0], Qt.Key.Key_Return)
    assert QApplication.focusWidget() is fields[3]
    QTest.keyClicks(fields[3], "y")
    QTest.keyClick(fields[3], Qt.Key.Key_Return)
    assert done == [1]


def test_no_key_means_two_things():
    said = [key for binding in KEYS for key in (binding.sequence, binding.twin) if key]
    assert len(said) == len(set(said))
    assert {binding.key for binding in KEYS} == set(Key)
    assert all(binding.twin for binding in KEYS if binding.deciding)


@pytest.mark.parametrize(
    "remap",
    [{"decide": "F9"}, {"decide": "A"}, {"decide": "Ctrl+Z"}, {"decide": "Ctrl+J"}, {"decide": ""}, {"fly": "F11"}],
)
def test_a_remapping_that_would_take_another_key_or_text_is_refused(remap):
    with pytest.raises(ShortcutClashError):
        checked_remap(remap)


def test_two_keys_may_change_places():
    table = KeyTable({"decide": "F9", "refuse": "F12"})
    assert (table.sequence(Key.DECIDE), table.sequence(Key.REFUSE)) == ("F9", "F12")
