"""The health supervisor's desk, joined for one session of port health."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bmis.capture.file_reader import FileReader
from bmis.kernel.actor import Permission
from bmis.kernel.clock import local
from bmis.kernel.whole_file import put
from bmis.paper.page import HEALTH_SERVICE, Imprint
from bmis.posts.errors import UnknownPostError
from bmis.posts.point_of_entry import point_of_entry
from bmis.staff.session import SignedIn
from poe_health.certificates.errors import CertificatesInPictureError, NoCertificateInPictureError
from poe_health.certificates.hc1 import looks_like_certificate
from poe_health.certificates.trust_list import TrustList, read_trust_list
from poe_health.exchange.read_exports import ReadExports
from ui import compose_health
from ui.desktop.errors import FileNotSavedError
from ui.desktop.health_supervisor.errors import TrustFileError
from ui.desktop.health_supervisor.parts import HealthPost
from ui.health_stores import read_plan_file

TRUST_FILE = "health_trust.json"  # public keys and revocations: nobody's data
ASSESS = "health-assess-in"
LARGEST_LIST = 32 * 1024 * 1024  # bytes


@dataclass(frozen=True, slots=True)
class KeptTrust:
    """The trust list in the home's folder."""

    home: Path

    def load(self) -> TrustList | None:
        """Return the list, None where none was ever brought."""
        file = self.home / TRUST_FILE
        return read_trust_list(_content(file)) if file.is_file() else None

    def bring(self, path: Path) -> TrustList:
        """Return the list of the file; it is read before it takes the place of the earlier one."""
        content = _content(path)
        found = read_trust_list(content)
        try:
            put(self.home / TRUST_FILE, content)
        except OSError as error:
            raise FileNotSavedError from error
        return found

    def code_in(self, path: Path) -> str:
        """Return the text of the one certificate in the picture, read by the process for untrusted files."""
        with FileReader() as files:
            texts = [code.decode("ascii", "replace") for code in files.codes(path)]
        found = list(dict.fromkeys(text for text in texts if looks_like_certificate(text)))
        if not found:
            raise NoCertificateInPictureError
        if len(found) > 1:
            raise CertificatesInPictureError(len(found))
        return found[0]


def read_assessment(path: Path) -> Mapping[str, Any]:
    """Return the assessment of a JSON file, proved against its schema.

    Raises:
        InputUnreadableError, InputTooLargeError, InputNotJsonError, InputFieldError: as at the terminal.
    """
    from ui.cli.untrusted import one_in

    found: Mapping[str, Any] = one_in(str(path), ASSESS)
    return found


def _imprint(session: SignedIn, at: datetime) -> Imprint:
    home = session.home
    try:
        post = point_of_entry(home.post_code).name
    except UnknownPostError:
        post = home.post_code
    return Imprint(post, at, session.actor.name, home.training, HEALTH_SERVICE)


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_LIST + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise TrustFileError from error
    if len(content) > LARGEST_LIST:
        raise TrustFileError
    return content


def health_post(session: SignedIn) -> HealthPost:
    """Return the use cases of the person at work.

    Raises:
        NotAllowedError: the person is not of port health.
    """
    from poe_health.reports.annex1b import annex1b_pdf  # brings ReportLab, which takes its time
    from poe_health.reports.clearance_cards import clearance_cards_pdf

    desk = compose_health.health_desk(session)
    offset = desk.place.utc_offset_minutes
    return HealthPost(
        by=session.actor,
        now=session.now,
        local_time=lambda at: local(at, offset),
        desk=desk,
        day=compose_health.health_day(session),
        stores=compose_health.health_stores(session),
        exports=compose_health.export_health(session),
        export_log=ReadExports(session.store.read),
        corrections=compose_health.export_corrections(session),
        trust=KeptTrust(session.home.path),
        read_plan=read_plan_file,
        read_assessment=read_assessment,
        capacity_report=lambda now, scored, compared, language: annex1b_pdf(
            now, scored, _imprint(session, local(session.now(), offset)), compared, language
        ),
        cards_paper=lambda signed, language: clearance_cards_pdf(
            signed, _imprint(session, local(session.now(), offset)), language
        ),
        training=session.home.training,
        voyages=compose_health.voyage_desk(session) if session.actor.may(Permission.SCREEN_HEALTH) else None,
    )
