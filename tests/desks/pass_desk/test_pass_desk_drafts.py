"""An application left half done comes back with its children and their photographs, from an older draft too."""

from types import MappingProxyType
from uuid import uuid4

import pytest

from bmis.documents.dates import PartialDate
from bmis.passes.applicant import Dependant
from ui.desktop.passes.filling import TypedApplication, draft_of, request_of, typed_of

CHILDREN = (
    Dependant("Nhamuave", "Ana Paula", PartialDate.parse("2019-02-03"), "F"),
    Dependant("Nhamuave", "Tomé", PartialDate.parse("2021"), "M"),
)
FIELDS = {"surname": "Nhamuave", "given_names": "Rosa", "birth_date": "1988-04-12", "sex": "F", "village": "Zóbuè"}


@pytest.fixture
def typed():
    photos = (b"\xff\xd8\xff-face", None)
    values = MappingProxyType(FIELDS | {"scheme": "MZ-MW", "purpose": "market"})
    return TypedApplication(uuid4(), values, children=CHILDREN, child_photos=photos)


def test_the_children_come_back_with_their_photographs(typed):
    assert typed_of(typed.request_id, draft_of(typed)) == typed
    assert [photo is not None for photo in request_of(typed).dependant_photos] == [True, False]


def test_a_draft_from_before_has_children_without_photographs(typed):
    older = draft_of(typed)
    del older["child_photos"]
    assert typed_of(typed.request_id, older).child_photos == (None, None)
    assert request_of(typed_of(typed.request_id, older)).dependant_photos == ()
