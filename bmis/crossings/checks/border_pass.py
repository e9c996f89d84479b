"""What a border pass says at this post: seal, state, days, post and zone, open crossing. A person compares the face.

A document beside the pass is compared with whom the seal names. Names differ by accents and transliteration: a
difference is something to look at, never a stop by itself.

What is in order is one green line; whatever is not has a line of its own, so that nobody looks for it among the good.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bmis.crossings.case import Case
from bmis.crossings.finding import Fact, Finding, Status
from bmis.crossings.identity import Identity, name_key
from bmis.documents.travel_document import TravelDocument
from bmis.passes.at_crossing import Light, PassAnswer
from bmis.passes.use_pass import Holder, PassLane

_STATUS = {
    Light.GREEN: Status.GREEN,
    Light.AMBER: Status.AMBER,
    Light.RED: Status.RED,
    Light.GREY: Status.GREY,
}


_PASSES = frozenset({"border_pass", "neighbour_border_pass", "border_facility_card"})  # kinds of document


@dataclass(frozen=True, slots=True)
class BorderPass:
    """``lane`` knows what the traveller showed. It opens the store: it may be late."""

    lane: PassLane
    name: str = "border_pass"
    mandatory: bool = True
    timeout_s: float | None = 3.0
    rule: str = "border_pass"

    def __call__(self, case: Case) -> Iterator[Finding]:
        """Yield a finding for each answer that is not green, one green where all are, or that none was shown.

        A pass that is the very document, and that nobody could tell, is grey.
        """
        seen = self.lane.seen(case.request.request_id, case.direction.value, case.at)
        if seen is None and case.document.kind in _PASSES:
            yield Finding(self.name, Status.GREY, "not_told", self.rule)
            return
        if seen is None:
            yield Finding(self.name, Status.GREEN, "none_shown", self.rule, mandatory=False)
            return
        rule = f"{self.name}/{seen.scheme.version}"
        left = [one for one in seen.answers if one.light is not Light.GREEN]
        for one in left:
            yield Finding(self.name, _STATUS[one.light], one.evidence, rule, dict(one.facts), self.mandatory)
        another = () if case.document.kind in _PASSES else _another(seen.read.holder, case.document)
        for evidence in another:
            yield Finding(self.name, Status.AMBER, evidence, rule, mandatory=self.mandatory)
        if not left and not another:
            yield Finding(self.name, Status.GREEN, "in_order", rule, _until(seen.answers), self.mandatory)


def _another(holder: Holder | None, document: TravelDocument) -> tuple[str, ...]:
    """Return in what the document beside the pass contradicts the seal; unknown contradicts nothing."""
    if holder is None:
        return ()
    sealed = Identity(name_key(holder.surname), name_key(holder.given_names), holder.birth, holder.sex)
    printed = Identity.of(document)
    spelt = sealed.sounds_like(printed)
    names = {"name": "holder_spelt" if spelt else "holder_name", "birth_date": "holder_birth", "sex": "holder_sex"}
    return tuple(names[one] for one in sealed.differs_in(printed))


def _until(answers: tuple[PassAnswer, ...]) -> Mapping[str, Fact]:
    found = next((one.facts for one in answers if one.evidence == "in_validity"), {})
    return dict(found)
