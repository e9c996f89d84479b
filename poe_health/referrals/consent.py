"""The texts of the health notice, by language. Only an approved one is offered; a draft is listed as what it is."""

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bmis.kernel.i18n import DEFAULT_LANGUAGE
from bmis.kernel.resources import resource
from poe_health.errors import HealthListError
from poe_health.referrals.errors import ConsentNotApprovedError

APPROVED, DRAFT = "approved", "draft"


@dataclass(frozen=True, slots=True)
class NoticeText:
    """The card that is read before any examination (IHR art. 23(3)). ``{phone}`` stands in ``paragraphs``."""

    title: str
    paragraphs: tuple[str, ...]
    agree_examination: str
    agree_follow_up: str
    yes: str
    no: str
    read_aloud: str
    signed: str
    guardian: str
    staff: str


@dataclass(frozen=True, slots=True)
class RefusalText:
    """The form of somebody who refuses (IHR art. 31)."""

    title: str
    paragraphs: tuple[str, ...]
    refused: tuple[str, ...]
    risks_explained: str
    signed: str
    staff: str
    supervisor: str
    interpreter: str


@dataclass(frozen=True, slots=True)
class ConsentText:
    """The texts of one language. ``version`` is stored with every consent; ``approved_*`` None: a draft."""

    language: str
    language_name: str
    version: str
    sha256: str
    approved_by: str | None
    approved_on: date | None
    notice: NoticeText
    refusal: RefusalText

    @property
    def is_approved(self) -> bool:
        """Whether it may be given to a traveller."""
        return self.approved_by is not None and self.approved_on is not None


def consent_texts(folder: Path | None = None) -> tuple[ConsentText, ...]:
    """Return every text there is, drafts too: Portuguese first, then by language.

    Raises:
        HealthListError: a text is damaged, or says that it is approved without saying by whom and when.
    """
    folder = folder or resource("health", "consent")
    found = [_read(path) for path in sorted(folder.glob("*.toml"))]
    if not found:
        raise HealthListError("health/consent")
    return tuple(sorted(found, key=lambda one: (one.language != DEFAULT_LANGUAGE, one.language)))


def offered(today: date, folder: Path | None = None) -> tuple[ConsentText, ...]:
    """Return the texts that may be given to a traveller on ``today``."""
    return tuple(
        one
        for one in consent_texts(folder)
        if one.approved_on is not None and one.is_approved and one.approved_on <= today
    )


def approved_text(language: str, today: date, folder: Path | None = None) -> ConsentText:
    """Return the text of the language.

    Raises:
        ConsentNotApprovedError: there is none, or only a draft.
    """
    for one in offered(today, folder):
        if one.language == language:
            return one
    raise ConsentNotApprovedError(language if language.isascii() and language.isalnum() else "?")


def draft_text(language: str, folder: Path | None = None) -> ConsentText:
    """Return the text of the language as it is, for a review copy that says that it is not approved.

    Raises:
        ConsentNotApprovedError: there is none at all.
    """
    for one in consent_texts(folder):
        if one.language == language:
            return one
    raise ConsentNotApprovedError(language if language.isascii() and language.isalnum() else "?")


def _read(path: Path) -> ConsentText:
    name = f"health/consent/{path.name}"
    try:
        raw = path.read_bytes()
        said = tomllib.loads(raw.decode("utf-8"))
        approved = _approval(said)
        if said["language"] != path.stem:
            raise ValueError("language")
        notice, refusal = said["notice"], said["refusal"]
        if not any("{phone}" in text for text in notice["paragraphs"]):
            raise ValueError("phone")
        return ConsentText(
            said["language"],
            said["language_name"],
            said["version"],
            hashlib.sha256(raw).hexdigest(),
            *approved,
            NoticeText(**_texts(notice, NoticeText)),
            RefusalText(**_texts(refusal, RefusalText)),
        )
    except (OSError, UnicodeError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise HealthListError(name) from error


def _approval(said: Mapping[str, Any]) -> tuple[str | None, date | None]:
    if said["status"] == DRAFT:
        return None, None
    if said["status"] != APPROVED:
        raise ValueError("status")
    by, on = said["approved_by"], said["approved_on"]
    if not isinstance(by, str) or not by.strip() or not isinstance(on, date):
        raise ValueError("approved_by")
    return by.strip(), on


def _texts(said: Mapping[str, Any], kind: type) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in kind.__dataclass_fields__:  # type: ignore[attr-defined]  # a dataclass
        value = said[name]
        texts = [value] if isinstance(value, str) else list(value)
        if not texts or not all(isinstance(text, str) and text.strip() for text in texts):
            raise ValueError(name)
        found[name] = value if isinstance(value, str) else tuple(texts)
    return found
