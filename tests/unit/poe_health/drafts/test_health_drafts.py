"""What a health worker typed and did not keep: there for that person, encrypted, gone when its time is over."""

from datetime import timedelta
from uuid import uuid4

import pytest

from bmis.kernel.actor import Actor, NotAllowedError, Role
from poe_health.drafts.draft import LASTS
from poe_health.drafts.errors import HealthDraftOfAnotherError
from poe_health.drafts.keep_drafts import KeepHealthDrafts

SAID = {"temperature": "386", "surname": "MACHAVA SPECIMEN"}


@pytest.fixture
def screener(signed_in):
    return signed_in(Role.SCREENER)


@pytest.fixture
def drafts(screener):
    return KeepHealthDrafts(screener.store.write, screener.now)


def test_half_a_traveller_comes_back_as_it_was_last_kept(drafts, screener):
    request = uuid4()
    drafts.save("primary", request, {"temperature": "38"}, screener.actor)
    drafts.save("primary", request, SAID, screener.actor)

    (found,) = drafts.of("primary", screener.actor)

    assert (found.request_id, found.content, found.by) == (request, SAID, "screener")
    assert drafts.of("secondary", screener.actor) == ()
    assert drafts.forget(request, screener.actor)
    assert not drafts.forget(request, screener.actor)
    assert drafts.of("primary", screener.actor) == ()


def test_a_colleague_neither_sees_nor_overwrites_nor_forgets_it(drafts, screener):
    request = uuid4()
    drafts.save("primary", request, SAID, screener.actor)
    other = Actor("maria", Role.SCREENER)

    assert drafts.of("primary", other) == ()
    for attempt in (lambda: drafts.save("primary", request, {}, other), lambda: drafts.forget(request, other)):
        with pytest.raises(HealthDraftOfAnotherError):
            attempt()
    assert drafts.of("primary", screener.actor)[0].content == SAID


def test_who_does_not_screen_has_no_drafts(drafts):
    with pytest.raises(NotAllowedError):
        drafts.of("primary", Actor("epi", Role.EPIDEMIOLOGIST))


def test_what_nobody_took_up_is_forgotten_after_two_days(drafts, screener):
    drafts.save("primary", uuid4(), SAID, screener.actor)
    later = KeepHealthDrafts(screener.store.write, lambda: screener.now() + LASTS + timedelta(minutes=1))

    assert later.of("primary", screener.actor) == ()
    assert drafts.of("primary", screener.actor) == ()


def test_nothing_of_it_is_readable_in_the_files_of_the_home(drafts, screener, training_home):
    drafts.save("primary", uuid4(), SAID, screener.actor)

    for path in training_home.rglob("*"):
        if path.is_file():
            assert b"MACHAVA" not in path.read_bytes(), path.name
