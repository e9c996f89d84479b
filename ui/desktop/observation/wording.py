"""Words of observation: directions, intervals, totals, codes of lists, fields of the registry, the survey."""

from collections.abc import Mapping, Sequence

from bmis.documents.states import iso3, states
from bmis.flows.fmr import fmr_fields
from bmis.flows.mobility.lists import codes, label, mobility_file
from bmis.flows.mobility.survey import FILE, questions
from bmis.flows.observed.slot import DIRECTIONS
from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from bmis.posts.admin_area import DISTRICT, PROVINCE, admin_areas
from ui.desktop.widgets.fields import State

Choices = Sequence[tuple[str, str]]


def way_word(way: str) -> str:
    """Return the word of a direction, as a heading."""
    return label("direction", way, current_language()).capitalize()


def ways_words(ways: Sequence[str]) -> str:
    """Return the words of directions."""
    return ", ".join(label("direction", way, current_language()) for way in ways)


def clock_words(minutes: int) -> str:
    """Return minutes since midnight as HH:MM."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def interval_words(start: int, end: int) -> str:
    """Return an interval as HH:MM–HH:MM."""
    return f"{clock_words(start)}–{clock_words(end)}"


def totals_words(totals: Mapping[str, int]) -> str:
    """Return totals by direction; one that nobody watched is not in them."""
    return ", ".join(f"{label('direction', way, current_language())} {n}" for way, n in totals.items()) or "—"


def field_word(name: str) -> str:
    """Return the label of a field of the registry."""
    return fmr_fields()[name].label(current_language())


def listed(of: str) -> Choices:
    """Return the codes of a dated list with their words."""
    return [(code, label(of, code, current_language())) for code in codes(of)]


def watched_choices() -> Choices:
    """Return which directions may be watched together."""
    sets = (("entry", "exit"), *((way,) for way in DIRECTIONS), DIRECTIONS)
    return [("+".join(ways), ways_words(ways)) for ways in sets]


def state_choices() -> Sequence[State]:
    """Return the countries that the registry knows, by three letters."""
    language = current_language()
    return [State(one.code, one.name(language)) for one in states().values() if iso3(one.code) == one.code]


def province_choices() -> Choices:
    """Return the provinces that somebody may be from."""
    return [(one.pcode, one.name) for one in admin_areas(PROVINCE) if one.selectable]


def district_choices(province: str) -> Choices:
    """Return the districts of a province that somebody may be from."""
    found = admin_areas(DISTRICT, province) if province else ()
    return [(one.pcode, one.name) for one in found if one.selectable]


def question_codes() -> Sequence[str]:
    """Return the questions in the order in which they are asked; age is asked with the agreement, first."""
    return sorted(questions(), key=lambda code: code != "age")


def question_word(code: str) -> str:
    """Return a question."""
    said = next(one for one in mobility_file(FILE)["question"] if one["code"] == code)
    return str(said["en" if current_language() == "en" else "pt"])


def answer_choices(code: str) -> Choices:
    """Return the answers of a question with their words."""
    said = next(one for one in mobility_file(FILE)["question"] if one["code"] == code)
    if "words" in said:
        return [(answer, label(said["words"], answer, current_language())) for answer in said["answers"]]
    words = said["answers_en" if current_language() == "en" else "answers_pt"]
    return list(zip(said["answers"], words, strict=True))


def survey_number(name: str) -> int:
    """Return ``step`` (every so many who pass one is invited) or ``least_age`` of the survey."""
    return int(mobility_file(FILE)[name])


def refusal_word(code: str) -> str:
    """Return why somebody was not asked."""
    return label("survey_refusal", code, current_language())


def direction_question() -> str:
    """Return the question of the direction."""
    return _("Direction of the journey")
