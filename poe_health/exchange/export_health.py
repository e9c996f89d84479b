"""Exporting: who may, to whom, why; then the file, whole, with its line in the log."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from bmis.kernel.actor import Actor, require
from bmis.kernel.clock import Clock, local
from bmis.kernel.identifiers import new_id
from poe_health.exchange.csv_words import CountWords
from poe_health.exchange.errors import (
    ExportFileError,
    ExportPeriodError,
    ExportReasonError,
    KindsMixedError,
    PublicDifferenceError,
    RecipientRefusedError,
    SendingUnsafeError,
)
from poe_health.exchange.export_event import ExchangeLog, ExportEvent, ExportKind
from poe_health.exchange.files import StagedFiles, paths_of
from poe_health.exchange.https import Endpoint, Https
from poe_health.exchange.mapping import words_of
from poe_health.exchange.package import PERSONAL, Level, Package, Period
from poe_health.exchange.receiver import NEEDS, Made, Order, Receiver
from poe_health.exchange.receivers import receivers
from poe_health.exchange.recipients import is_health_service
from poe_health.exchange.released import gives_away
from poe_health.exchange.results import Outcome
from poe_health.exchange.send import Sender, Transfer
from poe_health.exchange.source import ExportCase, ExportSource
from poe_health.rules.definitions import rule_set

MOST_DAYS = 366
SHORTEST_REASON = 4  # characters
_SHORTEST_RECIPIENT = 2
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """What is asked. ``receiver``: its code, one of ``receivers()``. ``level`` None: the receiver's first.
    ``untrusted_template``: SORMAS' file, or a mapping of DHIS2, FHIR or Go.Data that stands in for ours. ``as_csv``:
    DHIS2's aggregate file as CSV. ``bom``: CSV for Excel.
    """

    receiver: str
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


class ExportHealth:
    """Writes and sends exports of one post. ``training``: nothing is ever sent."""

    def __init__(self, source: ExportSource, log: ExchangeLog, now: Clock, post_code: str, *, training: bool) -> None:
        self._source, self._log, self._now = source, log, now
        self._post_code, self._training = post_code, training

    def write(self, request: ExportRequest, actor: Actor, path: Path, *, replace: bool = False) -> Exported:
        """Return what was written to ``path`` and beside it.

        Raises:
            NotAllowedError: the role does not allow this level. ExportLevelError: the receiver does not take it.
            ExportPeriodError, ExportReasonError, RecipientRefusedError, TemplateRefusedError, PublicDifferenceError.
            ExportFileError: nothing was written.
        """
        receiver = receivers()[request.receiver]
        level = self._checked(request, receiver, actor)
        made, opened = self._made(request, receiver, level)
        files = paths_of(made.package, path)
        staged = StagedFiles(files, replace=replace)
        try:
            event = self._event(request, level, actor, made, ExportKind.WRITTEN, opened=opened)
            self._log.keep(event, opened)
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
            KindsMixedError: the server has one of the cases by name and would get it under pseudonym, or the reverse.
            NotAllowedError, ExportLevelError, ExportPeriodError, ExportReasonError, RecipientRefusedError.
        """
        receiver = receivers()[request.receiver]
        level = self._checked(request, receiver, actor)
        if self._training:
            raise SendingUnsafeError("training")
        if not receiver.sends or (dry_run and not receiver.tries):
            raise SendingUnsafeError("files_only")
        line = Https(endpoint, pause)
        made, opened = self._made(request, receiver, level)
        assert made.send is not None
        target = f"{receiver.code} {line.host}"
        there = self._log.handed() if level in PERSONAL else ()
        mixed = {one.case for one in there if one.host == line.host and one.level != level.value} & set(opened)
        if mixed:
            raise KindsMixedError(line.host, len(mixed))
        sender = Sender(
            line,
            words_of(receiver.words, request.untrusted_template),
            self._log.known(target),
            self._log.keys().seal,
            dry_run,
        )
        transfer = made.send(sender)
        if receiver.withdraw is not None and transfer.broken_off is None:
            mine = [one for one in there if one.target == target and one.things]
            voided = {case for case, one in self._source.standing({one.case for one in mine}).items() if one.voided}
            gone = receiver.withdraw(sender, [one for one in mine if one.case in voided], self._now())
            transfer = replace(transfer, results=transfer.results + gone.results, broken_off=gone.broken_off)
        event = self._event(request, level, actor, made, ExportKind.SENT, target=target, transfer=transfer)
        self._log.keep(event, opened)
        return Sent(made.package, event, transfer)

    def _checked(self, request: ExportRequest, receiver: Receiver, actor: Actor) -> Level:
        level = receiver.level(request.level)
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

    def _made(self, request: ExportRequest, receiver: Receiver, level: Level) -> tuple[Made, tuple[UUID, ...]]:
        order = Order(
            level=level,
            period=Period(self._post_code, request.first, request.last),
            at=self._now(),
            rules=rule_set(request.last),
            language=request.language,
            untrusted_template=request.untrusted_template,
            bom=request.bom,
            as_csv=request.as_csv,
        )
        if level is Level.PUBLIC:
            self._hides_what_earlier_files_hid(order)
        if level not in PERSONAL:
            return receiver.make(replace(order, tallies=self._source.tallies(request.first, request.last))), ()
        keys = self._log.keys()
        cases: Sequence[ExportCase] = self._source.cases(request.first, request.last)
        opened = tuple(one.id for one in cases)
        if level is Level.NAMED:
            contacts = self._source.contacts(request.first, request.last)
            return receiver.make(replace(order, cases=cases, contacts=contacts, keys=keys)), opened
        cases = [one.without_name(one.pseudonym or keys.pseudonym(one)) for one in cases]
        return receiver.make(replace(order, cases=cases, keys=keys)), opened

    def _hides_what_earlier_files_hid(self, order: Order) -> None:
        new = order.period
        given = (Period(new.post_code, first, last) for first, last in self._log.released())
        earlier = [one for one in given if one.first <= new.last and new.first <= one.last and one != new]
        if earlier:
            first, last = min(one.first for one in (new, *earlier)), max(one.last for one in (new, *earlier))
            words = CountWords(order.rules, order.language)
            found = gives_away(self._source.tallies(first, last), new, earlier, words)
            if found is not None:
                raise PublicDifferenceError(found.first, found.last)

    def _event(
        self,
        request: ExportRequest,
        level: Level,
        actor: Actor,
        made: Made,
        kind: ExportKind,
        *,
        target: str | None = None,
        transfer: Transfer | None = None,
        opened: Sequence[UUID] = (),
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
            receiver=request.receiver,
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
            things=transfer.things if transfer else {str(case): () for case in opened},
            withdrawn=[one.record for one in transfer.results if one.outcome is Outcome.WITHDRAWN] if transfer else [],
        )
