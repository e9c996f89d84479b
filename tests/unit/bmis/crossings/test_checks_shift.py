"""What each check says of the traveller before the desk."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest

from bmis.crossings.case import Check
from bmis.crossings.checks.running import core_checks, run_checks
from bmis.crossings.crossing import Evidence, PersonDetails, Refusal
from bmis.crossings.decision import Decision, Direction
from bmis.crossings.finding import Finding, Status
from bmis.documents.dates import PartialDate
from bmis.documents.mrz_checks import CheckResult
from bmis.documents.travel_document import from_fields

NAMES = ["check_digits", "document_dates", "state_code", "other_identity", "open_crossing", "repeated"]


def said(finding: Finding) -> tuple[str, str]:
    return finding.status.value, finding.evidence


@pytest.mark.parametrize("check", core_checks(), ids=NAMES)
def test_every_check_keeps_the_contract(post, passport, check):
    findings = run_checks([check], post.check.case(post.request(passport()), post.place, None, None))

    assert check.name in NAMES
    assert check.mandatory
    assert check.timeout_s is None or 0 < check.timeout_s <= 10
    assert findings
    for finding in findings:
        assert finding.check == check.name
        assert finding.rule.startswith(check.name)
        assert finding.evidence.isidentifier()
        assert Finding.of(finding.payload()) == finding


def test_they_answer_in_the_order_of_policy(post, passport):
    assert [one.check for one in post.looks_at(post.request(passport())).findings] == NAMES


class TestCheckDigits:
    def test_right_digits_are_green_and_never_say_genuine(self, post, passport):
        assert said(post.finding(post.request(passport()), "check_digits")) == ("green", "all_right")

    def test_a_wrong_digit_is_red_and_named(self, post, passport):
        wrong = passport()
        wrong = replace(wrong, checks={**wrong.checks, "number": CheckResult.FAIL})
        finding = post.finding(post.request(wrong), "check_digits")
        assert said(finding) == ("red", "check_digit_fails")
        assert finding.facts["fields"] == "number"

    def test_without_mrz_it_does_not_apply(self, post, identity_card):
        finding = post.finding(post.request(identity_card()), "check_digits")
        assert said(finding) == ("grey", "no_mrz")
        assert not finding.mandatory


class TestDocumentDates:
    @pytest.mark.parametrize(
        ("expiry", "wanted"),
        [
            ("2026-11-21", ("red", "expired")),
            ("2026-11-22", ("amber", "expiring")),
            ("2027-05-21", ("amber", "expiring")),
            ("2027-05-22", ("green", "valid")),
            ("2037-11-22", ("green", "valid")),
            ("2038-01-01", ("amber", "expiry_implausible")),
        ],
    )
    def test_a_foreigner_entering(self, post, passport, expiry, wanted):
        assert said(post.finding(post.request(passport(expiry=expiry)), "document_dates")) == wanted

    def test_six_months_are_not_asked_of_nationals_nor_on_the_way_out(self, post, passport, identity_card):
        soon = identity_card(expiry_date=PartialDate.parse("2026-12-01"))
        assert said(post.finding(post.request(soon), "document_dates")) == ("green", "valid")
        leaving = post.request(passport(expiry="2026-12-01"), Direction.EXIT)
        assert said(post.finding(leaving, "document_dates")) == ("green", "valid")

    @pytest.mark.parametrize(
        ("expiry", "wanted"),
        [
            ("2026", ("amber", "may_be_expired")),
            ("2026-11", ("amber", "may_be_expired")),
            ("2026-10", ("red", "expired")),
            ("2027-12", ("green", "valid")),
        ],
    )
    def test_an_expiry_known_in_part(self, post, identity_card, expiry, wanted):
        card = identity_card(expiry_date=PartialDate.parse(expiry))
        assert said(post.finding(post.request(card), "document_dates")) == wanted

    @pytest.mark.parametrize(("reason", "evidence"), [("NO_EXPIRY", "no_expiry"), ("ILLEGIBLE", "expiry_unknown")])
    def test_an_unknown_expiry_is_grey_with_its_reason(self, post, identity_card, reason, evidence):
        card = identity_card(expiry_date=None, missing={"expiry_date": reason})
        finding = post.finding(post.request(card), "document_dates")
        assert said(finding) == ("grey", evidence)
        assert finding.facts["reason"] == reason
        assert finding.mandatory is (evidence == "expiry_unknown")  # a card for life leaves nothing to find out

    def test_nobody_is_born_tomorrow_or_a_hundred_and_thirty_years_ago(self, post, identity_card):
        tomorrow = identity_card(birth_date=PartialDate.parse("2026-11-23"))
        assert said(post.finding(post.request(tomorrow), "document_dates")) == ("red", "birth_in_future")
        ancient = replace(identity_card(), birth_date=PartialDate.parse("1896"))
        assert said(post.finding(post.request(ancient), "document_dates")) == ("amber", "age_implausible")


class TestStateCode:
    def test_utopia_is_a_specimen_and_red_outside_training(self, post, passport):
        request = post.request(passport())
        assert said(post.finding(request, "state_code")) == ("green", "specimen_in_training")
        post.training = False
        findings = [one for one in post.looks_at(request).findings if one.check == "state_code"]
        assert {said(one) for one in findings} == {("red", "specimen")}

    @pytest.mark.parametrize(
        ("issuer", "nationality", "wanted"),
        [
            ("ZAF", "ZAF", {("green", "known")}),
            ("ZAF", "XXB", {("green", "known")}),
            ("ZAR", "ZAR", {("amber", "withdrawn_code")}),
            ("XXB", "XXB", {("amber", "code_misplaced")}),
            ("ZZZ", "ZAF", {("red", "unknown_code")}),
        ],
    )
    def test_codes(self, post, passport, issuer, nationality, wanted):
        document = replace(passport(nationality="ZAF"), issuing_state=issuer, nationality=nationality)
        findings = [one for one in post.looks_at(post.request(document)).findings if one.check == "state_code"]
        assert {said(one) for one in findings} == wanted

    def test_an_unreadable_issuer_is_grey(self, post, identity_card):
        card = identity_card(issuing_state=None, missing={"issuing_state": "ILLEGIBLE"})
        assert said(post.finding(post.request(card), "state_code")) == ("grey", "not_stated")


class TestOtherIdentity:
    def test_the_same_holder_is_green_however_the_name_is_split(self, post, passport):
        post.passes(passport(surname="TEMBE", given_names="ANA LUISA"), occurred_at=post.clock.at - timedelta(days=1))
        again = post.request(passport(surname="LUISA TEMBE", given_names="ANA"))
        assert said(post.finding(again, "other_identity")) == ("green", "same_identity")

    def test_another_name_and_birth_date_is_another_person(self, post, passport):
        post.passes(passport())
        finding = post.finding(post.request(passport(surname="MACHAVA", birth="1971-02-03")), "other_identity")
        assert said(finding) == ("red", "another_person")
        assert finding.facts["fields"] == "name,birth_date"

    @pytest.mark.parametrize(
        ("changed", "field"),
        [({"surname": "MACHAVA"}, "name"), ({"birth": "1990-05-21"}, "birth_date"), ({"sex": "M"}, "sex")],
    )
    def test_one_detail_is_amber(self, post, passport, changed, field):
        post.passes(passport())
        finding = post.finding(post.request(passport(**changed)), "other_identity")
        assert said(finding) == ("amber", "details_differ")
        assert finding.facts["fields"] == field

    def test_the_same_number_of_another_issuer_is_another_document(self, post, passport):
        post.passes(passport(nationality="ZAF"))
        other = post.request(passport(nationality="MWI", surname="PHIRI", birth="1980-01-01"))
        assert said(post.finding(other, "other_identity")) == ("green", "not_seen_before")

    def test_an_undone_crossing_says_nothing(self, post, passport):
        post.undo(post.passes(passport()).id, post.officer)
        finding = post.finding(post.request(passport(surname="MACHAVA")), "other_identity")
        assert said(finding) == ("green", "not_seen_before")

    def test_a_corrected_name_is_what_counts(self, post, passport):
        kept = post.passes(passport(surname="TEMDE"))
        post.amend(kept.id, {"document.surname": "Tembe"}, "misread", post.officer)
        assert said(post.finding(post.request(passport()), "other_identity")) == ("green", "same_identity")

    def test_without_a_number_it_cannot_tell(self, post, identity_card):
        card = identity_card(number=None, missing={"number": "ILLEGIBLE"})
        assert said(post.finding(post.request(card), "other_identity")) == ("grey", "no_number")


class TestOpenCrossing:
    def ago(self, post, **time):
        return post.clock.at - timedelta(**time)

    def test_in_and_out_and_in_again(self, post, passport):
        assert said(post.finding(post.request(passport()), "open_crossing")) == ("green", "first_crossing")
        post.passes(passport(), occurred_at=self.ago(post, days=9))
        leaving = post.request(passport(), Direction.EXIT)
        assert said(post.finding(leaving, "open_crossing")) == ("green", "entered_before")
        post.passes(passport(), Direction.EXIT, occurred_at=self.ago(post, days=3))
        assert said(post.finding(post.request(passport()), "open_crossing")) == ("green", "left_before")

    def test_a_missing_exit_is_unknown_and_no_overstay(self, post, passport):
        post.passes(passport(), occurred_at=self.ago(post, days=400))
        assert said(post.finding(post.request(passport()), "open_crossing")) == ("grey", "entered_without_exit")
        post.records_complete_since = self.ago(post, days=500)
        assert said(post.finding(post.request(passport()), "open_crossing")) == ("amber", "entered_without_exit")

    def test_leaving_without_an_entry_is_grey_for_a_foreigner(self, post, passport, identity_card):
        leaving = post.request(passport(), Direction.EXIT)
        assert said(post.finding(leaving, "open_crossing")) == ("grey", "no_entry_recorded")
        assert post.looks_at(leaving).proposal.decision is None
        national = post.request(identity_card(), Direction.EXIT)
        assert said(post.finding(national, "open_crossing")) == ("green", "national_first_exit")

    def test_entered_by_stamp_is_evidence_and_no_proof(self, post, passport):
        leaving = post.request(passport(), Direction.EXIT, evidence=Evidence(entry_stamp="MACHIPANDA 2026-11-02 17"))
        assert said(post.finding(leaving, "open_crossing")) == ("grey", "entered_by_stamp")
        post.passes(passport(), Direction.EXIT, occurred_at=self.ago(post, days=30))
        post.records_complete_since = self.ago(post, days=500)
        assert said(post.finding(leaving, "open_crossing")) == ("amber", "entered_by_stamp")

    def test_a_refusal_is_no_entry(self, post, passport):
        request = post.request(passport(), occurred_at=self.ago(post, days=1))
        post.decides(request, Decision.REFUSED_ENTRY, reasons=("E1",), refusal=Refusal(protection_claim=False))
        assert said(post.finding(post.request(passport()), "open_crossing")) == ("green", "first_crossing")

    def test_an_entry_on_the_old_passport_counts_once_the_travellers_are_linked(self, post, passport):
        old = post.passes(passport(number="UT1111111"), occurred_at=self.ago(post, days=9))
        new = post.passes(passport(number="UT2222222"), Direction.EXIT, occurred_at=self.ago(post, days=8))
        leaving = post.request(passport(number="UT2222222"))
        post.annul(new.id, "recorded in the wrong direction", post.supervisor)
        back = post.passes(passport(number="UT2222222"), Direction.EXIT, occurred_at=self.ago(post, days=7))
        assert said(post.finding(leaving, "open_crossing")) == ("green", "left_before")
        post.annul(back.id, "another mistake", post.supervisor)
        here = post.passes(passport(number="UT2222222"), Direction.EXIT, occurred_at=self.ago(post, days=10))
        link = post.link(here.id, old.traveller_id, "new passport of the same woman", post.officer)
        assert said(post.finding(leaving, "open_crossing")) == ("grey", "entered_without_exit")
        post.link.take_back(link.id, "another woman after all", post.officer)
        assert said(post.finding(leaving, "open_crossing")) == ("green", "left_before")


class TestRepeated:
    def test_the_same_document_forty_seconds_later_is_pointed_out(self, post, passport):
        post.passes(passport())
        post.clock.passes(seconds=40)
        finding = post.finding(post.request(passport()), "repeated")
        assert said(finding) == ("amber", "recorded_before")
        assert finding.facts["seconds"] == 40

    def test_not_in_the_other_direction_and_not_after_the_window(self, post, passport):
        post.passes(passport())
        assert said(post.finding(post.request(passport(), Direction.EXIT), "repeated")) == ("green", "not_repeated")
        post.clock.passes(minutes=10, seconds=1)
        assert said(post.finding(post.request(passport()), "repeated")) == ("green", "not_repeated")

    def test_without_a_number_name_and_birth_date_tell(self, post, identity_card):
        card = identity_card(number=None, missing={"number": "ILLEGIBLE"})
        post.passes(card)
        assert said(post.finding(post.request(card), "repeated")) == ("amber", "recorded_before")

    def test_with_neither_it_cannot_tell(self, post):
        nobody = from_fields(
            "none",
            surname="Tembe",
            given_names="Ana",
            sex="F",
            missing={"nationality": "NOT_KNOWN_TO_HOLDER", "birth_date": "NOT_KNOWN_TO_HOLDER"},
        )
        assert said(post.finding(post.request(nobody), "repeated")) == ("grey", "cannot_tell")


@dataclass
class Slow:
    """A check that the network keeps waiting."""

    name: str = "watchlist"
    mandatory: bool = True
    timeout_s: float | None = 0.05
    rule: str = "watchlist/1"
    let_go: threading.Event = threading.Event()  # noqa: RUF009 - one for all is enough

    def __call__(self, case: object) -> Iterator[Finding]:
        self.let_go.wait(20)
        yield Finding(self.name, Status.GREEN, "nothing", self.rule)


@dataclass
class Broken:
    """A check that fails."""

    name: str = "border_pass"
    mandatory: bool = False
    timeout_s: float | None = None
    rule: str = "border_pass/1"

    def __call__(self, case: object) -> Iterator[Finding]:
        raise RuntimeError("a passport number that must not show")


class TestRunning:
    def test_a_late_check_and_a_broken_one_are_grey_and_the_others_answer(self, post, passport):
        slow = Slow()
        post.checks = (slow, Broken(), *core_checks())
        seen = post.looks_at(post.request(passport()))
        slow.let_go.set()

        late, broken, *others = seen.findings
        assert (late.check, *said(late), late.facts["why"]) == ("watchlist", "grey", "did_not_run", "late")
        assert (broken.check, *said(broken)) == ("border_pass", "grey", "did_not_run")
        assert broken.facts == {"why": "RuntimeError"}
        assert not broken.mandatory
        assert [one.check for one in others] == NAMES
        assert seen.proposal.decision is None
        assert seen.proposal.checks == ("watchlist",)

    def test_a_check_without_an_answer_did_not_run(self, post, passport):
        class Silent(Broken):
            def __call__(self, case: object) -> Iterator[Finding]:
                return iter(())

        post.checks = (Silent(),)
        assert post.looks_at(post.request(passport())).findings[0].facts == {"why": "no_answer"}

    def test_each_lands_by_itself(self, post, passport):
        landed: list[str] = []
        post.check(post.request(passport()), post.officer, landed=lambda some: landed.extend(one.check for one in some))
        assert sorted(landed) == sorted(NAMES)

    def test_a_check_is_a_check(self):
        checks: tuple[Check, ...] = core_checks()
        assert [check.name for check in checks] == NAMES


class TestProposing:
    def test_a_foreigner_under_age_is_proposed_secondary_in_both_directions(self, post, passport):
        for direction in Direction:
            seen = post.looks_at(post.request(passport(birth="2010-01-01"), direction))
            assert (seen.proposal.decision, seen.proposal.why) == (Decision.PENDING_SECONDARY, "minor")

    def test_who_may_be_under_age_is_treated_as_if(self, post, identity_card):
        card = replace(identity_card(nationality="MWI"), birth_date=PartialDate.parse("2008"))
        assert post.looks_at(post.request(card)).proposal.why == "minor"

    def test_a_national_child_comes_home(self, post, identity_card):
        card = identity_card(birth_date=PartialDate.parse("2015-03-03"))
        assert post.looks_at(post.request(card)).proposal.decision is Decision.ADMITTED

    def test_red_is_secondary_and_amber_asks_for_attention(self, post, passport):
        red = post.looks_at(post.request(passport(expiry="2026-01-01"))).proposal
        assert (red.decision, red.why, red.checks) == (Decision.PENDING_SECONDARY, "red", ("document_dates",))
        amber = post.looks_at(post.request(passport(expiry="2027-01-01"))).proposal
        assert (amber.decision, amber.why) == (Decision.ADMITTED, "attention")

    def test_an_unknown_age_of_a_foreigner_has_no_default(self, post, passport):
        unknown = replace(passport(), birth_date=None)
        assert post.looks_at(post.request(unknown)).proposal.why == "age_unknown"

    def test_in_transit(self, post, passport):
        request = post.request(passport(), person=PersonDetails(traveller_class="transit"))
        assert post.looks_at(request).proposal.decision is Decision.TRANSIT_ONLY

    def test_the_day_that_counts(self, post, passport):
        assert post.looks_at(post.request(passport())).day == date(2026, 11, 22)
