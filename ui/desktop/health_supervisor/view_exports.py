"""Giving facts to other systems: each export says to whom and why, and stands in the log whatever became of it."""

import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from bmis.kernel.actor import Permission
from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from poe_health.exchange.export_event import ExportKind
from poe_health.exchange.export_health import Exported, ExportRequest, Sent
from poe_health.exchange.https import Credentials, Endpoint
from poe_health.exchange.package import Level, Package
from poe_health.exchange.read_exports import Correction, LoggedExport
from poe_health.exchange.receiver import NEEDS
from poe_health.exchange.receivers import receivers
from poe_health.exchange.results import Outcome
from ui.desktop.health_supervisor.errors import TypedFieldError
from ui.desktop.health_supervisor.typed import needed_day
from ui.desktop.health_supervisor.view_page import Act, ActPage, Job
from ui.desktop.papers import suggested_path
from ui.desktop.shortcuts import Key
from ui.desktop.widgets.asking import Answers, Asked
from ui.desktop.widgets.lines import Heading, Line
from ui.desktop.words import moment_words
from ui.words.errors import describe
from ui.words.exchange import correction_words, note_lines, outcome_word, reason_word
from ui.words.health_post_exports import kind_word, level_word, receiver_word

TOPIC = "health_post.exports"
LARGEST_TEMPLATE = 4 * 1024 * 1024  # bytes
YES, NO = "yes", "no"


class ExportsPage(ActPage):
    """The log; what came back of the last export stands beside it."""

    topic = "exports"
    columns = 2

    def prepare(self) -> None:
        """Set what the page keeps."""
        self.log: tuple[LoggedExport, ...] = ()
        self.corrections: dict[str, list[Correction]] = {}
        self.report: tuple[tuple[str, str], ...] = ()
        self._reported: object = None

    def title(self) -> str:
        """Return its name."""
        return _("Export")

    def headings(self) -> Sequence[Heading]:
        """Return the columns."""
        return [Heading(_("When")), Heading(_("Receiver")), Heading(_("What"), wide=True)]

    def nothing(self) -> str:
        """Return what an empty list says."""
        return _("Nothing was exported from here, or your role does not see the log.")

    def acts(self) -> Mapping[str, Act]:
        """Return what can be done."""
        return {
            "write": Act(_("Write a file…"), self.ask_write, self._reads, Key.DECIDE),
            "send": Act(_("Try or send…"), self.ask_send, self._can_send),
        }

    def refresh(self) -> None:
        """Ask what waits to be corrected elsewhere, which stands first, and for the log."""
        parts = self.model.parts
        if self.model.may(Permission.READ_HEALTH_RECORDS):
            self.ask(lambda: parts.corrections(parts.by), self._on_corrections)
        if self.model.may(Permission.READ_AUDIT):
            self.ask(lambda: parts.export_log(parts.by), self._on_log)

    def choose(self, key: object) -> None:
        """Show the line."""
        self._show_line()

    # --- acts

    def ask_write(self) -> None:
        """Ask for whom, why, which days, and where the file goes."""
        offered = tuple((one.code, one.title()) for one in receivers().values())
        fields = [
            *self._why_fields(offered),
            Asked("path", _("File"), value=suggested_path("saude"), topic="desk.file"),
            Asked("template", _("Template of the receiver (path)"), required=False, topic="desk.file"),
        ]

        def job(said: Answers) -> Job[Exported]:
            request, path = self._request(said), _path(said["path"], said["receiver"])
            parts = self.model.parts
            return lambda: parts.exports.write(request, parts.by, path)

        text = _("Named data go only to health services. Without a level the least of a person goes.")
        self.form(_("Write a file"), text, fields, job, self._on_written, ok=_("Write it"), columns=2)

    def ask_send(self) -> None:
        """Ask for the receiver's address and account; a trial keeps nothing there."""
        offered = tuple((one.code, one.title()) for one in receivers().values() if one.sends)
        truth = ((YES, _("Only try (DHIS2): nothing is kept there")), (NO, _("Send")))
        fields = [
            *self._why_fields(offered),
            Asked("address", _("Address (https://…)"), topic=TOPIC),
            Asked("user", _("User (empty: the secret is a token)"), required=False, topic=TOPIC),
            Asked("secret", _("Password or token"), "password", topic=TOPIC),
            Asked("ca", _("Certificate of its authority (path)"), required=False, topic="desk.file"),
            Asked("trial", _("What"), "choice", truth, YES, topic=TOPIC),
        ]

        def job(said: Answers) -> Job[Sent]:
            request, trial = self._request(said), said["trial"] == YES
            kind = receivers()[request.receiver].authorization
            account = (
                Credentials.basic(said["user"], said["secret"])
                if said["user"]
                else Credentials.token(kind, said["secret"])
            )
            endpoint = Endpoint(said["address"], account, Path(said["ca"]).expanduser() if said["ca"] else None)
            parts = self.model.parts
            return lambda: parts.exports.send(request, parts.by, endpoint, time.sleep, dry_run=trial)

        text = _("The account is not kept. A training home sends nothing.")
        self.form(_("Try or send"), text, fields, job, self._on_sent, ok=_("Go"), columns=2)

    # --- inside

    def _why_fields(self, offered: tuple[tuple[str, str], ...]) -> list[Asked]:
        today = self.model.parts.today()
        levels = tuple((one.value, level_word(one.value)) for one in Level if self.model.may(NEEDS[one]))
        return [
            Asked("receiver", _("Receiver"), "choice", offered, topic=TOPIC),
            Asked("level", _("How much of a person"), "choice", levels, required=False, topic=TOPIC),
            Asked("first", _("From"), "date", value=f"{today.replace(day=1):%d/%m/%Y}", topic=TOPIC),
            Asked("last", _("Until"), "date", value=f"{today:%d/%m/%Y}", topic=TOPIC),
            Asked("reason", _("Why"), topic="desk.reason"),
            Asked("recipient", _("For whom"), topic=TOPIC),
        ]

    def _request(self, said: Answers) -> ExportRequest:
        return ExportRequest(
            receiver=said["receiver"],
            first=needed_day(said["first"], "first"),
            last=needed_day(said["last"], "last"),
            reason=said["reason"],
            recipient=said["recipient"],
            level=Level(said["level"]) if said["level"] else None,
            untrusted_template=_template(said.get("template", "")),
            language=current_language(),
            as_csv=said.get("path", "").lower().endswith(".csv"),
        )

    def _reads(self) -> bool:
        return self.model.may(Permission.READ_HEALTH_COUNTS)

    def _can_send(self) -> bool:
        return self._reads() and not self.model.parts.training

    def _on_written(self, done: Exported) -> None:
        rows = [(_("Written"), str(path)) for path in done.files]
        rows += _notes(done.package)
        self._keep_report(done.event.id, rows)
        self.remarked.emit(_("Written: {path}").format(path=done.files[0].name), "")

    def _on_sent(self, sent: Sent) -> None:
        transfer = sent.transfer
        rows = [(outcome_word(code), str(count)) for code, count in sorted(sent.event.outcomes.items())]
        for one in transfer.results:
            if one.outcome is Outcome.REFUSED:
                rows.append((one.record, f"{reason_word(one.reason or '')} {' '.join(one.said)}".strip()))
        if transfer.broken_off is not None:
            rows.insert(0, (_("Broken off"), describe(transfer.broken_off).line))
        rows += _notes(sent.package)
        self._keep_report(sent.event.id, rows)
        words = _("The receiver has everything.") if transfer.is_whole else _("Not everything was taken: see beside.")
        self.remarked.emit(words, "")

    def _keep_report(self, export_id: object, rows: list[tuple[str, str]]) -> None:
        self._reported, self.report = export_id, tuple(rows)
        self.refresh()
        self._show_line()

    def _on_log(self, log: tuple[LoggedExport, ...]) -> None:
        self.log = log
        self.show_all()

    def _on_corrections(self, found: tuple[Correction, ...]) -> None:
        self.corrections = {}
        for one in found:
            self.corrections.setdefault(one.handed.target or "", []).append(one)
        self.show_all()

    def show_all(self) -> None:
        """Show what is to be corrected elsewhere, then the log."""
        local_time = self.model.parts.local_time
        lines = [
            Line(target, ("—", receiver_word(those[0].handed.receiver), _waiting_words(those)), "red")
            for target, those in self.corrections.items()
        ]
        lines += [
            Line(
                one.id,
                (moment_words(local_time(one.at)), receiver_word(one.receiver), kind_word(one.kind)),
                _status(one),
            )
            for one in self.log
        ]
        self.show_lines(lines, self._reported)
        self._show_line()

    def _show_line(self) -> None:
        waiting = self.corrections.get(str(self.list.key()))
        if waiting:
            self.banner.show_verdict("red", _waiting_words(waiting), waiting[0].handed.target or "")
            sent = [moment_words(self.model.parts.local_time(each.handed.at)) for each in waiting]
            rows = [
                (_("Sent {at}").format(at=at), correction_words(each)) for at, each in zip(sent, waiting, strict=True)
            ]
            self.facts.show_facts(rows)
            return
        one = next((each for each in self.log if each.id == self.list.key()), None)
        if one is None:
            self.banner.show_verdict("grey", _("Nothing was exported yet"))
            self.facts.show_facts(self.report)
            return
        self.banner.show_verdict(_status(one) or "green", receiver_word(one.receiver), kind_word(one.kind))
        rows = list(self.report) if one.id == self._reported else []
        rows += [
            (_("For whom"), one.recipient),
            (_("Why"), one.reason),
            (_("By"), one.by),
            (_("Level"), level_word(one.level)),
            (_("Days"), f"{one.first:%d/%m/%Y} – {one.last:%d/%m/%Y}"),
            (_("Records"), str(one.records)),
            (_("People"), str(one.people)),
        ]
        if one.target:
            rows.append((_("Sent to"), one.target))
        if one.id != self._reported:
            rows += [(outcome_word(code), str(count)) for code, count in sorted(one.outcomes.items())]
        self.facts.show_facts(rows)


def _waiting_words(those: Sequence[Correction]) -> str:
    return _("To correct there: {count}").format(count=len(those))


def _notes(package: Package) -> list[tuple[str, str]]:
    return [("", line) for line in note_lines((one.code, one.where, one.count) for one in package.notes)]


def _status(one: LoggedExport) -> str:
    if one.kind == ExportKind.NOT_WRITTEN.value:
        return "red"
    return "amber" if one.outcomes.get("refused") or one.outcomes.get("not_sent") else "green"


def _path(typed: str, receiver: str) -> Path:
    path = Path(typed).expanduser()
    if not path.is_absolute() or not path.parent.is_dir():
        raise TypedFieldError("path")
    return path if path.suffix else path.with_suffix(receivers()[receiver].ending)


def _template(typed: str) -> bytes | None:
    if not typed:
        return None
    try:
        with Path(typed).expanduser().open("rb") as file:
            content = file.read(LARGEST_TEMPLATE + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise TypedFieldError("template") from error
    if len(content) > LARGEST_TEMPLATE:
        raise TypedFieldError("template")
    return content
