"""``bmis certificate``: health certificates. Needs no home, signs nobody in, writes no log."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bmis.kernel.clock import Clock, fixed_clock, local, system_clock
from ui.cli.call import DONE, NO, Call
from ui.cli.errors import InputTooLargeError, InputUnreadableError, ValueRefusedError

if TYPE_CHECKING:
    from poe_health.certificates.check import CheckForm
    from poe_health.certificates.trust_list import TrustList

_LARGEST_FILE = 32 * 1024 * 1024  # bytes
_LONGEST_NAME = 1024
_NOON = 12  # of a day without an hour
_YEARS = range(2000, 2200)  # of a check; dates beyond overflow the calendar


def add_to(app: typer.Typer) -> None:
    """Give the application its group."""
    group = typer.Typer(rich_markup_mode=None)
    group.command("verify", help="Check a health certificate: its signature, its holder, the yellow-fever rule.")(
        verify
    )
    app.add_typer(group, name="certificate", help="Health certificates.")


def verify(
    context: typer.Context,
    text_or_file: Annotated[str, typer.Argument(help="the text of a code, a picture of it, or a form as JSON")],
    trust: Annotated[Path | None, typer.Option(help="the cached trust list")] = None,
    at: Annotated[str | None, typer.Option(help="the day of the check, YYYY-MM-DD, or a moment")] = None,
) -> int:
    from poe_health.certificates.check import check_certificate, check_json
    from ui.words.certificates import check_lines

    call: Call = context.obj
    clock = _clock(call, at)
    now = clock()
    form = _form(text_or_file, clock)
    check = check_certificate(form, trust_of(trust), now, local(now).date())
    document = check_json(check)
    call.answer(document, check_lines(document))
    return DONE if check.good else NO


def _form(untrusted: str, clock: Clock) -> "CheckForm":
    from poe_health.certificates.check import CheckForm
    from poe_health.certificates.check_form import check_form
    from poe_health.certificates.errors import NotACertificateError
    from poe_health.certificates.hc1 import looks_like_certificate
    from ui.cli.untrusted import load_object

    text: str | None = untrusted
    if not looks_like_certificate(untrusted) and not untrusted.lstrip().startswith("{"):
        content = _content(untrusted)
        if content is None:
            raise NotACertificateError
        text = _text_in(content)
        if text is None:
            return CheckForm(untrusted_text=_text_of_picture(content, clock))
    assert text is not None
    if looks_like_certificate(text):
        return CheckForm(untrusted_text=text)
    return check_form(load_object(text, "certificate-verify-in"))


def _content(untrusted_name: str) -> bytes | None:
    """Return what is in the file, None where there is no such file."""
    if len(untrusted_name) > _LONGEST_NAME or "\0" in untrusted_name:
        return None
    path = Path(untrusted_name)
    try:
        if not path.is_file():
            return None
        with path.open("rb") as file:
            content = file.read(_LARGEST_FILE + 1)
    except OSError as error:
        raise InputUnreadableError from error
    if len(content) > _LARGEST_FILE:
        raise InputTooLargeError(reason="size", line=1)
    return content


def _text_in(content: bytes) -> str | None:
    """Return the text of a file that holds a certificate's text or a form, None for anything else."""
    from poe_health.certificates.hc1 import looks_like_certificate

    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    return text if looks_like_certificate(text) or text.lstrip().startswith("{") else None


def _text_of_picture(content: bytes, clock: Clock) -> str:
    from bmis.capture.codes import CodeKind, read_codes
    from bmis.capture.images import decode_image
    from poe_health.certificates.errors import CertificatesInPictureError, NoCertificateInPictureError

    codes = read_codes(decode_image(content, clock, source="file"))
    found = list(dict.fromkeys(code.text for code in codes if code.kind is CodeKind.HC1))
    if not found:
        raise NoCertificateInPictureError
    if len(found) > 1:
        raise CertificatesInPictureError(len(found))
    return found[0]


def trust_of(file: Path | None) -> "TrustList | None":
    """Return the trust list of a file, None where none is named. Raises InputUnreadableError and TrustListError."""
    from poe_health.certificates.trust_list import read_trust_list

    if file is None:
        return None
    content = _content(str(file))
    if content is None:
        raise InputUnreadableError
    return read_trust_list(content)


def _clock(call: Call, at: str | None) -> Clock:
    if at is None:
        return fixed_clock(call.now or system_clock())
    try:
        moment = datetime.fromisoformat(at)
    except ValueError as error:
        raise ValueRefusedError(argument="--at") from error
    if moment.year not in _YEARS:
        raise ValueRefusedError(argument="--at")
    if moment.tzinfo is not None:
        return fixed_clock(moment)
    if len(at) <= len("YYYY-MM-DD"):
        moment = moment.replace(hour=_NOON)
    return fixed_clock(moment.replace(tzinfo=local(system_clock()).tzinfo))
