"""The daily message on its way by SMS and radio: what comes through is what was sent, or is refused."""

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bmis.reports.errors import (
    MessageDamagedError,
    MessageFormError,
    MessageLikelyError,
    MessagePartError,
    MessageTooLongError,
    ReturnFigureError,
    ReturnKindError,
    ReturnSumError,
)
from bmis.reports.returns.kinds import Split, provinces, return_kinds
from bmis.reports.returns.message import _MODULUS, _RADIX, ALPHABET, MOST, _checked, decode, encode
from bmis.reports.returns.post_return import LARGEST, post_return

DAY = date(2026, 11, 21)
SENT = datetime(2026, 11, 22, 6, 30, tzinfo=timezone(timedelta(hours=2)))
STATES = ("MWI", "ZWE", "ZAF", "TZA", "ZMB", "SWZ")
REFUSED = (MessageDamagedError,)


def told(kind, figures, revision=1, post="MZ.L.RSG"):
    return post_return(
        untrusted_post=post,
        day=DAY,
        untrusted_kind=kind,
        untrusted_figures=figures,
        untrusted_sender="j-machava",
        sent_at=SENT,
        revision=revision,
    )


@st.composite
def returns(draw):
    """Returns of one post and day; parts are left out where they could contradict their whole."""
    found = []
    for kind in draw(st.lists(st.sampled_from(return_kinds(DAY)), min_size=1, max_size=4, unique=True)):
        parts = {part for _whole, names in kind.sums for part in names}
        free = [field for field in kind.fields if field.code not in parts or field.split]
        figures = {}
        for field in draw(st.lists(st.sampled_from(free), min_size=1, max_size=5, unique=True)):
            keys = STATES if field.split is Split.COUNTRY else tuple(provinces())
            number = st.integers(0, LARGEST)
            figures[field.code] = (
                draw(number)
                if field.split is None
                else draw(st.dictionaries(st.sampled_from(keys), number, min_size=1, max_size=3))
            )
        if any(whole in figures and set(names) & set(figures) for whole, names in kind.sums):
            figures = {code: n for code, n in figures.items() if code not in parts} or {kind.fields[0].code: 1}
        found.append(told(kind.code, figures, draw(st.integers(1, 99)), draw(st.just("MZ.MPM.MPS"))))
    return tuple(found)


@given(returns())
@settings(max_examples=60, deadline=None)
def test_every_return_comes_through_as_it_was_sent_in_messages_of_160_characters(sent):
    messages = encode(sent)
    assert all(len(one) <= MOST and set(one) <= set(ALPHABET) for one in messages)
    assert tuple(one for message in messages for one in decode(message)) == sent


@given(returns(), st.data())
@settings(max_examples=60, deadline=None)
def test_one_wrong_character_anywhere_is_found(sent, data):
    message = encode(sent)[0]
    at = data.draw(st.integers(0, len(message) - 1))
    wrong = data.draw(st.one_of(st.sampled_from(ALPHABET), st.characters()).filter(lambda char: char != message[at]))
    with pytest.raises(REFUSED):
        decode(message[:at] + wrong + message[at + 1 :])


@given(returns(), st.data())
@settings(max_examples=60, deadline=None)
def test_two_exchanged_characters_are_found_neighbours_or_not(sent, data):
    message = encode(sent)[0]
    first = data.draw(st.integers(0, len(message) - 2))
    second = data.draw(st.integers(first + 1, len(message) - 1))
    chars = list(message)
    chars[first], chars[second] = chars[second], chars[first]
    if "".join(chars) != message:
        with pytest.raises(REFUSED):
            decode("".join(chars))


def test_the_whole_of_one_message_tried_with_every_wrong_character_and_every_exchange():
    message = encode([told("inspection", {"inspections": 12, "foreigners_checked": 340, "fines": 3})])[0]
    for at, right in enumerate(message):
        for wrong in ALPHABET:
            if wrong != right:
                with pytest.raises(REFUSED):
                    decode(message[:at] + wrong + message[at + 1 :])
    for at in range(len(message) - 1):
        if message[at] != message[at + 1]:
            with pytest.raises(REFUSED):
                decode(message[:at] + message[at + 1] + message[at] + message[at + 2 :])


def test_no_two_places_of_a_message_weigh_the_same():
    weights = [pow(_RADIX, place, _MODULUS) for place in range(MOST)]
    assert len(set(weights)) == MOST
    assert all(_MODULUS % factor for factor in range(2, 36))  # prime
    assert len(ALPHABET) < _MODULUS


PROVED = _checked("BMR1 L-RSG 261121 2611220630 J-MACHAVA I1:A12.B340.C330.D10 L1:A2")


@pytest.mark.parametrize(
    ("right", "wrong", "error", "part"),
    [
        ("BMR1", "BNR1", MessagePartError, "mark 1-4"),
        ("L-RSG", "L-RSO", MessagePartError, "post 6-10"),
        ("261121", "261321", MessagePartError, "day 12-17"),
        ("2611220630", "2611226630", MessagePartError, "sent 19-28"),
        ("B340", "B34O", MessagePartError, "inspection.foreigners_checked 47-50"),
        ("I1:", "Q1:", MessagePartError, "kind 40-41"),
        ("A12", "A21", MessageLikelyError, "inspection.inspections 43-45"),
        ("C330", "C380", MessageLikelyError, "inspection.regular 52-55"),
        ("J-MACHAVA", "J-NACHAVA", MessageLikelyError, "sender 30-38"),
    ],
)
def test_a_message_that_was_typed_wrong_says_which_part(right, wrong, error, part):
    assert right in PROVED
    with pytest.raises(error) as raised:
        decode(PROVED.replace(right, wrong, 1))
    assert part in str(raised.value.facts["parts"]).split(";")


def test_what_is_no_message_at_all_names_no_part():
    for text in ("BOM DIA CHEFE", PROVED.lower(), PROVED * 3):
        with pytest.raises(MessageDamagedError) as raised:
            decode(text)
        assert raised.value.code == "BMIS-725"


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_whatever_is_typed_is_refused_and_never_a_fault(text):
    with pytest.raises(REFUSED):
        decode(text)


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ("BMR2 L-RSG 261121 2611220630 J-MACHAVA I1:A1", MessageFormError),
        ("BMR1 L-RSG 261121 2611220630 J-MACHAVA", MessageFormError),
        ("BMR1 L-RSG 261321 2611220630 J-MACHAVA I1:A1", MessageFormError),
        ("BMR1 L-RSG 261121 2611222530 J-MACHAVA I1:A1", MessageFormError),
        ("BMR1 L-RSG 261121 2611220630 J-MACHAVA I0:A1", MessageFormError),
        ("BMR1 L-RSG 261121 2611220630 J-MACHAVA I1:A01", MessageFormError),
        ("BMR1 L-RSG 261121 2611220630 J-MACHAVA I1:A12345678", MessageFormError),
        ("BMR1 L-RSG 261121 2611220630 J-MACHAVA I1:A1.A2", MessageFormError),
        ("BMR1 L-RSG 261121 2611220630 J-MACHAVA I1:Y1", MessageFormError),
        ("BMR1 L-RSG 261121 2611220630 J-MACHAVA I1:A/MWI1", MessageFormError),
        ("BMR1 L-RSG 261121 2611220630 J-MACHAVA R1:N5", MessageFormError),
        ("BMR1 L-RSG 261121 2611220630 J-MACHAVA R1:N/MWI1/MWI2", MessageFormError),
        ("BMR1 L-RSG 261121 2611220630 J-MACHAVA I1:A1 I2:A2", MessageFormError),
        ("BMR1 L-RSG 261121 2611220630 J-MACHAVA Z1:A1", ReturnKindError),
        ("BMR1 L-QQQ 261121 2611220630 J-MACHAVA I1:A1", ReturnFigureError),
        ("BMR1 L-RSG 261121 2611220630 J-MACHAVA R1:N/QQQ1", ReturnFigureError),
        ("BMR1 L-RSG 261121 2611220630 J-MACHAVA I1:B5.C4.D2", ReturnSumError),
    ],
)
def test_a_message_that_proves_and_means_nothing_is_refused(body, error):
    with pytest.raises(error):
        decode(_checked(body))


def test_a_return_that_does_not_fit_one_message_is_refused_and_not_cut():
    many = dict.fromkeys(("MWI", "ZWE", "ZAF", "TZA", "ZMB", "SWZ", "IND", "CHN", "PRT", "NGA", "PAK", "BGD"), LARGEST)
    with pytest.raises(MessageTooLongError):
        encode([told("repatriations", {"by_nationality": many})])


def test_a_message_is_of_one_post_and_day():
    with pytest.raises(ValueError, match="one post"):
        encode([told("inspection", {"inspections": 1}), told("services", {"visas": 1}, post="MZ.B.MCP")])


@pytest.mark.parametrize(
    ("kind", "figures"),
    [
        ("inspection", {}),
        ("inspection", {"inspections": -1}),
        ("inspection", {"inspections": True}),
        ("inspection", {"inspections": 1.5}),
        ("inspection", {"inspections": LARGEST + 1}),
        ("inspection", {"nothing": 1}),
        ("repatriations", {"by_nationality": {}}),
        ("repatriations", {"by_nationality": {"MZ": 1}}),
        ("repatriations", {"by_nationality": 4}),
    ],
)
def test_a_figure_that_is_none_is_refused(kind, figures):
    with pytest.raises(ReturnFigureError):
        told(kind, figures)


def test_parts_never_exceed_their_whole_and_all_of_them_make_it_up():
    told("deportees", {"received": 15, "women": 5})
    told("deportees", {"women": 5, "men": 9})
    with pytest.raises(ReturnSumError):
        told("deportees", {"received": 15, "women": 5, "men": 9})
    with pytest.raises(ReturnSumError):
        told("deportees", {"received": 3, "by_province": {"G": 2, "L": 2}})
