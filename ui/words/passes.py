"""The words of border passes: where they stand, what the rules say, what is seen at the crossing, of a load."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime

from bmis.kernel.clock import local
from bmis.kernel.i18n import translate as _
from ui.words.figures import in_figures
from ui.words.filling import fill

NOT_RUN = "not_run"

PASS_STATES: Mapping[str, Callable[[], str]] = {
    "PRODUCED": lambda: _("Made, not handed over"),
    "ACTIVE": lambda: _("Active"),
    "SUSPENDED": lambda: _("Suspended"),
    "EXPIRED": lambda: _("Expired"),
    "REVOKED": lambda: _("Revoked"),
    "LOST": lambda: _("Lost"),
    "STOLEN": lambda: _("Stolen"),
    "DAMAGED": lambda: _("Damaged"),
    "SURRENDERED": lambda: _("Given back"),
    "DECEASED": lambda: _("Holder deceased"),
    "REPLACED": lambda: _("Replaced"),
    "RENEWED": lambda: _("Renewed"),
    "SPOILED": lambda: _("Spoiled"),
}

APPLICATION_STATES: Mapping[str, Callable[[], str]] = {
    "PENDING_ATTESTATION": lambda: _("Waits for the community's attestation"),
    "PENDING_APPROVAL": lambda: _("Waits for approval"),
    "APPROVED": lambda: _("Approved"),
    "PRODUCED": lambda: _("Made, not handed over"),
    "ISSUED": lambda: _("Handed over"),
    "REJECTED": lambda: _("Rejected"),
    "WITHDRAWN": lambda: _("Taken back by the applicant"),
}

HELD: Mapping[str, Callable[[], str]] = {
    "pass": lambda: _("a pass"),
    "application": lambda: _("an application"),
}

CHECKS: Mapping[str, Callable[[], str]] = {
    "nationality": lambda: _("Nationality"),
    "identity": lambda: _("Identity document"),
    "age": lambda: _("Age"),
    "zone": lambda: _("Village in the zone"),
    "residence": lambda: _("Length of residence"),
    "attestation": lambda: _("Attestation of the community"),
    "purpose": lambda: _("Purpose of the pass"),
    "photo": lambda: _("Photograph"),
    "dependants": lambda: _("Children on the pass"),
    "earlier": lambda: _("Free of earlier decisions"),
    "watchlist": lambda: _("Watchlist"),
}

ANSWERS: Mapping[str, Callable[[], str]] = {
    "yes": lambda: _("yes"),
    "no": lambda: _("no"),
    "unknown": lambda: _("not known"),
}

WHYS: Mapping[tuple[str, str], Callable[[], str]] = {
    ("nationality", "declared"): lambda: _("declared, and of the scheme"),
    ("nationality", "other_nationality"): lambda: _("the scheme is not for this nationality"),
    ("nationality", "identity_document"): lambda: _("by the national identity document"),
    ("nationality", "attested_only"): lambda: _("only attested: refer the person to civil registration"),
    ("nationality", "not_shown"): lambda: _("nothing shows it: refer the person to civil registration"),
    ("identity", "document"): lambda: _("a document was shown"),
    ("identity", "no_document"): lambda: _("no document: two people attest; refer the person to registration"),
    ("age", "adult"): lambda: _("of age ({years})"),
    ("age", "too_young"): lambda: _("under {years} years: a child travels on a parent's pass"),
    ("age", "birth_not_exact"): lambda: _("the date of birth is not exact: may be under {years}"),
    ("zone", "listed"): lambda: _("the village is in the scheme's list"),
    ("zone", "too_far"): lambda: _("the village lies further away than {km} km"),
    ("zone", "district_outside"): lambda: _("the district does not touch this border"),
    ("zone", "attested"): lambda: _("attested by the community; the list of villages is not published"),
    ("zone", "not_attested"): lambda: _("nobody has attested it"),
    ("residence", "attested"): lambda: _("attested: {months} months or more"),
    ("residence", "too_short"): lambda: _("less than {months} months"),
    ("residence", "since_not_exact"): lambda: _("the beginning is not exact: perhaps less than {months} months"),
    ("residence", "not_attested"): lambda: _("nobody has attested it"),
    ("attestation", "attested"): lambda: _("{there} of {needed}"),
    ("attestation", "missing"): lambda: _("{there} of {needed}: ask for the attestation that is missing"),
    ("attestation", "not_fresh"): lambda: _("{there} of {needed}: an attestation is too old or dated after today"),
    ("purpose", "in_scheme"): lambda: _("of the scheme"),
    ("purpose", "not_in_scheme"): lambda: _("the scheme has no such purpose"),
    ("photo", "taken"): lambda: _("taken"),
    ("photo", "none"): lambda: _("none: take it, or say why not"),
    ("dependants", "children"): lambda: _("{count} of at most {most}, under {under} years"),
    ("dependants", "too_many"): lambda: _("{count}, and the scheme allows {most}"),
    ("dependants", "too_old"): lambda: _("one is {under} years or older"),
    ("dependants", "birth_not_exact"): lambda: _("a date of birth is not exact, or lies in the future"),
    ("earlier", "none"): lambda: _("none is known here"),
    ("earlier", "not_run"): lambda: _("looked up when the application is taken"),
    ("earlier", "revoked"): lambda: _("a pass was revoked on {day}: {ground} ({notice})"),
    ("earlier", "suspended"): lambda: _("a pass was suspended on {day}: {ground} ({notice})"),
    ("earlier", "refused"): lambda: _("an application was refused on {day}: {ground} ({notice})"),
    ("watchlist", "not_run"): lambda: _("was not asked"),
}

ALIKE: Mapping[str, Callable[[], str]] = {
    "id_number": lambda: _("the same identity document"),
    "name_birth_village": lambda: _("sounds alike, born the same day, in the same village"),
    "name_birth": lambda: _("sounds alike, born the same day"),
    "name_village": lambda: _("sounds alike, in the same village, born about then"),
}

GROUNDS: Mapping[str, Callable[[], str]] = {
    "FALSE_STATEMENT": lambda: _("False statement"),
    "LENT": lambda: _("Lent to somebody else"),
    "OUTSIDE_ZONE": lambda: _("Used outside the zone"),
    "LATE_RETURNS": lambda: _("Late returns"),
    "MOVED_AWAY": lambda: _("Moved away from the zone"),
    "SECURITY": lambda: _("Security"),
    "CRIME": lambda: _("Cross-border crime"),
    "NOT_ELIGIBLE": lambda: _("Not eligible under the scheme"),
    "OTHER": lambda: _("Other ground"),
}

AT_CROSSING: Mapping[str, Callable[[], str]] = {
    "seal_valid": lambda: _("The seal is genuine. Compare the face with the photograph."),
    "seal_trust_stale": lambda: _("The seal is genuine, but the list of revoked passes here is too old."),
    "seal_signer_unknown": lambda: _("The seal is of a signer that this desk does not know."),
    "seal_expired": lambda: _("The seal says that the pass has expired."),
    "seal_not_yet_valid": lambda: _("The seal says that the pass does not count yet."),
    "seal_revoked": lambda: _("The pass is on the list of those that count no more."),
    "seal_signer_expired": lambda: _("The seal was signed when its key might sign no more."),
    "seal_signer_revoked": lambda: _("The key of this seal was revoked."),
    "seal_invalid": lambda: _("The seal is false: what it says was changed, or never signed."),
    "not_a_seal": lambda: _("This is no seal of a pass."),
    "seal_not_read": lambda: _("The seal was not read: look at the pass and the person."),
    "by_eye": lambda: _("This pass is looked at by eye: compare it with the sample."),
    "by_eye_no_specimen": lambda: _("This pass is looked at by eye, and no specimen is at hand."),
    "not_known_here": lambda: _("This desk has no record of the pass."),
    "in_order": lambda: _("The pass is in order until {until}. Compare the face with the photograph."),
    "none_shown": lambda: _("No border pass was shown."),
    "not_told": lambda: _("The pass could not be looked up: compare its number, then look at the card and the person."),
    "holder_spelt": lambda: _("Name spelt otherwise on the pass and the document: compare both."),
    "holder_name": lambda: _("Another name on the pass than on the document: look whose pass it is."),
    "holder_birth": lambda: _("Another birth date on the pass than on the document: compare both."),
    "holder_sex": lambda: _("Another sex on the pass than on the document: compare both."),
    "active": lambda: _("The pass is active."),
    "suspended": lambda: _("The pass is suspended until {until}."),
    "withdrawn": lambda: _("The pass counts no more: {state}."),
    "validity_unknown": lambda: _("Until when the pass counts is not known here: read it on the pass."),
    "pass_expired": lambda: _("The pass expired on {until}. It can be renewed."),
    "pass_not_yet": lambda: _("The pass counts from {from}."),
    "in_validity": lambda: _("The pass counts until {until}."),
    "posts_unknown": lambda: _("At which posts the pass counts is not published."),
    "post_allowed": lambda: _("The pass counts at this post, for the zone."),
    "other_post": lambda: _("The pass does not count at this post: {posts}."),
    "seen_elsewhere": lambda: _("The same pass was used at {post} {minutes} minutes ago: it may be a copy."),
    "two_posts": lambda: _("Used at {post} and at {other} within {minutes} minutes ({at}): one may be a copy; look."),
    "first_use": lambda: _("First use known here. At most {days} days; say so."),
    "may_go": lambda: _("At most {days} days; say so."),
    "no_way_out_recorded": lambda: _("No way out is recorded here."),
    "return_not_recorded": lambda: _("The last way out, of {at}, has no return. Ask when it was."),
    "way_out_not_recorded": lambda: _("The last record, of {at}, is a return already. Ask about the way out."),
    "in_time": lambda: _("Back in time: day {days} of {most}."),
    "late_advise": lambda: _("Back late: day {days} of {most}. Advise; it is the first time here."),
    "late_propose_suspension": lambda: _("Back late: day {days} of {most}, {times} times. Propose a suspension."),
    "many_trips": lambda: _("{trips} ways out today; the scheme expects {most}."),
}

REGIMES: Mapping[str, Callable[[], str]] = {
    "simplified": lambda: _("Simplified regime"),
    "customs": lambda: _("Customs (Alfândegas)"),
    "none": lambda: _("No goods"),
}

LOADS: Mapping[str, Callable[[], str]] = {
    "no_goods": lambda: _("no goods declared"),
    "no_rule": lambda: _("the scheme has no simplified regime"),
    "not_listed": lambda: _("a product is not in the common list"),
    "not_held": lambda: _("a product is not on the list we hold, which is not complete; Customs decides"),
    "above_ceiling": lambda: _("worth more than the ceiling"),
    "no_rate": lambda: _("no rate of the day to compare with the ceiling"),
    "within": lambda: _("listed, and worth no more than the ceiling"),
}


def answer_words(answered: Mapping[str, object]) -> str:
    """Return one answer of the rules in a line: the question, the answer, why."""
    check, why = str(answered["check"]), str(answered["why"])
    facts = answered.get("facts") or {}
    assert isinstance(facts, Mapping)
    words = fill(WHYS[check, why](), {name: _shown(str(name), value) for name, value in facts.items()})
    return f"{CHECKS[check]()}: {ANSWERS[str(answered['answer'])]()} — {words}"


def not_run_lines(answers: Iterable[Mapping[str, object]]) -> frozenset[str]:
    """Return the lines of what was not asked: grey, neither for nor against anybody."""
    return frozenset(answer_words(one) for one in answers if one["why"] == NOT_RUN)


def crossing_words(evidence: str, facts: Mapping[str, str | int]) -> str:
    """Return what is seen of a pass at the crossing, as a sentence; the code itself where there are no words."""
    words = AT_CROSSING.get(evidence)
    return evidence if words is None else fill(words(), {name: _shown(name, value) for name, value in facts.items()})


def pass_fact(name: str, value: str) -> str | None:
    """Return a fact of an error of passes in words; None where it is none of theirs."""
    tables = {"pass_state": PASS_STATES, "application_state": APPLICATION_STATES, "held": HELD}
    if name in tables:
        words = tables[name].get(value)
        return None if words is None else words()
    if name == "asked":
        return ", ".join(CHECKS[part]() if part in CHECKS else part for part in value.split(","))
    if name == "due":  # an amount of money
        return in_figures(value)
    return _shown(name, value) if name == "day" else None


def _shown(name: str, value: str | int) -> str:
    text = str(value)
    if name == "ground" and text in GROUNDS:
        return GROUNDS[text]()
    if name == "state" and text in PASS_STATES:
        return PASS_STATES[text]()
    try:
        if name in {"at", "until"} and "T" in text:
            return local(datetime.fromisoformat(text)).strftime("%d/%m/%Y %H:%M")
        if name in {"until", "from", "day"}:
            return date.fromisoformat(text).strftime("%d/%m/%Y")
    except ValueError:
        return text
    return text
