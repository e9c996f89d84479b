"""A pass printed again is the pass that was made, whatever the scheme says since; and it is in letters that print."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from bmis.passes import schemes
from bmis.passes.applicant import Who
from bmis.passes.print_pass import PassForm
from bmis.receipts.money import Money
from bmis.receipts.receipt import Exemption
from tests.printed_passes import text_of
from tests.unit.bmis.passes.pass_office import CHIEF, CLERK, START, applicant, attested
from ui.office.pass_papers import PassPapers, drawable


@pytest.fixture
def papers(office):
    return PassPapers(SimpleNamespace(home=office.home, now=office.now, actor=CLERK))


@pytest.fixture
def new_version(monkeypatch):
    """From December on the scheme is dearer, for other posts and one purpose less."""
    known = dict(schemes._all())
    [now] = [one for one in known["MZ-MW"] if one.valid_from <= START.date()]
    later = replace(
        now, valid_from=date(2026, 12, 1), fee=Money.parse("75.00 MZN"), posts=now.posts[:1], zone_km=5, max_stay_days=3
    )
    monkeypatch.setattr(schemes, "_all", lambda: known | {"MZ-MW": (now, later)})


def printed(papers, office, one, form):
    shown = office.show(one.number, CLERK)
    return text_of(papers.of_pass(replace(shown, photo=None, seal="DL" + "0" * 100), form))


def without_moment(text):
    """The line that says when it was printed is of today."""
    return [line for line in text.splitlines() if "/2026" not in line or "2027" in line]


@pytest.mark.parametrize("form", [PassForm.SHEET, PassForm.SLIP, PassForm.CARD])
def test_a_new_version_of_the_scheme_changes_no_pass_that_was_made(office, papers, new_version, form):
    one = office.active()
    before = printed(papers, office, one, form)
    office.wait(days=20)

    assert without_moment(printed(papers, office, one, form)) == without_moment(before)
    assert schemes.scheme("MZ-MW", office.at.date()).zone_km == 5


def test_a_pass_made_under_the_new_version_says_what_that_says(office, papers, new_version):
    office.wait(days=8)
    before = office.takes()
    office.wait(days=12)
    made = office.produce(office.approve(before.id, CHIEF).application.id, CLERK).border_pass
    assert "5 km" in printed(papers, office, made, PassForm.SHEET)


def test_the_slip_says_what_was_paid_and_not_the_tariff(office, papers, new_version):
    application = office.approved()
    tariff = replace(office.charge(application), tariff=Money.parse("50.00 MZN"))
    receipt = office.receipt(tariff, CLERK)
    one = office.issues(application, receipt.number)
    office.wait(days=20)
    assert "50,00 MZN" in printed(papers, office, one, PassForm.SLIP)


def test_who_was_exempt_paid_nothing(office, papers):
    application = office.approved()
    tariff = replace(office.charge(application), tariff=Money.parse("50.00 MZN"))
    receipt = office.receipt(tariff, CLERK, exemption=Exemption("PUPIL", "vai à escola"))
    one = office.issues(application, receipt.number)
    assert "50,00" not in printed(papers, office, one, PassForm.SLIP)


@pytest.mark.parametrize(
    ("name", "shown"),
    [("Chissano", "Chissano"), ("D'Água-Pé Ñandú", "D'Água-Pé Ñandú"), ("Álvaro", "Álvaro"), ("محمد", "MXHMD")],
)
def test_a_name_is_printed_in_its_own_letters_or_else_as_a_passport_has_it(name, shown):
    assert drawable(name) == shown


def test_no_box_stands_for_a_letter_on_the_paper(office, papers):
    shown = office.show(office.active().number, CLERK)
    who = Who(applicant(surname="محمد"), (), (attested(),))
    paper = text_of(papers.of_pass(replace(shown, who=who, photo=None, seal="DL" + "0" * 100), PassForm.SHEET))
    assert "MXHMD" in paper
