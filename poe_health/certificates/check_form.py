"""The form of a check as JSON (resources/schemas/certificate-verify-in.json) to its values."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from bmis.documents.dates import PartialDate
from bmis.documents.errors import DateTextError
from bmis.documents.states import iso3
from poe_health.certificates.check import HOME, CheckForm
from poe_health.certificates.errors import ProofIncompleteError
from poe_health.certificates.holder import TravellerName
from poe_health.certificates.proof import Proof, ProofKind, paper_dose
from poe_health.certificates.rule_data import vaccines
from poe_health.certificates.yellow_fever import Leg, YellowFeverTraveller
from poe_health.errors import AgeTwiceError, CountryCodeError, HealthDateError
from poe_health.rules.answer import Answer

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


def check_form(said: Mapping[str, Any]) -> CheckForm:
    """Return the form of a document that its schema let through.

    Raises:
        ProofIncompleteError: both a code and paper. AgeTwiceError, CountryCodeError, HealthDateError: a value that
            cannot be.
    """
    text, paper = said.get("certificate"), said.get("paper")
    if text is not None and paper is not None:
        raise ProofIncompleteError("paper")
    traveller = said.get("traveller") or {}
    born = _partial(traveller.get("birth_date"), "traveller.birth_date")
    if born is not None and traveller.get("age_years") is not None:
        raise AgeTwiceError
    named = traveller.get("surname") is not None or traveller.get("given_names") is not None
    itinerary = said.get("itinerary")
    return CheckForm(
        untrusted_text=text,
        paper=_paper(paper) if paper is not None else None,
        name=TravellerName(traveller.get("surname"), traveller.get("given_names"), born) if named else None,
        traveller=YellowFeverTraveller(
            born,
            traveller.get("age_years"),
            None if itinerary is None else tuple(_leg(leg, f"itinerary[{at}]") for at, leg in enumerate(itinerary)),
        ),
        arriving_in=_country(said.get("arriving_in", HOME), "arriving_in"),
    )


def _paper(said: Mapping[str, Any]) -> Proof:
    kind = ProofKind(said["kind"])
    known = vaccines()
    doses = tuple(
        paper_dose(_partial(dose.get("date"), f"paper.doses[{at}].date"), dose.get("vaccine"), known)
        for at, dose in enumerate(said.get("doses", []))
    )
    if kind in {ProofKind.NONE, ProofKind.EXEMPTION_LETTER} and doses:
        raise ProofIncompleteError("paper.doses")
    items = {item: Answer(answer) for item, answer in said.get("items", {}).items()}
    return Proof(kind, doses, items, Answer(said.get("unaltered", "unknown")))


def _leg(said: Mapping[str, Any], where: str) -> Leg:
    hours = said.get("transit_hours")
    return Leg(
        _country(said["country"], f"{where}.country"),
        _day(said.get("from"), f"{where}.from"),
        _day(said.get("to"), f"{where}.to"),
        bool(said.get("transit", hours is not None)),
        hours,
    )


def _country(untrusted: str, where: str) -> str:
    country = iso3(untrusted)
    if country is None:
        raise CountryCodeError(where)
    return country


def _day(untrusted: str | None, where: str) -> date | None:
    if untrusted is None:
        return None
    try:
        return date.fromisoformat(untrusted if _DAY.fullmatch(untrusted) else "")
    except ValueError as error:
        raise HealthDateError(where) from error


def _partial(untrusted: str | None, where: str) -> PartialDate | None:
    if untrusted is None:
        return None
    try:
        return PartialDate.parse(untrusted)
    except DateTextError as error:
        raise HealthDateError(where) from error
