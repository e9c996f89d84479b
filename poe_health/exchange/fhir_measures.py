"""Counts in FHIR: a MeasureReport for each day, or one for a whole period in which small numbers are hidden.

The numbers are those of the CSV of counts (csv_counts), hidden there once for all. What is hidden, was not counted or
belongs to a closed day has no number and says why (data-absent-reason): never zero.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from poe_health.exchange.csv_counts import DAY, HEAD, NOT_COUNTED, SUPPRESSED, TOTAL, WEEK, count_table
from poe_health.exchange.csv_words import CountWords
from poe_health.exchange.dhis2_tracker import json_bytes
from poe_health.exchange.fhir import CaseBundle, transaction
from poe_health.exchange.fhir_entry import ABSENT, updated, wall
from poe_health.exchange.mapping import ReceiverWords
from poe_health.exchange.package import Level, Notes, Package, Period, fields_in
from poe_health.exchange.source import ExportTally

_WHY = {SUPPRESSED: "masked", NOT_COUNTED: "not-performed"}
_POPULATION = "http://terminology.hl7.org/CodeSystem/measure-population"
_UNKNOWN = "unknown"
_DAYS = "days"


class MeasurePayload:
    """Makes reports out of tallies. PUBLIC: one over the period; AGGREGATE: one for each day."""

    def __init__(self, words: ReceiverWords, labels: CountWords, at: datetime) -> None:
        self._words, self._labels, self._at = words, labels, at
        self.notes = Notes()
        self.hidden = 0

    def of(self, tallies: Sequence[ExportTally], period: Period, level: Level) -> list[CaseBundle]:
        """Return the reports, each a bundle of its own."""
        if level is Level.PUBLIC:
            whole = all(one.submitted_at is not None for one in tallies) and len(tallies) == len(period.days)
            return [self._report(tallies, period, level, complete=whole)]
        missing = set(period.days) - {one.tally.day for one in tallies}
        for day in sorted(missing):
            self.notes.add("day_missing", day.isoformat())
        found = []
        for one in tallies:
            alone = Period(period.post_code, one.tally.day, one.tally.day)
            found.append(self._report([one], alone, level, complete=one.submitted_at is not None))
        return found

    def _report(self, tallies: Sequence[ExportTally], period: Period, level: Level, *, complete: bool) -> CaseBundle:
        table = count_table(tallies, period, level, self._labels)
        self.hidden += table.hidden
        for note in table.notes.all():
            if level is Level.PUBLIC or note.code != "day_missing":
                self.notes.add(note.code, note.where)
        rows = [dict(zip(HEAD, row, strict=True)) for row in table.rows]
        key = f"{period.post_code}/{period.first}/{period.last}/{level.value}"
        resource = {
            "status": "complete" if complete else "pending",
            "type": "summary",
            "measure": self._words.text("systems", "measure"),
            "date": wall(self._at),
            "reporter": {"identifier": {"system": self._words.text("systems", "post"), "value": period.post_code}},
            "period": {"start": period.first.isoformat(), "end": period.last.isoformat()},
            "group": list(self._groups(rows, one_day=period.first == period.last)),
        }
        system = self._words.text("systems", "report")
        url = f"urn:uuid:{uuid5(NAMESPACE_URL, f'{system}|{key}')}"
        return CaseBundle(key, (updated(url, "MeasureReport", system, key, resource),))

    def _groups(self, rows: Sequence[dict[str, str]], *, one_day: bool) -> Iterator[dict[str, Any]]:
        for measure in dict.fromkeys(row["measure"] for row in rows):
            own = [row for row in rows if row["measure"] == measure]
            code = self._concept("measures", measure, own[0]["measure_label"])
            group: dict[str, Any] = {"code": code}
            total = next((row for row in own if row["by"] == TOTAL), None)
            if total is not None:
                group["population"] = [_population(total)]
            strata = [row for row in own if row["by"] not in ({TOTAL, DAY, WEEK} if one_day else {TOTAL, DAY})]
            stratifiers = [
                {
                    "code": [self._concept("strata", by)],
                    "stratum": [
                        {
                            "value": self._concept("strata", row["code"] or _UNKNOWN, row["label"]),
                            "population": [_population(row)],
                        }
                        for row in strata
                        if row["by"] == by
                    ],
                }
                for by in dict.fromkeys(row["by"] for row in strata)
            ]
            if stratifiers:
                group["stratifier"] = stratifiers
            yield group

    def _concept(self, system: str, code: str, text: str = "") -> dict[str, Any]:
        found: dict[str, Any] = {"coding": [{"system": self._words.text("systems", system), "code": code}]}
        return found | ({"text": text} if text else {})


def _population(row: dict[str, str]) -> dict[str, Any]:
    code = {"coding": [{"system": _POPULATION, "code": "initial-population"}]}
    if row["count"]:
        return {"code": code, "count": int(row["count"])}
    why = _WHY.get(row["note"], _UNKNOWN)
    return {"code": code, "_count": {"extension": [{"url": ABSENT, "valueCode": why}]}}


def measure_package(
    tallies: Sequence[ExportTally],
    period: Period,
    level: Level,
    words: ReceiverWords,
    labels: CountWords,
    at: datetime,
) -> Package:
    """Return one transaction of all reports; ``at`` is the moment of the export."""
    payload = MeasurePayload(words, labels, at)
    document = transaction(payload.of(tallies, period, level), at)
    for _ in range(payload.hidden):
        payload.notes.add("suppressed")
    return Package(
        main=json_bytes(document),
        records=len(document["entry"]),
        people=0,
        fields=fields_in([document]),
        notes=payload.notes.all(),
        mapping=words.version,
    )
