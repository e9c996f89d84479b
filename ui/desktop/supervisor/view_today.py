"""The day in figures."""

from PySide6.QtWidgets import QGridLayout, QWidget

from bmis.kernel.i18n import translate as _
from bmis.kernel.i18n import translate_plural as _n
from ui.desktop.shell.sections import Section
from ui.desktop.supervisor.parts import Today
from ui.desktop.supervisor.view_model import TodayModel
from ui.desktop.widgets.facts import Tile

COLUMNS = 4


class TodaySection(Section):
    """Tiles; looked at again each time the section opens."""

    def __init__(self, model: TodayModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._today: Today | None = None
        self.tiles = {
            name: Tile()
            for name in ("in_secondary", "deferred", "entries", "exits", "stopped", "typed_by_hand", "unsent")
        }
        grid = QGridLayout()
        grid.setSpacing(16)
        for at, tile in enumerate(self.tiles.values()):
            grid.addWidget(tile, at // COLUMNS, at % COLUMNS)
        for column in range(COLUMNS):
            grid.setColumnStretch(column, 1)
        self.column.addLayout(grid)
        self.column.addStretch(1)
        model.counted.connect(self._on_counted)
        model.noticed.connect(self.noticed)
        self.retranslate()

    def title(self) -> str:
        """Return its name."""
        return _("Today")

    def opened(self) -> None:
        """Count again."""
        self._model.refresh()

    def retranslate(self) -> None:
        """Word the tiles."""
        self.heading.setText(self.title())
        self.hint.setText(_("At this desk, since midnight. What waits is counted whenever it came."))
        self._show()

    def _on_counted(self, today: Today) -> None:
        self._today = today
        self._show()

    def _show(self) -> None:
        today, tiles = self._today, self.tiles
        known = today is not None
        tiles["in_secondary"].show_figure(
            today.in_secondary if today else None,
            _n("person in secondary", "people in secondary", today.in_secondary if today else 0),
            "amber" if today and today.in_secondary else "",
        )
        overdue = today.overdue if today else 0
        words = _n("signature owed", "signatures owed", today.deferred if today else 0)
        if overdue:
            words += ", " + _("{count} overdue").format(count=overdue)
        owed = "red" if overdue else "amber" if today and today.deferred else ""
        tiles["deferred"].show_figure(today.deferred if today else None, words, owed)
        tiles["entries"].show_figure(
            today.entries if today else None, _n("entry", "entries", today.entries if today else 0)
        )
        tiles["exits"].show_figure(today.exits if today else None, _n("exit", "exits", today.exits if today else 0))
        tiles["stopped"].show_figure(today.stopped if today else None, _("refused or prevented"))
        tiles["typed_by_hand"].show_figure(today.typed_by_hand if today else None, _("typed by hand"))
        tiles["unsent"].show_figure(
            today.unsent if today else None,
            _n("message not yet sent", "messages not yet sent", today.unsent if today else 0),
        )
        self.setAccessibleDescription("; ".join(tile.text() for tile in tiles.values()) if known else "")
