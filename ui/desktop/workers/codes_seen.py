"""Health tokens and seals of passes in the camera's view: each taken once, several at once nobody's."""

from PySide6.QtCore import QObject, Signal

from ui.desktop.health_shown import SeveralTokensError
from ui.desktop.pass_shown import SeveralPassesError
from ui.desktop.workers.frames import FrameRead
from ui.desktop.workers.token_gate import Seen, TokenGate


class CodesSeen(QObject):
    """Signals: ``token_seen`` the text of a health token, ``seal_seen`` that of a border pass's seal, ``failed`` an
    error."""

    token_seen = Signal(str)
    seal_seen = Signal(str)
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tokens, self._seals = TokenGate(), TokenGate()

    def forget(self) -> None:
        """Take whatever is in view as new."""
        self._tokens.forget()
        self._seals.forget()

    def offer(self, answer: FrameRead) -> None:
        """Tell what is new in the newest frame."""
        at = answer.frame.taken_at
        for gate, texts, told, several in (
            (self._tokens, answer.tokens, self.token_seen, SeveralTokensError),
            (self._seals, answer.seals, self.seal_seen, SeveralPassesError),
        ):
            seen = gate.offer(texts, at)
            if seen is Seen.NEW:
                told.emit(texts[0])
            elif seen is Seen.SEVERAL:
                self.failed.emit(several())
