"""``bmis pass``: border passes from the application to their end."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from bmis.kernel.clock import local
from bmis.kernel.errors import DecisionError
from bmis.kernel.i18n import translate as _
from ui.cli import pass_appeal, pass_card, pass_more
from ui.cli.at_home import signed_in
from ui.cli.call import DONE, NO, Call, say_trouble
from ui.cli.errors import SecondPersonMissingError, ValueRefusedError
from ui.cli.untrusted import one_in
from ui.words.errors import describe
from ui.words.figures import money_words

if TYPE_CHECKING:
    from bmis.passes.change_pass import Changed
    from bmis.staff.approval import Approval
    from ui.pass_desk import PassDesk

Done = TypeVar("Done")
FILE = Annotated[str, typer.Argument(help="JSON: one object; - is stdin")]
APPLICATION = Annotated[str, typer.Argument(help="the application's number or identifier")]
SERIAL = Annotated[str, typer.Argument(help="the serial of the pass")]
REASON = Annotated[str, typer.Option(help="why, in words")]
GROUND = Annotated[str, typer.Option(help="FALSE_STATEMENT, LENT, OUTSIDE_ZONE, LATE_RETURNS, MOVED_AWAY, CRIME ...")]


def add_to(app: typer.Typer) -> None:
    """Give the application its group."""
    group = typer.Typer(rich_markup_mode=None)
    group.command("apply", help="Take an application.")(apply)
    group.command("attest", help="Add what somebody of the community declares.")(attest)
    group.command("approve", help="Approve an application that somebody else took.")(approve)
    group.command("reject", help="Reject an application, with a notice and the day of appeal.")(reject)
    group.command("withdraw", help="Note that the applicant takes the application back.")(withdraw)
    group.command("issue", help="Make the pass of an approved application and hand it over.")(issue)
    group.command("suspend", help="Suspend a pass for some hours.")(suspend)
    group.command("reinstate", help="End a suspension.")(reinstate)
    group.command("revoke", help="Take a pass away for good.")(revoke)
    group.command("lost", help="Note that a pass is lost, stolen, damaged, given back, or its holder deceased.")(lost)
    group.command("replace", help="Take an application in place of a pass that is gone or worn out.")(replace)
    group.command("renew", help="Take an application for the time after a pass.")(renew)
    group.command("list", help="List passes and applications; no names.")(list_passes)
    pass_more.add_to(group)
    pass_appeal.add_to(group)
    pass_card.add_to(group)
    app.add_typer(group, name="pass", help="Border passes.")


@contextmanager
def desk_at(call: Call) -> "Iterator[PassDesk]":
    """Give the use cases of the person who signs in, for the block."""
    from ui.compose import pass_desk

    with signed_in(call) as session:
        yield pass_desk(session)


def apply(context: typer.Context, file: FILE) -> int:
    from bmis.passes.errors import PerhapsSamePersonError
    from ui.cli.pass_input import APPLY, request_from
    from ui.cli.pass_output import application_lines, applied_json, not_applied_json

    call: Call = context.obj
    folder = Path() if file == "-" else Path(file).absolute().parent
    said = one_in(file, APPLY)
    with desk_at(call) as desk:
        now = desk.session.now
        request = request_from(said, folder, local(now()).date(), now)
        try:
            document = applied_json(desk.apply(request, desk.session.actor))
        except DecisionError as error:
            notice = describe(error)
            say_trouble(notice.line)
            alike = error.alike if isinstance(error, PerhapsSamePersonError) else ()
            document = not_applied_json(alike, notice)
    call.answer(document, application_lines(document))
    return NO if document["application"] is None or document["eligible"] == "no" else DONE


def attest(context: typer.Context, application: APPLICATION, file: FILE) -> int:
    from ui.cli.pass_input import ATTEST, attestations_from

    call: Call = context.obj
    said = one_in(file, ATTEST)
    with desk_at(call) as desk:
        [one] = attestations_from(said, local(desk.session.now()).date())
        found = desk.attest(_which(application), one, desk.session.actor)
        return _applied(call, found)


def approve(
    context: typer.Context,
    application: APPLICATION,
    reason: Annotated[str, typer.Option(help="why what is not known is taken on")] = "",
    accept: Annotated[
        str, typer.Option(help="the questions taken on, commas between; a reason alone: all but earlier decisions")
    ] = "",
) -> int:
    call: Call = context.obj
    accepted = {one.strip() for one in accept.split(",") if one.strip()} or ({"*"} if reason else set())
    with desk_at(call) as desk:
        found = desk.approve(_which(application), desk.session.actor, accepted=accepted, reason=reason)
        return _applied(call, found)


def reject(context: typer.Context, application: APPLICATION, reason: REASON, ground: GROUND = "NOT_ELIGIBLE") -> int:
    from ui.cli.pass_output import application_json, application_lines, notice_json

    call: Call = context.obj
    with desk_at(call) as desk:
        found, notice = desk.reject(_which(application), ground, reason, desk.session.actor)
        document = application_json(found) | {"notice": notice_json(notice)}
    call.answer(document, application_lines(document))
    return DONE


def withdraw(
    context: typer.Context, application: APPLICATION, reason: Annotated[str, typer.Option(help="why, in words")] = ""
) -> int:
    from ui.cli.pass_output import application_json, application_lines

    call: Call = context.obj
    with desk_at(call) as desk:
        found = desk.reject.withdraw(_which(application), desk.session.actor, reason)
        document = application_json(found) | {"notice": None}
    call.answer(document, application_lines(document))
    return DONE


def issue(
    context: typer.Context,
    application: APPLICATION,
    receipt: Annotated[str | None, typer.Option(help="the number of the receipt of the fee")] = None,
    consent: Annotated[str, typer.Option(help="how the holder agreed: signed, thumb, spoken")] = "signed",
    read_in: Annotated[
        str, typer.Option("--read-in", help="the language in which the conditions were read out")
    ] = "pt",
    child_by: Annotated[str, typer.Option(help="who agreed that the children travel on the pass")] = "",
    child_relation: Annotated[str, typer.Option(help="mother, father, guardian, holder_alone")] = "",
    child_evidence: Annotated[str, typer.Option(help="how it was shown: paper, word")] = "",
    child_on: Annotated[str, typer.Option(help="the day on which it was given")] = "",
) -> int:
    from bmis.passes.hand_over_pass import Consent, ConsentForm
    from ui.cli.pass_input import child_consent
    from ui.cli.pass_output import pass_json, pass_line

    call: Call = context.obj
    try:
        form = ConsentForm(consent)
    except ValueError as error:
        raise ValueRefusedError(argument="--consent") from error
    for_children = child_consent(child_by, child_relation, child_evidence, child_on)
    # whoever types this says so
    agreed = Consent(form, read_in, identity_checked=True, agreed=True, for_children=for_children)
    with desk_at(call) as desk:
        by = desk.session.actor
        made = desk.produce(_which(application), by)
        given = desk.hand_over(made.border_pass.application_id, agreed, by, receipt)
        document = pass_json(given.border_pass, given.border_pass.state) | {
            "seal": made.seal,
            "fee": str(given.receipt.paid),
            "replaces": None if given.earlier is None else given.earlier.serial,
        }
    words = _("Receipt {number}: {paid}").format(number=given.receipt.number, paid=money_words(given.receipt.paid))
    call.answer(document, [pass_line(document), words, made.seal])
    return DONE


def suspend(
    context: typer.Context,
    serial: SERIAL,
    reason: REASON,
    hours: Annotated[
        int | None, typer.Option(help="for how long; as long as one officer may where it is not said")
    ] = None,
    ground: GROUND = "OTHER",
) -> int:
    call: Call = context.obj
    with desk_at(call) as desk:
        changed = desk.suspend(serial, reason, desk.session.actor, hours=hours, ground=ground.upper())
        return _changed(call, changed)


def reinstate(context: typer.Context, serial: SERIAL, reason: REASON) -> int:
    call: Call = context.obj
    with desk_at(call) as desk:
        by = desk.session.actor
        return _changed(call, with_second(call, desk, lambda signed: desk.reinstate(serial, reason, by, signed)))


def revoke(context: typer.Context, serial: SERIAL, reason: REASON, ground: GROUND = "OTHER") -> int:
    call: Call = context.obj
    with desk_at(call) as desk:
        by, code = desk.session.actor, ground.upper()

        def take(signed: "Approval | None") -> "Changed":
            return desk.revoke(serial, reason, by, ground=code, approval=signed)

        return _changed(call, with_second(call, desk, take))


def lost(
    context: typer.Context,
    serial: SERIAL,
    reason: REASON,
    what: Annotated[str, typer.Option(help="lost, stolen, damaged, surrendered, deceased")] = "lost",
) -> int:
    call: Call = context.obj
    if what not in {"lost", "stolen", "damaged", "surrendered", "deceased"}:
        raise ValueRefusedError(argument="--what")
    with desk_at(call) as desk:
        return _changed(call, desk.report(serial, what, reason, desk.session.actor))


def replace(context: typer.Context, serial: SERIAL, reason: REASON) -> int:
    call: Call = context.obj
    with desk_at(call) as desk:
        return _applied(call, desk.replace(serial, reason, desk.session.actor))


def renew(context: typer.Context, serial: SERIAL, reason: REASON) -> int:
    call: Call = context.obj
    with desk_at(call) as desk:
        return _applied(call, desk.renew(serial, reason, desk.session.actor))


def list_passes(
    context: typer.Context,
    state: Annotated[
        str | None, typer.Option(help="only what stands there, such as ACTIVE or PENDING_APPROVAL")
    ] = None,
    limit: Annotated[int, typer.Option(help="how many at most", min=1, max=10_000)] = 100,
) -> int:
    from bmis.passes.lifecycle import ApplicationState, PassState
    from ui.cli.pass_output import application_json, application_lines, pass_json, pass_line

    call: Call = context.obj
    wanted = None if state is None else state.strip().upper()
    if wanted is not None and wanted not in {*PassState, *ApplicationState}:
        raise ValueRefusedError(argument="--state")
    passes, applications = [], []
    with desk_at(call) as desk:
        by = desk.session.actor
        if wanted is None or wanted in set(PassState):
            found = desk.show.listed(by, None if wanted is None else PassState(wanted), limit)
            passes = [pass_json(one, now) for one, now in found]
        if wanted is None or wanted in set(ApplicationState):
            states = None if wanted is None else {ApplicationState(wanted)}
            applications = [application_json(one) for one in desk.application.listed(by, states, limit)]
    lines = [pass_line(one) for one in passes]
    lines += [line for one in applications for line in application_lines(one)]
    call.answer({"passes": passes, "applications": applications}, lines or [_("Nothing was found.")])
    return DONE if passes or applications else NO


def with_second(call: Call, desk: "PassDesk", act: "Callable[[Approval | None], Done]") -> "Done":
    """Return what was done; a second person signs where one is needed and named."""
    from bmis.receipts.errors import SecondSignatureError

    try:
        return act(None)
    except SecondSignatureError as asked:
        second = call.second()
        if second is None:
            raise SecondPersonMissingError from asked
        return act(desk.signed(asked, second.user, second.password))


def _applied(call: Call, found: Any) -> int:
    from ui.cli.pass_output import application_lines, applied_json

    document = applied_json(found)
    call.answer(document, application_lines(document))
    return DONE


def _changed(call: Call, changed: "Changed") -> int:
    from ui.cli.pass_output import notice_json, notice_line, pass_json, pass_line

    one = changed.border_pass
    document = pass_json(one, one.state) | {"notice": notice_json(changed.notice)}
    lines = [pass_line(document)]
    if document["notice"] is not None:
        lines.append(notice_line(document["notice"]))
    call.answer(document, lines)
    return DONE


def _which(untrusted: str) -> Any:
    from ui.pass_desk import application_id

    return application_id(untrusted)
