"""The shelf of the post: what came, what left, what was counted."""

from collections.abc import Mapping, Sequence
from uuid import uuid4

from bmis.kernel.actor import Permission
from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from poe_health.certificates.rule_data import vaccines
from poe_health.supplies.keep_stock import StockRequest
from poe_health.supplies.movement import Move, Movement, OnShelf
from poe_health.supplies.settings import difference_reasons
from ui.desktop.health_supervisor.typed import count_of, day_of, needed_count
from ui.desktop.health_supervisor.view_page import Act, ActPage, Job
from ui.desktop.shortcuts import Key
from ui.desktop.widgets.asking import Answers, Asked
from ui.desktop.widgets.lines import Heading, Line
from ui.desktop.words import moment_words
from ui.words.health import draft_words
from ui.words.health_secondary import worded
from ui.words.health_stores import move_word, stock_alert_word

TOPIC = "health_post.stock"
BY_HAND = (Move.RECEIVED, Move.ISSUED, Move.COUNTED, Move.RETURNED, Move.WASTED_OPEN, Move.WASTED_EXPIRED,
           Move.WASTED_HEAT, Move.WASTED_BROKEN)  # fmt: skip
_KEEPERS = frozenset({Move.RECEIVED, Move.COUNTED, Move.RETURNED})
_GRAVE = frozenset({"EXPIRED", "BELOW_MINIMUM"})
LONGEST_HISTORY = 12


class StockPage(ActPage):
    """An item that nobody ever entered is not known, not zero."""

    topic = "stock"
    columns = 2

    def prepare(self) -> None:
        """Set what the page keeps."""
        self.shelf: tuple[OnShelf, ...] = ()
        self.history: tuple[Movement, ...] = ()

    def title(self) -> str:
        """Return its name."""
        return _("Shelf")

    def headings(self) -> Sequence[Heading]:
        """Return the columns."""
        return [Heading(_("Item"), wide=True), Heading(_("Usable")), Heading(_("Minimum"))]

    def nothing(self) -> str:
        """Return what an empty list says."""
        return _("Not looked at yet")

    def acts(self) -> Mapping[str, Act]:
        """Return what can be done with an item."""
        return {
            "issue": Act(_("Movement…"), self.ask_move, lambda: self.chosen is not None, Key.DECIDE),
            "count": Act(_("Counted…"), self.ask_count, self._keeps),
        }

    @property
    def chosen(self) -> OnShelf | None:
        """The item where one is."""
        return next((one for one in self.shelf if one.item.code == self.list.key()), None)

    def badge(self) -> int:
        """Return how many items must be looked at."""
        return sum(1 for one in self.shelf if any(alert.value in _GRAVE for alert in one.alerts))

    def refresh(self) -> None:
        """Ask for the shelf."""
        parts = self.model.parts
        self.ask(lambda: tuple(parts.stores.stock.shelf(parts.by)), self._on_shelf)

    def choose(self, key: object) -> None:
        """Show the item with its last movements."""
        parts = self.model.parts
        self.history = ()
        self._show_item()
        if isinstance(key, str):
            self.ask(
                lambda: (key, tuple(parts.stores.stock.movements(parts.by, item=key, limit=LONGEST_HISTORY))),
                self._on_history,
            )

    def ask_move(self) -> None:
        """Ask what came or left."""
        chosen = self.chosen
        if chosen is None:
            return
        request_id, keeps = uuid4(), self.model.may(Permission.KEEP_HEALTH_STOCK)
        moves = tuple((one.value, move_word(one.value)) for one in BY_HAND if one is not Move.COUNTED)
        if not keeps:
            moves = tuple(one for one in moves if Move(one[0]) not in _KEEPERS)
        lots = ", ".join(lot.lot for lot in chosen.lots if lot.held and lot.lot)
        fields = [
            Asked("move", _("What"), "choice", moves, topic=TOPIC),
            Asked("quantity", _("How many ({unit})").format(unit=chosen.item.unit(current_language())), topic=TOPIC),
            Asked("lot", _("Batch"), required=False, hint=lots, topic=TOPIC),
            Asked("expires_on", _("Ends on (when it comes)"), "date", required=False, topic=TOPIC),
            *(self._vaccine_fields() if chosen.item.vaccine else ()),
            Asked("note", _("Remark"), required=False, topic=TOPIC),
        ]

        def job(said: Answers) -> Job[Movement]:
            request = StockRequest(
                request_id=request_id,
                item=chosen.item.code,
                move=Move(said["move"]),
                quantity=needed_count(said["quantity"], "quantity"),
                lot=said["lot"].upper(),
                expires_on=day_of(said["expires_on"], "expires_on"),
                product=said.get("product") or None,
                doses_per_vial=count_of(said.get("doses_per_vial", ""), "doses_per_vial", 100),
                note=said["note"] or None,
            )
            parts = self.model.parts
            return lambda: parts.stores.move_stock(request, parts.by)

        self.form(_("Movement: {item}").format(item=chosen.item.label(current_language())), "", fields, job,
                  self._on_moved_stock, columns=2)  # fmt: skip

    def ask_count(self) -> None:
        """Ask how many are there; a difference needs its reason."""
        chosen = self.chosen
        if chosen is None:
            return
        request_id = uuid4()
        lots = tuple((lot.lot, lot.lot) for lot in chosen.lots if lot.lot)
        fields = [
            Asked("quantity", _("How many are there"), topic=TOPIC),
            *([Asked("lot", _("Batch"), "choice", lots, lots[0][0], topic=TOPIC)] if lots else []),
            Asked("reason", _("Why it differs"), "choice", worded(difference_reasons()), required=False, topic=TOPIC),
        ]

        def job(said: Answers) -> Job[Movement]:
            request = StockRequest(
                request_id=request_id,
                item=chosen.item.code,
                move=Move.COUNTED,
                quantity=needed_count(said["quantity"], "quantity"),
                lot=said.get("lot", ""),
                reason=said["reason"] or None,
            )
            parts = self.model.parts
            return lambda: parts.stores.move_stock(request, parts.by)

        self.form(_("Counted: {item}").format(item=chosen.item.label(current_language())), "", fields, job,
                  self._on_moved_stock)  # fmt: skip

    def _vaccine_fields(self) -> tuple[Asked, Asked]:
        products = tuple((code, name) for code, name in vaccines().products.items())
        return (
            Asked("product", _("Product (vaccine that comes)"), "choice", products, required=False, topic=TOPIC),
            Asked("doses_per_vial", _("Doses a vial (vaccine that comes)"), required=False, topic=TOPIC),
        )

    def _keeps(self) -> bool:
        return self.chosen is not None and self.model.may(Permission.KEEP_HEALTH_STOCK)

    def _on_moved_stock(self, kept: Movement) -> None:
        words = _("{move}: {quantity}; on the shelf now: {after}.")
        self.remarked.emit(words.format(move=move_word(kept.move.value), quantity=kept.quantity, after=kept.after), "")
        self.refresh()

    def _on_shelf(self, shelf: tuple[OnShelf, ...]) -> None:
        self.shelf = shelf
        self.show_all()
        self.counted.emit()

    def _on_history(self, found: tuple[str, tuple[Movement, ...]]) -> None:
        if found[0] == self.list.key():
            self.history = found[1]
            self._show_item()

    def show_all(self) -> None:
        """Show the shelf."""
        language = current_language()
        lines = []
        for one in self.shelf:
            usable = _("not known") if one.usable is None else str(one.usable)
            codes = {alert.value for alert in one.alerts}
            status = "grey" if one.usable is None else "red" if codes & _GRAVE else "amber" if codes else "green"
            lines.append(Line(one.item.code, (one.item.label(language), usable, str(one.item.minimum)), status))
        self.show_lines(lines)
        self._show_item()

    def _show_item(self) -> None:
        chosen, language, local_time = self.chosen, current_language(), self.model.parts.local_time
        if chosen is None:
            self.banner.show_verdict("grey", _("Not looked at yet"))
            self.facts.show_facts(())
            return
        alerts = [stock_alert_word(alert.value) for alert in chosen.alerts]
        status = "grey" if chosen.usable is None else "amber" if alerts else "green"
        if {alert.value for alert in chosen.alerts} & _GRAVE and chosen.usable is not None:
            status = "red"
        self.banner.show_verdict(status, chosen.item.label(language), "; ".join(alerts))
        rows = [
            (
                _("Batch {lot}").format(lot=lot.lot) if lot.lot else _("Held"),
                f"{lot.held} {chosen.item.unit(language)}"
                + (f" · {_('ends on')} {lot.expires_on:%d/%m/%Y}" if lot.expires_on else "")
                + (f" · {vaccines().products.get(lot.product, lot.product)}" if lot.product else ""),
            )
            for lot in chosen.lots
            if lot.held
        ]
        if self.history:
            rows.append((_("Last movements"), ""))
            rows += [
                (
                    moment_words(local_time(one.recorded_at)),
                    f"{move_word(one.move.value)} {one.quantity} → {one.after} · {one.by}",
                )
                for one in self.history
            ]
        self.facts.show_facts([*rows, ("", draft_words())])
