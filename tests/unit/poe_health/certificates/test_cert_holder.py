"""The traveller against the name on the certificate: the same, another, or a person must look."""

import pytest

from bmis.documents.dates import PartialDate
from poe_health.certificates.certificate import Holder
from poe_health.certificates.holder import TravellerName, compare_holder
from poe_health.rules.answer import Answer

BORN = PartialDate(1974, 8, 12)


def one_text(certificate, surname, given):
    match = compare_holder(Holder(full_name=certificate, birth_date=BORN), TravellerName(surname, given, BORN))
    return match.name


@pytest.mark.parametrize(
    ("certificate", "surname", "given", "answer"),
    [
        ("Erika Müller", "MUELLER", "ERIKA", Answer.YES),
        ("MULLER ERIKA", "Müller", "Erika", Answer.YES),
        ("João Água-Pé", "AGUA<PE", "JOAO", Answer.YES),
        ("D'Almeida Rosa", "DALMEIDA", "ROSA", Answer.YES),
        ("Erika Maria Müller", "MUELLER", "ERIKA", Answer.UNKNOWN),
        ("Erika Schmidt", "MUELLER", "ERIKA", Answer.UNKNOWN),
        ("Konstantinopoulos Erik", "KONSTANTINOPOU", "ERIK", Answer.UNKNOWN),
        ("Anna Eriksson", "MUELLER", "BEATE", Answer.NO),
        ("李 小龍", "LI", "XIAOLONG", Answer.UNKNOWN),
        ("Erika Müller", None, None, Answer.UNKNOWN),
    ],
)
def test_a_name_in_one_text(certificate, surname, given, answer):
    assert one_text(certificate, surname, given) is answer


def test_a_name_in_parts_takes_its_mrz_form_where_the_script_is_another():
    holder = Holder(surname="Μυλλερ", given_names="Ερικα", mrz_surname="MUELLER", mrz_given_names="ERIKA<MARIA")
    assert compare_holder(holder, TravellerName("MUELLER", "ERIKA MARIA", None)).name is Answer.YES


def test_parts_that_are_all_different_are_another_person():
    holder = Holder(surname="Müller", given_names="Erika", mrz_surname="MUELLER", mrz_given_names="ERIKA")
    assert compare_holder(holder, TravellerName("ERIKSSON", "ANNA", BORN)).name is Answer.NO


def test_the_same_words_parted_otherwise_are_for_a_person():
    holder = Holder(surname="Maria Müller", given_names="Erika")
    assert compare_holder(holder, TravellerName("MUELLER", "ERIKA MARIA", None)).name is Answer.UNKNOWN


@pytest.mark.parametrize(
    ("theirs", "answer"),
    [
        (BORN, Answer.YES),
        (PartialDate(1974), Answer.UNKNOWN),
        (PartialDate(1974, 9), Answer.NO),
        (PartialDate(1975, 8, 12), Answer.NO),
        (None, Answer.UNKNOWN),
    ],
)
def test_dates_of_birth_with_unknown_parts(theirs, answer):
    match = compare_holder(Holder(full_name="A B", birth_date=BORN), TravellerName("B", "A", theirs))
    assert match.birth_date is answer
    assert match.same is answer


def test_a_wrong_birth_date_is_another_person_whatever_the_name():
    match = compare_holder(Holder(full_name="李", birth_date=BORN), TravellerName("LI", "", PartialDate(1980)))
    assert (match.name, match.same) == (Answer.UNKNOWN, Answer.NO)
