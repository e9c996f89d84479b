"""What a reader's lines are worth against the labels of a set: as a whole, by kind of document and by tag."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bmis.capture.mrz_shape import proved
from tools.bench.mrz_score import characters_right


@dataclass(frozen=True, slots=True)
class Rates:
    """Counts over some pictures; a rate of none is None."""

    pictures: int
    found: int  # the reader said something where a zone is printed
    exact: int
    characters: int
    characters_right: int

    @property
    def exact_rate(self) -> float | None:
        """Return the part of the zones that were read as printed, whole."""
        return self.exact / self.pictures if self.pictures else None

    @property
    def found_rate(self) -> float | None:
        """Return the part of the zones of which anything was read."""
        return self.found / self.pictures if self.pictures else None

    @property
    def character_accuracy(self) -> float | None:
        """Return the part of the printed characters that were read (less the edits, see ``tools.bench.mrz_score``)."""
        return self.characters_right / self.characters if self.characters else None


@dataclass(frozen=True, slots=True)
class Score:
    """The rates, and the files by which a reader misleads."""

    whole: Rates
    by_kind: Mapping[str, Rates]
    by_tag: Mapping[str, Rates]  # the tags of the labels, and "easy", "medium" and "hard" where they are said
    false_accepts: tuple[str, ...]  # every check digit holds, and it is not what is printed
    without_zone: tuple[str, ...]  # something was read where nothing is printed
    missed: tuple[str, ...]  # printed, and not read exactly


def score(readings: Mapping[str, Sequence[str]], labels: Sequence[Mapping[str, Any]]) -> Score:
    """Return what ``readings`` (lines by file name; a file that is missing was not read) are worth."""
    printed = [label for label in labels if label["lines"]]
    false = [
        label["file"]
        for label in labels
        if proved(lines := readings.get(label["file"], ())) and list(lines) != list(label["lines"])
    ]
    return Score(
        whole=_rates(readings, printed),
        by_kind={kind: _rates(readings, [one for one in printed if one["kind"] == kind]) for kind in _kinds(printed)},
        by_tag={tag: _rates(readings, [one for one in printed if tag in _tags(one)]) for tag in _all_tags(printed)},
        false_accepts=tuple(false),
        without_zone=tuple(one["file"] for one in labels if not one["lines"] and readings.get(one["file"])),
        missed=tuple(one["file"] for one in printed if not _exact(readings, one)),
    )


def _rates(readings: Mapping[str, Sequence[str]], labels: Sequence[Mapping[str, Any]]) -> Rates:
    read = [tuple(readings.get(label["file"], ())) for label in labels]
    return Rates(
        pictures=len(labels),
        found=sum(bool(lines) for lines in read),
        exact=sum(_exact(readings, label) for label in labels),
        characters=sum(len("".join(label["lines"])) for label in labels),
        characters_right=sum(
            characters_right(label["lines"], lines) for label, lines in zip(labels, read, strict=True)
        ),
    )


def _exact(readings: Mapping[str, Sequence[str]], label: Mapping[str, Any]) -> bool:
    return list(readings.get(label["file"], ())) == list(label["lines"])


def _kinds(labels: Sequence[Mapping[str, Any]]) -> list[str]:
    return sorted({label["kind"] for label in labels})


def _tags(label: Mapping[str, Any]) -> set[str]:
    return {*label["tags"], label.get("difficulty", "")} - {""}


def _all_tags(labels: Sequence[Mapping[str, Any]]) -> list[str]:
    return sorted({tag for label in labels for tag in _tags(label)})
