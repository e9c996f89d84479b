"""What must hold of the rules whatever a traveller says: unknown is never no, and what is certain stays certain."""

import itertools
import tomllib

import pytest
from health_forms import COUNTRIES, RULES, TODAY, contexts, day, definite, forms
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bmis.kernel.resources import resource
from poe_health.codes import exposures, symptoms
from poe_health.rules.answer import Answer, at_least, both, either, reverse
from poe_health.rules.conditions import All, AnyOf, AtLeast, HasSymptom, NoneOf
from poe_health.rules.evaluate import evaluate
from poe_health.rules.questions import open_rule
from poe_health.screening.context import HealthContext
from poe_health.screening.evaluate_screening import EvaluateScreening
from poe_health.screening.facts import FormFacts
from poe_health.screening.form_json import form_from

ALL_RULES = {
    **{flag.code: flag.rule for flag in RULES.red_flags},
    **{f"{code} suspect": each.suspect for code, each in RULES.diseases.items()},
    **{f"{code} alert": each.poe_alert for code, each in RULES.diseases.items()},
}
LETTERS = "ABCDE"
UNHURRIED = settings(  # forms are large: a busy machine is no slow strategy
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


class Letters:
    """Facts that are only symptoms, A to E."""

    def __init__(self, known):
        self.known = known

    def symptom(self, code):
        return self.known.get(code, Answer.UNKNOWN)


def conditions():
    leaf = st.sampled_from(LETTERS).map(HasSymptom)

    def groups(parts):
        several = st.lists(parts, min_size=1, max_size=4).map(tuple)
        counted = several.flatmap(lambda each: st.builds(AtLeast, st.integers(1, len(each)), st.just(each)))
        return st.builds(All, several) | st.builds(AnyOf, several) | st.builds(NoneOf, several) | counted

    return st.recursive(leaf, groups, max_leaves=12)


partial = st.dictionaries(st.sampled_from(LETTERS), st.sampled_from([Answer.YES, Answer.NO]))


def completions(known):
    open_letters = [letter for letter in LETTERS if letter not in known]
    for values in itertools.product([Answer.YES, Answer.NO], repeat=len(open_letters)):
        yield known | dict(zip(open_letters, values, strict=True))


@given(conditions(), partial)
def test_what_is_certain_holds_however_the_open_questions_are_answered(condition, known):
    now = evaluate(condition, Letters(known))

    if now is not Answer.UNKNOWN:
        assert {evaluate(condition, Letters(each)) for each in completions(known)} == {now}


@given(conditions(), partial)
def test_with_every_answer_known_nothing_stays_open(condition, known):
    for whole in itertools.islice(completions(known), 4):
        assert evaluate(condition, Letters(whole)) is not Answer.UNKNOWN


@given(conditions(), partial)
def test_the_questions_of_an_open_rule_can_settle_it_and_no_fewer_than_it_says(condition, known):
    rule = open_rule(condition, Letters(known), 1, 1)
    if rule is None:
        assert evaluate(condition, Letters(known)) is not Answer.UNKNOWN
        return
    reached = [each for each in completions(known) if evaluate(condition, Letters(each)) is Answer.YES]
    if reached:  # one letter in two places can stand in its own way
        assert set(rule.steps) <= set(LETTERS) - set(known)
        assert rule.steps


@pytest.mark.parametrize(
    ("left", "right", "and_", "or_"),
    [
        ("yes", "unknown", "unknown", "yes"),
        ("no", "unknown", "no", "unknown"),
        ("unknown", "unknown", "unknown", "unknown"),
        ("yes", "no", "no", "yes"),
        ("yes", "yes", "yes", "yes"),
        ("no", "no", "no", "no"),
    ],
)
def test_kleene_s_tables(left, right, and_, or_):
    pair = (Answer(left), Answer(right))

    assert both(pair) == both(pair[::-1]) == and_
    assert either(pair) == either(pair[::-1]) == or_
    assert reverse(Answer.UNKNOWN) is Answer.UNKNOWN


def test_at_least_is_told_as_soon_as_it_can_be():
    yes, no, unknown = Answer.YES, Answer.NO, Answer.UNKNOWN

    assert at_least(2, [yes, unknown, yes]) is yes
    assert at_least(2, [no, no, yes]) is no
    assert at_least(2, [no, unknown, yes]) is unknown


def judged(said, context):
    facts = FormFacts(form_from(said, TODAY), context)
    return {name: evaluate(rule, facts) for name, rule in ALL_RULES.items()}


@UNHURRIED
@given(contexts())
def test_of_a_traveller_who_was_asked_nothing_no_disease_is_excluded(context):
    anyone = {"stage": "secondary"}
    lists = HealthContext(context.outbreaks, context.affected)
    # without a single area near in time the journey cannot have touched one: that much is known of anybody
    said = judged(anyone, lists)

    excluded = {name for name, answer in said.items() if answer is Answer.NO}
    assert not {name for name in excluded if not _needs_an_area_or_outbreak(name)}
    assert Answer.YES not in said.values()


def _needs_an_area_or_outbreak(name):
    disease, _, kind = name.partition(" ")
    each = RULES.diseases.get(disease)
    if each is None:
        return False
    rule = each.poe_alert if kind == "alert" else each.suspect
    return isinstance(rule, All) and any(type(part).__name__ in {"WasInAffectedArea", "Flag"} for part in rule.parts)


@UNHURRIED
@given(forms(), contexts(), st.data())
def test_replacing_an_unknown_answer_never_changes_a_yes_or_a_no(said, context, data):
    later = {**said, "symptoms": dict(said["symptoms"]), "exposures": dict(said["exposures"])}
    for kind, codes in (("symptoms", symptoms()), ("exposures", exposures())):
        for code in data.draw(st.sets(st.sampled_from(sorted(codes)), max_size=25)):
            if code == "FEVER" and code not in said[kind]:
                continue  # follows from the temperature and the report: only a form that names it has an answer
            if said[kind].get(code, said["others"]) == "unknown":
                later[kind][code] = data.draw(definite)
    if "temperature_c" not in said:
        later["temperature_c"] = data.draw(st.sampled_from([36.5, 37.6, 38.2, 39.9]))
    if "age_years" not in said:
        later["age_years"] = data.draw(st.integers(0, 90))
    if "itinerary" not in said:
        later["itinerary"] = data.draw(st.lists(st.builds(_whole_stay, st.sampled_from(COUNTRIES), st.integers(0, 40))))
    more = HealthContext(
        context.outbreaks if context.outbreaks is not None else data.draw(contexts()).outbreaks,
        context.affected if context.affected is not None else data.draw(contexts()).affected,
    )

    before, after = judged(said, context), judged(later, more)

    for name, answer in before.items():
        if answer is not Answer.UNKNOWN:
            assert after[name] is answer, name


def _whole_stay(country, ago):
    return {"country": country, "from": day(ago), "to": day(max(0, ago - 5)), "admin1": "CD-NK"}


@UNHURRIED
@given(forms(), contexts(), st.data())
def test_taking_an_answer_back_never_makes_an_exclusion(said, context, data):
    less = {name: dict(value) if isinstance(value, dict) else value for name, value in said.items()}
    for kind in ("symptoms", "exposures"):
        for code in data.draw(st.sets(st.sampled_from(sorted(said[kind])) if said[kind] else st.nothing())):
            less[kind][code] = "unknown"
    for name in data.draw(st.sets(st.sampled_from(["temperature_c", "age_years", "itinerary"]))):
        less.pop(name, None)

    before, after = judged(said, context), judged(less, context)

    for name, answer in after.items():
        if answer is not Answer.UNKNOWN:
            assert before[name] is answer, name


STRICTER = ["PASS", "ADVISE", "SECONDARY", "ISOLATE_NOW"]


def primary(said, context):
    return EvaluateScreening()(form_from(said, TODAY), context).disposition


@UNHURRIED
@given(
    forms(
        answer=st.sampled_from(["no", "unknown"]),
        others=st.sampled_from(["no", "unknown"]),
        stage="primary",
        temperatures=st.sampled_from([None, 35.9, 36.6, 37.4]),
    ),
    contexts(),
)
def test_missing_answers_alone_never_move_a_traveller_out_of_pass_or_advise(said, context):
    assert primary(said, context) in {"PASS", "ADVISE"}


@UNHURRIED
@given(forms(stage="primary"), contexts(), st.data())
def test_an_answer_that_is_missing_never_makes_primary_stricter(said, context, data):
    less = {name: dict(value) if isinstance(value, dict) else value for name, value in said.items()}
    for kind in ("symptoms", "exposures"):
        for code in data.draw(st.sets(st.sampled_from(sorted(said[kind])) if said[kind] else st.nothing())):
            less[kind][code] = "unknown"
    for name in data.draw(st.sets(st.sampled_from(["temperature_c", "age_years", "itinerary"]))):
        less.pop(name, None)

    assert STRICTER.index(primary(less, context)) <= STRICTER.index(primary(said, context))


@UNHURRIED
@given(forms(), contexts())
def test_needs_are_at_most_five_open_questions_and_none_was_answered(said, context):
    judgement = EvaluateScreening()(form_from(said, TODAY), context).judgement

    assert len(judgement.needs) == min(5, len(judgement.missing))
    assert set(judgement.needs) <= set(judgement.missing)
    answered = {code for kind in ("symptoms", "exposures") for code, each in said[kind].items() if each != "unknown"}
    assert not answered & set(judgement.missing)
    assert not {"temperature_c", "age_years"} & set(said) & set(judgement.missing)
    if said["others"] != "unknown":
        asked = {code for kind in ("symptoms", "exposures") for code, each in said[kind].items() if each == "unknown"}
        assert set(judgement.missing) <= asked | {"temperature_c", "age_years", "itinerary"}


@UNHURRIED
@given(contexts(), st.randoms(use_true_random=False))
def test_the_interview_ends_and_leaves_nothing_open_that_anybody_could_answer(context, dice):
    lists = HealthContext(context.outbreaks or frozenset(), context.affected or ())
    said = {"stage": "secondary", "symptoms": {}, "exposures": {}}
    for _ in range(90):
        judgement = EvaluateScreening()(form_from(said, TODAY), lists).judgement
        if not judgement.needs:
            break
        for code in judgement.needs:
            if code == "temperature_c":
                said[code] = dice.choice([36.4, 38.7])
            elif code == "age_years":
                said[code] = dice.choice([1, 8, 40])
            elif code == "itinerary":
                said[code] = [{"country": dice.choice(COUNTRIES), "admin1": "CD-NK", "from": day(400), "to": day(0)}]
            else:
                said["symptoms" if code in symptoms() else "exposures"][code] = dice.choice(["yes", "no", "no"])
    named_places = any(area.admin1 == "nord kivu" for area in lists.affected or ())
    assert not judgement.needs or named_places
    assert not judgement.undecided or named_places


@UNHURRIED
@given(forms(stage="secondary"), contexts())
def test_nobody_goes_on_while_something_stricter_cannot_be_excluded(said, context):
    outcome = EvaluateScreening()(form_from(said, TODAY), context)

    if outcome.clearance == "H_OK":
        assert outcome.disposition in {"CLEARED", "ADVISED", "FOLLOW_UP"}
        stricter = {"ISOLATE", "REFER"}
        assert not [code for code in outcome.judgement.undecided if RULES.diseases[code].disposition in stricter]
        assert not outcome.judgement.red_flags
        assert not [code for code in outcome.judgement.suspected if RULES.diseases[code].disposition in stricter]
    if outcome.disposition == "CLEARED":
        assert not outcome.judgement.undecided
        assert not outcome.judgement.suspected


@UNHURRIED
@given(forms(), contexts())
def test_the_same_facts_and_rules_give_the_same_outcome(said, context):
    first, second = (EvaluateScreening()(form_from(said, TODAY), context) for _ in range(2))

    assert first == second


def plainly(rule, said, lists):
    """A second evaluator, straight from the text of the files: True, False or None. Journeys are left out of it."""
    ((word, value), *rest) = rule.items()
    if word == "at_least":
        parts = [plainly(part, said, lists) for part in rest[0][1]]
        yes, maybe = parts.count(True), parts.count(None)
        return True if yes >= value else None if yes + maybe >= value else False
    if word in {"all", "any", "none"}:
        parts = [plainly(part, said, lists) for part in value]
        if word == "all":
            return False if False in parts else None if None in parts else True
        found = True if True in parts else None if None in parts else False
        return found if word == "any" else None if found is None else not found
    if word == "sym" and value == "FEVER":
        return plainly({"any": [{"temp_c": {"gte": 38.0}}, {"sym": "FEVER_HISTORY_48H"}]}, said, lists)
    if word in {"sym", "exp"}:
        answer = said["symptoms" if word == "sym" else "exposures"].get(value, said["others"])
        return {"yes": True, "no": False, "unknown": None}[answer]
    if word in {"temp_c", "age_years"}:
        number = said.get("temperature_c" if word == "temp_c" else "age_years")
        bound = value
        return None if number is None else (number >= bound["gte"] if "gte" in bound else number < bound["lt"])
    if word == "ctx":
        return value.partition(".")[2] in lists.outbreaks if value.startswith("outbreak.") else False
    assert word == "travel"
    return False  # no area is listed


@UNHURRIED
@given(forms(), st.frozensets(st.sampled_from(sorted(RULES.diseases)), max_size=3))
def test_two_evaluators_agree(said, outbreaks):
    said["symptoms"].pop("FEVER", None)
    if said["others"] == "yes":
        said["others"] = "no"
    lists = HealthContext(outbreaks, ())
    judgement = EvaluateScreening()(form_from(said, TODAY), lists).judgement

    plain = {}
    for path in resource("diseases").glob("*.toml"):
        text = tomllib.loads(path.read_text(encoding="utf-8"))
        plain[text["code"]] = plainly(text["suspect"], said, lists), plainly(text["poe_alert"], said, lists)

    assert set(judgement.suspected) == {code for code, (suspect, _) in plain.items() if suspect is True}
    assert set(judgement.undecided) == {code for code, (suspect, _) in plain.items() if suspect is None}
    assert set(judgement.alerts) == {code for code, (_, alert) in plain.items() if alert is True}
