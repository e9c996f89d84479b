"""DHIS2 aggregate: a data value set for each day of the tally and for each whole week.

A day that was closed says why and has no numbers; a day that nobody submitted is not sent at all. A counted day says
every cell, zeros too: a number that a revision took away must not stay on the server.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from poe_health.exchange.dhis2_tracker import json_bytes
from poe_health.exchange.mapping import ReceiverWords
from poe_health.exchange.package import Notes, Package, Period, fields_in
from poe_health.exchange.source import ExportTally
from poe_health.surveillance.screened import post_day
from poe_health.surveillance.tally import Counts, DailyTally, TallySource
from poe_health.surveillance.week import EpiWeek, epi_week, summary_of

_DIMENSIONS = ("sex", "age_band", "direction")
_CSV_HEAD = ("dataelement", "period", "orgunit", "catoptcombo", "attroptcombo", "value", "strby", "lstupd", "cmt")


@dataclass(frozen=True, slots=True)
class ValueSet:
    """One data value set. ``option_codes``: the option combinations are codes, not UIDs."""

    document: Mapping[str, Any]
    option_codes: bool

    @property
    def key(self) -> str:
        """Return what it replaces on the server when it is sent again."""
        return "/".join(str(self.document[name]) for name in ("dataSet", "period", "orgUnit"))


class AggregatePayload:
    """Makes data value sets out of tallies, in the words of a mapping."""

    def __init__(self, words: ReceiverWords) -> None:
        self._words = words
        self.notes = Notes()

    def of(self, tallies: Sequence[ExportTally], period: Period) -> list[ValueSet]:
        """Return the sets of the days and of the whole weeks in the period."""
        by_day = {one.tally.day: one for one in tallies}
        sets: list[ValueSet] = []
        for day in period.days:
            if day not in by_day:
                self.notes.add("day_missing", day.isoformat())
                continue
            sets += self._daily(by_day[day])
        for week in _whole_weeks(period):
            sets += self._weekly(week, tallies)
        return sets

    def _daily(self, told: ExportTally) -> Iterator[ValueSet]:
        tally = told.tally
        head = self._head("daily_data_set", tally.day.strftime("%Y%m%d"), tally.post_code)
        complete = {}  # with the last set: who has it has the day
        if told.submitted_at is None:
            self.notes.add("day_not_submitted", tally.day.isoformat())
        else:
            complete = {"completeDate": post_day(told.submitted_at).isoformat()}
        totals = list(self._totals(tally))
        if not tally.has_data:
            self.notes.add("day_closed", tally.day.isoformat())
        elif tally.source is TallySource.RECORDS:
            first = head if totals else {**head, **complete}
            yield ValueSet({**first, "dataValues": list(self._cells(tally))}, option_codes=True)
        else:
            self.notes.add("not_split", tally.day.isoformat())
        if totals:
            yield ValueSet({**head, **complete, "dataValues": totals}, option_codes=False)

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
        return "_".join(
            self._words.words("aggregate", name).get(code or "unknown")
            or self._words.text("aggregate", name, "unknown")
            for name, code in zip(_DIMENSIONS, key, strict=True)
        )

    def _totals(self, tally: DailyTally) -> Iterator[dict[str, str]]:
        said: dict[str, object] = {
            "crossed": None if tally.crossed is None else sum(tally.crossed.values()),
            "conveyances_inspected": tally.conveyances_inspected,
            "hours_open": tally.hours_open,
            "none_screened_reason": tally.none_screened_reason,
        }
        combo = self._words.text("aggregate", "default_option_combo")
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
            combo = self._words.text("aggregate", "default_option_combo")
            values = [
                {"dataElement": element, "categoryOptionCombo": combo, "value": str(summary.suspected_by[code])}
                for code, element in elements.items()
                if summary.suspected_by.get(code) is not None
            ]
            head = self._head("weekly_data_set", week.code, post)
            those = [one for one in tallies if one.tally.day in week.days and one.tally.post_code == post]
            submitted = [one.submitted_at for one in those if one.submitted_at is not None]
            if summary.is_complete and len(submitted) == len(those):
                head["completeDate"] = post_day(max(submitted)).isoformat()
            else:
                self.notes.add("week_incomplete", week.code)
            yield ValueSet({**head, "dataValues": values}, option_codes=False)

    def _head(self, data_set: str, period: str, post_code: str) -> dict[str, Any]:
        unit = self._words.text("org_units", post_code) if self._words.has("org_units", post_code) else post_code
        return {"dataSet": self._words.text("aggregate", data_set), "period": period, "orgUnit": unit}


def aggregate_package(
    tallies: Sequence[ExportTally], period: Period, words: ReceiverWords, *, as_csv: bool = False
) -> Package:
    """Return one data value set as it is posted, several under ``dataValueSets`` in the order of sending, or CSV."""
    payload = AggregatePayload(words)
    sets = payload.of(tallies, period)
    documents = [dict(one.document) for one in sets]
    whole: object = documents[0] if len(documents) == 1 else {"dataValueSets": documents}
    return Package(
        main=_csv(sets) if as_csv else json_bytes(whole),
        records=sum(len(one["dataValues"]) for one in documents),
        people=0,
        fields=fields_in(documents),
        notes=payload.notes.all(),
        mapping=words.version,
    )


def _csv(sets: Sequence[ValueSet]) -> bytes:
    """Return the CSV of DHIS2. Codes and numbers only: nothing in it could be taken for a formula."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(_CSV_HEAD)
    for one in sets:
        for value in one.document["dataValues"]:
            row = (value["dataElement"], one.document["period"], one.document["orgUnit"], value["categoryOptionCombo"])
            writer.writerow((*row, "", value["value"], "", "", ""))
    return out.getvalue().encode("utf-8")


def _whole_weeks(period: Period) -> list[EpiWeek]:
    weeks = dict.fromkeys(epi_week(day) for day in period.days)
    return [week for week in weeks if period.first <= week.days[0] and week.days[-1] <= period.last]
