"""``bmis health voyage`` and ``contacts``: voyages, who is on board, papers handed in, contacts of a case."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui.cli.at_home import signed_in
from ui.cli.call import DONE, NO, Call
from ui.cli.days import day_if_given
from ui.cli.errors import ValueRefusedError
from ui.cli.health_voyage_input import choice_of, moment_in, noun_of, object_of, request_of, uuid_of
from ui.cli.health_voyage_json import (
    contact_json,
    contact_lines,
    proposed_json,
    proposed_lines,
    shown_json,
    voyage_json,
    voyage_lines,
)

if TYPE_CHECKING:
    from bmis.kernel.actor import Actor
    from poe_health.voyages.kept import KeptVoyage
    from ui.health_voyages import VoyageDesk

FILE = Annotated[str, typer.Argument(help="JSON: one object; - is stdin")]
NUMBER = Annotated[str, typer.Argument(help="the number on the paper")]
FOLDER = Annotated[Path, typer.Option("--folder", help="where to put the PDF; its name holds no person")]
FIRST = Annotated[str | None, typer.Option("--from", help="the first day, YYYY-MM-DD")]
LAST = Annotated[str | None, typer.Option("--to", help="the last day, YYYY-MM-DD")]
NAMES = Annotated[bool, typer.Option("--names", help="with names; whoever opens them is on record")]


def add_to(group: typer.Typer) -> None:
    """Give the group of port health its groups of voyages and contacts."""
    voyage = typer.Typer(rich_markup_mode=None)
    voyage.command("record", help="Write a voyage down: conveyance, places, seats, who is in charge.")(record)
    voyage.command("correct", help="Replace the sheet of a voyage, with the reason.")(correct)
    voyage.command("aboard", help="List people on board.")(aboard)
    voyage.command("told", help="Write down who told of disease on board.")(told)
    voyage.command("locator", help="Enter a passenger locator form.")(locator)
    voyage.command("declare", help="Enter the declaration of health of a ship or an aircraft.")(declare)
    voyage.command("certificate", help="Enter or extend a ship sanitation certificate.")(certificate)
    voyage.command("list", help="List voyages; no names.")(list_voyages)
    voyage.command("show", help="Show everything of one voyage.")(show)
    voyage.command("paper", help="Write the contacts, the measures or the free pratique as PDF.")(paper)
    group.add_typer(voyage, name="voyage", help="Voyages and the papers handed in.")
    contacts = typer.Typer(rich_markup_mode=None)
    contacts.command("propose", help="Say who may be a contact of a case on board; nothing is kept.")(propose)
    contacts.command("choose", help="Keep who was chosen as a contact.")(choose)
    contacts.command("follow", help="Begin to monitor a contact.")(follow)
    contacts.command("hand-over", help="Write down that the list was passed on.")(hand_over)
    contacts.command("list", help="List contacts, those nobody follows first; no names.")(list_contacts)
    group.add_typer(contacts, name="contacts", help="Contacts of a case on a voyage.")


@contextmanager
def voyages_at(call: Call) -> "Iterator[tuple[VoyageDesk, Actor]]":
    """Give the use cases of the person who signs in, for the block. Raises NotAllowedError: not of health."""
    from ui.compose_health import voyage_desk

    with signed_in(call) as session:
        yield voyage_desk(session), session.actor


def answer(call: Call, one: "KeptVoyage") -> int:
    """Print the voyage as it stands."""
    call.answer(voyage_json(one), voyage_lines(one))
    return DONE


def record(context: typer.Context, file: FILE) -> int:
    from poe_health.referrals.people.identity import PatientIdentity
    from poe_health.voyages.sheet import VoyageSheet

    call, schema = context.obj, "health-voyage-in"
    with voyages_at(call) as (desk, by):
        said = object_of(file, schema)
        sheet = noun_of(VoyageSheet, said, "sheet", schema)
        charge = PatientIdentity.of(said["in_charge"]) if "in_charge" in said else None
        return answer(call, desk.record(request_of(said), sheet, charge, by))


def correct(context: typer.Context, number: NUMBER, file: FILE) -> int:
    from poe_health.referrals.people.identity import PatientIdentity
    from poe_health.voyages.sheet import VoyageSheet

    call, schema = context.obj, "health-voyage-correct-in"
    with voyages_at(call) as (desk, by):
        said = object_of(file, schema)
        sheet = noun_of(VoyageSheet, said, "sheet", schema)
        charge = PatientIdentity.of(said["in_charge"]) if "in_charge" in said else None
        found = desk.show(number, by).voyage.id
        return answer(call, desk.correct(found, request_of(said), sheet, said["reason"], by, charge))


def aboard(context: typer.Context, number: NUMBER, file: FILE) -> int:
    from poe_health.voyages.people import PersonAboard

    call, schema = context.obj, "health-aboard-in"
    with voyages_at(call) as (desk, by):
        said = object_of(file, schema)
        people = [noun_of(PersonAboard, {"people": one}, "people", schema) for one in said["people"]]
        return answer(call, desk.list_people(desk.show(number, by).voyage.id, request_of(said), people, by))


def told(context: typer.Context, number: NUMBER, file: FILE) -> int:
    call, schema = context.obj, "health-voyage-told-in"
    with voyages_at(call) as (desk, by):
        said = object_of(file, schema)
        found = desk.show(number, by).voyage.id
        at = moment_in(said, "at", schema)
        return answer(call, desk.tell_disease(found, request_of(said), said["disease"], at, said["told_by"], by))


def locator(context: typer.Context, number: NUMBER, file: FILE) -> int:
    from poe_health.voyages.locator import LocatorForm

    call, schema = context.obj, "health-locator-in"
    with voyages_at(call) as (desk, by):
        said = object_of(file, schema)
        form = noun_of(LocatorForm, said, "form", schema)
        found, ref = desk.show(number, by).voyage.id, uuid_of(said.get("ref"), "ref")
        return answer(call, desk.locator(found, request_of(said), form, by, ref))


def declare(context: typer.Context, number: NUMBER, file: FILE) -> int:
    from poe_health.voyages.declarations import AircraftDeclaration, ShipDeclaration
    from poe_health.voyages.people import DeclaredPeople

    call, schema = context.obj, "health-declaration-in"
    with voyages_at(call) as (desk, by):
        said = object_of(file, schema)
        declaration: ShipDeclaration | AircraftDeclaration
        if "ship" in said:
            declaration = noun_of(ShipDeclaration, said, "ship", schema)
        else:
            declaration = noun_of(AircraftDeclaration, said, "aircraft", schema)
        people = noun_of(DeclaredPeople, {"people": said.get("people", {})}, "people", schema)
        return answer(call, desk.declare(desk.show(number, by).voyage.id, request_of(said), declaration, people, by))


def certificate(context: typer.Context, number: NUMBER, file: FILE) -> int:
    from poe_health.rules.answer import Answer
    from poe_health.voyages.sanitation import SanitationCertificate

    call, schema = context.obj, "health-sanitation-in"
    with voyages_at(call) as (desk, by):
        said = object_of(file, schema)
        found = desk.show(number, by).voyage.id
        if "certificate" in said:
            seen = noun_of(SanitationCertificate, said, "certificate", schema)
            return answer(call, desk.sanitation.seen(found, request_of(said), seen, by))
        longer = said["extend"]
        kept = desk.sanitation.extended(
            found,
            request_of(said),
            longer["reason"],
            by,
            port_cannot_inspect=longer["port_cannot_inspect"],
            port_authorised=longer["port_authorised"],
            evidence=Answer(longer["evidence"]),
        )
        return answer(call, kept)


def list_voyages(context: typer.Context, first: FIRST = None, last: LAST = None) -> int:
    call: Call = context.obj
    days = day_if_given(first, "--from"), day_if_given(last, "--to")
    with voyages_at(call) as (desk, by):
        found = desk.voyages(by, first=days[0], last=days[1])
        call.answer(
            {"voyages": [voyage_json(one) for one in found]}, (line for one in found for line in voyage_lines(one))
        )
    return DONE if found else NO


def show(context: typer.Context, number: NUMBER, names: NAMES = False) -> int:
    call: Call = context.obj
    with voyages_at(call) as (desk, by):
        shown = desk.show(number, by, names=names)
        call.answer(shown_json(shown, names=names), voyage_lines(shown.voyage))
    return DONE


def paper(
    context: typer.Context,
    number: NUMBER,
    folder: FOLDER,
    kind: Annotated[str, typer.Option("--paper", help="contacts, measures or pratique")] = "measures",
) -> int:
    from ui.referral_desk import save

    call: Call = context.obj
    with voyages_at(call) as (desk, by):
        makers = {"contacts": desk.papers.contacts, "measures": desk.papers.measures, "pratique": desk.papers.pratique}
        words = {"contacts": "contactos", "measures": "medidas", "pratique": "livre-pratica"}
        if kind not in makers:
            raise ValueRefusedError(argument="--paper")
        found = desk.show(number, by).voyage
        path = save(folder, f"{words[kind]}-{found.number}", makers[kind](found.id, by))
        call.answer({"paper": str(path)}, [str(path)])
    return DONE


def propose(
    context: typer.Context,
    number: NUMBER,
    disease: Annotated[str, typer.Option(help="what the case is suspected of")],
    case: Annotated[str | None, typer.Option(help="the screening of the case")] = None,
    seat: Annotated[list[str] | None, typer.Option(help="a seat of the case, as 12C")] = None,
    preset: Annotated[str | None, typer.Option(help="which people; else that of the disease")] = None,
) -> int:
    from poe_health.voyages.choose_contacts import CaseOnBoard
    from poe_health.voyages.seats import Seat

    call: Call = context.obj
    seats = tuple(Seat.parse(one) for one in seat or ())
    asked = CaseOnBoard(disease, uuid_of(case, "--case"), seats)
    with voyages_at(call) as (desk, by):
        found = desk.propose(desk.show(number, by).voyage.id, asked, by, preset)
        call.answer(proposed_json(found), proposed_lines(found))
    return DONE if found.proposal.occupants else NO


def choose(context: typer.Context, number: NUMBER, file: FILE) -> int:
    call, schema = context.obj, "health-contacts-in"
    with voyages_at(call) as (desk, by):
        said = object_of(file, schema)
        found = desk.show(number, by).voyage.id
        return answer(call, desk.choose(found, request_of(said), choice_of(said, schema), by))


def follow(
    context: typer.Context,
    number: NUMBER,
    contact: Annotated[str, typer.Argument(help="the contact's id")],
    consent: Annotated[str, typer.Option(help="to being contacted: yes, no or unknown")] = "unknown",
    going_to: Annotated[str, typer.Option("--going-to", help="where the contact can be found")] = "",
) -> int:
    from poe_health.rules.answer import Answer

    call: Call = context.obj
    if consent not in set(Answer):
        raise ValueRefusedError(argument="--consent")
    contact_id = uuid_of(contact, "CONTACT")
    if contact_id is None:
        raise ValueRefusedError(argument="CONTACT")
    with voyages_at(call) as (desk, by):
        found = desk.show(number, by).voyage.id
        kept = desk.follow(found, contact_id, by, consent=Answer(consent), going_to=going_to)
        document = {"monitoring": kept.number, "last_day": kept.last_day.isoformat()}
        call.answer(document, [f"{kept.number} · {kept.disease} · {kept.last_day:%d/%m/%Y}"])
    return DONE


def hand_over(context: typer.Context, number: NUMBER, file: FILE) -> int:
    from poe_health.voyages.choose_contacts import HandOver

    call, schema = context.obj, "health-contacts-told-in"
    with voyages_at(call) as (desk, by):
        said = object_of(file, schema)
        fields = {name: value for name, value in said.items() if name != "request_id"}
        made = noun_of(HandOver, {"hand_over": fields}, "hand_over", schema)
        return answer(call, desk.hand_over(desk.show(number, by).voyage.id, request_of(said), made, by))


def list_contacts(context: typer.Context) -> int:
    call: Call = context.obj
    with voyages_at(call) as (desk, by):
        found = desk.voyages.contacts(by)
        rows = [contact_json(voyage, one) for voyage, one in found]
        call.answer({"contacts": rows}, (line for each in found for line in contact_lines(*each)))
    return DONE if rows else NO
