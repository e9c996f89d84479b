"""The use cases of port health, joined with one open store: its desk and the command line call them."""

from dataclasses import dataclass
from datetime import date

from bmis.crossings.crossing import Place
from bmis.kernel.actor import NotAllowedError, Permission, Service
from bmis.kernel.clock import local
from bmis.staff.second_pair_of_eyes import SecondPairOfEyes, SettleApproval
from bmis.staff.session import SignedIn
from poe_health.clearance.cards import ListCards, SpoilCards
from poe_health.clearance.issuing import ClearanceSigner, ShareClearanceKeys, SignCards
from poe_health.drafts.keep_drafts import KeepHealthDrafts
from poe_health.exchange.read_exports import WhereSent
from poe_health.outbreaks.expected_load import ExpectLoad
from poe_health.outbreaks.record_cholera import RecordCholera
from poe_health.outbreaks.run_outbreak_mode import ApproveLists, ReadOutbreaks, RunOutbreakMode, context_on
from poe_health.retention.apply_retention import ApplyRetention
from poe_health.screening.change_screening import AmendScreening, EndSecondLook, VoidScreening
from poe_health.screening.count_today import CountToday
from poe_health.screening.evaluate_screening import EvaluateScreening
from poe_health.screening.forms_due import FormsDue
from poe_health.screening.read_screenings import ListScreenings, ReadAccessLog, ShowScreening
from poe_health.screening.record_screening import RecordScreening


@dataclass(frozen=True, slots=True)
class HealthDesk:
    """The use cases of a person of port health; every one takes the actor last.

    ``evaluate`` proposes and stores nothing; ``record`` keeps; ``second`` obtains a signature.
    """

    session: SignedIn
    place: Place
    evaluate: EvaluateScreening
    record: RecordScreening
    amend: AmendScreening
    void: VoidScreening
    where_sent: WhereSent
    second_look: EndSecondLook
    show: ShowScreening
    screenings: ListScreenings
    count_today: CountToday
    drafts: KeepHealthDrafts
    access_log: ReadAccessLog
    cholera: RecordCholera
    forms_due: FormsDue
    outbreaks: ReadOutbreaks
    expect_load: ExpectLoad
    outbreak_mode: RunOutbreakMode
    approve_lists: ApproveLists
    share_keys: ShareClearanceKeys
    sign_cards: SignCards
    list_cards: ListCards
    spoil_cards: SpoilCards
    retention: ApplyRetention
    second: SecondPairOfEyes
    settle: SettleApproval

    def today(self) -> date:
        """Return the day at the post."""
        return local(self.session.now(), self.place.utc_offset_minutes).date()


def desk_of(session: SignedIn, place: Place) -> HealthDesk:
    """Return the use cases.

    Raises:
        NotAllowedError: the session is the border's: its store holds no screening and its people see none.
    """
    if session.service is not Service.HEALTH:
        raise NotAllowedError(permission=Permission.SCREEN_HEALTH.value, role=session.actor.role.value)
    store, home, now = session.store, session.home, session.now
    read, write = store.read, store.write
    offset = place.utc_offset_minutes

    def today() -> date:
        return local(now(), offset).date()

    signer = ClearanceSigner(home)
    record = RecordScreening(write, home, context_on, signer, now, utc_offset_minutes=offset)
    desk = HealthDesk(
        session=session,
        place=place,
        evaluate=EvaluateScreening(),
        record=record,
        amend=AmendScreening(write, record, now),
        void=VoidScreening(write, now),
        where_sent=WhereSent(read),
        second_look=EndSecondLook(write, record, now),
        show=ShowScreening(write, now),
        screenings=ListScreenings(read),
        count_today=CountToday(read),
        drafts=KeepHealthDrafts(write, now),
        access_log=ReadAccessLog(read),
        cholera=RecordCholera(write, home, signer, now, offset),
        forms_due=FormsDue(read, now, offset),
        outbreaks=ReadOutbreaks(read),
        expect_load=ExpectLoad(read, today),
        outbreak_mode=RunOutbreakMode(write, now, today),
        approve_lists=ApproveLists(write, now, today),
        share_keys=ShareClearanceKeys(home, write, now),
        sign_cards=SignCards(write, signer, now),
        list_cards=ListCards(read, home, now),
        spoil_cards=SpoilCards(write, home, now),
        retention=ApplyRetention(write, now, today, store.sweep),
        second=SecondPairOfEyes(home, session.service, read, lambda day: False, now),
        settle=SettleApproval(write, now),
    )
    if session.actor.may(Permission.SCREEN_HEALTH):
        desk.share_keys(session.actor)  # the lane proves tokens with them
    return desk
