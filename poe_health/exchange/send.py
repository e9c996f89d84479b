"""Sending to DHIS2 and FHIR: in pages, each answer read, so that a broken transfer goes on where it broke.

Nothing is doubled: the tracker knows our UIDs, a data value set replaces itself, and FHIR finds our identifiers.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType
from typing import Generic, TypeVar

from bmis.kernel.errors import BmisError
from poe_health.exchange.dhis2_aggregate import ADDRESS, STRATEGY, ValueSet, id_schemes
from poe_health.exchange.dhis2_report import aggregate_result, tracker_results
from poe_health.exchange.dhis2_tracker import TrackedCase
from poe_health.exchange.errors import ReceiverAnswerError, ReceiverRefusedError
from poe_health.exchange.export_event import Handed
from poe_health.exchange.fhir import CaseBundle, transaction
from poe_health.exchange.fhir_withdrawn import things_of, withdrawn_bundle
from poe_health.exchange.https import Https, Reply
from poe_health.exchange.mapping import ReceiverWords
from poe_health.exchange.package import Level
from poe_health.exchange.results import Outcome, RecordResult

_FHIR_JSON = "application/fhir+json; charset=utf-8"
_TOO_LARGE = 413
_GONE = frozenset({"E1063", "E1114"})  # DHIS2: no such tracked entity, or one that was deleted before

_Item = TypeVar("_Item")
Seal = Callable[[bytes], str]


@dataclass(frozen=True, slots=True)
class Transfer:
    """What a transfer did. ``digests`` are those of the records that the receiver has now and did not have before.

    ``broken_off``: the error that stopped it; the records that were not reached are NOT_SENT. ``things``: what of the
    cases left us, by our identifiers, whatever the receiver said of it.
    """

    results: tuple[RecordResult, ...]
    digests: Mapping[str, str]
    broken_off: BmisError | None = None
    things: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def is_whole(self) -> bool:
        """Return whether the receiver has, or in a dry run would take, every record."""
        good = {Outcome.CREATED, Outcome.UPDATED, Outcome.ACCEPTED, Outcome.KNOWN, Outcome.WOULD_ACCEPT}
        good.add(Outcome.WITHDRAWN)
        return self.broken_off is None and all(one.outcome in good for one in self.results)


@dataclass(frozen=True, slots=True)
class Sender:
    """Sends over one line. ``known`` are the digests of what the receiver has; ``seal`` makes them."""

    line: Https
    words: ReceiverWords
    known: Mapping[str, str]
    seal: Seal
    dry_run: bool = False

    def tracker(self, cases: Sequence[TrackedCase]) -> Transfer:
        """Return what became of each case in the DHIS2 tracker."""
        waiting = [_Waiting(str(one.case), one.entity, one, one.uids) for one in cases]
        return self._all(waiting, self.words.number("tracker", "page_size"), self._tracker_post("CREATE_AND_UPDATE"))

    def tracker_withdrawn(self, those: Sequence[Handed]) -> Transfer:
        """Return what became of each voided case that DHIS2 had: it is deleted there (importStrategy DELETE).

        With it go its enrolment and events there, for which our account needs F_TEI_CASCADE_DELETE and
        F_ENROLLMENT_CASCADE_DELETE; without them DHIS2 refuses, and the correction goes on waiting.
        """
        cases = [TrackedCase(one.case, {"trackedEntity": one.things[0]}, one.things[:1]) for one in those]
        delete = self._tracker_post("DELETE")

        def post(page: Sequence[TrackedCase]) -> list[RecordResult] | None:
            found = delete(page)
            return None if found is None else [_taken_back(one) for one in found]

        return self._all([_Waiting(str(one.case), one.entity, one) for one in cases], 1, post)

    def _tracker_post(self, strategy: str) -> "_Post[TrackedCase]":
        query = {
            "async": "false",
            "importStrategy": strategy,
            "atomicMode": "OBJECT",
            "importMode": "VALIDATE" if self.dry_run else "COMMIT",
            "reportMode": "FULL",
            "orgUnitIdScheme": self.words.text("tracker", "org_unit_id_scheme"),
        }

        def post(page: Sequence[TrackedCase]) -> list[RecordResult] | None:
            reply = self.line.post("/api/tracker", query, {"trackedEntities": [one.entity for one in page]})
            if reply.status == _TOO_LARGE:
                return None
            return tracker_results(reply, page, self.words, self.line.host, dry_run=self.dry_run)

        return post

    def aggregate(self, sets: Sequence[ValueSet]) -> Transfer:
        """Return what became of each data value set in DHIS2.

        Each is tried first (dryRun=true) and kept only if all of it would be: DHIS2 itself keeps the values it likes.
        """

        def post(page: Sequence[ValueSet]) -> list[RecordResult] | None:
            tried = posted(page, dry_run=True)
            if self.dry_run or tried is None or tried[0].outcome is not Outcome.WOULD_ACCEPT:
                return tried
            return posted(page, dry_run=False)

        def posted(page: Sequence[ValueSet], *, dry_run: bool) -> list[RecordResult] | None:
            (one,) = page
            query = {**id_schemes(self.words), "importStrategy": STRATEGY, "dryRun": "true" if dry_run else "false"}
            reply = self.line.post(ADDRESS, query, one.document)
            if reply.status == _TOO_LARGE:
                return None
            return [aggregate_result(reply, one.key, self.words, self.line.host, dry_run=dry_run)]

        return self._all([_Waiting(one.key, one.document, one) for one in sets], 1, post)

    def fhir(self, bundles: Sequence[CaseBundle], at: datetime) -> Transfer:
        """Return what became of each case: one transaction each, all of it or nothing. FHIR has no dry run."""

        def post(page: Sequence[CaseBundle]) -> list[RecordResult] | None:
            reply = self.line.post("", {}, transaction(page, at), _FHIR_JSON)
            if reply.status == _TOO_LARGE:
                return None
            return [_fhir_result(reply, one, self.line.host) for one in page]

        waiting = [_Waiting(str(one.case), one.entries, one, things_of(one.entries)) for one in bundles]
        return self._all(waiting, 1, post)

    def fhir_withdrawn(self, those: Sequence[Handed], at: datetime) -> Transfer:
        """Return what became of each voided case that the FHIR server had: all of it is entered-in-error there."""
        gone = self.fhir([withdrawn_bundle(one.case, one.things, named=one.level == Level.NAMED) for one in those], at)
        return replace(gone, results=tuple(_taken_back(one) for one in gone.results), digests={}, things={})

    def _all(self, records: Sequence["_Waiting[_Item]"], size: int, post: "_Post[_Item]") -> Transfer:
        """Send what the receiver does not have, page by page; what it took is in the digests whatever happens after."""
        digests = {one.record: self._digest(one.content) for one in records}
        done: dict[str, RecordResult] = {}
        things: dict[str, tuple[str, ...]] = {}
        if not self.dry_run:
            there = [record for record, digest in digests.items() if self.known.get(record) == digest]
            done = {record: RecordResult(record, Outcome.KNOWN) for record in there}
            things = {one.record: one.things for one in records if one.record in done and one.things}
        waiting = [one.item for one in records if one.record not in done]
        names = {id(one.item): one for one in records}
        new: dict[str, str] = {}

        def told(page: Sequence[_Item]) -> list[RecordResult] | None:
            if not self.dry_run:  # before the answer, which may never come
                things.update((one.record, one.things) for one in (names[id(item)] for item in page) if one.things)
            return post(page)

        broken_off = None
        try:
            for results in _pages(waiting, max(1, size), told, self.line.host):
                done |= {one.record: one for one in results}
                if not self.dry_run:
                    new |= {one.record: digests[one.record] for one in results if one.is_there}
        except BmisError as error:
            broken_off = error
        rest = {record: RecordResult(record, Outcome.NOT_SENT) for record in digests if record not in done}
        return Transfer(tuple((done | rest)[record] for record in digests), new, broken_off, things)

    def _digest(self, content: object) -> str:
        text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return self.seal(text.encode("utf-8"))


@dataclass(frozen=True, slots=True)
class _Waiting(Generic[_Item]):
    record: str
    content: object
    item: _Item
    things: tuple[str, ...] = ()


_Post = Callable[[Sequence[_Item]], list[RecordResult] | None]


def _pages(items: Sequence[_Item], size: int, post: _Post[_Item], host: str) -> Iterator[list[RecordResult]]:
    """Post the items in pages; one that is too large for the receiver is halved."""
    for start in range(0, len(items), size):
        yield from _page(items[start : start + size], post, host)


def _page(page: Sequence[_Item], post: _Post[_Item], host: str) -> Iterator[list[RecordResult]]:
    found = post(page)
    if found is not None:
        yield found
    elif len(page) == 1:
        raise ReceiverRefusedError(host, _TOO_LARGE)
    else:
        half = len(page) // 2
        yield from _page(page[:half], post, host)
        yield from _page(page[half:], post, host)


def _taken_back(one: RecordResult) -> RecordResult:
    """Return the answer to a withdrawal: what is not there any more is taken back too."""
    if one.is_there or (one.said and set(one.said) <= _GONE):
        return RecordResult(one.record, Outcome.WITHDRAWN)
    return one


def _fhir_result(reply: Reply, bundle: CaseBundle, host: str) -> RecordResult:
    said = reply.document
    if reply.status >= 400:
        issues = said.get("issue") if isinstance(said, dict) else None
        listed = [one for one in issues if isinstance(one, dict)] if isinstance(issues, list) else []
        codes = sorted({code for one in listed if isinstance(code := one.get("code"), str) and code.isascii()})
        return RecordResult(str(bundle.case), Outcome.REFUSED, "BUNDLE_REFUSED", (f"HTTP{reply.status}", *codes[:5]))
    entries = said.get("entry") if isinstance(said, dict) else None
    if not isinstance(entries, list) or len(entries) != len(bundle.entries):
        raise ReceiverAnswerError(host)
    responses = [one.get("response") if isinstance(one, dict) else None for one in entries]
    statuses = [str(one.get("status", "")) if isinstance(one, dict) else "" for one in responses]
    if not all(one.startswith("2") for one in statuses):
        raise ReceiverAnswerError(host)  # a transaction that holds in part is none
    created = any(one.startswith("201") for one in statuses)
    return RecordResult(str(bundle.case), Outcome.CREATED if created else Outcome.UPDATED)
