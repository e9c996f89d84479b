"""Checks of certificates are kept: what came of them for the counts, what they said apart, until its time is over."""

import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from post_shelf import NOW, TODAY

from bmis.documents.dates import PartialDate
from bmis.kernel.actor import Actor, NotAllowedError, Role, Service, service_of
from bmis.staff.sign_in import SignIn
from bmis.store.border import BORDER
from bmis.store.errors import RecordChangedError
from bmis.store.home import Home
from poe_health.certificates.check import CheckForm
from poe_health.certificates.check_form import check_form
from poe_health.certificates.errors import NotACertificateError, ProofIncompleteError
from poe_health.certificates.holder import TravellerName
from poe_health.certificates.keep_check import CheckRequest
from poe_health.certificates.trust_list import read_trust_list
from poe_health.keeping.errors import KeptUnknownError, StoreConflictError
from poe_health.rules.answer import Answer
from poe_health.screening.errors import ScreeningUnknownError
from poe_health.store.health import HEALTH
from ui.compose import verify_store
from ui.compose_health import health_desk, health_stores

sys.path.append(str(Path(__file__).parents[1] / "certificates"))
from cert_issuer import DDCC, ICVP, Issuer, cache

PAPER = {
    "paper": {
        "kind": "PAPER_ICVP",
        "doses": [{"date": "2020-05-05", "vaccine": "STAMARIL"}],
        "items": dict.fromkeys(("name", "dose_date", "vaccine", "batch", "clinician", "stamp", "language"), "yes"),
        "unaltered": "yes",
    },
    "traveller": {"surname": "UTOPIANO", "given_names": "BERTA", "birth_date": "1990-02-03"},
    "itinerary": [{"country": "AGO", "from": "2026-02-01", "to": "2026-03-13"}],
}
NAME = TravellerName("UTOPICA", "ERIKA MUELLER", PartialDate(1974, 8, 12))


def _list(issuer):
    return cache(issuer.method(), fetched_at="2026-03-13T06:00:00Z")


def paper(**more):
    return CheckRequest(uuid4(), check_form(PAPER), **more)


def stored(stores, table):
    with stores.session.store.read() as unit:
        return unit.connection.exec_driver_sql(f"SELECT group_concat(payload) FROM {table}").scalar() or ""


def test_a_paper_card_is_kept_with_what_came_of_it_and_the_lists_that_decided(stores):
    by = stores.session.actor

    kept = stores.record_check(paper(), by).view.check

    assert kept.shown == "PAPER_ICVP"
    assert kept.seal is None
    assert {one.file for one in kept.lists} >= {"health/certificates/yellow_fever_rule.toml"}
    assert stores.checks.listed(TODAY, TODAY, by)[0].check == kept
    shown = stores.checks.show(kept.id, by)
    assert shown.clinical.form.paper.doses[0].given_on == PartialDate(2020, 5, 5)
    assert shown.clinical.form.traveller.legs[0].country == "AGO"
    assert shown.holder.surname == "UTOPIANO"


def test_what_the_card_and_the_traveller_said_is_in_no_message_and_no_record(stores):
    stores.record_check(paper(), stores.session.actor)

    told = stored(stores, "outbox") + stored(stores, "certificate_check")

    assert "PAPER_ICVP" in told
    for word in ("UTOPIANO", "BERTA", "1990", "2020-05-05", "AGO", "STAMARIL"):
        assert word not in told, word


def test_a_signed_code_is_kept_as_what_was_read_of_it_never_as_the_code(stores):
    by, issuer = stores.session.actor, Issuer()
    text = issuer.text(ICVP)
    trust = read_trust_list(_list(issuer))
    asked = CheckRequest(uuid4(), CheckForm(untrusted_text=text, name=NAME), trust)

    kept = stores.record_check(asked, by).view.check

    assert (kept.shown, kept.seal, kept.compared, kept.same) == ("ICVP", "valid", True, Answer.YES)
    assert kept.trust_age_days is not None
    shown = stores.checks.show(kept.id, by)
    assert shown.clinical.certificate.doses[0].batch == "LOT-4711"
    assert shown.clinical.certificate.holder.name is None
    assert shown.holder.holder == "Erika Müller Utópica"
    with stores.session.store.read() as unit:
        parts = unit.connection.exec_driver_sql("SELECT group_concat(content) FROM health_part").scalar()
    assert text[:40] not in parts
    assert "L898902C3" not in parts
    unsigned = replace(asked, request_id=uuid4(), trust=None)
    assert stores.record_check(unsigned, by).view.check.seal == "signer_unknown"
    other = CheckRequest(uuid4(), CheckForm(untrusted_text=issuer.text(DDCC, 3)), trust)
    assert not stores.record_check(other, by).view.check.compared


def test_the_same_request_is_one_check_even_with_a_newer_list_and_another_card_is_refused(stores):
    by, issuer = stores.session.actor, Issuer()
    asked = CheckRequest(uuid4(), CheckForm(untrusted_text=issuer.text(ICVP), name=NAME))

    first = stores.record_check(asked, by)
    again = stores.record_check(replace(asked, trust=read_trust_list(_list(issuer))), by)

    assert again.view == first.view
    with pytest.raises(StoreConflictError):
        stores.record_check(replace(asked, form=check_form(PAPER)), by)


def test_what_is_no_certificate_is_refused_and_not_kept(stores):
    by = stores.session.actor
    for request, error in (
        (CheckRequest(uuid4(), CheckForm(untrusted_text="HELLO")), NotACertificateError),
        (CheckRequest(uuid4(), CheckForm()), ProofIncompleteError),
        (paper(screening_id=uuid4()), ScreeningUnknownError),
    ):
        with pytest.raises(error):
            stores.record_check(request, by)
    with pytest.raises(KeptUnknownError):
        stores.checks.show(uuid4(), by)

    assert stores.checks.listed(TODAY, TODAY, by) == ()


def test_who_screens_records_a_check_and_only_readers_of_records_open_it(at_stores):
    screener, watcher = at_stores(Role.SCREENER), at_stores(Role.EPIDEMIOLOGIST)
    kept = screener.record_check(paper(), screener.session.actor).view.check

    with pytest.raises(NotAllowedError):
        screener.checks.show(kept.id, screener.session.actor)
    with pytest.raises(NotAllowedError):
        watcher.record_check(paper(), watcher.session.actor)
    shown = watcher.checks.show(kept.id, watcher.session.actor)

    assert (shown.holder, shown.clinical is not None) == (None, True)


BORDER_ROLES = [role for role in Role if service_of(role) is Service.BORDER]


def test_nobody_of_the_border_reaches_a_store_of_health(at_stores, signed_in):
    stores = at_stores()
    kept = stores.record_check(paper(), stores.session.actor).view.check
    for role in (Role.OFFICER, Role.ADMIN, Role.AUDITOR):
        with pytest.raises(NotAllowedError):
            health_stores(signed_in(role))
    for role in BORDER_ROLES:
        stranger = Actor("x", role)
        for act in (
            lambda stranger=stranger: stores.record_check(paper(), stranger),
            lambda stranger=stranger: stores.checks.show(kept.id, stranger),
            lambda stranger=stranger: stores.checks.listed(TODAY, TODAY, stranger),
            lambda stranger=stranger: stores.doses.listed(TODAY, TODAY, stranger),
            lambda stranger=stranger: stores.doses.show("MZ-000001", stranger),
            lambda stranger=stranger: stores.print_certificate("MZ-000001", stranger),
            lambda stranger=stranger: stores.stock.shelf(stranger),
            lambda stranger=stranger: stores.numbers(stranger),
            lambda stranger=stranger: stores.equipment(stranger),
            lambda stranger=stranger: stores.plans(stranger),
            lambda stranger=stranger: stores.plans.search("cholera", stranger),
            lambda stranger=stranger: stores.assessments(stranger),
        ):
            with pytest.raises(NotAllowedError):
                act()


def test_the_raw_files_tell_nobody_what_a_card_said(stores, training_home):
    stores.record_check(paper(), stores.session.actor)

    raw = b"".join(path.read_bytes() for path in training_home.rglob("*") if path.is_file())

    for word in ("UTOPIANO", "PAPER_ICVP", "STAMARIL", "certificate.checked"):
        assert word.encode() not in raw


def test_after_its_time_the_card_is_forgotten_and_the_chain_still_proves(stores, training_home):
    kept = stores.record_check(paper(), stores.session.actor).view.check
    later = SignIn(Home.open(training_home), (BORDER, HEALTH), lambda: NOW + timedelta(days=31))

    with later("health-supervisor", "treino") as session:
        desk, after = health_desk(session), health_stores(session)
        assert desk.retention.due(session.actor).due == {"CERTIFICATE_CHECKS": 1}
        assert desk.retention(session.actor).taken == {"CERTIFICATE_CHECKS": 1}
        assert desk.retention(session.actor).taken == {}
        shown = after.checks.show(kept.id, session.actor)
        assert (shown.clinical, shown.holder) == (None, None)
        assert shown.view.erased == {"clinical", "person"}
        assert shown.view.check == kept
        assert verify_store(session)().records > 0
        with session.store.write() as unit:
            unit.connection.exec_driver_sql("UPDATE certificate_check SET result = 'VALID', day = '2026-01-01'")
            unit.commit()
        with pytest.raises(RecordChangedError):
            verify_store(session)()
