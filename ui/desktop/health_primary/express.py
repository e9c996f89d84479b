"""Cholera express: the dehydration says the plan at once; everything else can wait until treatment has begun."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from types import MappingProxyType
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from bmis.crossings.paperwork.drafts import Draft, DraftEntry
from bmis.kernel.clock import Clock
from bmis.kernel.errors import BmisError
from bmis.kernel.i18n import translate as _
from bmis.kernel.identifiers import new_id
from poe_health.outbreaks.cholera import PLAN_OF, CholeraAnswers, Dehydration
from poe_health.outbreaks.record_cholera import KeptCholera
from ui.desktop.health_primary.errors import ExpressIncompleteError, ExpressNumberError
from ui.desktop.health_primary.half_done import entry_of, newest_of, part_of
from ui.desktop.health_primary.parts import HealthPrimaryParts
from ui.desktop.workers.asking import StoreModel
from ui.desktop.workers.autosave import AutoSave
from ui.desktop.workers.runner import Runner

KIND = "cholera"
FIELDS = ("token", "sex", "age", "village", "onset_hours", "ors_minutes")
LEVELS = (Dehydration.NONE, Dehydration.SOME, Dehydration.SEVERE)
LONGEST_HOURS, LONGEST_MINUTES = 24 * 14, 24 * 60


def field_words() -> dict[str, str]:
    """Return the label of each field."""
    return {
        "dehydration": _("Dehydration"),
        "token": _("Patient's number"),
        "sex": _("Sex (F, M, O)"),
        "age": _("Age in years"),
        "village": _("Village or quarter"),
        "onset_hours": _("Ill for how many hours"),
        "ors_minutes": _("ORS given how many minutes ago (0: now)"),
    }


def _empty() -> Mapping[str, str]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Express:
    """One patient as far as he is written down."""

    request_id: UUID
    dehydration: Dehydration | None = None
    texts: Mapping[str, str] = field(default_factory=_empty)

    @property
    def is_begun(self) -> bool:
        """Return whether anything is there."""
        return self.dehydration is not None or any(text.strip() for text in self.texts.values())

    @property
    def plan(self) -> str | None:
        """Return A, B or C."""
        return None if self.dehydration is None else PLAN_OF[self.dehydration]

    def answers(self, now: datetime) -> CholeraAnswers:
        """Return what is kept; an empty field is not known.

        Raises:
            ExpressIncompleteError: no dehydration, or no number of the patient.
            ExpressNumberError: an age, hours or minutes that are no number that can be.
        """
        words = field_words()
        if self.dehydration is None:
            raise ExpressIncompleteError(field=words["dehydration"])
        if not self.text("token"):
            raise ExpressIncompleteError(field=words["token"])
        hours, minutes = self._number("onset_hours", LONGEST_HOURS), self._number("ors_minutes", LONGEST_MINUTES)
        return CholeraAnswers(
            token=self.text("token"),
            dehydration=self.dehydration,
            sex=self.text("sex").upper() or None,
            age_years=self._number("age", 120),
            village=self.text("village") or None,
            onset_at=None if hours is None else now - timedelta(hours=hours),
            ors_at=None if minutes is None else now - timedelta(minutes=minutes),
        )

    def text(self, name: str) -> str:
        """Return what stands in a field."""
        return self.texts.get(name, "").strip()

    def _number(self, name: str, most: int) -> int | None:
        text = self.text(name)
        if not text:
            return None
        if not (text.isascii() and text.isdigit() and int(text) <= most):
            raise ExpressNumberError(field=field_words()[name])
        return int(text)


class ExpressModel(StoreModel):
    """Signals: ``changed``, ``stopped`` (error, field), ``kept`` a KeptCholera, ``printed`` where to, ``restored``."""

    changed, restored = Signal(), Signal()
    stopped = Signal(object, str)
    kept = Signal(object)
    printed = Signal(str)

    def __init__(self, parts: HealthPrimaryParts, runner: Runner, clock: Clock, parent: QObject | None) -> None:
        super().__init__(runner, parent)
        self.parts, self._clock = parts, clock
        self.express = Express(new_id(clock()))
        self.last: KeptCholera | None = None
        self._kept_at: datetime | None = None  # of the first try: the moments of a patient do not move with the next
        self.autosave = AutoSave(parts, runner, self)
        self.autosave.failed.connect(self.noticed)

    def take_up(self, drafts: tuple[Draft, ...]) -> None:
        """Show what was left half written."""
        mine = newest_of(drafts, KIND)
        if mine is None or self.express.is_begun:
            return
        try:
            self.express = part_of(mine, "express", Express)
        except (KeyError, TypeError, ValueError):
            return
        self.changed.emit()
        self.restored.emit()

    def close(self) -> None:
        """Keep what is half written; deliver nothing any more."""
        self.autosave.now()
        self.stop()

    def set_dehydration(self, level: Dehydration) -> None:
        """Say the dehydration: the plan follows."""
        self._take(replace(self.express, dehydration=level))

    def set_text(self, name: str, text: str) -> None:
        """Take what was typed."""
        self._take(replace(self.express, texts=MappingProxyType({**self.express.texts, name: text})))

    def clear(self) -> None:
        """Begin another patient; this one is forgotten."""
        gone = self.express.request_id
        self._begin()
        self.ask(lambda: self.parts.forget_draft(gone), lambda _none: None)

    def save(self) -> None:
        """Keep the patient."""
        if self.is_busy:
            return
        express = self.express
        self._kept_at = self._kept_at or self._clock()
        try:
            answers = express.answers(self._kept_at)
        except BmisError as error:
            self._kept_at = None
            self.stopped.emit(error, str(error.facts.get("field", "")))
            return
        self.autosave.now()

        def work() -> KeptCholera:
            kept = self.parts.keep_cholera(express.request_id, answers)
            self.parts.forget_draft(express.request_id)
            return kept

        self.ask(work, self._on_kept, lambda error: self.stopped.emit(error, ""))

    def print_last(self) -> None:
        """Print the slip of the last patient's token."""
        last = self.last
        if last is not None:
            number = f"C{last.record.seq}"
            self.ask(lambda: self.parts.print_slip(last.token, number), self.printed.emit)

    def _on_kept(self, kept: KeptCholera) -> None:
        self.last = kept
        self._begin()
        self.kept.emit(kept)

    def _begin(self) -> None:
        self.autosave.drop()
        self._kept_at = None
        self.express = Express(new_id(self._clock()))
        self.changed.emit()

    def _take(self, express: Express) -> None:
        self.express, self._kept_at = express, None
        self.autosave.soon(self._entry)
        self.changed.emit()

    def _entry(self) -> DraftEntry | None:
        if not self.express.is_begun:
            return None
        return entry_of(self.express.request_id, KIND, express=self.express)
