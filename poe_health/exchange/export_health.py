"""Exporting: who may, to whom, why; then the file, whole, with its line in the log."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from bmis.kernel.actor import Actor, require
from bmis.kernel.clock import Clock, local
from bmis.kernel.identifiers import new_id
from poe_health.exchange.csv_cases import cases_package, counts_package
from poe_health.exchange.csv_words import CountWords
from poe_health.exchange.dhis2_aggregate import AggregatePayload, aggregate_package
from poe_health.exchange.dhis2_tracker import TrackerPayload, tracker_package
from poe_health.exchange.errors import (
    ExportFileError,
    ExportPeriodError,
    ExportReasonError,
    RecipientRefusedError,
    SendingUnsafeError,
    TemplateRefusedError,
)
from poe_health.exchange.export_event import ExchangeLog, ExportEvent, ExportKind
from poe_health.exchange.fhir import FhirPayload, fhir_package
from poe_health.exchange.fhir_measures import MeasurePayload, measure_package
from poe_health.exchange.files import StagedFiles, paths_of
from poe_health.exchange.godata import godata_package
from poe_health.exchange.https import Endpoint, Https
from poe_health.exchange.identifiers import ExchangeKeys
from poe_health.exchange.mapping import own_words, words_of
from poe_health.exchange.package import PERSONAL, Level, Package, Period
from poe_health.exchange.receivers import NEEDS, TAKES, Receiver, level_for
from poe_health.exchange.recipients import is_health_service
from poe_health.exchange.send import Sender, Transfer
from poe_health.exchange.sormas import sormas_package
from poe_health.exchange.source import ExportCase, ExportSource
from poe_health.rules.definitions import rule_set

MOST_DAYS = 366
SHORTEST_REASON = 4  # characters
_SHORTEST_RECIPIENT = 2
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """What is asked. ``level`` None: the receiver's first. ``untrusted_template``: SORMAS' file, or a mapping of DHIS2,
    FHIR or Go.Data that stands in for ours. ``as_csv``: DHIS2's aggregate file as CSV. ``bom``: CSV for Excel.
    """

    receiver: Receiver
    first: date
    last: date
    reason: str
    recipient: str
    level: Level | None = None
    untrusted_template: bytes | None = None
    language: str = "pt"
    bom: bool = False
    as_csv: bool = False


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written."""

    package: Package
    event: ExportEvent
    files: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Sent:
    """What was sent."""

    package: Package
    event: ExportEvent
    transfer: Transfer


@dataclass(frozen=True, slots=True)
class _Made:
    package: Package
    opened: tuple[UUID, ...]
    send: Callable[[Sender], Transfer] | None


class ExportHealth:
    """Writes and sends exports of one post. ``training``: nothing is ever sent."""

    def __init__(self, source: ExportSource, log: ExchangeLog, now: Clock, post_code: str, *, training: bool) -> None:
        self._source, self._log, self._now = source, log, now
        self._post_code, self._training = post_code, training

    def write(self, request: ExportRequest, actor: Actor, path: Path, *, replace: bool = False) -> Exported:
        """Return what was written to ``path`` and beside it.

        Raises:
            NotAllowedError: the role does not allow this level. ExportLevelError: the receiver does not take it.
            ExportPeriodError, ExportReasonError, RecipientRefusedError, TemplateRefusedError.
            ExportFileError: nothing was written.
        """
        level = self._checked(request, actor)
        made = self._made(request, level)
        files = paths_of(made.package, path)
        staged = StagedFiles(files, replace=replace)
        try:
            event = self._event(request, level, actor, made, ExportKind.WRITTEN)
            self._log.keep(event, made.opened)
        except BaseException:
            staged.discard()
            raise
        try:
            staged.publish()
        except ExportFileError:
            self._log.keep(self._event(request, level, actor, made, ExportKind.NOT_WRITTEN))
            raise
        return Exported(made.package, event, tuple(files))

    def send(
        self,
        request: ExportRequest,
        actor: Actor,
        endpoint: Endpoint,
        pause: Callable[[float], None],
        *,
        dry_run: bool = False,
    ) -> Sent:
        """Return what became of each record at the receiver. The log says it, also where the transfer broke off.

        Raises:
            SendingUnsafeError: a training home, a receiver that takes files only, an address that is not https.
            NotAllowedError, ExportLevelError, ExportPeriodError, ExportReasonError, RecipientRefusedError.
        """
        level = self._checked(request, actor)
        if self._training:
            raise SendingUnsafeError("training")
        if not TAKES[request.receiver].sends or (dry_run and request.receiver is Receiver.FHIR):
            raise SendingUnsafeError("files_only")
        line = Https(endpoint, pause)
        made = self._made(request, level)
        assert made.send is not None
        target = f"{request.receiver.value} {line.host}"
        sender = Sender(
            line,
            words_of(_words_name(request.receiver), request.untrusted_template),
            self._log.known(target),
            self._log.keys().seal,
            dry_run,
        )
        transfer = made.send(sender)
        event = self._event(request, level, actor, made, ExportKind.SENT, target=target, transfer=transfer)
        self._log.keep(event, made.opened)
        return Sent(made.package, event, transfer)

    def _checked(self, request: ExportRequest, actor: Actor) -> Level:
        level = level_for(request.receiver, request.level)
        require(actor, NEEDS[level])
        today = local(self._now()).date()
        if not request.first <= request.last <= today or (request.last - request.first).days >= MOST_DAYS:
            raise ExportPeriodError(MOST_DAYS)
        for name, text, least in (
            ("reason", request.reason, SHORTEST_REASON),
            ("recipient", request.recipient, _SHORTEST_RECIPIENT),
        ):
            if not least <= len(text.strip()) <= _LONGEST or not text.isprintable():
                raise ExportReasonError(name, least)
        if level in PERSONAL and not is_health_service(request.recipient):
            raise RecipientRefusedError
        return level

    def _made(self, request: ExportRequest, level: Level) -> _Made:
        period = Period(self._post_code, request.first, request.last)
        if level not in PERSONAL:
            return self._counts(request, period, level)
        keys = self._log.keys()
        cases: Sequence[ExportCase] = self._source.cases(request.first, request.last)
        opened = tuple(one.id for one in cases)
        if level is Level.CASES:
            cases = [one.without_name(one.pseudonym or keys.pseudonym(one)) for one in cases]
        package, send = self._of_cases(request, level, cases, keys)
        return _Made(package, opened, send)

    def _counts(self, request: ExportRequest, period: Period, level: Level) -> _Made:
        tallies = self._source.tallies(request.first, request.last)
        if request.receiver is Receiver.DHIS2_AGGREGATE:
            words = words_of(_words_name(request.receiver), request.untrusted_template)
            package = aggregate_package(tallies, period, words, as_csv=request.as_csv)
            return _Made(package, (), lambda sender: sender.aggregate(AggregatePayload(words).of(tallies, period)))
        rules = rule_set(request.last)
        if request.receiver is Receiver.FHIR:
            words, at = words_of("fhir", request.untrusted_template), self._now()
            labels = CountWords(rules, request.language)
            reports = MeasurePayload(words, labels, at)
            package = measure_package(tallies, period, level, words, labels, at)
            return _Made(package, (), lambda sender: sender.fhir(reports.of(tallies, period, level), at))
        return _Made(counts_package(tallies, period, level, rules, request.language, bom=request.bom), (), None)

    def _of_cases(
        self, request: ExportRequest, level: Level, cases: Sequence[ExportCase], keys: ExchangeKeys
    ) -> tuple[Package, Callable[[Sender], Transfer] | None]:
        rules, template = rule_set(request.last), request.untrusted_template
        match request.receiver:
            case Receiver.DHIS2_TRACKER:
                words = words_of("dhis2", template)
                payload = TrackerPayload(words, keys)
                return tracker_package(cases, words, keys), lambda sender: sender.tracker(
                    [payload.of(one) for one in cases]
                )
            case Receiver.FHIR:
                words, at = words_of("fhir", template), self._now()
                contacts = self._source.contacts(request.first, request.last) if level is Level.NAMED else ()
                bundles = FhirPayload(words, keys, rules, request.language, contacts)
                package = fhir_package(cases, words, keys, rules, at, request.language, contacts)
                return package, lambda sender: sender.fhir([bundles.of(one) for one in cases], at)
            case Receiver.SORMAS:
                if template is None:
                    raise TemplateRefusedError("template_missing")
                return sormas_package(cases, template, own_words("sormas")), None
            case Receiver.GODATA:
                contacts = self._source.contacts(request.first, request.last)
                return godata_package(cases, contacts, words_of("godata", template), keys), None
            case _:
                return cases_package(cases, level, rules, request.language, bom=request.bom), None

    def _event(
        self,
        request: ExportRequest,
        level: Level,
        actor: Actor,
        made: _Made,
        kind: ExportKind,
        *,
        target: str | None = None,
        transfer: Transfer | None = None,
    ) -> ExportEvent:
        package, template = made.package, request.untrusted_template
        outcomes: dict[str, int] = {}
        for one in transfer.results if transfer else ():
            outcomes[one.outcome.value] = outcomes.get(one.outcome.value, 0) + 1
        version = package.mapping
        return ExportEvent(
            id=new_id(self._now()),
            kind=kind,
            by=actor.name,
            role=actor.role.value,
            receiver=request.receiver.value,
            level=level.value,
            first=request.first,
            last=request.last,
            reason=request.reason.strip(),
            recipient=request.recipient.strip(),
            records=package.records,
            people=package.people,
            fields=package.fields,
            files={"": package.sha256}
            | {name: sha256(content).hexdigest() for name, content in package.beside.items()},
            mapping=f"{version.file} {version.version} {version.sha256}" if version else "",
            template=None if template is None else sha256(template).hexdigest(),
            target=target,
            outcomes=outcomes,
            digests=transfer.digests if transfer else {},
        )


def _words_name(receiver: Receiver) -> str:
    return "fhir" if receiver is Receiver.FHIR else "dhis2"
