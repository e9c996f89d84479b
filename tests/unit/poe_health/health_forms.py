"""Forms of invented travellers, as a person would fill them or as hypothesis thinks of them."""

from datetime import date, timedelta

from hypothesis import strategies as st

from poe_health.codes import exposures, symptoms
from poe_health.rules.definitions import rule_set
from poe_health.screening.context import HealthContext
from poe_health.screening.evaluate_screening import EvaluateScreening
from poe_health.screening.form_json import context_from, form_from
from poe_health.screening.journey import AffectedArea

TODAY = date(2026, 11, 22)
RULES = rule_set(TODAY)
COUNTRIES = ["COD", "ZAF", "MWI", "UGA"]


def day(ago):
    """Return the date so many days ago, as the form writes it."""
    return (TODAY - timedelta(days=ago)).isoformat()


def screen(stage, today=TODAY, **said):
    """Return what is proposed to a traveller who said this."""
    untrusted = {"stage": stage, **said}
    return EvaluateScreening()(form_from(untrusted, today), context_from(untrusted))


def affected(disease, country="COD", **more):
    """Return an area as the context of a form says it."""
    return {"disease": disease, "country": country, **more}


NO_LISTS_EMPTY = {"outbreaks": [], "affected": []}
"""The ministry's lists are at hand and say nothing."""

answers = st.sampled_from(["yes", "no", "unknown"])
definite = st.sampled_from(["yes", "no"])
TEMPERATURES = st.none() | st.sampled_from([36.5, 37.5, 38.0, 38.4, 38.6, 40.2])


@st.composite
def stays(draw, days=45):
    """A stay somewhere, some of its dates and its province perhaps not known."""
    until = draw(st.integers(0, days))
    since = draw(st.integers(until, days))
    stay = {"country": draw(st.sampled_from(COUNTRIES)), "from": day(since), "to": day(until)}
    if draw(st.booleans()):
        stay["admin1"] = draw(st.sampled_from(["CD-NK", "CD-KN", "Nord-Kivu"]))
    for name in draw(st.sets(st.sampled_from(["from", "to"]))):
        del stay[name]
    return stay


def contexts():
    """Lists of the ministry: at hand or not."""
    codes = st.sampled_from(sorted(RULES.diseases))
    areas = st.builds(
        AffectedArea,
        codes,
        st.sampled_from(COUNTRIES),
        st.sampled_from([None, "CD-NK", "nord kivu"]),
        st.sampled_from([None, TODAY - timedelta(days=30)]),
        st.sampled_from([None, TODAY - timedelta(days=3)]),
    )
    return st.builds(
        HealthContext,
        outbreaks=st.none() | st.frozensets(codes, max_size=3),
        affected=st.none() | st.lists(areas, max_size=3).map(tuple),
        outbreak_mode=st.booleans(),
    )


@st.composite
def forms(draw, answer=answers, others=answers, stage=None, temperatures=None):
    """A form as it could come: any subset of the answers."""
    said = {
        "stage": stage or draw(st.sampled_from(["primary", "secondary"])),
        "symptoms": draw(st.dictionaries(st.sampled_from(sorted(symptoms())), answer, max_size=12)),
        "exposures": draw(st.dictionaries(st.sampled_from(sorted(exposures())), answer, max_size=4)),
        "others": draw(others),
    }
    celsius = draw(TEMPERATURES if temperatures is None else temperatures)
    years = draw(st.none() | st.sampled_from([0, 1, 2, 14, 15, 40]))
    journey = draw(st.none() | st.lists(stays(), max_size=2))
    direction = draw(st.sampled_from([None, "ENTRY", "EXIT", "TRANSIT"]))
    for name, value in (
        ("temperature_c", celsius),
        ("age_years", years),
        ("itinerary", journey),
        ("direction", direction),
    ):
        if value is not None:
            said[name] = value
    return said
