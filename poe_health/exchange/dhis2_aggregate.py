"""DHIS2 aggregate: a data value set for each submitted day and for each whole week, all in one scheme of identifiers.

A day that was closed says why and has no numbers; a day that nobody submitted is left out, also where records could
count it: nobody has checked its sums. A counted day says every cell, zeros too: a number that a revision took away
must not stay on the server. Form and parameters: dhis2-docs, web-api/data.md, "Sending data values", "Sending bulks".
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from bmis.kernel.csv_cells import table_bytes
from poe_health.exchange.dhis2_tracker import json_bytes
from poe_health.exchange.errors import TemplateRefusedError
from poe_health.exchange.identifiers import is_uid
from poe_health.exchange.mapping import ReceiverWords
from poe_health.exchange.package import Notes, Package, Period, fields_in, nothing_beside
from poe_health.exchange.source import ExportTally
from poe_health.surveillance.screened import post_day
from poe_health.surveillance.tally import Counts, DailyTally, TallySource
from poe_health.surveillance.week import EpiWeek, epi_week, summary_of

_DIMENSIONS = ("sex", "age_band", "direction")
ADDRESS, STRATEGY = "/api/dataValueSets", "CREATE_AND_UPDATE"
_NAMED = ("dataSet", "dataElement", "orgUnit")
_DEFAULT_UID = "HllvX50cXC0"  # of the default option combination in every DHIS2; its code is "default"
_CSV_HEAD = ("dataelement", "period", "orgunit", "catoptcombo", "attroptcombo", "value", "strby", "lstupd", "cmt")


@dataclass(frozen=True, slots=True)
class ValueSet:
    """One data value set: one request."""

    document: Mapping[str, Any]

    @property
    def key(self) -> str:
        """Return what it replaces on the server when it is sent again."""
        return "/".join(str(self.document[name]) for name in ("dataSet", "period", "orgUnit"))


def id_schemes(words: ReceiverWords) -> dict[str, str]:
    """Return by which property every kind of identifier is given, as DHIS2 names the parameters."""
    whole = words.text("aggregate", "id_scheme")
    named = words.has("aggregate", "option_combo_id_scheme")
    combos = words.text("aggregate", "option_combo_id_scheme") if named else whole
    return {f"{name}IdScheme": whole for name in _NAMED} | {"categoryOptionComboIdScheme": combos}


class AggregatePayload:
    """Makes data value sets out of tallies, in the words of a mapping."""

    def __init__(self, words: ReceiverWords) -> None:
        self._words = words
        self._by_uid = id_schemes(words)["categoryOptionComboIdScheme"].upper() == "UID"
        self.notes = Notes()

    def of(self, tallies: Sequence[ExportTally], period: Period) -> list[ValueSet]:
        """Return the sets of the submitted days and of the whole weeks in the period.

        Raises:
            TemplateRefusedError: the mapping lacks a word, or mixes codes with UIDs.
        """
        by_day = {one.tally.day: one for one in tallies if one.submitted_at is not None}
        counted = {one.tally.day for one in tallies} - by_day.keys()
        sets: list[ValueSet] = []
        for day in period.days:
            if day in by_day:
                sets += self._daily(by_day[day])
            else:
                self.notes.add("day_left_out" if day in counted else "day_missing", day.isoformat())
        for week in _whole_weeks(period):
            sets += self._weekly(week, list(by_day.values()))
        return sets

    def _daily(self, told: ExportTally) -> Iterator[ValueSet]:
        tally = told.tally
        values: list[dict[str, str]] = []
        if not tally.has_data:
            self.notes.add("day_closed", tally.day.isoformat())
        elif tally.source is TallySource.RECORDS:
            values += self._cells(tally)
        else:
            self.notes.add("not_split", tally.day.isoformat())
        values += self._totals(tally)
        if values:
            head = self._head("daily_data_set", tally.day.strftime("%Y%m%d"), tally.post_code)
            yield ValueSet({**head, "completeDate": _submitted_on([told]), "dataValues": values})

    def _cells(self, tally: DailyTally) -> Iterator[dict[str, str]]:
        elements = self._words.words("aggregate", "daily")
        sums: dict[tuple[str | None, ...], dict[str, int | None]] = {key: {} for key in self._grid()}
        for cell, counts in tally.cells.items():
            known = sums.setdefault(tuple(getattr(cell, name) for name in _DIMENSIONS), {})
            for one in fields(Counts):
                count = getattr(counts, one.name)
                before = known.get(one.name, 0)
                known[one.name] = None if count is None or before is None else before + count
        uncounted = {name for name in elements if getattr(tally.counts, name) is None}
        for key, counted in sums.items():
            combo = self._combo(key)
            for name, element in elements.items():
                value = counted.get(name, 0)
                if value is not None and name not in uncounted:
                    yield {"dataElement": element, "categoryOptionCombo": combo, "value": str(value)}

    def _grid(self) -> Iterator[tuple[str | None, ...]]:
        parts = [[code for code in self._words.words("aggregate", name) if code != "unknown"] for name in _DIMENSIONS]
        yield from ((sex, age, direction) for sex in parts[0] for age in parts[1] for direction in parts[2])

    def _combo(self, key: tuple[str | None, ...]) -> str:
        ours = "_".join(
            self._words.words("aggregate", name).get(code or "unknown")
            or self._words.text("aggregate", name, "unknown")
            for name, code in zip(_DIMENSIONS, key, strict=True)
        )
        if self._by_uid or self._words.has("aggregate", "option_combos"):
            return self._in_scheme("option_combos", ours)
        return ours

    def _default_combo(self) -> str:
        return self._in_scheme("default_option_combo")

    def _in_scheme(self, *path: str) -> str:
        """Return the option combination that the mapping says; it is in the scheme of all others."""
        combo = self._words.text("aggregate", *path)
        if (not is_uid(combo)) if self._by_uid else combo == _DEFAULT_UID:
            raise TemplateRefusedError("mapping_key", ".".join(("aggregate", *path)))
        return combo

    def _totals(self, tally: DailyTally) -> Iterator[dict[str, str]]:
        said: dict[str, object] = {
            "crossed": None if tally.crossed is None else sum(tally.crossed.values()),
            "conveyances_inspected": tally.conveyances_inspected,
            "hours_open": tally.hours_open,
            "none_screened_reason": tally.none_screened_reason,
        }
        combo = self._default_combo()
        for name, element in self._words.words("aggregate", "totals").items():
            if said.get(name) is not None:
                yield {"dataElement": element, "categoryOptionCombo": combo, "value": str(said[name])}

    def _weekly(self, week: EpiWeek, tallies: Sequence[ExportTally]) -> Iterator[ValueSet]:
        elements = self._words.words("aggregate", "weekly")
        for post in dict.fromkeys(one.tally.post_code for one in tallies):
            summary = summary_of(post, week, [one.tally for one in tallies], tuple(elements))
            for code, count in summary.suspected_by.items():
                if code not in elements and count:
                    self.notes.add("disease_unmapped", code)
            if summary.counts is None:
                self.notes.add("week_not_counted", week.code)
                continue
            combo = self._default_combo()
            values = [
                {"dataElement": element, "categoryOptionCombo": combo, "value": str(summary.suspected_by[code])}
                for code, element in elements.items()
                if summary.suspected_by.get(code) is not None
            ]
            head = self._head("weekly_data_set", week.code, post)
            if summary.is_complete:
                head["completeDate"] = _submitted_on([one for one in tallies if one.tally.day in week.days])
            else:
                self.notes.add("week_incomplete", week.code)
            yield ValueSet({**head, "dataValues": values})

    def _head(self, data_set: str, period: str, post_code: str) -> dict[str, Any]:
        unit = self._words.text("org_units", post_code) if self._words.has("org_units", post_code) else post_code
        return {"dataSet": self._words.text("aggregate", data_set), "period": period, "orgUnit": unit}


def aggregate_package(
    tallies: Sequence[ExportTally], period: Period, words: ReceiverWords, *, as_csv: bool = False
) -> Package:
    """Return one data value set as it is posted, or several in one with a period for each value, or CSV.

    The set says its own schemes of identifiers, which stand above those of the address; those of a CSV file lie beside
    it. A file of several cannot say that a day is complete.
    """
    payload = AggregatePayload(words)
    sets = payload.of(tallies, period)
    documents = [dict(one.document) for one in sets]
    if (as_csv or len(documents) > 1) and any("completeDate" in one for one in documents):
        payload.notes.add("completion_left_out")
    schemes = id_schemes(words)
    alone = documents[0] if len(documents) == 1 else {"dataValues": [value for one in sets for value in _dated(one)]}
    return Package(
        main=_csv(sets) if as_csv else json_bytes({**schemes, **alone}),
        records=sum(len(one["dataValues"]) for one in documents),
        people=0,
        fields=fields_in(documents),
        notes=payload.notes.all(),
        beside={"dictionary": _dictionary(schemes)} if as_csv else nothing_beside(),
        mapping=words.version,
    )


def _dated(one: ValueSet) -> Iterator[dict[str, str]]:
    """Yield the values of a set, each with the period and the unit that it is of."""
    own = {name: one.document[name] for name in ("period", "orgUnit")}
    yield from ({**value, **own} for value in one.document["dataValues"])


def _csv(sets: Sequence[ValueSet]) -> bytes:
    """Return the CSV of DHIS2. Codes and numbers only: nothing in it could be taken for a formula."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(_CSV_HEAD)
    for value in (each for one in sets for each in _dated(one)):
        row = (value["dataElement"], value["period"], value["orgUnit"], value["categoryOptionCombo"])
        writer.writerow((*row, "", value["value"], "", "", ""))
    return out.getvalue().encode("utf-8")


def _dictionary(schemes: Mapping[str, str]) -> bytes:
    """Return with which parameters the CSV file is imported."""
    asked = {"address": ADDRESS, "Content-Type": "application/csv", "importStrategy": STRATEGY, **schemes}
    return table_bytes(("parameter", "value"), list(asked.items()))


def _submitted_on(those: Sequence[ExportTally]) -> str:
    return post_day(max(one.submitted_at for one in those if one.submitted_at is not None)).isoformat()


def _whole_weeks(period: Period) -> list[EpiWeek]:
    weeks = dict.fromkeys(epi_week(day) for day in period.days)
    return [week for week in weeks if period.first <= week.days[0] and week.days[-1] <= period.last]
