from io import BytesIO
from string import ascii_uppercase, digits

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from bmis.crossings.paperwork.allocate_forms import AllocateForms, FormsOfDesk, MissForm, SpoilForm, forms_pdf
from bmis.crossings.paperwork.errors import (
    FormCountError,
    FormNotFreeError,
    FormNumberError,
    FormReasonError,
    FormUnknownError,
)
from bmis.crossings.paperwork.forms import FormState, check_character, form_number, parse_form_number
from bmis.crossings.paperwork.records import events_of
from bmis.crossings.paperwork.rules import form_layout
from bmis.kernel.actor import NotAllowedError
from bmis.kernel.clock import local
from bmis.paper.page import Imprint
from bmis.store.audit import verify_chain
from bmis.store.outbox import waiting

NUMBER = form_number("MZ.L.RSG", "2", "MZ.L.RSG-2-3f9a12bc", 42)


@pytest.fixture
def store(post):
    return post.store


@pytest.fixture
def officer(post):
    return post.officer


@pytest.fixture
def supervisor(post):
    return post.supervisor


@pytest.fixture
def allocate(store, clock):
    return AllocateForms(store.write, store.home, clock)


@pytest.fixture
def forms(store):
    return FormsOfDesk(store.read)


def test_a_number_names_the_post_the_lane_the_desk_and_the_serial():
    assert NUMBER.startswith("RSG2-3F9A-00042-")
    assert parse_form_number(f" {NUMBER.lower().replace('-', ' – ')} ") == NUMBER


@given(st.integers(0, len(NUMBER) - 1), st.sampled_from(digits + ascii_uppercase))
def test_one_wrong_character_is_never_taken_for_another_form(place, char):
    if NUMBER[place] in ("-", char):
        return
    with pytest.raises(FormNumberError):
        parse_form_number(NUMBER[:place] + char + NUMBER[place + 1 :])


@given(st.text(max_size=40))
def test_anything_typed_is_a_number_or_a_coded_error(text):
    try:
        number = parse_form_number(text)
    except FormNumberError:
        return
    assert check_character(number[:-2]) == number[-1]


def test_the_check_character_is_that_of_iso_7064_mod_37_36():
    assert check_character("A12425GABC1234002") == "M"  # the standard's example, used by GRid codes


def test_numbers_go_on_without_a_gap_over_two_batches(allocate, supervisor, forms, store):
    first, second = allocate(3, supervisor), allocate(2, supervisor)

    assert [form.serial for form in (*first, *second)] == [1, 2, 3, 4, 5]
    assert [form.number for form in forms(supervisor, second[0].batch)] == [form.number for form in second]
    with store.read() as unit:
        (event,) = events_of(unit, str(first[0].batch))
        assert event.facts == {"first": first[0].number, "last": first[2].number, "count": 3}
        assert verify_chain(unit.connection).rows == 2
        assert waiting(unit.connection) == 2


@pytest.mark.parametrize("count", [0, -1, 501])
def test_no_more_forms_than_the_rule_allows_are_given_out(allocate, supervisor, forms, count):
    with pytest.raises(FormCountError) as stopped:
        allocate(count, supervisor)

    assert stopped.value.facts == {"largest": 500}
    assert forms(supervisor) == ()


def test_an_officer_of_the_lane_gives_out_no_forms(allocate, officer):
    with pytest.raises(NotAllowedError):
        allocate(1, officer)


def test_a_spoiled_form_keeps_its_reason_and_is_out_of_use(allocate, store, clock, supervisor, officer, forms):
    (form,) = allocate(1, supervisor)
    clock.passes(hours=1)

    spoiled = SpoilForm(store.write, clock)(form.number.lower(), " wet ", officer)

    assert (spoiled.state, spoiled.reason, spoiled.changed_by) == (FormState.SPOILED, "wet", "officer")
    assert forms(officer) == (spoiled,)
    with store.read() as unit:
        assert [event.kind.value for event in events_of(unit, form.number)] == ["form.spoiled"]
    with pytest.raises(FormNotFreeError):
        MissForm(store.write, clock)(form.number, "lost", officer)


def test_a_form_is_not_spoiled_without_a_reason_nor_one_of_another_desk(allocate, store, clock, supervisor, officer):
    (form,) = allocate(1, supervisor)
    with pytest.raises(FormReasonError):
        SpoilForm(store.write, clock)(form.number, "  ", officer)
    with pytest.raises(FormUnknownError):
        SpoilForm(store.write, clock)(NUMBER, "wet", officer)


def test_a_form_skipped_while_a_later_one_came_back_is_listed_as_missing(
    allocate, store, clock, supervisor, officer, forms
):
    batch, other = allocate(4, supervisor), allocate(2, supervisor)
    assert forms.missing_forms(officer) == ()  # nothing came back yet: nothing is known to be missing

    SpoilForm(store.write, clock)(batch[2].number, "torn", officer)
    assert [form.serial for form in forms.missing_forms(officer)] == [1, 2]

    MissForm(store.write, clock)(other[1].number, "blown away", officer)
    assert [form.serial for form in forms.missing_forms(officer)] == [1, 2, 6]


def test_the_paper_has_every_number_and_every_field_in_the_order_of_the_back_fill_desk(allocate, supervisor, clock):
    made = allocate(3, supervisor)

    pdf = PdfReader(BytesIO(forms_pdf(made, Imprint("Ressano Garcia", local(clock()), "supervisor"))))

    text = " ".join(page.extract_text() for page in pdf.pages)
    for form in made:
        assert form.number in text.replace(" ", "")
    places = [text.find(f"{place}  {field.label.pt}") for place, field in enumerate(form_layout().fields, start=1)]
    assert -1 not in places
    assert places == sorted(places)
    assert all(choice.label.pt in text for field in form_layout().fields for choice in field.choices)
    assert "Sim" in text


def test_every_field_of_the_form_is_filled_in_a_way_the_paper_knows():
    kinds = {"date", "time", "choice", "yes_no", "letters", "text", "number", "codes"}
    layout = form_layout()

    assert {field.kind for field in layout.fields} <= kinds
    assert len({field.name for field in layout.fields}) == len(layout.fields)
    assert all(field.choices for field in layout.fields if field.kind == "choice")
