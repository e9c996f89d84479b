"""One zone out of many frames: what two frames agree on, never a third document out of two."""

from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bmis.capture.boxes import Quad
from bmis.capture.mrz_reader import MrzReading
from bmis.capture.mrz_shape import proved
from bmis.capture.zone_vote import ZoneVote

MACHAVA = ("P<UTOMACHAVA<SPECIMEN<<ANABELA<JOANA<<<<<<<<", "AB12345671UTO8804123F3209158110100456789B<52")
SITOE = ("P<UTOSITOE<SPECIMEN<<JOSE<CARLOS<<<<<<<<<<<<", "UT76543213UTO7901014M3106305<<<<<<<<<<<<<<<8")
CARD = ("I<UTOUT12345675<<<<<<<<<<<<<<<", "8804123F3209158UTO<<<<<<<<<<<4", "MACHAVA<<ANABELA<JOANA<<<<<<<<")
WRONG_DIGIT = (MACHAVA[0], MACHAVA[1].replace("AB12345671", "AB12345677"))
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<"
CELLS = [(row, at) for row in range(2) for at in range(44)]


def place(left=100.0, top=500.0, width=800.0):
    return Quad((left, top), (left + width, top), (left + width, top + 90), (left, top + 90))


def sees(lines, doubts=(), sure=0.97, box=None):
    """Return a reading of ``lines`` with other characters, or the same, at the doubted cells: {cell: (char, value)}."""
    doubts = dict(doubts)
    chars, values = [list(line) for line in lines], [[sure] * len(line) for line in lines]
    for (row, at), (char, value) in doubts.items():
        chars[row][at], values[row][at] = char, value
    return MrzReading(
        tuple("".join(line) for line in chars), tuple(map(tuple, values)), tuple(sorted(doubts)), box, "fake", 20, 10
    )


def after(*frames):
    """Return what the vote accepted at the last of the frames, and the vote."""
    vote, accepted = ZoneVote(), None
    for frame in frames:
        accepted = vote.add([frame] if isinstance(frame, MrzReading) else frame)
    return accepted, vote


def with_chars(lines, changes):
    """Return ``lines`` as a camera would wrongly and surely read them."""
    return replace(sees(lines, {cell: (char, 0.97) for cell, char in changes.items()}), unsure=())


doubtful_cells = st.dictionaries(
    st.sampled_from(CELLS), st.tuples(st.sampled_from(ALPHABET), st.floats(0.2, 0.8)), max_size=8
)


def test_a_sure_zone_whose_digits_hold_is_taken_from_the_first_frame():
    reading = sees(MACHAVA)
    assert after(reading)[0] is reading


def test_a_sure_zone_whose_digits_fail_is_never_taken_from_one_frame():
    accepted, vote = after(sees(WRONG_DIGIT))
    assert accepted is None
    assert vote.best().lines == WRONG_DIGIT


def test_what_is_printed_wrong_is_taken_as_printed_from_two_frames():
    accepted, _ = after(sees(WRONG_DIGIT), sees(WRONG_DIGIT))
    assert accepted.lines == WRONG_DIGIT
    assert not proved(accepted.lines)
    assert accepted.unsure == ()


def test_a_zone_with_a_doubt_waits_although_its_digits_hold():
    accepted, vote = after(sees(MACHAVA, {(0, 6): ("A", 0.6)}))
    assert accepted is None
    assert vote.best().unsure == ((0, 6),)


def test_each_glare_hides_another_place_and_three_frames_say_it_all():
    frames = [sees(MACHAVA, {(0, at): ("8", 0.4), (1, at): ("X", 0.3)}) for at in (5, 20, 33)]
    assert after(*frames[:2])[0] is None
    accepted, _ = after(*frames)
    assert accepted.lines == MACHAVA
    assert accepted.cpu_ms == 30


def test_one_doubt_in_every_frame_stays_a_doubt():
    accepted, vote = after(*[sees(MACHAVA, {(0, 6): ("A", 0.7)})] * 20)
    assert accepted is None
    assert vote.best().lines == MACHAVA
    assert vote.best().unsure == ((0, 6),)
    assert vote.best().confidence[0][6] < 0.85


def test_one_lasting_doubt_does_not_throw_doubt_on_the_other_characters():
    frames = [sees(MACHAVA, {(0, 6): ("A", 0.7), (0, at): ("8", 0.4)}) for at in (12, 20, 33)]
    assert after(*frames)[1].best().unsure == ((0, 6),)


def test_frames_without_a_zone_change_nothing():
    assert after(sees(WRONG_DIGIT), [], [], sees(WRONG_DIGIT))[0].lines == WRONG_DIGIT


def test_another_document_between_two_frames_begins_the_vote_anew():
    other = (SITOE[0], SITOE[1][:-1] + "1")
    frames = [sees(WRONG_DIGIT), sees(other)] * 5
    vote = ZoneVote()
    assert [vote.add([frame]) for frame in frames] == [None] * 10


def test_another_document_that_is_sure_is_taken_at_once():
    assert after(sees(MACHAVA, {(0, 5): ("N", 0.5)}), sees(SITOE))[0].lines == SITOE


def test_a_card_after_a_passport_is_another_zone():
    accepted, vote = after(sees(WRONG_DIGIT), sees(CARD), sees(CARD))
    assert accepted.lines == CARD
    assert vote.best().lines == CARD


def test_the_same_zone_far_off_is_another_piece_of_paper():
    near, far = sees(WRONG_DIGIT, box=place()), sees(WRONG_DIGIT, box=place(left=1500))
    assert after(near, far)[0] is None
    assert after(near, sees(WRONG_DIGIT, box=place(left=160, top=480)))[0].lines == WRONG_DIGIT


def test_two_documents_in_one_frame_are_counted_apart():
    pair = [sees(WRONG_DIGIT, box=place()), sees(SITOE, {(0, 5): ("S", 0.5)}, box=place(top=900))]
    accepted, _ = after(pair, pair)
    assert accepted.lines == WRONG_DIGIT


def test_one_frame_of_something_else_does_not_outweigh_what_came_before():
    doubt = sees(MACHAVA, {(0, 6): ("A", 0.7)})
    blurred = sees((SITOE[0], SITOE[1][:-1] + "1"))
    assert after(doubt, doubt, blurred)[1].best().lines == MACHAVA
    assert after(doubt, doubt, blurred, blurred)[1].best().lines == blurred.lines


def test_a_sure_misread_against_a_sure_frame_must_be_settled_by_more_frames():
    misread = with_chars(MACHAVA, {(0, 30): "K"})  # a name: no digit proves it
    assert proved(misread.lines)
    accepted, vote = after(with_chars(WRONG_DIGIT, {}), misread)
    assert accepted is None
    assert (0, 30) in vote.best().unsure


def test_nothing_was_read_nothing_is_best():
    vote = ZoneVote()
    assert vote.best() is None
    vote.add([sees(MACHAVA)])
    vote.reset()
    assert vote.best() is None
    assert vote.add([sees(WRONG_DIGIT)]) is None


@settings(max_examples=50)
@given(st.lists(doubtful_cells, min_size=1, max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_the_frames_of_one_document_does_not_matter(doubts, order):
    frames = [sees(MACHAVA, doubt) for doubt in doubts]
    shuffled = list(frames)
    order.shuffle(shuffled)
    one, other = after(*frames)[1].best(), after(*shuffled)[1].best()
    assert (one.lines, one.unsure) == (other.lines, other.unsure)


@settings(max_examples=50)
@given(
    st.integers(2, 5),
    st.dictionaries(st.sampled_from(CELLS), st.sampled_from(ALPHABET), min_size=1, max_size=30),
    st.data(),
)
def test_one_wrong_frame_among_right_ones_never_wins(right, changes, data):
    wrong = with_chars(WRONG_DIGIT, changes)
    assume(wrong.lines != WRONG_DIGIT)
    assume(not proved(wrong.lines))  # one frame with every digit holding and no doubt is enough by itself
    frames = [sees(WRONG_DIGIT)] * right
    frames.insert(data.draw(st.integers(0, right)), wrong)
    vote = ZoneVote()
    taken = {accepted.lines for frame in frames if (accepted := vote.add([frame])) is not None}
    assert wrong.lines not in taken
    assert taken <= {WRONG_DIGIT}


@settings(max_examples=50)
@given(doubtful_cells, st.integers(2, 6))
def test_right_frames_with_any_doubt_end_at_the_print_or_at_nothing(doubts, count):
    accepted, vote = after(*[sees(WRONG_DIGIT, doubts)] * (count - 1), sees(WRONG_DIGIT))
    assert accepted is None or accepted.lines == WRONG_DIGIT
    best = vote.best()
    wrong = {cell for cell in CELLS if best.lines[cell[0]][cell[1]] != WRONG_DIGIT[cell[0]][cell[1]]}
    assert wrong <= set(best.unsure)


@st.composite
def two_documents(draw):
    """Return two zones that differ in one to six cells, as those of a family with numbers in a row."""
    cells = draw(st.lists(st.sampled_from(CELLS), min_size=1, max_size=6, unique=True))
    other = with_chars(MACHAVA, {cell: draw(st.sampled_from(ALPHABET)) for cell in cells}).lines
    assume(other != MACHAVA)
    return MACHAVA, other, cells


@settings(max_examples=50)
@given(two_documents(), st.data())
def test_two_documents_that_take_turns_never_make_a_third(documents, data):
    one, other, cells = documents
    near = st.dictionaries(
        st.sampled_from(cells), st.tuples(st.sampled_from(ALPHABET), st.floats(0.3, 0.84)), max_size=6
    )
    vote = ZoneVote()
    for _ in range(data.draw(st.integers(2, 10))):
        shown, hidden = data.draw(st.sampled_from([(one, other), (other, one)]))
        doubts = data.draw(near)
        if data.draw(st.booleans()):  # the worst: a doubtful misread that is just what the other document prints
            row, at = data.draw(st.sampled_from(cells))
            doubts[row, at] = (hidden[row][at], 0.84)
        accepted = vote.add([sees(shown, doubts)])
        assert accepted is None or accepted.lines in (one, other)
        best = vote.best()
        if best.lines not in (one, other):
            assert best.unsure


@pytest.mark.parametrize("lines", [MACHAVA, SITOE, CARD])
def test_the_zones_of_these_tests_hold_their_digits(lines):
    assert proved(lines)
