"""The flow map at the supervisor's desk, joined for one session."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from bmis.flows.affected import AffectedArea, affected_area
from bmis.flows.draw_map import drawn_map, recorded_until_yesterday
from bmis.flows.flow_map import matrices_of
from bmis.flows.map_paper import map_pdf
from bmis.flows.matrix_file import MatrixFile, matrix_csv, matrix_workbook
from bmis.flows.release_event import Product
from bmis.flows.tell_journeys import HandingOver, TellJourneys
from bmis.kernel.actor import Permission, require
from bmis.kernel.clock import local
from bmis.paper.page import Imprint
from bmis.reports.make_report import staged
from bmis.staff.session import SignedIn
from ui import compose
from ui.cli.untrusted import load_object, requests_in
from ui.desktop.errors import FileTakenError
from ui.desktop.supervisor.map_parts import Cancelled, MapAsked, ShownMap, Tell
from ui.report_desk import ReportDesk, post_title

_AREAS = "flows-affected-in"


@dataclass(frozen=True, slots=True)
class JoinedFlowMap:
    """Every call may be made on any thread: each opens its own unit of work."""

    session: SignedIn
    desk: ReportDesk

    @classmethod
    def of(cls, session: SignedIn) -> "JoinedFlowMap":
        """Return the parts of a session."""
        return cls(session, compose.report_desk(session))

    def whole(self) -> tuple[date, date]:
        """Return the first and the last day with a record, yesterday the last."""
        require(self.session.actor, Permission.READ_REPORTS)
        return recorded_until_yesterday(self._tell, local(self.session.now()).date())

    def read_areas(self, path: Path) -> tuple[AffectedArea, ...]:
        """Return the affected areas of a file."""
        return read_affected_areas(path)

    def draw(self, asked: MapAsked, tell: Tell, cancelled: Cancelled) -> ShownMap | None:
        """Return the map."""
        require(self.session.actor, Permission.READ_REPORTS)
        self.desk.roll_up(tell, cancelled)
        if cancelled():
            return None
        told = self._tell.unless(cancelled, asked.first, asked.last, asked.audience, self.session.actor)
        return None if told is None else ShownMap(asked, drawn_map(told, asked.areas, asked.language))

    def save(self, shown: ShownMap, path: Path, handing: HandingOver) -> Path:
        """Write the file; with its line in the audit or not at all."""
        if path.exists():
            raise FileTakenError
        is_map = path.suffix.lower() == ".pdf"
        content = self._pdf(shown) if is_map else self._matrix(shown, path)
        with staged(path, content):
            self._keep(shown, Product.MAP if is_map else Product.MATRIX, path.name, content, handing)
        return path

    def paper(self, shown: ShownMap, handing: HandingOver) -> bytes:
        """Return the PDF to print."""
        content = self._pdf(shown)
        self._keep(shown, Product.MAP, "print", content, handing)
        return content

    @property
    def _tell(self) -> TellJourneys:
        return self.desk.journeys

    def _keep(self, shown: ShownMap, product: Product, name: str, content: bytes, handing: HandingOver) -> None:
        files = {name: sha256(content).hexdigest()}
        self._tell.keep(shown.drawn.told, product, files, self.session.actor, handing)

    def _pdf(self, shown: ShownMap) -> bytes:
        session = self.session
        printed_at = local(session.now())
        imprint = Imprint(post_title(session.home.post_code), printed_at, session.actor.name, session.home.training)
        return map_pdf(shown.drawn.sheet, imprint)

    def _matrix(self, shown: ShownMap, path: Path) -> bytes:
        journeys, asked = shown.drawn.told.journeys, shown.asked
        file = MatrixFile(
            asked.first,
            asked.last,
            journeys.limit,
            self.session.home.training,
            matrices_of(journeys),
            journeys.untold,
            shown.drawn.near,
        )
        return matrix_csv(file) if path.suffix.lower() == ".csv" else matrix_workbook(file, asked.language)


def read_affected_areas(path: Path) -> tuple[AffectedArea, ...]:
    """Return the affected areas of a file."""
    texts = enumerate(requests_in(str(path), _AREAS), 1)
    return tuple(affected_area(load_object(text, _AREAS, at)) for at, text in texts)
