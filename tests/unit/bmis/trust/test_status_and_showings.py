"""The status list holds every serial and nothing else; showings at two posts in an hour are seen."""

import base64
import random
import zlib
from datetime import timedelta
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bmis.trust.bundle import MARK, open_bundle
from bmis.trust.ecdsa import sign
from bmis.trust.errors import BundleFormError, BundleRootError, BundleSignatureError, SerialRefusedError
from bmis.trust.redemptions import Redemption, elsewhere
from bmis.trust.status_list import LARGEST_SERIAL, StatusList
from tests.sealing import NOON, Authority

serials = st.sets(st.integers(1, 5000), max_size=60)


@given(serials, st.integers(0, 6000))
def test_exactly_the_serials_that_were_put_in_are_listed(listed, largest):
    made = StatusList.of(listed, largest)
    back = StatusList.unpacked(made.packed(), len(made.bits))

    assert {serial for serial in range(1, 7000) if back.listed(serial)} == listed
    assert back.count == len(listed)


def test_ten_million_serials_of_which_a_hundred_thousand_are_listed_travel_in_150_kilobytes():
    listed = random.Random(7).sample(range(1, 10_000_001), 100_000)
    made = StatusList.of(listed, 10_000_000)

    assert len(made.packed()) < 150_000
    assert made.count == 100_000
    assert all(map(made.listed, listed))


def test_a_serial_issued_after_the_list_was_made_is_not_listed():
    assert not StatusList.of([1], 100).listed(LARGEST_SERIAL)


@pytest.mark.parametrize("wrong", [0, -1, LARGEST_SERIAL + 1])
def test_a_serial_that_is_none_is_refused(wrong):
    with pytest.raises(SerialRefusedError):
        StatusList.of([wrong])


def test_a_list_that_is_longer_shorter_or_a_bomb_is_refused():
    packed = zlib.compress(bytes(1000))
    for untrusted, size in (
        (packed, 999),
        (packed, 1001),
        (packed[:-1], 1000),
        (packed + b"x", 1000),
        (b"", 0),
        (zlib.compress(bytes(50_000_000)), 1000),
        (packed, -1),
        (packed, LARGEST_SERIAL),
    ):
        with pytest.raises(BundleFormError):
            StatusList.unpacked(untrusted, size)


@given(st.binary(max_size=200))
def test_whatever_is_carried_to_a_post_is_a_bundle_or_refused(untrusted):
    for file in (untrusted, MARK + untrusted, MARK + b"QQ==\nQQ==\n" + untrusted):
        with pytest.raises((BundleFormError, BundleSignatureError, BundleRootError)):
            open_bundle(file, None)


@settings(max_examples=30)
@given(st.data())
def test_a_signed_bundle_of_nonsense_is_refused_too(data):
    authority = _authority()
    body = data.draw(
        st.sampled_from([b"", b"{}", b"[]", b"null", b'{"format":"bmis-trust/1"}', b"[" * 5000])
        | st.binary(max_size=80)
    )
    signed = base64.b64encode(sign(MARK + body, authority.key))
    file = MARK + base64.b64encode(authority.root) + b"\n" + signed + b"\n" + body

    with pytest.raises(BundleFormError):
        open_bundle(file, None)


@cache
def _authority():
    return Authority()


posts = st.sampled_from(["MZ.L.ZOB", "MZ.L.CHD", "MZ.L.MIL"])
showings = st.lists(st.tuples(posts, st.integers(0, 400)), max_size=12)


@given(showings)
def test_a_showing_is_marked_if_and_only_if_another_post_saw_the_pass_within_the_hour(told):
    shown = [Redemption(1, post, NOON + timedelta(minutes=minute), "ENTRY") for post, minute in told]
    wanted = {
        one
        for one in shown
        for other in shown
        if one.post_code != other.post_code and abs(one.at - other.at) <= timedelta(hours=1)
    }

    assert elsewhere(shown, timedelta(hours=1)) == wanted
