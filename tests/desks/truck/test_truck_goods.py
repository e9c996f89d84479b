"""The load at the truck, by one key and with gloves; a document swiped beside the pass."""

import pytest
from clipping import clipped, settle, takes_markup, unnamed
from lane_robot import zone
from pass_post import passport_of
from PySide6.QtWidgets import QApplication
from truck_robot import ENTER, ESC, F8, F12, adds, uses

from bmis.crossings.decision import Decision
from ui.desktop.theme import apply_theme
from ui.desktop.truck.working import Phase

OTHER = zone("15AB00002", "SITOE<SPECIMEN", "MARIA", state="MOZ")


def load(crew):
    return crew.truck.carried.load.text()


def test_a_load_within_the_ceiling_is_simplified_and_above_it_customs_and_both_are_kept_with_the_use(drive, passes):
    one, seal = passes[0]
    crew = drive()
    crew.scans(seal)
    adds(crew, "maize", "50", "40,00")
    assert load(crew).startswith("Regime simplificado")
    assert "40,00 USD de 1000,00 USD" in load(crew)
    assert crew.word == "PASSA"
    adds(crew, "rice", "500", "961")
    assert load(crew).startswith("Regime normal: Alfândegas")
    crew.presses(ENTER)
    assert crew.stored().decision is Decision.EXITED
    [use] = uses(crew, one.number)
    assert (use.regime, use.products) == ("customs", ("maize", "rice"))
    assert load(crew) == ""


def test_a_product_that_is_not_on_the_list_is_for_customs_and_a_wrong_quantity_is_asked_again(drive, passes):
    crew = drive()
    crew.scans(passes[0][1])
    dialog = adds(crew, "other", "zero", "10")
    assert "BMIS-664" in dialog.trouble.text()
    crew.presses(ESC)
    adds(crew, "other", "1", "10")
    assert load(crew).startswith("Regime normal: Alfândegas")
    clear = next(one for one in crew.truck.palette_actions() if one.words == "Afinal sem mercadoria")
    clear.run()
    crew.settle()
    assert load(crew) == ""


def test_the_load_stays_when_the_truck_turns_and_goes_with_its_traveller(drive, passes):
    crew = drive()
    crew.scans(passes[0][1])
    adds(crew, "maize", "50", "40,00")
    crew.touches(crew.truck.way)
    assert load(crew).startswith("Regime simplificado")
    crew.presses(ESC).scans(passes[2][1])
    assert load(crew) == ""
    crew.presses(ESC)
    assert not crew.truck.carried.goods.isVisible()
    crew.presses(F8)
    assert crew.dialog is None  # nobody is there who could carry anything


def test_goods_are_not_asked_of_who_shows_no_pass(drive):
    crew = drive()
    crew.swipes(OTHER)
    assert not crew.truck.carried.goods.isVisible()
    crew.truck.carried.asking.ask()
    assert crew.codes() == ["BMIS-762"]


@pytest.mark.parametrize("theme", ["light", "night"])
@pytest.mark.parametrize("language", ["pt", "en"])
def test_nothing_of_the_load_is_cut_and_the_form_is_for_gloves(drive, passes, language, theme):
    crew = drive(language=language)
    apply_theme(QApplication.instance(), theme)
    crew.scans(passes[1][1])
    dialog = adds(crew, "rice", "500", "961")
    settle(crew.window)
    assert clipped(crew.window) == []
    crew.touches(crew.truck.carried.goods)
    dialog = crew.truck.carried.asking.dialog
    assert clipped(dialog) == []
    assert unnamed(dialog) == []
    assert takes_markup(dialog) == []
    assert min(one.height() for one in (*dialog.fields.values(), dialog.ok, dialog.cancel)) >= 76
    crew.presses(ESC)


# --- a document beside the pass


def found(crew):
    answer = crew.truck.model.answer
    return {(one.status.value, one.evidence) for one in answer.findings if one.check == "border_pass"}


def test_a_document_swiped_after_the_pass_is_the_one_recorded_and_agrees(drive, passes):
    one, seal = passes[0]
    crew = drive()
    crew.scans(seal).swipes(passport_of(seal))
    assert found(crew) == {("green", "in_order")}
    assert crew.codes() == []
    assert crew.truck.model.answer.number == "15AB00077"
    crew.presses(F12)
    kept = crew.stored()
    assert (kept.document.kind, kept.document.number) == ("passport", "15AB00077")
    assert [use.crossing_id for use in uses(crew, one.number)] == [kept.id]


def test_a_document_swiped_before_the_pass_is_the_same_traveller_s(drive, passes):
    seal = passes[0][1]
    crew = drive()
    crew.swipes(passport_of(seal)).scans(seal)
    assert found(crew) == {("green", "in_order")}
    crew.scans(passes[2][1])  # but a second pass is another traveller's
    assert crew.codes() == ["BMIS-768"]


@pytest.mark.parametrize(
    ("changed", "evidence", "words"),
    [
        ({"surname": "MUTHEMBA", "given": "JULIA"}, "holder_name", "Nome diferente no cartão e no documento"),
        ({"born": "850512"}, "holder_birth", "Data de nascimento diferente"),
        ({"sex": "M"}, "holder_sex", "Sexo diferente"),
    ],
)
def test_a_document_that_says_otherwise_than_the_seal_is_ver_and_never_a_stop(drive, passes, changed, evidence, words):
    seal = passes[0][1]
    crew = drive()
    crew.scans(seal).swipes(passport_of(seal, **changed))
    assert ("amber", evidence) in found(crew)
    assert crew.word == "VER"
    assert words in crew.truck.lines[1].toolTip()
    crew.presses(F12)
    assert crew.stored().decision is Decision.EXITED


def test_the_same_document_twice_is_nothing_and_another_is_told_to_wait(drive, passes):
    seal = passes[0][1]
    crew = drive()
    crew.scans(seal).swipes(passport_of(seal)).swipes(passport_of(seal))
    assert (crew.codes(), crew.truck.model.phase) == ([], Phase.SHOWN)
    crew.swipes(OTHER)
    assert crew.codes() == ["BMIS-768"]
