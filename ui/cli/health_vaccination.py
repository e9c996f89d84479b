"""``bmis health vaccination`` and ``numbers``: doses given at the post, what came after, certificates and booklets."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import typer

from bmis.kernel.i18n import translate as _
from ui.cli import health_numbers
from ui.cli.at_stores import dose_of, identifier, iso, moment_of, option_day, stores_at
from ui.cli.call import DONE, NO, Call
from ui.cli.errors import InputFieldError, ValueRefusedError
from ui.cli.health_steps import one_object

if TYPE_CHECKING:
    from datetime import datetime

    from bmis.documents.dates import PartialDate
    from poe_health.certificates.vaccination import Consent
    from poe_health.vaccinations.dose import AefiView, DoseView
    from poe_health.vaccinations.read_doses import ShownDose
    from poe_health.vaccinations.vaccinate import VaccinationRequest

RECORD, AFTER = "health-vaccination-in", "health-aefi-in"
FILE = Annotated[str, typer.Argument(help="JSON: one object; - is stdin")]
DOSE = Annotated[str, typer.Argument(help="the number of the certificate, or the id of the dose")]
_BACK = timedelta(days=30)


def add_to(group: typer.Typer) -> None:
    """Give the group of port health its commands of vaccination."""
    vaccination = typer.Typer(rich_markup_mode=None)
    vaccination.command("record", help="Enter a dose: consent, vial and certificate number.")(record)
    vaccination.command("list", help="List the doses; no names.")(listed)
    vaccination.command("show", help="Show one dose with who it was; the look is on record.")(show)
    vaccination.command("paper", help="Write the page of the certificate as PDF.")(paper)
    vaccination.command("after", help="Report an adverse event after a dose.")(after)
    vaccination.command("told", help="Enter that the district was told of an adverse event.")(told)
    vaccination.command("annul", help="Annul an entry made by mistake; it stays on record.")(annul)
    group.add_typer(vaccination, name="vaccination", help="Vaccination at the post.")
    health_numbers.add_to(group)


def record(context: typer.Context, file: FILE) -> int:
    call: Call = context.obj
    with stores_at(call) as stores:
        request = _request(one_object(file, RECORD), stores.session.now())
        kept = stores.vaccinate(request, stores.session.actor)
        call.answer(dose_json(kept, stores.session.now()), [_line(kept)])
    return DONE


def listed(
    context: typer.Context,
    first: Annotated[str | None, typer.Option("--from", help="the first day, YYYY-MM-DD")] = None,
    last: Annotated[str | None, typer.Option("--to", help="the last day, YYYY-MM-DD")] = None,
) -> int:
    call: Call = context.obj
    with stores_at(call) as stores:
        until = option_day(last, "--to") or stores.today()
        since = option_day(first, "--from") or until - _BACK
        found = stores.doses.listed(since, until, stores.session.actor)
        rows = [dose_json(one, stores.session.now()) for one in found]
        call.answer({"vaccinations": rows}, (line for one in found for line in _lines(one, stores.session.now())))
    return DONE if found else NO


def show(context: typer.Context, dose: DOSE) -> int:
    call: Call = context.obj
    with stores_at(call) as stores:
        shown = stores.doses.show(dose_of(dose), stores.session.actor)
        document = dose_json(shown.view, stores.session.now()) | _shown_json(shown)
        who = document["who"]
        call.answer(document, [*_lines(shown.view, stores.session.now()), *([who["name"]] if who else [])])
    return DONE


def paper(
    context: typer.Context,
    dose: DOSE,
    folder: Annotated[Path, typer.Option("--folder", help="where to put the PDF; its name holds no person")],
) -> int:
    from ui.health_stores import save

    call: Call = context.obj
    with stores_at(call) as stores:
        pdf = stores.print_certificate(dose_of(dose), stores.session.actor)
        path = save(folder, f"vacina-{dose.strip().upper()}", pdf) if _plain(dose) else None
        if path is None:
            raise ValueRefusedError(argument="DOSE")
        call.answer({"paper": str(path)}, [str(path)])
    return DONE


def after(context: typer.Context, file: FILE) -> int:
    from poe_health.certificates.vaccination import EventOutcome
    from poe_health.rules.answer import Answer
    from poe_health.vaccinations.after_dose import AefiRequest

    call: Call = context.obj
    with stores_at(call) as stores:
        said = one_object(file, AFTER)
        request = AefiRequest(
            request_id=UUID(said["request_id"]),
            dose=dose_of(said["dose"]),
            onset_at=moment_of(said, "onset_at", AFTER),
            symptoms=tuple(said["symptoms"]),
            serious=Answer(said.get("serious", "unknown")),
            outcome=EventOutcome(said.get("outcome", "UNKNOWN")),
            description=said.get("description"),
        )
        kept = stores.after_dose.report(request, stores.session.actor)
        call.answer(aefi_json(kept, stores.session.now()), _aefi_lines(kept, stores.session.now()))
    return DONE


def told(
    context: typer.Context,
    event: Annotated[str, typer.Argument(help="the id of the adverse event")],
) -> int:
    call: Call = context.obj
    with stores_at(call) as stores:
        now = stores.session.now()
        kept = stores.after_dose.told(identifier(event), now, stores.session.actor)
        call.answer(aefi_json(kept, now), _aefi_lines(kept, now))
    return DONE


def annul(
    context: typer.Context,
    dose: Annotated[str, typer.Argument(help="the id of the dose")],
    reason: Annotated[str, typer.Option(help="NOT_GIVEN, OTHER_PERSON or WRONG_ENTRY")],
) -> int:
    call: Call = context.obj
    with stores_at(call) as stores:
        kept = stores.after_dose.annul(identifier(dose), reason, stores.session.actor)
        call.answer(dose_json(kept, stores.session.now()), [_line(kept)])
    return DONE


def dose_json(one: "DoseView", now: "datetime") -> dict[str, Any]:
    """Return a dose as JSON: no name, no answer."""
    given = one.given
    return {
        "id": str(given.id),
        "certificate_number": given.certificate_number,
        "disease": given.disease,
        "product": given.product,
        "lot": given.lot,
        "expires_on": given.expires_on.isoformat(),
        "day": given.day.isoformat(),
        "valid_on": given.valid_on.isoformat(),
        "by": given.by,
        "annulled": one.annulled.reason if one.annulled else None,
        "adverse_events": [aefi_json(each, now) for each in one.aefi],
    }


def aefi_json(one: "AefiView", now: "datetime") -> dict[str, Any]:
    """Return an adverse event as JSON: no symptom."""
    return {
        "id": str(one.reported.id),
        "serious": one.reported.serious.value,
        "due_at": iso(one.reported.due_at),
        "told_at": iso(one.told_at),
        "overdue": one.overdue(now),
        "within_window": one.reported.within_window,
    }


def _shown_json(shown: "ShownDose") -> dict[str, Any]:
    from bmis.kernel.plain import plain

    return {
        "who": None if shown.who is None else plain(shown.who),
        "clinical": None if shown.clinical is None else plain(shown.clinical),
        "after": {str(key): plain(one) for key, one in shown.aefi.items()},
    }


def _request(said: Mapping[str, Any], now: "datetime") -> "VaccinationRequest":
    from poe_health.rules.answer import Answer
    from poe_health.vaccinations.dose import Site, Vaccinee
    from poe_health.vaccinations.vaccinate import NEXT, VaccinationRequest

    who, vial = said["who"], said["vial"]
    certificate = said.get("certificate", NEXT)
    return VaccinationRequest(
        request_id=UUID(said["request_id"]),
        who=Vaccinee(
            name=who["name"],
            birth_date=_partial(who.get("birth_date")),
            sex=who.get("sex"),
            nationality=who.get("nationality"),
            document=who.get("document"),
            guardian=who.get("guardian"),
        ),
        consent=_consent(said["consent"], now),
        answers={code: Answer(answer) for code, answer in said.get("answers", {}).items()},
        item=said.get("item", "YF_VACCINE"),
        lot=said["lot"],
        vial_opened_at=moment_of(vial, "opened_at", RECORD),
        vvm=vial.get("vvm"),
        site=Site(said["site"]),
        given_at=moment_of(said, "given_at", RECORD, now),
        age_years=said.get("age_years"),
        clinician_reason=(said.get("clinician_reason") or "").strip() or None,
        certificate=None if certificate is None else str(certificate),
        screening_id=None if said.get("screening") is None else UUID(said["screening"]),
    )


def _consent(said: Mapping[str, Any], now: "datetime") -> "Consent":
    from poe_health.certificates.vaccination import Consent, ConsentBy

    return Consent(
        given=said["given"],
        by=ConsentBy(said.get("by", "SELF")),
        risks_told=said["risks_told"],
        language=said["language"],
        asked_at=moment_of(said, "asked_at", RECORD, now),
        guardian_name=said.get("guardian_name"),
    )


def _partial(text: str | None) -> "PartialDate | None":
    from bmis.documents.dates import PartialDate
    from bmis.documents.errors import DateTextError

    if text is None:
        return None
    try:
        return PartialDate.parse(text)
    except DateTextError as error:
        raise InputFieldError(field="who.birth_date", schema=RECORD) from error


def _plain(dose: str) -> bool:
    """Return whether the number makes the name of a file."""
    return all(char.isascii() and (char.isalnum() or char == "-") for char in dose.strip())


def _line(one: "DoseView") -> str:
    given = one.given
    parts = [given.certificate_number or _("no certificate"), given.day.strftime("%d/%m/%Y"), given.lot, given.by]
    parts.append(_("valid from {day}, for life").format(day=given.valid_on.strftime("%d/%m/%Y")))
    if one.annulled is not None:
        parts.append(_("ANNULLED"))
    return " · ".join(parts)


def _lines(one: "DoseView", now: "datetime") -> Iterable[str]:
    yield _line(one)
    for each in one.aefi:
        yield from _aefi_lines(each, now)


def _aefi_lines(one: "AefiView", now: "datetime") -> Iterable[str]:
    if one.told_at is not None:
        standing = _("the district was told")
    elif one.overdue(now):
        standing = _("OVERDUE: tell the district now")
    elif one.reported.due_at is not None:
        standing = _("tell the district within a day")
    else:
        standing = _("not serious")
    yield f"  ! {_('adverse event')} {one.reported.id} · {standing}"
