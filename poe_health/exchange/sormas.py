"""SORMAS: the CSV of its case import, in the columns of the template that the user downloaded there.

The template changes between releases: its columns stay as they are, in their order. A column that we know is filled;
one that we do not know stays empty and is named, never guessed; a template without one that the import needs is
refused. Separator and order of dates are the template's: semicolons and days first in German, commas and months first
in English.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bmis.kernel.clock import local
from bmis.kernel.csv_cells import BOM, table_bytes
from bmis.posts.errors import UnknownPostError
from bmis.posts.point_of_entry import point_of_entry
from poe_health.exchange.countries import english_name
from poe_health.exchange.errors import TemplateRefusedError
from poe_health.exchange.mapping import ReceiverWords
from poe_health.exchange.package import Notes, Package, suspects_of
from poe_health.exchange.source import ExportCase, post_day_of

NAME = "sormas"
LARGEST = 1024 * 1024  # bytes; a template of 800 columns has 60 KB
_MOST_COLUMNS = 5000
_COMMENT = "##"
_DATE = re.compile(r"\b(d{1,2}|M{1,2})([./-])(d{1,2}|M{1,2})([./-])(y{4})\b|\b(y{4})(-)(M{1,2})(-)(d{1,2})\b")


@dataclass(frozen=True, slots=True)
class Template:
    """A template as it was read. ``entities`` is the row above the columns; empty where there is none.

    ``date_pattern`` as Java writes it; ``date_is_assumed``: the template does not say it.
    """

    separator: str
    entities: tuple[str, ...]
    columns: tuple[str, ...]
    date_pattern: str
    date_is_assumed: bool


def read_template(untrusted: bytes, words: ReceiverWords) -> Template:
    """Return the template.

    Raises:
        TemplateRefusedError: too large, not UTF-8, no CSV, a column twice, or a column that the import needs missing.
    """
    if len(untrusted) > LARGEST:
        raise TemplateRefusedError("template_large")
    try:
        text = untrusted.decode("utf-8").removeprefix(BOM)
    except UnicodeDecodeError as error:
        raise TemplateRefusedError("template_encoding") from error
    separator = _separator(text)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as error:
        raise TemplateRefusedError("template_syntax") from error
    said = [tuple(cell.strip() for cell in row) for row in rows if any(cell.strip() for cell in row)]
    comments = [row for row in said if row[0].startswith(_COMMENT)]
    heads = [row for row in said if not row[0].startswith(_COMMENT)][:2]
    columns = next((row for row in reversed(heads) if set(words.several("required")) <= set(row)), None)
    if columns is None:
        known = set().union(*heads) if heads else set()
        missing = [name for name in words.several("required") if name not in known]
        raise TemplateRefusedError("column_missing", missing[0] if missing else "")
    if len(columns) > _MOST_COLUMNS:
        raise TemplateRefusedError("template_large")
    named = [name for name in columns if name]
    twice = next((name for name in named if named.count(name) > 1), None)
    if twice is not None:
        raise TemplateRefusedError("column_twice", twice)
    pattern = _pattern_in(comments, columns)
    entities = heads[0] if columns is not heads[0] else ()
    return Template(separator, entities, columns, pattern or _usual(separator, words), pattern is None)


def sormas_package(cases: Sequence[ExportCase], untrusted_template: bytes, words: ReceiverWords) -> Package:
    """Return the file to import. Raises as ``read_template``."""
    template = read_template(untrusted_template, words)
    notes = Notes()
    known = set(words.several("columns")) | set(words.words("symptoms").values())
    for name in template.columns:
        if name and name not in known:
            notes.add("column_unknown", name)
    if template.date_is_assumed:
        notes.add("date_order_assumed", template.date_pattern)
    lines, left_out = [], set()
    for case in suspects_of(cases, notes):
        values = dict(_values(case, template, words, notes))
        left_out |= {name for name, value in values.items() if value and name not in template.columns}
        lines.append([values.get(name, "") for name in template.columns])
    for name in sorted(left_out):
        notes.add("column_missing", name)
    head, body = (template.entities, [template.columns, *lines]) if template.entities else (template.columns, lines)
    return Package(
        main=table_bytes(head, body, separator=template.separator),
        records=len(lines),
        people=len(lines),
        fields=tuple(sorted(name for n, name in enumerate(template.columns) if any(line[n] for line in lines))),
        notes=notes.all(),
        mapping=words.version,
    )


def _values(case: ExportCase, template: Template, words: ReceiverWords, notes: Notes) -> Iterator[tuple[str, str]]:
    yield "disease", _disease(case, words, notes)
    yield "externalID", case.ref
    yield "caseOrigin", "POINT_OF_ENTRY"
    yield "reportDate", written(post_day_of(case), template.date_pattern)
    yield from _place(case, words)
    if case.person is not None:
        yield "person.firstName", case.person.given_names
        yield "person.lastName", case.person.surname
        yield "person.citizenship", english_name(case.person.nationality) or ""
        yield "person.phone", _dialled(case.person.phones[0]) if case.person.phones else ""
        born = case.person.birth_date
        if born is not None:
            yield "person.birthdateYYYY", str(born.year)
            yield "person.birthdateMM", str(born.month or "")
            yield "person.birthdateDD", str(born.day or "")
    yield "person.sex", words.words("sex").get(case.sex or "", words.text("sex", "unknown"))
    if case.age_years is not None:
        yield "person.approximateAge", str(case.age_years)
        yield "person.approximateAgeType", "YEARS"
    yield from _symptoms(case, template, words)
    yield from _travel(case, template, words)


def _disease(case: ExportCase, words: ReceiverWords, notes: Notes) -> str:
    found = words.words("diseases").get(case.disease or "")
    if found is None:
        notes.add("disease_unmapped", case.disease or "")
        return words.text("diseases", "unknown")
    return found


def _place(case: ExportCase, words: ReceiverWords) -> Iterator[tuple[str, str]]:
    """Yield the post by the name that SORMAS has for it: infrastructure is matched by its exact name."""
    try:
        post = point_of_entry(case.post_code)
        name, province = post.name, post.province
    except UnknownPostError:
        name, province = case.post_code, ""
    yield "pointOfEntry", words.words("points_of_entry").get(case.post_code, name)
    yield "responsibleRegion", words.words("regions").get(case.post_code, province)
    yield "responsibleDistrict", words.words("districts").get(case.post_code, "")


def _symptoms(case: ExportCase, template: Template, words: ReceiverWords) -> Iterator[tuple[str, str]]:
    """Yield what was answered; a question that was not asked stays empty."""
    spoken = words.words("answers")
    if case.onset is not None:
        yield "symptoms.onsetDate", written(case.onset, template.date_pattern)
    if case.temperatures:
        yield "symptoms.temperature", f"{max(one.celsius for one in case.temperatures):.1f}"
    for code, column in words.words("symptoms").items():
        if code in case.symptoms:
            yield column, spoken[case.symptoms[code].value]


def _travel(case: ExportCase, template: Template, words: ReceiverWords) -> Iterator[tuple[str, str]]:
    voyage = case.voyage
    if voyage is None:
        return
    kind = words.words("conveyances").get(voyage.conveyance, "OTHER")
    if kind == "AIR":
        yield "portHealthInfo.airlineName", voyage.carrier or ""
        yield "portHealthInfo.flightNumber", voyage.number or ""
        yield "portHealthInfo.seatNumber", voyage.seat or ""
        yield "portHealthInfo.departureAirport", voyage.origin or ""
    elif kind == "SHIP":
        yield "portHealthInfo.vesselName", voyage.number or ""
        yield "portHealthInfo.portOfDeparture", voyage.origin or ""
    else:
        yield "portHealthInfo.conveyanceType", kind
        yield "portHealthInfo.conveyanceTypeDetails", voyage.conveyance if kind == "OTHER" else ""
        yield "portHealthInfo.departureLocation", voyage.origin or ""
        yield "portHealthInfo.finalDestination", voyage.destination or ""
    if voyage.arrived_on is not None and kind in {"AIR", "SHIP"}:
        at = local(case.opened_at)
        yield "portHealthInfo.arrivalDateTime", f"{written(voyage.arrived_on, template.date_pattern)} {at:%H:%M}"


def written(day: date, pattern: str) -> str:
    """Return the day in a pattern of Java's (dd.MM.yyyy, MM/dd/yyyy …); days and months always with two digits."""
    numbers: Mapping[str, str] = {"d": f"{day.day:02d}", "M": f"{day.month:02d}", "y": f"{day.year:04d}"}
    return re.sub(r"d+|M+|y+", lambda match: numbers[match[0][0]], pattern)


def _dialled(phone: str) -> str:
    """Return the number with 00 for its plus: SORMAS keeps cells as they come; elsewhere a plus begins a formula."""
    return f"00{phone[1:]}" if phone.startswith("+") else phone


def _separator(text: str) -> str:
    head = text[:20_000].partition("\n")[0]
    counts = {sign: head.count(sign) for sign in (";", ",", "\t")}
    best = max(counts, key=lambda sign: counts[sign])
    if not counts[best]:
        raise TemplateRefusedError("template_syntax")
    return best


def _pattern_in(comments: Sequence[tuple[str, ...]], columns: Sequence[str]) -> str | None:
    places = [n for n, name in enumerate(columns) if name == "reportDate"]
    for row in comments:
        for place in places:
            match = _DATE.search(row[place]) if place < len(row) else None
            if match is not None:
                return match[0]
    return None


def _usual(separator: str, words: ReceiverWords) -> str:
    return words.text("date_by_separator", {";": "semicolon", ",": "comma", "\t": "tab"}[separator])
