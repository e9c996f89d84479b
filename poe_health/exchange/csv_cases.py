"""CSV of single cases: under a pseudonym for analysis, or with names for a health service."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from bmis.kernel.clock import local
from bmis.kernel.csv_cells import table_bytes
from poe_health.exchange.csv_counts import HEAD, count_table
from poe_health.exchange.csv_words import (
    DICTIONARY_HEAD,
    Column,
    CountWords,
    columns,
    dictionary_rows,
    label_of,
    version,
)
from poe_health.exchange.package import Level, Notes, Package, Period
from poe_health.exchange.source import ExportCase, ExportTally, post_day_of
from poe_health.rules.answer import Answer
from poe_health.rules.definitions import RuleSet

_BETWEEN = " "  # codes have no spaces


def counts_package(
    tallies: Sequence[ExportTally], period: Period, level: Level, rules: RuleSet, language: str, *, bom: bool
) -> Package:
    """Return a file of counts with its dictionary."""
    table = count_table(tallies, period, level, CountWords(rules, language))
    notes = Notes()
    for _ in range(table.hidden):
        notes.add("suppressed")
    return Package(
        main=table_bytes(HEAD, table.rows, bom=bom),
        records=len(table.rows),
        people=0,
        fields=HEAD,
        notes=tuple(sorted((*table.notes.all(), *notes.all()))),
        beside={"dictionary": _dictionary(level, rules, bom=bom)},
        mapping=version(),
    )


def cases_package(cases: Sequence[ExportCase], level: Level, rules: RuleSet, language: str, *, bom: bool) -> Package:
    """Return a file with a line for each case, with its dictionary."""
    used = columns(level.value)
    head = [name for column in used for name in _heads(column)]
    rows = [[cell for column in used for cell in _cells(column, one, rules, language)] for one in cases]
    return Package(
        main=table_bytes(head, rows, bom=bom),
        records=len(rows),
        people=len(rows),
        fields=tuple(head),
        beside={"dictionary": _dictionary(level, rules, bom=bom)},
        mapping=version(),
    )


def _dictionary(level: Level, rules: RuleSet, *, bom: bool) -> bytes:
    return table_bytes(DICTIONARY_HEAD, dictionary_rows(level.value, rules), bom=bom)


def _heads(column: Column) -> tuple[str, ...]:
    return (column.name, f"{column.name}_label") if column.kind == "code" else (column.name,)


def _cells(column: Column, case: ExportCase, rules: RuleSet, language: str) -> tuple[str, ...]:
    value = _VALUES[column.name](case)
    text = "" if value is None else str(value)
    if column.kind != "code":
        return (text,)
    return (text, label_of(column.choice or "", text, rules, language) if text else "")


def _answered(said: Mapping[str, Answer], answer: Answer) -> str:
    return _BETWEEN.join(sorted(code for code, one in said.items() if one is answer))


def _exposed(case: ExportCase, answer: Answer) -> str:
    return _answered({code: one.answer for code, one in case.exposures.items()}, answer)


def _of_person(name: str) -> Callable[[ExportCase], object]:
    return lambda case: None if case.person is None else getattr(case.person, name)


def _of_voyage(name: str) -> Callable[[ExportCase], object]:
    return lambda case: None if case.voyage is None else getattr(case.voyage, name)


def _of_case(name: str) -> Callable[[ExportCase], object]:
    return lambda case: getattr(case, name)


_VALUES: Mapping[str, Callable[[ExportCase], object]] = MappingProxyType(
    {
        name: _of_case(name)
        for name in (
            "pseudonym",
            "ref",
            "post_code",
            "direction",
            "sex",
            "age_years",
            "origin_country",
            "mz_province",
            "mz_district",
            "onset",
            "working",
            "risk",
            "disposition",
            "certificate",
            "rules_digest",
        )
    }
    | {
        name: _of_person(name)
        for name in (
            "surname",
            "given_names",
            "birth_date",
            "nationality",
            "document_type",
            "document_country",
            "document_number",
            "address",
        )
    }
    | {f"voyage_{name}": _of_voyage(name) for name in ("number", "carrier", "origin", "destination")}
    | {name: _of_voyage(name) for name in ("conveyance", "seat")}
    | {
        "case_id": lambda case: case.id,
        "opened_on": post_day_of,
        "opened_at": lambda case: local(case.opened_at).isoformat(timespec="seconds"),
        "closed_at": lambda case: case.closed_at and local(case.closed_at).isoformat(timespec="seconds"),
        "age_band": lambda case: case.band,
        "temperature_c": lambda case: max((one.celsius for one in case.temperatures), default=None),
        "symptoms_yes": lambda case: _answered(case.symptoms, Answer.YES),
        "symptoms_no": lambda case: _answered(case.symptoms, Answer.NO),
        "symptoms_unknown": lambda case: _answered(case.symptoms, Answer.UNKNOWN),
        "exposures_yes": lambda case: _exposed(case, Answer.YES),
        "exposures_no": lambda case: _exposed(case, Answer.NO),
        "exposures_unknown": lambda case: _exposed(case, Answer.UNKNOWN),
        "suspected": lambda case: _BETWEEN.join(case.suspected),
        "phones": lambda case: "; ".join(case.person.phones) if case.person else None,
        "facility": lambda case: case.referral and case.referral.facility,
        "last_visit": lambda case: max((one.day for one in case.visits if one.status != "PLANNED"), default=None),
    }
)
