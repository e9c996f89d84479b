"""The health token at the lane: scanned once, seen by the officer alone, forgotten with the traveller."""

import gc
import os
import shutil
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from clipping import clipped, settle, takes_markup, unnamed
from lane_robot import START, Officer, Ticking, zone
from port_health import PortHealth, Sees, Signed, Table, scene
from PySide6.QtCore import Qt

from bmis.capture.codes import read_codes, read_tokens
from bmis.capture.frame import Frame
from bmis.capture.images import load_image
from bmis.capture.serial_reader import Line, SerialReader
from bmis.crossings.crossing import ImageKind
from bmis.crossings.decision import Decision
from bmis.crossings.health_lane import Shown
from bmis.documents.travel_document import CaptureMethod
from bmis.kernel.clearance import Clearance, ClearanceOutcome
from bmis.kernel.clearance_card import card_letters
from bmis.posts.post_setting import HealthOrder, SettingName
from tests.journeys.test_cli_health_kept import decrypted
from ui.cli.crossing_output import view_json
from ui.compose import back_up_home, border_desk, open_home
from ui.desktop.lane.clearing import Stand
from ui.desktop.lane.draft import ReadZone
from ui.desktop.lane.drafting import Phase
from ui.desktop.lane.reading import SeenDocument

NATIONAL = zone("15AB00001", "COSSA<SPECIMEN", "JOAO", state="MOZ", sex="M")
OTHER = zone("15AB00002", "SITOE<SPECIMEN", "MARIA", state="MOZ")
OK, WAIT = ClearanceOutcome.H_OK, ClearanceOutcome.H_WAIT
WITH_HEALTH, DECISION = ClearanceOutcome.H_WITH_HEALTH, ClearanceOutcome.H_DECISION


@pytest.fixture(scope="module")
def signed(_built_training_home, tmp_path_factory):
    """A home in which port health has begun, and what it signed there before the shift."""
    home = Path(shutil.copytree(_built_training_home, tmp_path_factory.mktemp("signed") / "home"))
    return home, Signed.of(home)


@pytest.fixture
def training_home(request, signed, _built_training_home, tmp_path):
    """Each test's own: with what port health signed or, for ``no_health``, where it never worked."""
    plain = "no_health" in request.fixturenames
    return Path(shutil.copytree(_built_training_home if plain else signed[0], tmp_path / "home"))


@pytest.fixture
def no_health():
    """Port health does not work in the home."""


@pytest.fixture
def port(signed):
    return signed[1]


@pytest.fixture
def at_work(qtbot, training_home):
    shifts = []

    def begin(**how):
        shifts.append(Officer(qtbot, training_home, **how))
        return shifts[-1]

    yield begin
    for shift in shifts:
        shift.ends()


def chip(officer):
    panel = officer.lane.checks.health
    return (panel.chip.text(), panel.chip.status) if panel.isVisible() else None


def step(officer):
    return next(((one.status.value, one.evidence) for one in found(officer) if one.check == "health_step"), None)


def found(officer):
    examined = officer.model.checking.examined
    return examined.findings if examined else ()


def alive():
    """Return every code of a traveller that this process still holds."""
    gc.collect()
    return [type(one).__name__ for one in gc.get_objects() if isinstance(one, Clearance | Shown)]


# --- ways in


def test_a_token_scanned_first_begins_the_traveller_and_the_document_follows(at_work, port):
    token = port.token(OK)
    officer = at_work()

    officer.scans(token)
    assert officer.model.phase is Phase.WORK
    assert officer.model.document is None
    assert chip(officer) == ("Saúde: feito", "green")
    officer.shows(NATIONAL)
    assert step(officer) == ("green", "done")
    officer.enters("zaf").accepts_all().decides()
    assert officer.stored().decision is Decision.ADMITTED


def test_a_token_after_the_document_runs_the_checks_again_and_keeps_what_was_accepted(at_work, port):
    token = port.token(OK)
    officer = at_work()

    officer.shows(NATIONAL)
    assert chip(officer) == ("Sem senha de saúde", "grey")
    assert step(officer) == ("grey", "not_done")
    officer.enters("zaf").scans(token)
    assert step(officer) == ("green", "done")
    assert officer.model.draft.answers["journey.coming_from"] == "ZAF"
    officer.accepts_all().decides()
    assert officer.stored().decision is Decision.ADMITTED


def test_a_qr_code_held_before_the_camera_is_the_traveller_s_token(at_work, port, qtbot):
    token, table = port.token(OK), Table(Ticking())
    officer = at_work(source=lambda: table, reader=Sees())

    table.lay(token)
    qtbot.waitUntil(lambda: chip(officer) == ("Saúde: feito", "green"), timeout=20_000)
    table.lay(lines=NATIONAL)
    qtbot.waitUntil(lambda: step(officer) == ("green", "done"), timeout=20_000)
    officer.enters("zaf").accepts_all().decides()
    assert officer.stored().decision is Decision.ADMITTED
    assert officer.codes() == []


def test_the_token_that_still_lies_there_after_the_decision_begins_nobody(at_work, port, qtbot):
    token, table = port.token(OK), Table(Ticking())
    officer = at_work(source=lambda: table, reader=Sees())

    table.lay(token, lines=NATIONAL)
    qtbot.waitUntil(lambda: step(officer) == ("green", "done"), timeout=20_000)
    officer.enters("zaf").accepts_all().decides()
    assert officer.model.phase is Phase.SAVED
    looked = table.looked
    qtbot.waitUntil(lambda: table.looked > looked + 15, timeout=20_000)
    officer.settle()
    assert officer.model.phase is Phase.SAVED
    assert officer.codes() == []


def test_a_used_token_shown_by_the_next_traveller_is_told(at_work, port, qtbot):
    token, table = port.token(OK), Table(Ticking())
    officer = at_work(source=lambda: table, reader=Sees())
    table.lay(token, lines=NATIONAL)
    qtbot.waitUntil(lambda: step(officer) == ("green", "done"), timeout=20_000)
    officer.enters("zaf").accepts_all().decides()

    table.clear()
    looked = table.looked
    qtbot.waitUntil(lambda: table.looked > looked + 60, timeout=20_000)
    table.lay(token, lines=OTHER)
    qtbot.waitUntil(lambda: chip(officer) == ("Saúde: não vale", "grey"), timeout=20_000)
    assert "BMIS-480" in officer.codes()
    qtbot.waitUntil(lambda: step(officer) == ("grey", "not_done"), timeout=20_000)


def test_two_tokens_in_view_are_nobody_s(at_work, port, qtbot):
    tokens, table = (port.token(OK), port.token(WITH_HEALTH)), Table(Ticking())
    officer = at_work(source=lambda: table, reader=Sees())

    table.lay(*tokens)
    qtbot.waitUntil(lambda: bool(officer.notices), timeout=20_000)
    officer.settle()
    assert officer.codes() == ["BMIS-585"]
    assert officer.model.draft is None
    table.lay(tokens[0], tokens[0])  # one token printed twice is one
    officer.presses(Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: chip(officer) == ("Saúde: feito", "green"), timeout=20_000)


def test_other_codes_before_the_camera_are_left_alone(port):
    table = Table(Ticking())
    table.lay("HC1:6BFOXN*TS0BI$ZD4N9:9S6RCVN5+O30K3/XIV0W23NTDE", "https://example.org/BH1:")
    assert read_tokens(table.read()) == ()
    assert len(read_codes(table.read())) == 2


def test_a_slow_scanner_types_nothing_into_the_field_that_has_the_focus(at_work, port):
    token = port.token(WITH_HEALTH)
    officer = at_work()
    officer.shows(NATIONAL)
    field = officer.lane.questions.fields["journey.coming_from"].field
    assert field.hasFocus()

    officer.types("za").scans(token, pace_ms=60)
    assert chip(officer) == ("Saúde: acompanhar", "amber")
    assert field.text().lower() == "za"
    assert not any(token[4:12] in text for text in officer.model.draft.answers.values())
    assert officer.kept() == ()


def test_a_scanner_on_a_serial_line_is_heard(at_work, port, qtbot):
    token = port.token(WAIT)
    master, slave = os.openpty()
    officer = at_work()
    path = os.ttyname(slave)
    officer.lane.swipes._make = lambda took, state: SerialReader(path, Line(9600, "8N1"), took, state, retry_s=0.05)
    officer.lane.swipes.start()
    qtbot.waitUntil(lambda: officer.lane.swipes.is_ready, timeout=10_000)
    os.write(master, (token + "\r").encode("ascii"))
    qtbot.waitUntil(lambda: chip(officer) == ("Saúde: aguardar", "amber"), timeout=10_000)
    officer.lane.swipes.stop()
    os.close(slave)
    os.close(master)


def test_a_card_is_taken_by_its_number_and_letters_without_the_mouse(at_work, port):
    card = port.card(OK)
    officer = at_work()
    officer.shows(NATIONAL).presses(Qt.Key.Key_F11)

    officer.enters(card.typed.lower())
    assert officer.dialog is None
    assert chip(officer) == ("Saúde: feito", "green")
    officer.enters("zaf").accepts_all().decides()
    assert officer.stored().decision is Decision.ADMITTED


def test_a_card_typed_wrong_is_asked_again_and_the_traveller_stands_as_before(at_work):
    officer = at_work()
    officer.shows(NATIONAL).presses(Qt.Key.Key_F11)
    field = officer.dialog.fields["card"]
    for typed, code in (("2", "588"), ("2 ZZZZZZ", "588"), ("99 ZZZZZZ", "587"), ("x", "588"), ("0 UUUUUU", "588")):
        field.clear()
        officer.enters(typed)
        assert f"BMIS-{code}" in officer.dialog.trouble.text(), typed
    officer.presses(Qt.Key.Key_Escape)
    assert chip(officer) == ("Sem senha de saúde", "grey")
    assert officer.model.document.number == "15AB00001"
    assert officer.codes() == []


def test_yesterday_s_card_and_a_damaged_file_of_cards_are_told(at_work, port, training_home):
    card = port.card(OK)
    officer = at_work()
    officer.shows(NATIONAL).later(hours=19)
    officer.presses(Qt.Key.Key_F11).enters(card.typed.replace(" ", "-"))
    assert "BMIS-587" in officer.dialog.trouble.text()
    (training_home / "clearance_cards.json").write_text('{"format": 1, "cards": [{"number": "1"}]}', "utf-8")
    officer.presses(Qt.Key.Key_Return)
    assert "BMIS-589" in officer.dialog.trouble.text()


def test_the_file_of_cards_tells_no_code_and_holds_no_token(port, training_home):
    cards = port.cards
    raw = (training_home / "clearance_cards.json").read_bytes()
    for card in cards:
        assert card.text[4:40].encode() not in raw
        assert card_letters(card.text).encode() not in raw
    assert b"H_W" not in raw


# --- what the officer sees


def test_each_code_has_neutral_words_and_only_the_first_finishes_the_step(at_work, port):
    officer = at_work()
    officer.shows(NATIONAL).enters("zaf")
    for outcome, words, status in (
        (OK, "Saúde: feito", "green"),
        (WAIT, "Saúde: aguardar", "amber"),
        (WITH_HEALTH, "Saúde: acompanhar", "amber"),
        (DECISION, "Saúde: por decidir", "amber"),
    ):
        officer.scans(port.token(outcome))
        assert chip(officer) == (words, status)
        assert "viajante: «" in officer.lane.checks.health.words.text()
        proposal = officer.model.checking.proposal
        if outcome is OK:
            assert step(officer) == ("green", "done")
            assert proposal.decision is Decision.ADMITTED
        else:
            assert step(officer) == ("grey", "not_done")
            assert proposal.decision is None
            assert officer.model.why_shut(Decision.ADMITTED)
        officer.model.clearing.forget_and_check()


def test_a_release_grants_no_entry(at_work, port):
    token = port.token(OK)
    officer = at_work()
    officer.shows(zone(until="250101")).scans(token)  # an expired passport

    assert chip(officer) == ("Saúde: feito", "green")
    assert officer.model.checking.proposal.decision is Decision.PENDING_SECONDARY
    assert officer.model.why_shut(Decision.ADMITTED)


@pytest.mark.parametrize(
    ("order", "shown", "found_step"),
    [
        (HealthOrder.LANE_FIRST, ("Saúde: depois deste balcão", "green"), ("green", "after_lane")),
        (HealthOrder.HEALTH_FIRST, ("Sem senha de saúde", "grey"), ("grey", "not_done")),
    ],
)
def test_the_order_of_the_post_is_respected(at_work, training_home, order, shown, found_step):
    with open_home(training_home, START).sign_in("supervisor", "treino") as session:
        border_desk(session).set_post_setting(
            SettingName.HEALTH_ORDER, order, valid_from=date(2026, 1, 1), reason="Order of the post", by=session.actor
        )
    officer = at_work()
    officer.shows(NATIONAL)
    assert (chip(officer), step(officer)) == (shown, found_step)


@pytest.mark.usefixtures("no_health")
def test_where_port_health_does_not_work_nothing_is_shown_and_a_stray_code_troubles_one_traveller_only(at_work):
    officer = at_work()
    officer.shows(NATIONAL)
    assert (chip(officer), step(officer)) == (None, None)
    officer.scans("BH1:THIS IS NO TOKEN BUT SOMEBODY PRINTED IT")
    assert officer.codes() == ["BMIS-480"]
    assert step(officer) == ("grey", "not_done")
    officer.model.put_aside()
    officer.takes_away().shows(OTHER)
    assert (chip(officer), step(officer)) == (None, None)


@pytest.mark.usefixtures("no_health")
def test_port_health_that_begins_in_the_middle_of_a_shift_is_expected_from_the_next_traveller(at_work, training_home):
    officer = at_work()
    officer.shows(NATIONAL).enters("zaf")
    PortHealth(training_home, Ticking()).gives(OK)
    officer.accepts_all().decides()
    assert officer.stored().decision is Decision.ADMITTED
    officer.takes_away().shows(OTHER)
    assert chip(officer) == ("Sem senha de saúde", "grey")


# --- what does not count


def test_whatever_does_not_count_is_told_with_its_reason_and_nothing_is_lost(at_work, port):
    texts = port.hostile()
    officer = at_work()
    officer.shows(NATIONAL).enters("zaf")
    reasons = set()
    for name, (text, words) in texts.items():
        officer.scans(text)
        assert officer.codes() == ["BMIS-480"], name
        assert chip(officer) == ("Saúde: não vale", "grey"), name
        reason = officer.lane.checks.health.words.text()
        reasons.add(reason)
        assert words in reason, name
        assert step(officer) == ("grey", "not_done"), name
        assert officer.model.draft.answers["journey.coming_from"] == "ZAF"
    assert len(reasons) == 5
    officer.scans(port.token(OK))  # one that counts takes the place of one that did not
    assert chip(officer) == ("Saúde: feito", "green")


def test_a_token_counts_once(at_work, port):
    token = port.token(OK)
    officer = at_work()
    officer.shows(NATIONAL).enters("zaf").scans(token).accepts_all().decides()
    officer.takes_away().shows(OTHER).scans(token)

    assert officer.codes() == ["BMIS-480"]
    assert "Motivo: " in officer.lane.checks.health.words.text()
    assert step(officer) == ("grey", "not_done")


def test_a_second_token_does_not_take_the_place_of_one_that_counts(at_work, port):
    held, release = port.token(WITH_HEALTH), port.token(OK)
    officer = at_work()
    officer.shows(NATIONAL).scans(held).scans(release)

    assert officer.codes() == ["BMIS-586"]
    assert chip(officer) == ("Saúde: acompanhar", "amber")
    officer.scans(held)
    assert officer.codes() == []
    forget = next(one for one in officer.lane.palette_actions() if one.words == "Esquecer a senha de saúde")
    forget.run()
    assert chip(officer) == ("Sem senha de saúde", "grey")
    officer.scans(release)
    assert chip(officer) == ("Saúde: feito", "green")


def test_a_token_that_runs_out_while_the_traveller_stands_there_no_longer_counts(at_work, port):
    token = port.token(OK)
    officer = at_work()
    officer.shows(NATIONAL).scans(token).enters("zaf").later(hours=5)
    officer.lane._tick()
    assert chip(officer) == ("Saúde: não vale", "grey")
    officer.accepts_all().decides()
    assert officer.kept() == ()


def test_keys_that_cannot_be_read_are_told_and_the_traveller_stays(at_work, port, training_home):
    token = port.token(OK)
    (training_home / "clearance_keys.json").write_text("[", "utf-8")
    officer = at_work()
    officer.shows(NATIONAL).scans(token)
    assert officer.codes() == ["BMIS-481"]
    assert step(officer) == ("grey", "not_done")
    assert officer.model.document is not None


# --- forgetting


def test_the_code_is_forgotten_when_the_traveller_goes(at_work, port):
    officer = at_work()
    officer.shows(NATIONAL).enters("zaf").scans(port.token(WITH_HEALTH))
    assert alive()
    officer.presses(Qt.Key.Key_Escape)
    officer.dialog.yes.click()
    officer.settle()
    assert officer.model.phase is Phase.IDLE
    assert alive() == []

    officer.scans(port.token(WITH_HEALTH)).presses(Qt.Key.Key_Escape)  # nothing but a token: it asks nothing
    assert officer.model.phase is Phase.IDLE
    assert alive() == []

    officer.takes_away().shows(OTHER).enters("zaf").scans(port.token(WITH_HEALTH)).accepts_all()
    assert alive()
    officer.presses(Qt.Key.Key_F6)
    assert officer.model.phase is Phase.SAVED, officer.codes()
    assert alive() == []
    assert officer.model.clearing.view.stand in (Stand.UNUSED, Stand.NONE)

    officer.takes_away().shows(NATIONAL).scans(port.token(WITH_HEALTH))
    officer.model.start_other(SeenDocument(ReadZone(OTHER, CaptureMethod.CAMERA)))
    assert officer.model.document.number == "15AB00002"
    assert alive() == []
    officer.scans(port.token(DECISION))
    officer.model.close()
    assert alive() == []


def test_a_draft_taken_up_again_has_no_token_until_it_is_shown_anew(at_work, port):
    token = port.token(OK)
    officer = at_work()
    officer.shows(NATIONAL).enters("zaf").scans(token)
    officer.model.put_aside()
    officer.takes_away()
    officer.model.resume(officer.model.opening.drafts[0])

    assert chip(officer) == ("Sem senha de saúde", "grey")
    officer.scans(token)
    assert chip(officer) == ("Saúde: feito", "green")


def test_a_locked_screen_shows_no_code(at_work, port):
    token = port.token(WITH_HEALTH)
    officer = at_work()
    officer.shows(NATIONAL).scans(token)
    officer.lane.locking()
    assert officer.lane.checks.health.text() == ""
    assert "acompanhar" not in officer.lane.checks.health.accessibleName()
    officer.lane.unlocked()
    assert chip(officer) == ("Saúde: acompanhar", "amber")


def test_a_decision_taken_back_gives_the_token_back(at_work, port):
    token = port.token(OK)
    officer = at_work()
    officer.shows(NATIONAL).enters("zaf").scans(token).accepts_all().decides()
    officer.model.deciding.undo()
    officer.settle()
    assert chip(officer) == ("Sem senha de saúde", "grey")

    officer.scans(token)
    assert chip(officer) == ("Saúde: feito", "green")
    officer.accepts_all().decides()
    assert officer.stored().decision is Decision.ADMITTED


# --- what stays


def test_the_picture_that_is_kept_of_the_page_does_not_show_the_token_beside_it(at_work, port, qtbot):
    token, table = port.token(WITH_HEALTH), Table(Ticking())
    officer = at_work(source=lambda: table, reader=Sees())
    table.lay(token, "https://example.org/a-code-of-the-document", lines=NATIONAL)
    qtbot.waitUntil(lambda: chip(officer) == ("Saúde: acompanhar", "amber"), timeout=20_000)
    qtbot.waitUntil(lambda: officer.model.document is not None, timeout=20_000)
    officer.presses(Qt.Key.Key_F4)

    draft = officer.model.draft
    for kind in (ImageKind.PAGE, ImageKind.TRAVELLER):
        picture = officer.home / f"{kind.value}.jpg"
        picture.write_bytes(draft.picture(kind).jpeg)
        frame = load_image(picture, Ticking())
        assert read_tokens(frame) == ()
        codes = [code.text for code in read_codes(frame)]
        assert codes == ["https://example.org/a-code-of-the-document"] or kind is ImageKind.TRAVELLER
        picture.unlink()


def test_a_whole_shift_leaves_no_trace_of_who_was_held_by_health(at_work, port, training_home, tmp_path, monkeypatch):
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    held, release = port.token(WITH_HEALTH), port.token(OK)
    card = port.card(DECISION)
    officer = at_work()
    searched = [held, release, card.text]
    # the first is put aside with the token shown, taken up again, held by health, sent to secondary, printed
    officer.shows(NATIONAL).enters("zaf").scans(held).later(seconds=5)
    officer.model.autosave.now()
    assert chip(officer) == ("Saúde: acompanhar", "amber")
    still = raw(training_home, folder)
    officer.model.put_aside()
    officer.takes_away()
    officer.model.resume(officer.model.opening.drafts[0])
    officer.shows(NATIONAL).scans(held).accepts_all().presses(Qt.Key.Key_F6)
    assert officer.model.phase is Phase.SAVED
    sent = officer.stored()
    officer.presses(Qt.Key.Key_F5)
    # the second has a card, is admitted all the same by the officer; the third has a release
    officer.takes_away().shows(OTHER).enters("zaf").presses(Qt.Key.Key_F11)
    officer.enters(card.typed).accepts_all()
    officer.model.decide(Decision.ADMITTED)
    officer.settle()
    assert officer.model.phase is Phase.SAVED, (
        officer.codes(),
        officer.model.why_shut(Decision.ADMITTED),
        found(officer),
        officer.dialog,
    )
    third = zone("15AB00003", "NUVUNGA<SPECIMEN", "RUI", state="MOZ", sex="M")
    officer.takes_away().shows(third).enters("zaf").scans(release).accepts_all().decides()
    assert len(officer.kept()) == 3
    with open_home(training_home, START).sign_in("admin", "treino") as session:
        back_up_home([session])(tmp_path / "B.bmis")
    while_open = raw(training_home, folder)
    shown = str([view_json(officer.parts.show(one.id)) for one in officer.kept()])
    papers = "".join(text_of(pdf) for _title, pdf in officer.tray.papers)
    assert papers
    officer.model.close()

    words = [one.value for one in ClearanceOutcome] + ["acompanhar", "por decidir", "BH1:"]
    references = [token[at : at + 24] for token in searched for at in (4, 40, 100)]
    border = decrypted(training_home, officer_kind(), "officer", tmp_path)
    after = raw(training_home, folder)
    for secret in (*words, *references):
        for place in (still, while_open, after):
            assert [name for name, content in place.items() if secret.encode() in content] == [], secret
        assert secret.encode() not in border, secret
        assert secret.encode() not in (tmp_path / "B.bmis").read_bytes(), secret
        assert secret not in shown, secret
        assert secret not in papers, secret
    assert b"not_done" in border  # the search would have found something
    assert "not_done" in shown
    assert [one.evidence for one in sent.findings if one.check == "health_step"] == ["not_done"]


def raw(home, temporary):
    return {
        str(path): path.read_bytes() for folder in (home, temporary) for path in folder.rglob("*") if path.is_file()
    }


def text_of(pdf):
    document = pypdfium2.PdfDocument(pdf)
    return "".join(page.get_textpage().get_text_range() for page in document)


def officer_kind():
    from bmis.store.border import BORDER

    return BORDER


# --- looks


@pytest.mark.parametrize("language", ["pt", "en"])
def test_nothing_of_the_health_step_is_cut(at_work, port, language):
    officer = at_work(language=language)
    officer.shows(zone())
    for token in (None, "BH1:NONE", *(port.token(outcome) for outcome in ClearanceOutcome)):
        if token:
            officer.scans(token)
            officer.desktop.frame.notice.clear()
        settle(officer.window)
        assert clipped(officer.window) == []
        officer.model.clearing.forget_and_check()
    assert unnamed(officer.window) == []
    assert takes_markup(officer.window) == []
    officer.presses(Qt.Key.Key_F11)
    assert clipped(officer.dialog) == []
    officer.presses(Qt.Key.Key_Escape)


def test_a_scene_with_a_code_is_read_as_it_is(port):
    token = port.token(OK)
    assert read_tokens(Frame.of_pixels(scene(token, scale=3), START, "table")) == (token,)
