"""Somebody is vaccinated at the post: consent, vial, shelf and booklet together, or nothing of it."""

import io
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from post_shelf import CONSENT, LAST_DAY, LOT, NO_TO_ALL, NOW, TODAY, WHO, booklets, dose, ready, received
from pypdf import PdfReader

from bmis.kernel.actor import NotAllowedError, Role
from bmis.store.errors import RecordChangedError
from poe_health.certificates.errors import (
    AdverseEventError,
    BatchUnusableError,
    ConsentMissingError,
    ContraindicationError,
    NumberSeriesError,
)
from poe_health.certificates.numbers import NumberSeries
from poe_health.certificates.vaccination import ConsentBy, EventOutcome
from poe_health.errors import HealthCodeError
from poe_health.keeping.errors import (
    KeptUnknownError,
    LotUnusableError,
    NumbersOverlapError,
    PartErasedError,
    StockShortError,
    StoreConflictError,
    StoreFieldError,
    StoreItemError,
)
from poe_health.rules.answer import Answer
from poe_health.screening.errors import ScreeningUnknownError
from poe_health.vaccinations.after_dose import AefiRequest
from poe_health.vaccinations.keep_numbers import _meet
from poe_health.vaccinations.vaccinate import block_of
from ui.compose import verify_store


def counts(stores):
    with stores.session.store.read() as unit:
        return tuple(
            unit.connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar()
            for table in ("vaccination_event", "certificate_number", "supply_movement", "health_part", "outbox")
        )


def test_a_dose_takes_vaccine_off_the_shelf_and_the_next_number(stores):
    by = ready(stores).session.actor

    first, second = (stores.vaccinate(dose(), by) for _ in range(2))

    assert [one.given.certificate_number for one in (first, second)] == ["MZ-000001", "MZ-000002"]
    assert first.given.valid_on == TODAY + timedelta(days=10)
    (block,) = stores.numbers(by)
    assert (block.remaining, block.used, block.next) == (48, 2, "MZ-000003")
    shelf = next(one for one in stores.stock.shelf(by) if one.item.code == "YF_VACCINE")
    assert shelf.usable == 18
    assert stores.doses.show("mz-000002", by).who == WHO
    assert len(stores.doses.listed(TODAY, TODAY, by)) == 2


REFUSALS = (
    (dose(consent=replace(CONSENT, given=False)), ConsentMissingError),
    (dose(consent=replace(CONSENT, risks_told=False)), ConsentMissingError),
    (dose(consent=replace(CONSENT, asked_at=NOW + timedelta(minutes=1))), ConsentMissingError),
    (dose(who=replace(WHO, birth_date=None)), ConsentMissingError),
    (dose(answers={}), ContraindicationError),
    (dose(answers=NO_TO_ALL | {"SEVERE_ALLERGY": Answer.YES}, clinician_reason="knows better"), ContraindicationError),
    (dose(answers=NO_TO_ALL | {"PREGNANT": Answer.YES}), ContraindicationError),
    (dose(answers=NO_TO_ALL | {"FREE_TEXT": Answer.NO}), HealthCodeError),
    (dose(vvm=3), BatchUnusableError),
    (dose(vvm=9), StoreFieldError),
    (dose(vial_opened_at=NOW - timedelta(hours=6)), BatchUnusableError),
    (dose(vial_opened_at=NOW + timedelta(minutes=1)), StoreFieldError),
    (dose(lot="NEVER-CAME"), LotUnusableError),
    (dose(item="ORS"), StoreItemError),
    (dose(given_at=NOW + timedelta(hours=1)), StoreFieldError),
    (dose(given_at=NOW - timedelta(days=3)), StoreFieldError),
    (dose(who=replace(WHO, name=" ")), StoreFieldError),
    (dose(who=replace(WHO, sex="Q")), HealthCodeError),
    (dose(certificate="MZ-000099"), NumberSeriesError),
    (dose(certificate="SOMETHING"), NumberSeriesError),
    (dose(screening_id=uuid4()), ScreeningUnknownError),
)


def test_without_consent_answers_a_good_vial_or_a_number_nothing_is_kept(stores):
    by = ready(stores).session.actor
    before = counts(stores)

    for request, error in REFUSALS:
        with pytest.raises(error):
            stores.vaccinate(request, by)

    assert counts(stores) == before


def test_a_child_is_vaccinated_with_the_guardian_s_consent(stores):
    by = ready(stores).session.actor
    consent = replace(CONSENT, by=ConsentBy.GUARDIAN, guardian_name="UTOPIANO, Mae")

    kept = stores.vaccinate(dose(who=replace(WHO, birth_date=None), age_years=4, consent=consent), by)

    assert stores.doses.show(kept.given.id, by).clinical.consent.guardian_name == "UTOPIANO, Mae"


def test_a_clinician_decides_with_a_reason_where_a_question_only_asks_for_care(stores):
    by = ready(stores).session.actor

    stores.vaccinate(dose(answers=NO_TO_ALL | {"PREGNANT": Answer.YES}, clinician_reason="Outbreak, 2nd term"), by)

    assert counts(stores)[0] == 1


def test_a_vial_of_ten_gives_ten_doses_and_the_eleventh_is_of_another_vial(stores):
    by = ready(stores).session.actor
    for _ in range(10):
        stores.vaccinate(dose(), by)

    with pytest.raises(BatchUnusableError) as refused:
        stores.vaccinate(dose(), by)
    stores.vaccinate(dose(vial_opened_at=NOW - timedelta(minutes=1)), by)

    assert refused.value.facts == {"reason": "vial_empty"}


def test_no_dose_leaves_an_empty_shelf(stores):
    by = stores.session.actor
    stores.move_stock(received(quantity=1, doses_per_vial=1), by)
    stores.vaccinate(dose(certificate=None), by)

    with pytest.raises(StockShortError):
        stores.vaccinate(dose(certificate=None, vial_opened_at=NOW), by)


def test_the_same_request_is_one_dose_and_another_content_is_refused(stores):
    by, asked = ready(stores).session.actor, dose()

    first = stores.vaccinate(asked, by)

    assert stores.vaccinate(asked, by).given == first.given
    for other in ({"who": replace(WHO, name="OUTRA")}, {"lot": "X"}, {"certificate": None}):
        with pytest.raises(StoreConflictError):
            stores.vaccinate(replace(asked, **other), by)
    assert counts(stores)[:2] == (1, 1)


def test_spoiled_booklets_are_accounted_for_and_never_given(stores):
    by = ready(stores).session.actor
    stores.keep_numbers.spoil("MZ-000001", "TORN", by)
    stores.vaccinate(dose(certificate="MZ-000003"), by)

    (block,) = stores.numbers(by)

    assert (block.used, block.spoiled, block.gaps, block.next) == (1, 1, ("MZ-000002",), "MZ-000002")
    assert [one.number for one in stores.numbers.spoiled(by)] == ["MZ-000001"]
    for number in ("MZ-000001", "MZ-000003"):
        with pytest.raises(NumberSeriesError):
            stores.vaccinate(dose(certificate=number), by)
        with pytest.raises(NumberSeriesError):
            stores.keep_numbers.spoil(number, "TORN", by)
    with pytest.raises(StoreItemError):
        stores.keep_numbers.spoil("MZ-000004", "WHIM", by)


def test_a_number_is_received_once_however_the_prefix_is_cut(stores):
    by = stores.session.actor
    stores.keep_numbers.receive(booklets(1, 50), by)

    for other in (booklets(50, 60), booklets(1, 9, "MZ-00000", 1), booklets(10, 20, "MZ-0", 5)):
        with pytest.raises(NumbersOverlapError):
            stores.keep_numbers.receive(other, by)
    stores.keep_numbers.receive(booklets(51, 60), by)
    stores.keep_numbers.receive(booklets(1, 50, "AB"), by)

    assert len(stores.numbers(by)) == 3


def test_an_empty_drawer_gives_no_certificate_and_a_dose_without_one_is_kept(stores):
    by = stores.session.actor
    stores.move_stock(received(), by)

    with pytest.raises(NumberSeriesError):
        stores.vaccinate(dose(), by)

    assert stores.vaccinate(dose(certificate=None), by).given.certificate_number is None


def test_an_entry_made_by_mistake_is_annulled_and_its_number_never_comes_back(at_stores):
    stores, other = ready(at_stores()), at_stores(Role.HEALTH_SUPERVISOR)
    by = stores.session.actor
    kept = stores.vaccinate(dose(), by)

    annulled = other.after_dose.annul(kept.given.id, "OTHER_PERSON", other.session.actor)

    assert not annulled.counts
    with pytest.raises(KeptUnknownError):
        stores.after_dose.annul(kept.given.id, "OTHER_PERSON", by)
    with pytest.raises(KeptUnknownError):
        stores.print_certificate(kept.given.id, by)
    assert stores.vaccinate(dose(), by).given.certificate_number == "MZ-000002"
    assert verify_store(other.session)().records > 0


def test_what_came_after_a_dose_is_reported_and_a_serious_one_has_its_hour(stores):
    by = ready(stores).session.actor
    kept = stores.vaccinate(dose(), by)
    asked = AefiRequest(uuid4(), "MZ-000001", NOW, ("FEVER",), Answer.UNKNOWN, EventOutcome.RECOVERING, "Since noon")

    reported = stores.after_dose.report(asked, by)

    assert reported.reported.due_at == NOW + timedelta(hours=24)
    assert reported.overdue(NOW + timedelta(hours=25))
    assert stores.after_dose.report(asked, by) == reported
    for wrong_at in (NOW - timedelta(days=2), NOW + timedelta(days=2)):
        with pytest.raises(StoreFieldError):
            stores.after_dose.told(reported.reported.id, wrong_at, by)
    told = stores.after_dose.told(reported.reported.id, kept.given.given_at, by)  # called first, typed afterwards
    assert not told.overdue(NOW + timedelta(hours=25))
    shown = stores.doses.show(kept.given.id, by)
    assert shown.aefi[reported.reported.id].symptoms == ("FEVER",)
    for wrong, error in (
        (replace(asked, request_id=uuid4(), onset_at=NOW - timedelta(days=1)), AdverseEventError),
        (replace(asked, request_id=uuid4(), outcome=EventOutcome.DIED), AdverseEventError),
        (replace(asked, request_id=uuid4(), symptoms=()), StoreFieldError),
        (replace(asked, request_id=uuid4(), symptoms=("SAD",)), StoreItemError),
        (replace(asked, request_id=uuid4(), dose="MZ-000050"), KeptUnknownError),
        (replace(asked, serious=Answer.NO), StoreConflictError),
    ):
        with pytest.raises(error):
            stores.after_dose.report(wrong, by)


def test_the_page_of_the_certificate_says_day_ten_and_for_life(stores):
    by = ready(stores).session.actor
    kept = stores.vaccinate(dose(), by)

    pdf = stores.print_certificate(kept.given.id, by)

    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    text = " ".join(text.split())
    for words in (
        "UTOPIANO, Berta Sintetica",
        "MZ-000001",
        "24 Mar 2026",
        "life of the person",
        "Sanofi",
        LOT,
        "TREINO",
    ):
        assert words in text, words
    assert len(PdfReader(io.BytesIO(pdf)).pages) == 1


def test_only_who_vaccinates_prints_and_a_screener_does_neither(at_stores):
    clinician, screener, watcher = (
        ready(at_stores()),
        at_stores(Role.SCREENER),
        at_stores(Role.EPIDEMIOLOGIST),
    )
    kept = clinician.vaccinate(dose(), clinician.session.actor)

    for act in (
        lambda: screener.vaccinate(dose(), screener.session.actor),
        lambda: screener.doses.show(kept.given.id, screener.session.actor),
        lambda: screener.print_certificate(kept.given.id, screener.session.actor),
        lambda: watcher.print_certificate(kept.given.id, watcher.session.actor),
        lambda: watcher.vaccinate(dose(), watcher.session.actor),
    ):
        with pytest.raises(NotAllowedError):
            act()
    shown = watcher.doses.show(kept.given.id, watcher.session.actor)
    assert (shown.who, shown.clinical is not None) == (None, True)
    from poe_health.reports.vaccination import certificate_pdf

    with pytest.raises(PartErasedError):
        certificate_pdf(shown, None)
    clinician.doses.show(kept.given.id, clinician.session.actor)
    assert _accesses(clinician) == [("clinician", "health.read")]


def _accesses(stores):
    with stores.session.store.read() as unit:
        return [tuple(row) for row in unit.connection.exec_driver_sql("SELECT by, kind FROM health_access")]


def test_a_number_that_somebody_frees_in_the_file_is_seen(at_stores):
    stores = ready(at_stores(Role.HEALTH_SUPERVISOR))
    stores.vaccinate(dose(), stores.session.actor)

    with stores.session.store.write() as unit:
        unit.connection.exec_driver_sql("DELETE FROM certificate_number")
        unit.commit()

    with pytest.raises(RecordChangedError):
        verify_store(stores.session)()


series = st.builds(
    lambda prefix, first, more, digits: (prefix, first, first + more, digits),
    st.sampled_from(["", "A", "A0", "A00", "B"]),
    st.integers(0, 40),
    st.integers(0, 30),
    st.just(3),
)


@given(series, series, st.integers(2, 4))
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_two_blocks_meet_exactly_where_they_hold_a_number_written_alike(one, other, digits):
    first = NumberSeries(*one)
    second = NumberSeries(other[0], other[1], min(other[2], 10**digits - 1), digits)
    alike = {first.written(number) for number in range(first.first, first.last + 1)} & {
        second.written(number) for number in range(second.first, second.last + 1)
    }

    assert _meet(first, second) is bool(alike)
    for written in alike:
        assert block_of({1: first, 2: second}, written)[0] == 1


@given(st.lists(st.tuples(st.sampled_from(["next", "use", "spoil"]), st.integers(0, 9)), max_size=30))
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_is_asked_of_a_block_no_number_is_given_twice(asked):
    block, given_out = NumberSeries("Z", 0, 9, 1), []
    for what, number in asked:
        try:
            if what == "next":
                written = block.next_number()
                block = block.use(written)
                given_out.append(written)
            elif what == "use":
                block = block.use(f"Z{number}")
                given_out.append(f"Z{number}")
            else:
                block = block.spoil(f"Z{number}")
        except NumberSeriesError:
            continue
    assert len(given_out) == len(set(given_out))
    assert block.remaining + len(block.used) + len(block.spoiled) == 10


def test_an_expired_batch_is_refused(signed_in, training_home):
    from bmis.staff.sign_in import SignIn
    from bmis.store.border import BORDER
    from bmis.store.home import Home
    from poe_health.store.health import HEALTH
    from ui.compose_health import health_stores

    stores = health_stores(signed_in(Role.CLINICIAN))
    ready(stores)
    later = NOW + timedelta(days=(LAST_DAY - TODAY).days + 1)
    with SignIn(Home.open(training_home), (BORDER, HEALTH), lambda: later)("clinician", "treino") as session:
        asked = dose(given_at=later, vial_opened_at=later, consent=replace(CONSENT, asked_at=later))
        with pytest.raises(BatchUnusableError) as refused:
            health_stores(session).vaccinate(asked, session.actor)

    assert refused.value.facts == {"reason": "expired"}
