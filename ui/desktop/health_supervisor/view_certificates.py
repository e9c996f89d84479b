"""Certificates: a code that is pasted, scanned or read off a picture, or a paper card; the check is kept."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

from PySide6.QtWidgets import QLineEdit

from bmis.documents.states import iso3
from bmis.kernel.actor import Permission
from bmis.kernel.i18n import translate as _
from poe_health.certificates.check import CheckForm, check_json
from poe_health.certificates.check_form import check_form
from poe_health.certificates.hc1 import looks_like_certificate
from poe_health.certificates.keep_check import CheckRequest, KeptCheck
from poe_health.certificates.kept import CheckView
from poe_health.certificates.proof import ProofKind
from poe_health.certificates.rule_data import trust_policy, vaccine_makers
from poe_health.certificates.trust_list import TrustList
from ui.desktop.health_supervisor.errors import TypedFieldError
from ui.desktop.health_supervisor.typed import count_of, day_of, number_of
from ui.desktop.health_supervisor.view_page import Act, ActPage, Job
from ui.desktop.shortcuts import Key
from ui.desktop.widgets.asking import Answers, Asked
from ui.desktop.widgets.fields import parse_date
from ui.desktop.widgets.lines import Heading, Line
from ui.desktop.widgets.plain import LabelledField
from ui.words.certificates import (
    answer_word,
    check_lines,
    measure_word,
    proof_reason_word,
    seal_answer_word,
    yellow_fever_word,
)
from ui.words.figures import in_figures
from ui.words.health import draft_words
from ui.words.health_post_stores import proof_word, seen_word

TOPIC = "health_post.certificates"
DAYS = 30
LONGEST_CODE = 8192
ITEMS = ("name", "dose_date", "vaccine", "batch", "clinician", "stamp", "language")
KINDS = (ProofKind.PAPER_ICVP, ProofKind.EXEMPTION_LETTER, ProofKind.ARMED_FORCES, ProofKind.NONE)
LEGS = (1, 2, 3)
HOURS_UNKNOWN, MOST_HOURS = "?", 240
_GOOD = frozenset({"VALID", "EXEMPT", "NOT_REQUIRED"})


class CertificatesPage(ActPage):
    """The code itself is never kept. The age of the trust list stands under the list."""

    topic = "certificates"

    def prepare(self) -> None:
        """Set what the page keeps."""
        self.checks: tuple[CheckView, ...] = ()
        self.trust: TrustList | None = None
        self.traveller: dict[str, Any] = {}
        self.itinerary: list[dict[str, Any]] | None = None
        self.answer: tuple[str, ...] = ()
        self._wanted: object = None
        self.code = QLineEdit()
        self.code.setMaxLength(LONGEST_CODE)
        self.code.setObjectName(TOPIC)
        self.code.returnPressed.connect(self.check_code)
        self._code_field = LabelledField(self.code)

    def over_list(self) -> LabelledField:
        """Return the field for a code."""
        return self._code_field

    def title(self) -> str:
        """Return its name."""
        return _("Certificates")

    def headings(self) -> Sequence[Heading]:
        """Return the columns."""
        return [Heading(_("Day")), Heading(_("Shown")), Heading(_("Result"), wide=True)]

    def nothing(self) -> str:
        """Return what an empty list says."""
        return _("No check was kept in the last thirty days.")

    def acts(self) -> Mapping[str, Act]:
        """Return what can be checked."""
        return {
            "check": Act(_("Check the code"), self.check_code, self._screens, Key.DECIDE),
            "paper": Act(_("Paper card…"), self.ask_paper, self._screens),
            "who": Act(_("Traveller, journey…"), self.ask_traveller, self._screens),
            "trust": Act(_("Trust list…"), self.ask_trust, self._screens),
        }

    def retranslate(self) -> None:
        """Word the page."""
        self._code_field.say(_("Code (HC1:…) or the path of its picture; a scanner types it"))
        super().retranslate()

    def refresh(self) -> None:
        """Ask for the kept checks and the trust list."""
        parts = self.model.parts
        today = parts.today()

        def work() -> tuple[tuple[CheckView, ...], TrustList | None]:
            return tuple(parts.stores.checks.listed(today - timedelta(days=DAYS), today, parts.by)), parts.trust.load()

        self.ask(work, self._on_found)

    def choose(self, key: object) -> None:
        """Show the kept check."""
        self._show_check()

    def forget(self) -> None:
        """The traveller leaves the screen."""
        self.code.clear()
        self.traveller, self.itinerary, self.answer = {}, None, ()
        self._show_check()

    # --- acts

    def check_code(self) -> None:
        """Check the code, or that of a picture, against traveller and journey that were typed."""
        typed, parts = self.code.text().strip(), self.model.parts
        if not typed:
            self.code.setFocus()
            return
        said: dict[str, Any] = {"traveller": self.traveller, "itinerary": self.itinerary}

        def work() -> KeptCheck:
            text = typed if looks_like_certificate(typed) else parts.trust.code_in(Path(typed).expanduser())
            return self._record(check_form({**said, "certificate": text}))

        self.code.clear()
        self.ask(work, self._on_checked)

    def ask_paper(self) -> None:
        """Ask what stands on the card; what nobody looked at stays open."""
        kinds = tuple((kind.value, proof_word(kind.value)) for kind in KINDS)
        fields = [
            Asked("kind", _("Shown"), "choice", kinds, ProofKind.PAPER_ICVP.value, topic=TOPIC),
            Asked("date", _("Date of the dose"), "date", required=False, topic=TOPIC),
            Asked("product", _("Vaccine of the list"), "choice", _products(), required=False, topic=TOPIC),
            Asked("written", _("Or as written, where the list has none"), required=False, topic=TOPIC),
            *(
                Asked(name, seen_word(name), "choice", _answers(), required=False, topic=TOPIC)
                for name in (*ITEMS, "unaltered")
            ),
        ]

        def job(said: Answers) -> Job[KeptCheck]:
            doses = []
            vaccine = said["product"] or said["written"]
            if said["product"] and said["written"]:
                raise TypedFieldError("written")
            if said["date"] or vaccine:
                doses = [{"date": said["date"] or None, "vaccine": vaccine or None}]
            paper = {
                "kind": said["kind"],
                "doses": doses,
                "items": {name: said[name] for name in ITEMS if said[name]},
                "unaltered": said["unaltered"] or "unknown",
            }
            form = check_form({"paper": paper, "traveller": self.traveller, "itinerary": self.itinerary})
            return lambda: self._record(form)

        text = _("A dash is: nobody looked at it, which is not a no.")
        self.form(_("Paper card"), text, fields, job, self._on_checked, ok=_("Check and keep"), columns=2)

    def ask_traveller(self) -> None:
        """Ask for the travel document and the last countries: they hold for the checks of this traveller."""
        country = _("Country {number} (three letters)")
        fields = [
            Asked("surname", _("Surname, as in the travel document"), required=False, topic=TOPIC),
            Asked("given_names", _("Given names"), required=False, topic=TOPIC),
            Asked("birth", _("Date of birth"), required=False, hint=_("ddmmyyyy; 00 for a part not known"),
                  topic=TOPIC),
            Asked("age", _("Or age in years"), required=False, topic=TOPIC),
        ]  # fmt: skip
        hours_hint = _("empty: a stay; ? where the hours are not known")
        for number in LEGS:
            fields += [
                Asked(f"country{number}", country.format(number=number), required=False, topic=TOPIC),
                Asked(f"hours{number}", _("In transit only, hours"), required=False, hint=hours_hint, topic=TOPIC),
                Asked(f"from{number}", _("From"), "date", required=False, topic=TOPIC),
                Asked(f"to{number}", _("Until"), "date", required=False, topic=TOPIC),
            ]
        text = _("Countries of the last days, the last one first. Without any the journey counts as not asked.")

        def job(said: Answers) -> Job[None]:
            self.traveller, self.itinerary = _traveller(said), _legs(said)
            return lambda: None

        self.form(_("Traveller and journey"), text, fields, job, lambda _none: self._show_check(), columns=4)

    def ask_trust(self) -> None:
        """Ask for the file of the trust list."""
        parts = self.model.parts
        asked = Asked("path", _("File of the trust list"), topic="desk.file")
        text = _("Its own signature is not checked here: bring it by a way that you trust.")
        self.form(
            _("Trust list"),
            text,
            [asked],
            lambda said: lambda: parts.trust.bring(Path(said["path"]).expanduser()),
            self._on_trust,
            ok=_("Take it"),
        )

    # --- inside

    def _record(self, form: CheckForm) -> KeptCheck:
        parts = self.model.parts
        return parts.stores.record_check(CheckRequest(uuid4(), form, self.trust, None), parts.by)

    def _screens(self) -> bool:
        return self.model.may(Permission.SCREEN_HEALTH)

    def _on_trust(self, trust: TrustList) -> None:
        self.trust = trust
        self.remarked.emit(_("Trust list taken: {count} keys.").format(count=trust.count), "")
        self.show_all()

    def _on_checked(self, kept: KeptCheck) -> None:
        self.answer = () if kept.answer is None else tuple(check_lines(check_json(kept.answer)))
        self._wanted = kept.view.check.id
        self.traveller, self.itinerary = {}, None  # they were this traveller's
        self.refresh()

    def _on_found(self, found: tuple[tuple[CheckView, ...], TrustList | None]) -> None:
        checks, self.trust = found
        self.checks = tuple(reversed(checks))
        self.show_all()

    def show_all(self) -> None:
        """Show the checks and the age of the trust list."""
        lines = [
            Line(
                one.check.id,
                (f"{one.check.day:%d/%m/%Y}", proof_word(one.check.shown or ""), yellow_fever_word(one.check.result)),
                _status(one),
            )
            for one in self.checks
        ]
        wanted, self._wanted = self._wanted, None
        self.show_lines(lines, wanted)
        self.say_below(self._trust_words())
        if wanted is None:
            self._show_check()

    def _trust_words(self) -> str:
        if self.trust is None:
            return _("No trust list: every signer is unknown.")
        age, limit = self.trust.age_days(self.model.parts.now()), trust_policy().stale_after_days
        if age is None:
            return _("Trust list of unknown age: never says valid.")
        words = _("Trust list: {count} keys, {age} days old (at most {limit}).")
        if age > limit:
            words = _("Trust list TOO OLD: {count} keys, {age} days (at most {limit}). Never says valid.")
        return words.format(count=self.trust.count, age=age, limit=limit)

    def _show_check(self) -> None:
        one = next((each for each in self.checks if each.check.id == self.list.key()), None)
        rows: list[tuple[str, str]] = []
        if self.traveller or self.itinerary:
            rows.append((_("Next check is for"), ", ".join(str(value) for value in self.traveller.values()) or "—"))
            if self.itinerary:
                rows.append((_("Journey"), " ← ".join(map(_leg_words, self.itinerary))))
        if one is None:
            self.banner.show_verdict("grey", _("Nothing checked yet"))
            self.facts.show_facts([*rows, ("", draft_words())])
            return
        check = one.check
        seal = seal_answer_word(check.seal) if check.seal else ""
        self.banner.show_verdict(_status(one), yellow_fever_word(check.result), seal)
        if self.answer:
            rows += [("", line.strip()) for line in self.answer]
            self.answer = ()
        else:
            rows += [
                (_("Shown"), proof_word(check.shown or "")),
                (_("Required"), answer_word(check.required.value)),
                (_("Certificate"), yellow_fever_word(check.certificate)),
                (_("Same person"), answer_word(check.same.value) if check.same else _("not compared")),
            ]
            rows += [("", proof_reason_word(code)) for code in check.reasons]
            rows += [(_("What may be done"), measure_word(code)) for code in check.measures]
            if check.seal and check.trust_age_days is not None:
                rows.append((_("Age of the trust list"), str(check.trust_age_days)))
            rows.append((_("By"), check.by))
        self.facts.show_facts([*rows, ("", draft_words())])


def _status(one: CheckView) -> str:
    if one.check.good:
        return "green"
    if one.check.result == "UNKNOWN":
        return "grey"
    return "amber" if one.check.result in _GOOD else "red"


def _traveller(said: Answers) -> dict[str, Any]:
    found: dict[str, Any] = {name: said[name] for name in ("surname", "given_names") if said[name]}
    if said["birth"]:
        born = parse_date(said["birth"], partial=True)
        if born is None:
            raise TypedFieldError("birth")
        found["birth_date"] = str(born)
    age = count_of(said["age"], "age", 130)
    if age is not None:
        if "birth_date" in found:
            raise TypedFieldError("age")
        found["age_years"] = age
    return found


def _legs(said: Answers) -> list[dict[str, Any]] | None:
    legs = []
    for number in LEGS:
        country = said[f"country{number}"].upper()
        transit = _transit(said[f"hours{number}"], f"hours{number}")
        if not country:
            if transit:
                raise TypedFieldError(f"country{number}")
            continue
        if iso3(country) is None:
            raise TypedFieldError(f"country{number}")
        first, last = day_of(said[f"from{number}"], f"from{number}"), day_of(said[f"to{number}"], f"to{number}")
        if first is not None and last is not None and last < first:
            raise TypedFieldError(f"to{number}")
        days = {"from": first and first.isoformat(), "to": last and last.isoformat()}
        legs.append({"country": country, **days, **transit})
    return legs or None


def _transit(typed: str, where: str) -> dict[str, Any]:
    """Return what is said of a transit; nothing: it was a stay. Raises TypedFieldError."""
    if typed.strip() == HOURS_UNKNOWN:
        return {"transit": True}
    hours = number_of(typed, where)
    if hours is None:
        return {}
    if not 0 <= hours <= MOST_HOURS:
        raise TypedFieldError(where)
    return {"transit": True, "transit_hours": float(hours)}


def _leg_words(leg: Mapping[str, Any]) -> str:
    if not leg.get("transit"):
        return str(leg["country"])
    hours = leg.get("transit_hours")
    told = "?" if hours is None else in_figures(Decimal(f"{hours:g}"))
    return _("{country} (transit, {hours} h)").format(country=leg["country"], hours=told)


def _products() -> tuple[tuple[str, str], ...]:
    """Return the vaccines of the list, each with its maker."""
    makers = sorted(vaccine_makers().items(), key=lambda one: one[1])
    return tuple((code, f"{name} ({maker})") for code, (name, maker) in makers)


def _answers() -> tuple[tuple[str, str], ...]:
    return tuple((code, answer_word(code)) for code in ("yes", "no"))
