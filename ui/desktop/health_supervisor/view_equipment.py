"""The equipment of the post: what came, what was checked, what may be used."""

from collections.abc import Mapping, Sequence
from uuid import uuid4

from bmis.kernel.actor import Permission
from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from poe_health.equipment.item import Equipment, EquipmentState, Reading
from poe_health.equipment.keep_equipment import CheckRequest, RegisterRequest
from poe_health.equipment.settings import Method, equipment_kinds, reasons_out
from ui.desktop.health_supervisor.errors import TypedFieldError
from ui.desktop.health_supervisor.typed import number_of
from ui.desktop.health_supervisor.view_page import Act, ActPage, Job
from ui.desktop.shortcuts import Key
from ui.desktop.widgets.asking import Answers, Asked
from ui.desktop.widgets.lines import Heading, Line
from ui.words.health import draft_words
from ui.words.health_secondary import worded
from ui.words.health_stores import equipment_state_word

TOPIC = "health_post.equipment"


class EquipmentPage(ActPage):
    """What failed a check is out of service at once."""

    topic = "equipment"

    def prepare(self) -> None:
        """Set what the page keeps."""
        self.found: tuple[Equipment, ...] = ()

    def title(self) -> str:
        """Return its name."""
        return _("Equipment")

    def headings(self) -> Sequence[Heading]:
        """Return the columns."""
        return [Heading(_("Mark")), Heading(_("Kind"), wide=True), Heading(_("State"), wide=True)]

    def nothing(self) -> str:
        """Return what an empty list says."""
        return _("No equipment was entered.")

    def acts(self) -> Mapping[str, Act]:
        """Return what can be done with it."""
        return {
            "register": Act(_("Enter…"), self.ask_register, self._keeps),
            "check": Act(_("Check…"), self.ask_check, lambda: self.chosen is not None, Key.DECIDE),
            "out": Act(_("Out of service…"), self.ask_out, self._in_service),
            "back": Act(_("Back in service"), self.take_back, self._is_out),
            "retire": Act(_("Strike off…"), self.ask_retire, lambda: self._keeps() and self.chosen is not None),
        }

    @property
    def chosen(self) -> Equipment | None:
        """The piece where one is."""
        return next((one for one in self.found if one.mark == self.list.key()), None)

    def badge(self) -> int:
        """Return how many are in service without a check that holds."""
        today = self.model.parts.today()
        return sum(1 for one in self.found if one.overdue(today))

    def refresh(self) -> None:
        """Ask for the equipment."""
        parts = self.model.parts
        self.ask(lambda: tuple(parts.stores.equipment(parts.by)), self._on_found)

    def choose(self, key: object) -> None:
        """Show the piece."""
        self._show_piece()

    def ask_register(self) -> None:
        """Ask what came."""
        request_id = uuid4()
        fields = [
            Asked("mark", _("What is written on it here"), topic=TOPIC),
            Asked("kind", _("Kind"), "choice", worded(equipment_kinds()), topic=TOPIC),
            Asked("serial", _("Serial number"), required=False, topic=TOPIC),
        ]

        def job(said: Answers) -> Job[Equipment]:
            request = RegisterRequest(request_id, said["mark"], said["kind"], said["serial"] or None)
            parts = self.model.parts
            return lambda: parts.stores.keep_equipment.register(request, parts.by)

        self.form(_("Enter equipment"), "", fields, job, self._on_change)

    def ask_check(self) -> None:
        """Ask for the readings, or whether it works."""
        chosen = self.chosen
        if chosen is None:
            return
        request_id, works = uuid4(), chosen.kind.method is Method.WORKS
        if works:
            yes = (("yes", _("Yes")), ("no", _("No")))
            fields = [Asked("works", _("It works"), "choice", yes, topic=TOPIC)]
        else:
            compared = chosen.kind.method is Method.COMPARE
            hint = _("device/reference, as 36,5/36,4 36,7/36,6") if compared else _("as 4,5")
            fields = [Asked("readings", _("Readings (°C)"), hint=hint, topic=TOPIC)]
            if compared:
                fields.append(Asked("reference", _("Compared with"), topic=TOPIC))
        fields += [self.when_field(), Asked("note", _("Remark"), required=False, topic=TOPIC)]

        def job(said: Answers) -> Job[Equipment]:
            request = CheckRequest(
                request_id=request_id,
                mark=chosen.mark,
                checked_at=self.moment(said),
                readings=() if works else _readings(said["readings"]),
                reference=said.get("reference") or None,
                works=said["works"] == "yes" if works else None,
                note=said["note"] or None,
            )
            parts = self.model.parts
            return lambda: parts.stores.keep_equipment.check(request, parts.by)

        self.form(_("Check: {mark}").format(mark=chosen.mark), draft_words(), fields, job, self._on_change)

    def ask_out(self) -> None:
        """Ask why it is taken out of service."""
        self._ask_step(_("Out of service"), EquipmentState.OUT_OF_SERVICE)

    def ask_retire(self) -> None:
        """Ask why it is struck off for good."""
        self._ask_step(_("Strike off for good"), EquipmentState.RETIRED)

    def take_back(self) -> None:
        """Take it back into service; a check that it passed comes first."""
        chosen, parts = self.chosen, self.model.parts
        if chosen is not None:
            mark, back = chosen.mark, EquipmentState.IN_SERVICE
            self.ask(lambda: parts.stores.keep_equipment.step(mark, back, None, parts.by), self._on_change)

    def _ask_step(self, title: str, to: EquipmentState) -> None:
        chosen, parts = self.chosen, self.model.parts
        if chosen is None:
            return
        mark = chosen.mark
        fields = [Asked("reason", _("Reason"), "choice", worded(reasons_out()), topic=TOPIC)]
        self.form(
            title,
            mark,
            fields,
            lambda said: lambda: parts.stores.keep_equipment.step(mark, to, said["reason"], parts.by),
            self._on_change,
            grave=True,
        )

    def _keeps(self) -> bool:
        return self.model.may(Permission.KEEP_HEALTH_STOCK)

    def _in_service(self) -> bool:
        return self.chosen is not None and self.chosen.state is EquipmentState.IN_SERVICE

    def _is_out(self) -> bool:
        return self.chosen is not None and self.chosen.state is EquipmentState.OUT_OF_SERVICE

    def _on_change(self, one: Equipment) -> None:
        self.remarked.emit(f"{one.mark}: {equipment_state_word(one.state.value)}.", "")
        self.refresh()

    def _on_found(self, found: tuple[Equipment, ...]) -> None:
        self.found = found
        self.show_all()
        self.counted.emit()

    def show_all(self) -> None:
        """Show the equipment."""
        self.show_lines(
            [
                Line(one.mark, (one.mark, one.kind.label(current_language()), self._state(one)[1]), self._state(one)[0])
                for one in self.found
            ]
        )
        self._show_piece()

    def _state(self, one: Equipment) -> tuple[str, str]:
        if one.state is EquipmentState.OUT_OF_SERVICE:
            return "red", equipment_state_word(one.state.value)
        if one.overdue(self.model.parts.today()):
            return "amber", _("check is due")
        return "green", equipment_state_word(one.state.value)

    def _show_piece(self) -> None:
        chosen = self.chosen
        if chosen is None:
            self.banner.show_verdict("grey", _("Nothing is chosen"))
            self.facts.show_facts(())
            return
        status, words = self._state(chosen)
        self.banner.show_verdict(status, f"{chosen.mark} · {chosen.kind.label(current_language())}", words)
        last = chosen.last_check
        rows = [(_("Serial number"), chosen.serial or "—")]
        rows.append((_("Next check by"), f"{chosen.due_on:%d/%m/%Y}" if chosen.due_on else _("now")))
        if last is None:
            rows.append((_("Last check"), _("never")))
        else:
            said = _("passed") if last.passed else _("DID NOT PASS")
            rows.append((_("Last check"), f"{last.day:%d/%m/%Y} · {said} · {last.by}"))
            if last.worst_c is not None:
                rows.append((_("Worst reading or difference (°C)"), f"{last.worst_c:g}"))
            if last.limit_source:
                rows.append((_("Limit"), last.limit_source))
        if chosen.reason:
            reason = reasons_out().get(chosen.reason)
            rows.append((_("Reason"), reason.label(current_language()) if reason else chosen.reason))
        self.facts.show_facts([*rows, ("", draft_words())])


def _readings(typed: str) -> tuple[Reading, ...]:
    found = []
    for one in typed.split():
        device, _slash, reference = one.partition("/")
        first, second = number_of(device, "readings"), number_of(reference, "readings")
        if first is None:
            raise TypedFieldError("readings")
        found.append(Reading(float(first), None if second is None else float(second)))
    return tuple(found)
