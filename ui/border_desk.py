"""The use cases of the border, joined with one open store: the lane, secondary and the command line call them."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, timezone
from time import monotonic

from bmis.crossings.amend_crossing import AmendCrossing
from bmis.crossings.annul_crossing import AnnulCrossing
from bmis.crossings.case import Check
from bmis.crossings.check_traveller import CheckTraveller
from bmis.crossings.checks.border_pass import BorderPass
from bmis.crossings.checks.health_step import HealthStep
from bmis.crossings.crossing import Crossing, Place
from bmis.crossings.decision import LETS_THROUGH
from bmis.crossings.health_lane import HealthLane
from bmis.crossings.paperwork.allocate_forms import AllocateForms, FormsOfDesk, MissForm, SpoilForm
from bmis.crossings.paperwork.backfill import BackfillForm
from bmis.crossings.paperwork.record_print import CountPrints, RecordPrint
from bmis.crossings.paperwork.save_draft import (
    CloseDraft,
    DiscardDraft,
    FindLastTraveller,
    MarkDeciding,
    OpenDrafts,
    SaveDraft,
)
from bmis.crossings.paperwork.shift_facts import CountShift
from bmis.crossings.pending import ListPending
from bmis.crossings.record_crossing import RecordCrossing
from bmis.crossings.search_crossings import SearchCrossings, WasKept
from bmis.crossings.show_crossing import ShowCrossing
from bmis.crossings.travellers import FindTraveller, LinkTravellers
from bmis.crossings.undo_crossing import UndoCrossing
from bmis.kernel.actor import NotAllowedError, Permission, Service
from bmis.kernel.clock import Clock, local
from bmis.passes.use_pass import PassLane, take_back_use
from bmis.posts.post_setting import HealthOrder
from bmis.posts.read_post_settings import ReadPostSettings
from bmis.posts.set_post_setting import SetPostSetting
from bmis.receipts.close_till import WithTill
from bmis.staff.second_pair_of_eyes import SecondPairOfEyes, SettleApproval
from bmis.staff.session import SignedIn
from bmis.staff.shifts import CloseShift, OpenShift
from bmis.store import clearance_cards, clearance_keys
from bmis.store.unit import UnitOfWork
from ui.pass_desk import pass_lane

REMEMBERED_S = 10  # shorter than the time one traveller takes


@dataclass(frozen=True, slots=True)
class BorderDesk:
    """The use cases of a person at the border, joined with one open store; every one takes the actor last.

    ``check`` runs the checks and proposes; ``record`` runs them again and keeps; ``second`` obtains a signature.
    """

    session: SignedIn
    place: Place
    checks: tuple[Check, ...]
    check: CheckTraveller
    record: RecordCrossing
    search: SearchCrossings
    show: ShowCrossing
    was_kept: WasKept
    pending: ListPending
    amend: AmendCrossing
    annul: AnnulCrossing
    undo: UndoCrossing
    travellers: FindTraveller
    link: LinkTravellers
    save_draft: SaveDraft
    mark_deciding: MarkDeciding
    close_draft: CloseDraft
    discard_draft: DiscardDraft
    drafts: OpenDrafts
    last_traveller: FindLastTraveller
    allocate_forms: AllocateForms
    spoil_form: SpoilForm
    miss_form: MissForm
    forms: FormsOfDesk
    backfill: BackfillForm
    record_print: RecordPrint
    count_prints: CountPrints
    open_shift: OpenShift
    close_shift: CloseShift
    second: SecondPairOfEyes
    settle: SettleApproval
    post_settings: ReadPostSettings
    set_post_setting: SetPostSetting
    health: HealthLane
    health_in_use: bool
    passes: PassLane


def desk_of(
    session: SignedIn, checks: tuple[Check, ...], place: Place, *, health_token_shown: bool = False
) -> BorderDesk:
    """Return the use cases; ui/compose.py gives the checks in the order of policy and the place.

    The health step is checked where port health works (the home has its keys, or the post says the order), and for
    whoever shows a token all the same.

    Raises:
        NotAllowedError: the session is health's: its store holds no crossing and its people record none.
    """
    if session.service is not Service.BORDER:
        raise NotAllowedError(permission=Permission.RECORD_CROSSING.value, role=session.actor.role.value)
    store, home, now = session.store, session.home, session.now
    read, write = store.read, store.write
    settings = ReadPostSettings(read)
    health = _health_lane(session, settings, place)
    in_use = _works(session, health)
    if in_use or health_token_shown:
        checks = (*checks, HealthStep(health))
    check = CheckTraveller(read, checks, now, lambda: place, home.training, _RecordsVouched(settings, now, place))
    passes = pass_lane(session, check.records_complete_since)
    used = _Used(health, passes, now)
    record = RecordCrossing(write, check, used.keep)
    return BorderDesk(
        session=session,
        place=place,
        checks=checks,
        check=check,
        record=record,
        search=SearchCrossings(read, place.utc_offset_minutes),
        show=ShowCrossing(read),
        was_kept=WasKept(read),
        pending=ListPending(read, now),
        amend=AmendCrossing(write, now),
        annul=AnnulCrossing(write, now, used.take_back_pass),
        undo=UndoCrossing(write, now, home.desk_id, used.give_back),
        travellers=FindTraveller(read),
        link=LinkTravellers(write, now),
        save_draft=SaveDraft(write, now),
        mark_deciding=MarkDeciding(write, now),
        close_draft=CloseDraft(write),
        discard_draft=DiscardDraft(write, now),
        drafts=OpenDrafts(read),
        last_traveller=FindLastTraveller(write),
        allocate_forms=AllocateForms(write, home, now),
        spoil_form=SpoilForm(write, now),
        miss_form=MissForm(write, now),
        forms=FormsOfDesk(read),
        backfill=BackfillForm(write, record, now),
        record_print=RecordPrint(write, now),
        count_prints=CountPrints(read),
        open_shift=OpenShift(home, write, now),
        close_shift=CloseShift(home, write, WithTill(CountShift(home)), now),
        second=SecondPairOfEyes(home, session.service, read, lambda day: settings(day).single_officer, now),
        settle=SettleApproval(write, now),
        post_settings=settings,
        set_post_setting=SetPostSetting(write, now),
        health=health,
        health_in_use=in_use,
        passes=passes,
    )


def with_health_step(desk: BorderDesk) -> BorderDesk:
    """Return the desk with the health step among its checks, and the same memory of what travellers showed."""
    if any(isinstance(check, HealthStep) for check in desk.checks):
        return desk
    checks = (*desk.checks, HealthStep(desk.health))
    check = replace(desk.check, checks=checks)
    return replace(desk, checks=checks, check=check, record=replace(desk.record, check=check))


def with_border_pass(desk: BorderDesk) -> BorderDesk:
    """Return the desk with the border pass among its checks, and the same memory of what travellers showed."""
    if any(isinstance(check, BorderPass) for check in desk.checks):
        return desk
    checks = (*desk.checks, BorderPass(desk.passes))
    check = replace(desk.check, checks=checks)
    return replace(desk, checks=checks, check=check, record=replace(desk.record, check=check))


def health_works_here(desk: BorderDesk) -> bool:
    """Return whether the desk's post has stated an order by now, or port health has begun in the home."""
    return _works(desk.session, desk.health)


def _works(session: SignedIn, health: HealthLane) -> bool:
    return health.order() is not None or (session.home.path / clearance_keys.FILE).exists()


def _health_lane(session: SignedIn, settings: ReadPostSettings, place: Place) -> HealthLane:
    home, now = session.home, session.now

    def order() -> HealthOrder | None:
        return settings(local(now(), place.utc_offset_minutes).date()).health_order

    return HealthLane(
        session.store.read,
        lambda: clearance_keys.clearance_keys(home),
        order,
        home.post_code,
        now,
        lambda: clearance_cards.clearance_cards(home),
        lambda: clearance_cards.written_off_cards(home),
    )


@dataclass(frozen=True, slots=True)
class _Used:
    """What a crossing uses up, kept in its unit and given back with it: a health token, one use of a border pass."""

    health: HealthLane
    passes: PassLane
    now: Clock

    def keep(self, unit: UnitOfWork, crossing: Crossing) -> None:
        self.health.keep(unit, crossing)
        if crossing.decision in LETS_THROUGH:
            request, direction = crossing.request.request_id, crossing.direction.value
            self.passes.keep(unit, request, crossing.id, direction, crossing.crossed_at, crossing.by)

    def give_back(self, unit: UnitOfWork, crossing: Crossing) -> None:
        self.health.give_back(unit, crossing)
        self.take_back_pass(unit, crossing)

    def take_back_pass(self, unit: UnitOfWork, crossing: Crossing) -> None:
        take_back_use(unit, crossing.id, crossing.by, self.now())


class _RecordsVouched:
    """Answers from when somebody vouches for the post's records: a midnight at the post, or None.

    Remembered for a few seconds: the traveller who was just checked is recorded by the same answer, and a save does
    not open a second connection to ask again.
    """

    def __init__(self, settings: ReadPostSettings, now: Clock, place: Place) -> None:
        self._settings, self._now, self._place = settings, now, place
        self._asked_on: date | None = None
        self._asked_s = 0.0
        self._since: datetime | None = None

    def __call__(self) -> datetime | None:
        today = local(self._now(), self._place.utc_offset_minutes).date()
        if today != self._asked_on or monotonic() - self._asked_s > REMEMBERED_S:
            day = self._settings(today).records_complete_since
            zone = timezone(timedelta(minutes=self._place.utc_offset_minutes))
            self._since = None if day is None else datetime.combine(day, time(), zone)
            self._asked_on, self._asked_s = today, monotonic()
        return self._since
