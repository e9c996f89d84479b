"""A post of the pilot that gives out passes, in a real home: what travellers hold up at the lane and the truck."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

from lane_robot import START, zone

from bmis.documents.dates import PartialDate
from bmis.documents.seals.base45 import from_base45, to_base45
from bmis.documents.seals.reading import SealedPass, read_seal
from bmis.documents.seals.vds import date_bytes
from bmis.kernel.identifiers import new_id
from bmis.kernel.resources import resource
from bmis.passes.applicant import Applicant, Attestation, PassPhoto, PassRequest, Who
from bmis.passes.border_pass import BorderPass
from bmis.passes.hand_over_pass import Consent, ConsentForm
from bmis.passes.use_pass import ReadPass
from bmis.staff.create_home import CreateHome, NewHome
from bmis.staff.session import SignedIn
from bmis.staff.sign_in import SignIn
from bmis.store.border import BORDER, MIGRATIONS
from bmis.store.home import Home
from bmis.trust.event import TrustEvent, TrustEventKind
from bmis.trust.records import SqlTrust
from bmis.trust.seal_status import SealStatus
from poe_health.store.health import HEALTH
from poe_health.store.health import MIGRATIONS as HEALTH_MIGRATIONS
from ui.pass_desk import PassDesk, desk_of
from ui.trust_desk import desk_of as trust_desk_of

POST = "MZ.T.ZOB"
YES = Consent(ConsentForm.THUMB, "ny", identity_checked=True, agreed=True)
FACE = resource("training", "specimens", "live-sitoe.jpg")
SOUNDS = "BDFGKLMNPST"


def build(folder: Path, post: str = POST, at: datetime = START) -> Path:
    """Return a training home at a post, the day before the shift."""
    schemas = ((BORDER, MIGRATIONS), (HEALTH, HEALTH_MIGRATIONS))
    return CreateHome(schemas, lambda: at - timedelta(days=1))(NewHome(folder, post, "1", training=True)).home.path


class PassPost:
    """Gives out passes and changes them, as the desk does; ``at`` is the moment on its clock."""

    def __init__(self, home: Path, at: datetime = START - timedelta(hours=2)) -> None:
        self.home, self.at, self._people = Home.open(home), at, 0

    @contextmanager
    def at_work(self, user: str) -> Iterator[tuple[PassDesk, SignedIn]]:
        """Sign somebody in."""
        with SignIn(self.home, (BORDER, HEALTH), lambda: self.at)(user, "treino") as session:
            yield desk_of(session), session

    def asks(self, *, photo: bool = True) -> str:
        """Return the number of an application that was taken."""
        self._people += 1
        sound = "".join(SOUNDS[self._people // 11**place % 11] + "a" for place in range(4))
        face = FACE.read_bytes() if photo else None
        person = Applicant(
            f"Uto{sound}",
            f"Espécime {sound[::-1]}",
            PartialDate.parse("1990-05-12"),
            "F",
            "Biriwiri",
            f"1101{self._people:08d}B",
        )
        who = Who(person, (), (Attestation("Régulo Espécime", "village_head", self.at.date() - timedelta(days=2)),))
        asked = PassRequest(uuid4(), "MZ-MW", who, "small_trade", photo=PassPhoto(face) if face else None)
        with self.at_work("pass-officer") as (desk, clerk):
            return desk.apply(asked, clerk.actor).application.number

    def gives(self, *, photo: bool = True) -> tuple[BorderPass, str]:
        """Return a pass that was handed over, and the text of its seal."""
        number = self.asks(photo=photo)
        with self.at_work("supervisor") as (desk, chief):
            desk.approve(
                number, chief.actor, **({} if photo else {"accepted": {"photo"}, "reason": "A titular não quis"})
            )
        with self.at_work("pass-officer") as (desk, clerk):
            made = desk.produce(number, clerk.actor)
            return desk.hand_over(number, YES, clerk.actor, None).border_pass, made.seal

    def suspends(self, one: BorderPass) -> None:
        """Suspend the pass."""
        with self.at_work("supervisor") as (desk, chief):
            desk.suspend(one.number, "Emprestou o passe", chief.actor)

    def uses(self, one: BorderPass, direction: str, at: datetime, post: str | None = None) -> None:
        """Keep that the pass was used then; at ``post``, as that post's records would say."""
        self.at = at
        with self.at_work("officer") as (desk, officer):
            seen = desk.examine(ReadPass("MZMW", str(one.serial), "valid"), direction, officer.actor, (), at)
            if post is not None:
                seen = replace(seen, passage=replace(seen.passage, post_code=post))
            desk.use(seen, officer.actor)

    def hears(self, one: BorderPass, direction: str, at: datetime, post: str) -> None:
        """Keep that the pass was used at another post, as the file of its desk tells."""
        facts = {"use": str(uuid4()), "post": post, "direction": direction, "at": at.isoformat(), "withdrawn": False}
        with self.at_work("supervisor") as (_desk, chief), chief.store.write() as unit:
            told = TrustEvent(
                new_id(self.at),
                TrustEventKind.USE_HEARD,
                f"{one.scheme} {one.number}",
                chief.actor.name,
                facts | {"desk": f"{post}-1-0badcafe"},
            )
            SqlTrust(unit).add(told)
            unit.commit()

    def lists(self, serial: int) -> None:
        """Put a serial on the list of those that count no more, as a bundle would."""
        with self.at_work("supervisor") as (_desk, chief), chief.store.write() as unit:
            SealStatus(unit).list((serial,), "revoked", chief.actor.name, self.at)
            unit.commit()

    def bundle(self) -> bytes:
        """Return the trust bundle that this home gives to others."""
        with self.at_work("supervisor") as (_desk, chief):
            return trust_desk_of(chief).give(chief.actor).file

    def takes(self, file: bytes) -> None:
        """Take another home's bundle."""
        with self.at_work("supervisor") as (_desk, chief):
            trust_desk_of(chief).take(file, chief.actor)


def sealed(text: str) -> SealedPass:
    """Return what stands in the seal."""
    found = read_seal(text)
    assert isinstance(found, SealedPass)
    return found


def forged(text: str) -> str:
    """Return the seal with its last day a year later."""
    raw = from_base45(text)
    last = date_bytes(sealed(text).seal.valid_to)
    return to_base45(raw.replace(last, (int.from_bytes(last) + 1).to_bytes(3)))


def passport_of(seal: str, **changed: str) -> tuple[str, str]:
    """Return the lines of a passport of whoever the seal names, but for what is changed."""
    holder = sealed(seal).seal
    said = {
        "number": "15AB00077",
        "surname": holder.surname.replace(" ", "<"),
        "given": holder.given_names.replace(" ", "<"),
        "state": "MWI",
        "born": f"{holder.birth}".replace("-", "")[2:],
        "sex": holder.sex,
    }
    return zone(**said | changed)
