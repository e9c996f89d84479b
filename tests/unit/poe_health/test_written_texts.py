"""Names, places and telephones that cannot be: refused by every use case with a code, and nothing is kept."""

from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bmis.kernel.visible_text import has_hidden, is_blank
from poe_health.errors import BlankTextError, HiddenMarkError, PhoneRefusedError, TextTooLongError
from poe_health.screening.record import Companion, Person
from poe_health.written import is_phone, require_text, require_visible, require_written

TURNED = "UTOP\u202eANIO"
HIDDEN = ("\u202e", "\u2066", "\u200b", "\u200f", "\ufeff", "\u00ad", "\u2028", "\x00", "\x1b", "\u3164", "\u2800",
          "\ufe0f", "\U000e0041", "\u115f", "\t", "\n", "\u00a0")  # fmt: skip


@dataclass(frozen=True)
class _Note:
    note: str


@pytest.mark.parametrize("mark", HIDDEN)
def test_a_sign_that_nobody_sees_is_found_wherever_it_stands(mark):
    assert has_hidden(f"MARIA{mark}SINTETICA")
    with pytest.raises(HiddenMarkError) as refused:
        require_written(Person(given_names=f"MARIA{mark}SINTETICA"))
    assert refused.value.facts == {"field": "given_names"}


@pytest.mark.parametrize(
    "name", ["José María", "N'Kosi-Ünal", "Ἑλένη", "محمد", "李小龍", "Ngũgĩ wa Thiong’o", "O\u0301scar"]
)
def test_names_of_every_script_are_taken(name):
    require_written(Person(surname=name))


@pytest.mark.parametrize("name", [" ", "   ", "\u3164", "\u200b\u200b", "\t"])
def test_a_name_that_shows_nothing_is_blank(name):
    assert is_blank(name)
    with pytest.raises(BlankTextError):
        require_written(Person(surname=name))


def test_a_person_inside_another_value_is_looked_at_too():
    with pytest.raises(BlankTextError) as refused:
        require_written(Person(surname="UTOPIANO", companions=(Companion("  "),)))
    assert refused.value.facts == {"field": "name"}


@pytest.mark.parametrize(
    "phone", ["+258840000002", "84 000 00 02", "(+258) 21-000.000", "00258840000002", "12345", "2100/0002"]
)
def test_telephones_that_can_be_dialled(phone):
    require_written(Person(phones=(phone,)))


@pytest.mark.parametrize(
    "phone",
    ["1" * 40, "8" * 16, "1234", "casa do tio", "+", "84000O002", "８４００００００２", "+258 84 (" + " " * 20 + "1)"],
)
def test_telephones_that_nobody_can_dial(phone):
    assert not is_phone(phone)
    with pytest.raises(PhoneRefusedError) as refused:
        require_written(Person(phones=("+258840000002", phone)))
    assert refused.value.facts == {"field": "phones"}


def test_the_longest_name_is_taken_and_one_more_is_not():
    require_text("surname", "A" * 200)
    with pytest.raises(TextTooLongError) as refused:
        require_text("surname", "A" * 201)
    assert refused.value.facts == {"field": "surname", "longest": 200}


def test_a_note_has_lines_and_nothing_hidden():
    require_visible(_Note("Febre.\n\tVómitos."))
    with pytest.raises(HiddenMarkError):
        require_visible(_Note("Febre.\u202e"))


@given(st.text(max_size=40))
def test_what_is_taken_as_a_name_is_printable_and_shows_something(text):
    try:
        require_text("surname", text)
    except (BlankTextError, HiddenMarkError):
        return
    assert text == "" or (text.isprintable() and text.strip())


def wrong_persons():
    person = Person(surname="UTOPIANO", phones=("+258840000001",))
    return {
        "blank": (replace(person, surname="   "), BlankTextError),
        "phone": (replace(person, phones=("8" * 40,)), PhoneRefusedError),
        "turned": (replace(person, given_names=TURNED), HiddenMarkError),
        "address": (replace(person, address_next="Bairro\u200bSintético"), HiddenMarkError),
        "long": (replace(person, occupation="x" * 201), TextTooLongError),
    }


@pytest.mark.parametrize("case", list(wrong_persons()))
def test_a_screening_with_such_a_person_is_refused_and_nothing_is_kept(signed_in, case):
    desk, by, form = _health(signed_in)
    person, trouble = wrong_persons()[case]

    with pytest.raises(trouble):
        desk.record(replace(form, person=person), by)

    assert desk.screenings.of_day(desk.today(), by) == ()


def test_an_express_record_with_a_hidden_sign_or_no_village_is_refused(signed_in):
    from poe_health.outbreaks.cholera import CholeraAnswers, Dehydration

    desk, by, _form = _health(signed_in)
    said = CholeraAnswers("C-17", Dehydration.SOME, village="Aldeia Sintética")

    for more, trouble in (
        ({"token": "   "}, BlankTextError),
        ({"token": "C\u202e71"}, HiddenMarkError),
        ({"village": " "}, BlankTextError),
        ({"village": "Aldeia\u2067"}, HiddenMarkError),
    ):
        with pytest.raises(trouble):
            desk.cholera(uuid4(), replace(said, **more), by)

    assert desk.cholera.of_day(desk.today(), by) == ()


def test_a_voyage_with_a_place_of_spaces_a_hidden_sign_or_a_long_telephone_is_refused(signed_in):
    from poe_health.referrals.people.identity import PatientIdentity
    from poe_health.voyages.people import PersonAboard
    from poe_health.voyages.sheet import VoyageSheet
    from ui.compose_health import voyage_desk

    desk, by, _form = _health(signed_in)
    voyages = voyage_desk(desk.session)
    sheet = VoyageSheet("BUS", "MMM123MC", desk.today(), "LILONGWE", "TETE")

    for wrong, trouble in (
        ({"carrier": "   "}, BlankTextError),
        ({"origin": "LILO\u202eNGWE"}, HiddenMarkError),
        ({"number": "MMM\u200b1"}, HiddenMarkError),
    ):
        with pytest.raises(trouble):
            voyages.record(uuid4(), replace(sheet, **wrong), None, by)
    with pytest.raises(PhoneRefusedError):
        voyages.record(uuid4(), sheet, PatientIdentity(surname="UTOPIANO", phone="8" * 40), by)
    assert voyages.voyages(by) == ()

    kept = voyages.record(uuid4(), sheet, None, by)
    with pytest.raises(HiddenMarkError):
        voyages.list_people(kept.id, uuid4(), [PersonAboard(PatientIdentity(surname=TURNED))], by)
    assert voyages.show(kept.id, by).voyage.occupants == ()


def test_a_transfer_and_a_monitoring_of_such_a_person_are_refused(signed_in):
    from poe_health.followup.start_monitoring import MonitoringRequest
    from poe_health.referrals.note import ReferralNote
    from poe_health.referrals.people.identity import PatientIdentity
    from ui.compose_health import referral_desk

    desk, by, _form = _health(signed_in)
    transfers = referral_desk(desk.session)
    note = ReferralNote("URGENT", "Febre", "VHF", "AMBULANCE", "Consigo", suspected=("EVD",), no_vitals_why="Recusou")
    asked = MonitoringRequest(uuid4(), "EVD", desk.today() - timedelta(days=4), "LAST_EXPOSURE")

    with pytest.raises(PhoneRefusedError):
        transfers.open(uuid4(), note, PatientIdentity(surname="UTOPIANO", phone="8" * 40), by)
    with pytest.raises(HiddenMarkError):
        transfers.open(uuid4(), replace(note, reason="Febre\u202e alta"), PatientIdentity(surname="UTOPIANO"), by)
    with pytest.raises(HiddenMarkError):
        transfers.monitor(asked, PatientIdentity(surname=TURNED), by)

    assert transfers.referrals(by) == ()
    assert transfers.followed(by) == ()


def _health(signed_in):
    """A clinician at work, and a form of secondary screening."""
    from bmis.kernel.actor import Role
    from poe_health.screening.form import ScreeningForm, Stage, Temperature
    from poe_health.screening.record import Consent, ConsentAnswer, ScreeningRequest, Secondary
    from ui.compose_health import health_desk

    session = signed_in(Role.CLINICIAN)
    desk = health_desk(session)
    form = ScreeningForm(Stage.SECONDARY, desk.today(), temperature=Temperature(36.8, "AXILLA"), sex="F")
    consent = Consent(ConsentAnswer.GIVEN, session.now() - timedelta(minutes=5), read_aloud=True)
    return desk, session.actor, ScreeningRequest(uuid4(), form, secondary=Secondary(consent=consent))
