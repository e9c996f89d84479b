"""Certificates, vaccination, shelf, equipment and procedures at the desk of the post, by keys."""

from datetime import timedelta
from uuid import uuid4

import pytest
from health_post_robot import DAY, F5, F12, NOW, Doctor, Post
from office_robot import ENTER

from poe_health.equipment.item import EquipmentState
from poe_health.rules.answer import Answer
from poe_health.supplies.keep_stock import StockRequest
from poe_health.supplies.movement import Move
from poe_health.vaccinations.keep_numbers import NumbersRequest
from tests.unit.poe_health.certificates.cert_issuer import ICVP, Issuer, cache

STAMARIL = "a640b9f1e3bf870989c9f7498a0ae5a1"


@pytest.fixture
def post(qtbot, training_home, tray):
    """Signs somebody in at the desk."""
    at_work = []

    def sign_in(role="clinician", **more):
        at_work.append(Post(qtbot, training_home, role, desk="health_post", **more))
        return at_work[-1]

    yield sign_in
    for person in at_work:
        person.ends()


@pytest.fixture
def vaccine(training_home):
    """Twenty doses on the shelf and three booklets."""
    with Doctor(training_home) as doctor:
        box = StockRequest(uuid4(), "YF_VACCINE", Move.RECEIVED, 20, "SYN-22", DAY + timedelta(days=300), STAMARIL, 10)
        doctor.stores.move_stock(box, doctor.by)
        doctor.stores.keep_numbers.receive(NumbersRequest(uuid4(), "MZ-", 101, 103, 6), doctor.by)


def pasted(person, text):
    """A scanner types the code; the clipboard holds it."""
    person.focus().setText(text[:-1])
    return person.types(text[-1]).presses(ENTER)


def test_a_code_is_checked_against_the_trust_list_whose_age_is_shown(post, training_home, tmp_path):
    issuer = Issuer()
    person = post().goes("stores")
    page = person.page
    assert "Sem lista de confiança" in page.remark.text()
    pasted(person, issuer.text(ICVP))
    with Doctor(training_home) as doctor:
        (first,) = doctor.stores.checks.listed(DAY, DAY, doctor.by)
    assert first.check.seal == "signer_unknown"
    assert not page.banner.text().startswith("CONFORME")

    (tmp_path / "trust.json").write_bytes(cache(issuer.method()))
    person.does("trust").answers(path=str(tmp_path / "trust.json"))
    assert "1 chaves, 2 dias" in page.remark.text()
    page.code.setFocus()
    pasted(person, issuer.text(ICVP))
    with Doctor(training_home) as doctor:
        checks = doctor.stores.checks.listed(DAY, DAY, doctor.by)
    assert [one.check.seal for one in checks].count("valid") == 1
    assert len(page.list.lines()) == 2
    assert page.code.text() == ""
    assert all("Erika" not in cell for line in page.list.lines() for cell in line.cells)


def test_what_is_no_code_is_said_and_nothing_is_kept(post, training_home):
    person = post().goes("stores")
    pasted(person, "HC1:NADA")
    assert "BMIS-" in person.reads()
    with Doctor(training_home) as doctor:
        assert doctor.stores.checks.listed(DAY, DAY, doctor.by) == ()


def test_a_shelf_that_nobody_ever_counted_is_not_known(post):
    person = post().goes("stores", 2)

    assert person.page.remark.text() == "Cadernetas livres: não se sabe. Doses na prateleira: não se sabe."


def test_a_batch_that_has_expired_is_no_dose_on_the_shelf(post, training_home):
    with Doctor(training_home) as doctor:
        box = StockRequest(uuid4(), "YF_VACCINE", Move.RECEIVED, 20, "SYN-22", DAY + timedelta(days=8), STAMARIL, 10)
        doctor.stores.move_stock(box, doctor.by)

    person = post(at=NOW + timedelta(days=9)).goes("stores", 2)

    assert "Doses na prateleira: 0." in person.page.remark.text()


def test_a_paper_card_with_nobody_looking_at_the_batch_is_not_valid_yet(post, training_home):
    person = post("screener").goes("stores").does("paper")
    person.answers(date="05052020", written="Stamaril (Sanofi Pasteur)", name="Sim", dose_date="Sim", vaccine="Sim",
                   clinician="Sim", stamp="Sim", language="Sim", unaltered="Sim")  # fmt: skip
    with Doctor(training_home) as doctor:
        (kept,) = doctor.stores.checks.listed(DAY, DAY, doctor.by)
    assert "ITEM_NOT_ANSWERED" in kept.check.reasons
    assert "VACCINE_NOT_ON_LIST" not in kept.check.reasons
    assert not kept.check.good
    assert person.page.list.key() == kept.check.id


@pytest.mark.parametrize(("written", "kept_checks"), [("", 1), ("Stamaril", 0)])
def test_the_vaccine_is_chosen_from_the_list_or_written_but_not_both(post, training_home, written, kept_checks):
    person = post("screener").goes("stores").does("paper")
    person.answers(date="05052020", product="STAM", written=written)
    with Doctor(training_home) as doctor:
        kept = doctor.stores.checks.listed(DAY, DAY, doctor.by)
        assert len(kept) == kept_checks
        for one in kept:
            clinical = doctor.stores.checks.show(one.check.id, doctor.by).clinical
            assert clinical.form.paper.doses[0].approved is Answer.YES
    assert (person.dialog is None) is bool(kept_checks)


@pytest.mark.parametrize(
    ("hours", "shown", "required"), [("11,5", "11,5", "unknown"), ("13", "13", "yes"), ("?", "?", "unknown")]
)
def test_hours_of_transit_are_typed_and_the_rule_of_twelve_hours_decides(post, training_home, hours, shown, required):
    person = post("screener").goes("stores").does("who")
    person.answers(age="34", country1="ZAF", from1="01112026", to1="23112026", country2="AGO", hours2=hours,
                   from2="22112026", to2="22112026")  # fmt: skip
    assert f"AGO (trânsito, {shown} h)" in person.page.facts.text()
    person.does("paper").answers(kind="Nenhum")
    with Doctor(training_home) as doctor:
        (kept,) = doctor.stores.checks.listed(DAY, DAY, doctor.by)
    assert kept.check.required.value == required


def test_hours_without_a_country_and_hours_that_cannot_be_are_said_at_the_form(post):
    person = post("screener").goes("stores").does("who")
    person.answers(hours1="3")
    assert person.dialog is not None
    assert person.page.itinerary is None


def test_a_dose_needs_consent_first_and_takes_booklet_and_shelf_in_one(post, training_home, vaccine, tray):
    person = post().goes("stores", 2).presses(F12)
    person.answers(name="UTOPIANO, Berta", birth="03021990", consent="N", risks="Sim")
    assert person.dialog is None
    assert "Sem consentimento" in person.reads()

    person.presses(F12).answers(name="UTOPIANO, Berta", birth="03021990", consent="Sim", risks="Sim")
    person.answers(**dict.fromkeys([name for name in person.dialog.fields if name != "reason"], "N"))
    assert "opened" in person.dialog.fields
    person.answers(lot="SYN", vvm="1", given="")
    assert person.dialog is not None  # when the vial was opened is never guessed
    person.answers(opened="0930")
    with Doctor(training_home) as doctor:
        (dose,) = doctor.stores.doses.listed(DAY, DAY, doctor.by)
        shelf = next(one for one in doctor.stores.stock.shelf(doctor.by) if one.item.code == "YF_VACCINE")
    assert dose.given.certificate_number == "MZ-000101"
    assert shelf.usable == 19
    assert "Cadernetas livres: 2. Doses na prateleira: 19." in person.page.remark.text()
    assert "Berta" not in person.page.facts.text()
    person.presses(F5).prints()
    assert tray.papers[0][1].startswith(b"%PDF")
    person.does("after").answers(symptom="Fe")
    with Doctor(training_home) as doctor:
        (dose,) = doctor.stores.doses.listed(DAY, DAY, doctor.by)
    assert dose.aefi[0].reported.due_at is not None  # unknown counts as serious
    person.does("told")
    with Doctor(training_home) as doctor:
        (dose,) = doctor.stores.doses.listed(DAY, DAY, doctor.by)
    assert dose.aefi[0].told_at == NOW


def test_the_shelf_says_not_known_until_somebody_counts_and_never_goes_below_nothing(post, training_home):
    person = post().goes("stores", 3)
    page = person.page
    person.line("ORS")
    assert page.list.lines()[[one.key for one in page.list.lines()].index("ORS")].cells[1] == "não se sabe"
    person.presses(F12).answers(move="rec", quantity="50", lot="S1", expires_on="30062028")
    person.line("ORS").presses(F12).answers(move="ent", quantity="80", lot="S1")
    assert "BMIS-538" in person.dialog.trouble.text()
    person.dialog.close()
    person.does("count").answers(quantity="48", reason="Us")
    with Doctor(training_home) as doctor:
        found = next(one for one in doctor.stores.stock.shelf(doctor.by) if one.item.code == "ORS")
    assert found.usable == 48
    assert page.list.lines()[[one.key for one in page.list.lines()].index("ORS")].cells[1] == "48"


def test_a_thermometer_that_is_off_is_out_of_service_at_once(post, training_home):
    person = post().goes("stores", 4).does("register").answers(mark="T1", kind="Term")
    person.line("T1").presses(F12).answers(readings="36,5/37,5 36,6/37,6", reference="Padrao 7")
    with Doctor(training_home) as doctor:
        (one,) = doctor.stores.equipment(doctor.by)
    assert one.state is EquipmentState.OUT_OF_SERVICE
    assert person.page.list.lines()[0].status == "red"
    person.does("check").answers(readings="trinta", reference="Padrao 7")
    assert "BMIS-590" in person.dialog.trouble.text()


def test_a_procedure_is_attached_by_the_supervisor_and_found_by_its_words(post, training_home, tmp_path, qtbot):
    (tmp_path / "sop.txt").write_text("Quando há cólera, tratar primeiro e preencher depois.", encoding="utf-8")
    chief = Post(qtbot, training_home, "health-supervisor").goes("stores", 5)
    chief.does("attach").answers(path=str(tmp_path / "sop.txt"), code="PC-01", kind="P", title="Colera no posto",
                                 version="1.0", approved_by="Dra. Sintetica", approved_on="01112026")  # fmt: skip
    assert chief.dialog is None
    chief.ends()
    person = post("screener").goes("stores", 5)
    assert not person.page.buttons["attach"].isEnabled()
    person.page.words.setFocus()
    person.types("tratar").presses(ENTER)
    assert [line.cells[0] for line in person.page.list.lines()] == ["PC-01"]
    assert "tratar" in person.page.facts.text()
    person.page.words.setFocus()
    person.types("xyz").presses(ENTER)
    assert person.page.list.lines() == ()
