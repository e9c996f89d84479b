"""The schemes of border passes: who may have one, for where, how long, at what fee. Dated data, never constants."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Any

from bmis.kernel.resources import resource
from bmis.passes.errors import SchemeFileError, SchemeUnknownError
from bmis.receipts.errors import MoneyError
from bmis.receipts.money import Money


class SchemeKind(StrEnum):
    """Whose passes they are."""

    ISSUED = "issued"
    PARTNER = "partner"
    PAPER = "paper"


class Medium(StrEnum):
    """How such a pass is proved: by its seal, or by eye alone."""

    SEAL = "seal"
    VISUAL = "visual"


@dataclass(frozen=True, slots=True)
class Said:
    """The same words in both languages."""

    pt: str
    en: str

    def in_language(self, language: str) -> str:
        """Return the words in ``language`` (pt or en)."""
        return self.en if language == "en" else self.pt


@dataclass(frozen=True, slots=True)
class Choice:
    """A code with its words. ``also`` are words that mean the same."""

    code: str
    label: Said
    also: tuple[str, ...] = ()
    seal: str = ""  # as a seal writes it, in six letters

    def is_meant_by(self, untrusted_text: str) -> bool:
        """Return whether somebody who wrote that means this."""
        text = plain_word(untrusted_text)
        return text in {plain_word(one) for one in (self.code, self.label.pt, self.label.en, *self.also)}


@dataclass(frozen=True, slots=True)
class PostPair:
    """A post of ours and the one across."""

    ours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Locality:
    """A village that the scheme names, with its distance to the border line."""

    name: str
    district: str
    km: int


@dataclass(frozen=True, slots=True)
class GoodsRule:
    """What a holder may carry in the simplified regime: up to ``ceiling``, of the products of ``list_file``."""

    ceiling: Money
    list_file: str


@dataclass(frozen=True, slots=True)
class Sample:
    """What a pass that is looked at by eye is like since ``valid_from``. ``seen``: a specimen was at hand."""

    valid_from: date
    seen: bool
    look_for: Mapping[str, tuple[str, ...]]  # language -> points


@dataclass(frozen=True, slots=True)
class Scheme:
    """One scheme as it is on a day. ``to_be_confirmed`` names what rests on no published text; None is unlimited."""

    code: str
    seal: str
    also: tuple[str, ...]
    name: Said
    kind: SchemeKind
    medium: Medium
    issuer: str
    partner: str | None
    order: int
    draft: bool
    valid_from: date
    source: str
    legal_reference: str | None
    to_be_confirmed: frozenset[str]
    zone_km: int | None
    nationalities: tuple[str, ...]
    residence_months: int
    attestation_good_months: int
    adult_from_years: int
    dependant_under_years: int
    most_dependants: int
    validity_days: int
    max_stay_days: int
    trips_a_day: int | None
    photo_expected: bool
    attesters: int
    attesters_without_id: int
    suspension_hours: int
    appeal_days: int
    renew_before_days: int
    missed_returns_before_suspension: int
    districts: tuple[str, ...]
    localities: tuple[Locality, ...]
    fee: Money
    fee_reference: str | None
    posts: tuple[PostPair, ...]
    goods: GoodsRule | None
    purposes: tuple[Choice, ...]
    exemptions: tuple[Choice, ...]
    samples: tuple[Sample, ...]

    @property
    def version(self) -> str:
        """What is kept beside everything that was judged by it."""
        return f"{self.code}/{self.valid_from.isoformat()}"

    @property
    def gives_out(self) -> bool:
        """Whether passes of it are given out here."""
        return self.kind is SchemeKind.ISSUED and not self.draft

    @property
    def post_codes(self) -> tuple[str, ...]:
        """Our posts where it counts; empty where the scheme does not say."""
        return tuple(pair.ours for pair in self.posts)

    @property
    def charge_code(self) -> str:
        """What its receipts are for."""
        return f"pass.{self.code}"

    def purpose(self, untrusted_text: str) -> Choice | None:
        """Return the purpose that is meant."""
        return next((one for one in self.purposes if one.is_meant_by(untrusted_text)), None)

    def sample(self, day: date) -> Sample | None:
        """Return what such a pass looks like on that day."""
        known = [one for one in self.samples if one.valid_from <= day]
        return max(known, key=lambda one: one.valid_from) if known else None


def schemes(day: date) -> tuple[Scheme, ...]:
    """Return every scheme as it is on that day, drafts too, in their order.

    Raises:
        SchemeFileError: a file is missing or damaged.
    """
    found = (_on(versions, day) for versions in _all().values())
    return tuple(sorted((one for one in found if one is not None), key=lambda one: (one.order, one.code)))


def scheme(untrusted_code: str, day: date) -> Scheme:
    """Return the scheme of that code as it is on that day; its other names are understood.

    Raises:
        SchemeUnknownError: there is none, or it is a draft.
        SchemeFileError: a file is missing or damaged.
    """
    asked = untrusted_code.strip().upper().replace("_", "-").replace(" ", "-")
    for one in schemes(day):
        if asked in (one.code, *one.also):
            if one.draft:
                raise SchemeUnknownError(scheme=one.code)
            return one
    raise SchemeUnknownError(scheme=asked[:20])


def plain_word(text: str) -> str:
    """Return the word as it is compared: small letters, underscores, no space around."""
    return "_".join(text.strip().casefold().replace("-", " ").replace("_", " ").split())


def _on(versions: tuple[Scheme, ...], day: date) -> Scheme | None:
    known = [one for one in versions if one.valid_from <= day]
    return max(known, key=lambda one: one.valid_from) if known else None


@cache
def _all() -> Mapping[str, tuple[Scheme, ...]]:
    folder = resource("passes", "schemes")
    found: dict[str, tuple[Scheme, ...]] = {}
    for path in sorted(folder.glob("*.toml")):
        try:
            said = tomllib.loads(path.read_text("utf-8"))
            versions = tuple(_scheme(said, version) for version in said["version"])
            found[str(said["code"])] = versions
        except (OSError, UnicodeError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError, MoneyError) as error:
            raise SchemeFileError(file=path.name) from error
    if not found:
        raise SchemeFileError(file="schemes")
    return MappingProxyType(found)


def _scheme(said: Mapping[str, Any], version: Mapping[str, Any]) -> Scheme:
    fee = version.get("fee", {"amount": "0.00", "currency": "MZN"})
    goods = version.get("goods")
    return Scheme(
        code=str(said["code"]),
        seal=str(said["seal"]),
        also=tuple(said.get("also", ())),
        name=_words(said["name"]),
        kind=SchemeKind(said["kind"]),
        medium=Medium(said["medium"]),
        issuer=str(said["issuer"]),
        partner=said.get("partner"),
        order=int(said["order"]),
        draft=bool(version.get("draft", False)),
        valid_from=version["valid_from"],
        source=str(version["source"]),
        legal_reference=version.get("legal_reference"),
        to_be_confirmed=frozenset(version.get("to_be_confirmed", ())),
        zone_km=version.get("zone_km"),
        nationalities=tuple(version["nationalities"]),
        residence_months=int(version.get("residence_months", 0)),
        attestation_good_months=int(version.get("attestation_good_months", 0)),
        adult_from_years=int(version.get("adult_from_years", 18)),
        dependant_under_years=int(version.get("dependant_under_years", 18)),
        most_dependants=int(version.get("most_dependants", 0)),
        validity_days=int(version["validity_days"]),
        max_stay_days=int(version["max_stay_days"]),
        trips_a_day=version.get("trips_a_day"),
        photo_expected=version.get("photo") == "expected",
        attesters=int(version.get("attesters", 0)),
        attesters_without_id=int(version.get("attesters_without_id", 0)),
        suspension_hours=int(version["suspension_hours"]),
        appeal_days=int(version["appeal_days"]),
        renew_before_days=int(version.get("renew_before_days", 0)),
        missed_returns_before_suspension=int(version["missed_returns_before_suspension"]),
        districts=tuple(version.get("districts", ())),
        localities=tuple(
            Locality(one["name"], one["district"], int(one["km"])) for one in version.get("localities", ())
        ),
        fee=Money.told(fee["amount"], fee["currency"]),
        fee_reference=fee.get("legal_reference"),
        posts=tuple(PostPair(one["ours"], one["theirs"]) for one in version.get("posts", ())),
        goods=None if goods is None else GoodsRule(Money.told(goods["ceiling"], goods["currency"]), str(goods["list"])),
        purposes=tuple(_choice(one) for one in version.get("purpose", ())),
        exemptions=tuple(_choice(one) for one in version.get("exemption", ())),
        samples=tuple(
            Sample(
                one["valid_from"],
                bool(one["seen"]),
                MappingProxyType({language: tuple(one[language]) for language in ("pt", "en")}),
            )
            for one in version.get("sample", ())
        ),
    )


def _choice(said: Mapping[str, Any]) -> Choice:
    return Choice(str(said["code"]), _words(said), tuple(said.get("also", ())), str(said.get("seal", "")))


def _words(said: Mapping[str, Any]) -> Said:
    return Said(str(said["pt"]), str(said["en"]))
