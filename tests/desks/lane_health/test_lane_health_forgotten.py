"""The health token at the lane: what does not count, what is forgotten, and what stays of it anywhere."""

import pypdfium2
import pytest
from clipping import clipped, settle, takes_markup, unnamed
from lane_robot import START, Ticking, zone
from port_health import Sees, Table, scene
from PySide6.QtCore import Qt
from token_robot import DECISION, NATIONAL, OK, OTHER, WITH_HEALTH, alive, chip, found, step

from bmis.capture.codes import read_codes, read_tokens
from bmis.capture.frame import Frame
from bmis.capture.images import load_image
from bmis.crossings.crossing import ImageKind
from bmis.crossings.decision import Decision
from bmis.documents.travel_document import CaptureMethod
from bmis.kernel.clearance import ClearanceOutcome
from tests.journeys.test_cli_health_kept import decrypted
from ui.cli.crossing_output import view_json
from ui.compose import back_up_home, open_home
from ui.desktop.health_shown import Stand
from ui.desktop.lane.draft import ReadZone
from ui.desktop.lane.drafting import Phase
from ui.desktop.lane.reading import SeenDocument

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
