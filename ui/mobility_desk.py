"""The use cases of mobility beside crossings, joined with one open store of the border."""

from dataclasses import dataclass

from bmis.flows.mobility.event import MobilityKind
from bmis.flows.mobility.keeping import Withdraw
from bmis.flows.mobility.map_mobility import KeepMapping, ReadMapping
from bmis.flows.mobility.place import MappedPlace, MappedRoute, MappingExercise
from bmis.flows.mobility.post_register import KeepPostRegister, ReadPostRegister
from bmis.flows.mobility.survey import CountSurveys, HandOverSurveys, TakeSurvey
from bmis.flows.mobility.survey_refusal import CountRefusals, RefuseSurvey
from bmis.flows.observed.coverage import ReadObserved
from bmis.flows.observed.observe import ObserveFlows, SayFmpDay, SetFmpHours
from bmis.kernel.actor import NotAllowedError, Permission, Service
from bmis.staff.session import SignedIn

PERMISSIONS = {
    MobilityKind.SLOT_OBSERVED: Permission.OBSERVE_FLOWS,
    MobilityKind.FMP_DAY_SAID: Permission.OBSERVE_FLOWS,
    MobilityKind.FMP_HOURS_SET: Permission.MAP_MOBILITY,
    MobilityKind.EXERCISE_HELD: Permission.MAP_MOBILITY,
    MobilityKind.PLACE_MAPPED: Permission.MAP_MOBILITY,
    MobilityKind.ROUTE_MAPPED: Permission.MAP_MOBILITY,
    MobilityKind.SURVEY_TAKEN: Permission.OBSERVE_FLOWS,
    MobilityKind.SURVEY_REFUSED: Permission.OBSERVE_FLOWS,
    MobilityKind.POST_STATUS_SET: Permission.KEEP_POST_REGISTER,
    MobilityKind.POST_ITEM_SEEN: Permission.KEEP_POST_REGISTER,
}
"""Which right takes a record of each kind back."""


@dataclass(frozen=True, slots=True)
class MobilityDesk:
    """What keeps and reads mobility for one person at work."""

    observe: ObserveFlows
    set_hours: SetFmpHours
    say_day: SayFmpDay
    observed: ReadObserved
    keep_exercises: KeepMapping[MappingExercise]
    keep_places: KeepMapping[MappedPlace]
    keep_routes: KeepMapping[MappedRoute]
    mapped: ReadMapping
    register: KeepPostRegister
    read_register: ReadPostRegister
    take_survey: TakeSurvey
    surveys: CountSurveys
    refuse_survey: RefuseSurvey
    refusals: CountRefusals
    hand_over_surveys: HandOverSurveys
    withdraw: Withdraw


def desk_of(session: SignedIn) -> MobilityDesk:
    """Return the use cases.

    Raises:
        NotAllowedError: the session is health's: its store has no mobility.
    """
    if session.service is not Service.BORDER:
        raise NotAllowedError(permission=Permission.OBSERVE_FLOWS.value, role=session.actor.role.value)
    read, write, now = session.store.read, session.store.write, session.now
    return MobilityDesk(
        observe=ObserveFlows(write, now),
        set_hours=SetFmpHours(write, now),
        say_day=SayFmpDay(write, now),
        observed=ReadObserved(read),
        keep_exercises=KeepMapping(write, now, MappingExercise),
        keep_places=KeepMapping(write, now, MappedPlace),
        keep_routes=KeepMapping(write, now, MappedRoute),
        mapped=ReadMapping(read),
        register=KeepPostRegister(write, now),
        read_register=ReadPostRegister(read),
        take_survey=TakeSurvey(write, now),
        surveys=CountSurveys(read),
        refuse_survey=RefuseSurvey(write, now),
        refusals=CountRefusals(read),
        hand_over_surveys=HandOverSurveys(write, now),
        withdraw=Withdraw(write, now, PERMISSIONS),
    )
