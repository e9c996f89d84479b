"""Vaccination at the post: consent first, then the questions, then the dose and its certificate; booklets."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import uuid4

from bmis.kernel.actor import Permission
from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from poe_health.certificates.rule_data import vaccines
from poe_health.certificates.vaccination import Consent, ConsentBy, EventOutcome, vaccination_rule
from poe_health.rules.answer import Answer
from poe_health.supplies.movement import LotHeld, OnShelf
from poe_health.vaccinations.after_dose import AefiRequest
from poe_health.vaccinations.dose import AefiView, BlockView, DoseView, Site
from poe_health.vaccinations.keep_numbers import NumbersRequest
from poe_health.vaccinations.settings import AFTER, ANNULLED, SPOILED, vaccination_choices
from poe_health.vaccinations.vaccinate import NEXT, VaccinationRequest
from ui.desktop.health_supervisor.errors import TypedFieldError
from ui.desktop.health_supervisor.typed import count_of, needed_count
from ui.desktop.health_supervisor.vaccinating import Begun, vaccinee_of
from ui.desktop.health_supervisor.view_page import Act, ActPage, Job
from ui.desktop.shortcuts import Key
from ui.desktop.widgets.asking import Answers, Asked
from ui.desktop.widgets.lines import Heading, Line
from ui.desktop.words import moment_words
from ui.words.health import draft_words
from ui.words.health_post_stores import aefi_word, outcome_word, site_word
from ui.words.health_secondary import answer_word, choice_words, worded

TOPIC = "health_post.vaccinations"
DAYS = 30
VACCINE = "YF_VACCINE"


class VaccinationsPage(ActPage):
    """The list names nobody; the certificate does, and that it was printed is on record."""

    topic = "vaccinations"

    def prepare(self) -> None:
        """Set what the page keeps."""
        self.doses: tuple[DoseView, ...] = ()
        self.blocks: tuple[BlockView, ...] = ()
        self.lots: tuple[LotHeld, ...] = ()
        self.usable: int | None = None  # doses; nobody ever entered any: not known
        self._wanted: object = None

    def title(self) -> str:
        """Return its name."""
        return _("Vaccination")

    def headings(self) -> Sequence[Heading]:
        """Return the columns."""
        return [Heading(_("Day")), Heading(_("Certificate"), wide=True), Heading(_("Batch"))]

    def nothing(self) -> str:
        """Return what an empty list says."""
        return _("No dose was given here in the last thirty days.")

    def acts(self) -> Mapping[str, Act]:
        """Return what can be done."""
        return {
            "record": Act(_("Vaccinate…"), self.ask_person, self._vaccinates, Key.DECIDE),
            "print": Act(_("Certificate…"), self.make, self._can_print, Key.PRINT),
            "after": Act(_("Adverse event…"), self.ask_after, self._has_dose),
            "told": Act(_("District told"), self.tell, lambda: self._untold() is not None),
            "annul": Act(_("Annul…"), self.ask_annul, self._has_dose),
            "receive": Act(_("Booklets came…"), self.ask_block, lambda: self.model.may(Permission.KEEP_HEALTH_STOCK)),
            "spoil": Act(_("Booklet spoiled…"), self.ask_spoiled, self._vaccinates),
        }

    @property
    def chosen(self) -> DoseView | None:
        """The dose where one is."""
        return next((one for one in self.doses if one.given.id == self.list.key()), None)

    def badge(self) -> int:
        """Return of how many adverse events the district should have been told."""
        now = self.model.parts.now()
        return sum(1 for dose in self.doses for one in dose.aefi if one.overdue(now))

    def refresh(self) -> None:
        """Ask for doses, booklets and batches."""
        parts = self.model.parts
        today = parts.today()

        def work() -> tuple[tuple[DoseView, ...], tuple[BlockView, ...], OnShelf | None]:
            doses = tuple(parts.stores.doses.listed(today - timedelta(days=DAYS), today, parts.by))
            if not parts.by.may(Permission.SCREEN_HEALTH):
                return doses, (), None
            shelf = next(one for one in parts.stores.stock.shelf(parts.by) if one.item.code == VACCINE)
            return doses, tuple(parts.stores.numbers(parts.by)), shelf

        self.ask(work, self._on_found)

    def choose(self, key: object) -> None:
        """Show the dose."""
        self._show_dose()

    # --- a dose, in three forms

    def ask_person(self) -> None:
        """Ask who it is and for consent; without consent there is no further form."""
        begun = Begun()
        by = tuple(
            (one.value, {"SELF": _("the person"), "GUARDIAN": _("the guardian")}[one.value]) for one in ConsentBy
        )
        yes = (("yes", _("Yes")), ("no", _("No")))
        fields = [
            Asked("name", _("Name, as in the travel document"), topic=TOPIC),
            Asked("birth", _("Date of birth"), required=False, hint=_("ddmmyyyy; 00 for a part not known"),
                  topic=TOPIC),
            Asked("age", _("Age in years"), required=False, topic=TOPIC),
            Asked("sex", _("Sex"), "choice", choice_words("sex"), required=False, topic=TOPIC),
            Asked("nationality", _("Nationality (three letters)"), required=False, topic=TOPIC),
            Asked("document", _("Identity document"), required=False, topic=TOPIC),
            Asked("consent", _("Agrees to be vaccinated"), "choice", yes, topic=TOPIC),
            Asked("by", _("Asked was"), "choice", by, ConsentBy.SELF.value, topic=TOPIC),
            Asked("guardian", _("Guardian's name"), required=False, topic=TOPIC),
            Asked("risks", _("Benefits and risks were told"), "choice", yes, topic=TOPIC),
            Asked("language", _("In which language"), value="pt", topic=TOPIC),
        ]  # fmt: skip

        def job(said: Answers) -> Job[None]:
            begun.who, begun.age = vaccinee_of(said), count_of(said["age"], "age", 130)
            begun.consent = Consent(
                given=said["consent"] == "yes",
                by=ConsentBy(said["by"]),
                risks_told=said["risks"] == "yes",
                language=said["language"],
                asked_at=self.model.parts.now(),
                guardian_name=said["guardian"] or None,
            )
            return lambda: None

        text = _("Consent comes first (IHR art. 23). Nothing is kept before the last of three forms.")
        self.form(_("Vaccination: person and consent"), text, fields, job, lambda _none: self._go_on(begun),
                  ok=_("Go on"), columns=2)  # fmt: skip

    def _go_on(self, begun: Begun) -> None:
        if begun.consent is not None and not begun.consent.given:
            self.remarked.emit(_("No consent: nothing is given, and nothing was kept."), "")
            return
        self.ask_questions(begun)

    def ask_questions(self, begun: Begun) -> None:
        """Ask every question before a dose; an answer left open stops it."""
        language = current_language()
        answers = tuple((one.value, answer_word(one)) for one in (Answer.NO, Answer.YES))
        fields = [
            Asked(one.code, one.label(language), "choice", answers, topic=TOPIC) for one in vaccination_rule().questions
        ]
        fields.append(Asked("reason", _("Clinician's reason, where one is yes"), required=False, topic=TOPIC))

        def job(said: Answers) -> Job[None]:
            begun.answers = {one.code: Answer(said[one.code]) for one in vaccination_rule().questions}
            begun.reason = said["reason"]
            return lambda: None

        self.form(_("Vaccination: questions"), draft_words(), fields, job, lambda _none: self.ask_dose(begun),
                  ok=_("Go on"), columns=2)  # fmt: skip

    def ask_dose(self, begun: Begun) -> None:
        """Ask for vial and place; the dose takes one from the shelf and the lowest free booklet."""
        lots = tuple(
            (one.lot, f"{one.lot} · {one.expires_on:%d/%m/%Y}" if one.expires_on else one.lot) for one in self.lots
        )
        sites = tuple((one.value, site_word(one.value)) for one in Site)
        booklets = ((NEXT, _("the next free booklet")), ("typed", _("the number typed below")), ("none", _("none")))
        fields = [
            Asked("lot", _("Batch"), "choice", lots, self.lots[0].lot if len(self.lots) == 1 else "", topic=TOPIC),
            Asked("opened", _("Vial opened"), hint=_("hhmm, or ddmmyyyy hhmm"), topic=TOPIC),
            Asked("vvm", _("Heat monitor (1 to 4)"), topic=TOPIC),
            Asked("site", _("Where"), "choice", sites, Site.LEFT_ARM.value, topic=TOPIC),
            self.when_field("given", _("Given")),
            Asked("booklet", _("Certificate"), "choice", booklets, NEXT, topic=TOPIC),
            Asked("number", _("Number of the booklet"), required=False, topic=TOPIC),
        ]

        def job(said: Answers) -> Job[DoseView]:
            certificate = {NEXT: NEXT, "none": None}.get(said["booklet"], said["number"])
            if said["booklet"] == "typed" and not said["number"]:
                raise TypedFieldError("number")
            if begun.who is None or begun.consent is None:
                raise LookupError("nobody was asked")
            request = VaccinationRequest(
                request_id=begun.request_id,
                who=begun.who,
                consent=begun.consent,
                answers=begun.answers,
                item=VACCINE,
                lot=said["lot"],
                vial_opened_at=self.moment(said, "opened"),
                site=Site(said["site"]),
                given_at=self.moment(said, "given"),
                vvm=count_of(said["vvm"], "vvm", 4),
                age_years=begun.age,
                clinician_reason=begun.reason or None,
                certificate=certificate,
            )
            parts = self.model.parts
            return lambda: parts.stores.vaccinate(request, parts.by)

        self.form(_("Vaccination: the dose"), "", fields, job, self._on_kept, ok=_("Keep the dose"), columns=2)

    # --- what comes after

    def make(self) -> None:
        """Make the page of the certificate."""
        chosen, parts = self.chosen, self.model.parts
        if chosen is None:
            return
        number = chosen.given.certificate_number or chosen.given.ref
        text = _("It names a person: hand it to that person, signed and stamped.")
        self.ask(
            lambda: parts.stores.print_certificate(chosen.given.id, parts.by),
            lambda pdf: self.offered.emit(_("Vaccination certificate"), text, f"vacina-{number}.pdf", pdf),
        )

    def ask_after(self) -> None:
        """Ask what happened after the dose; unknown counts as serious."""
        chosen = self.chosen
        if chosen is None:
            return
        request_id = uuid4()
        answers = tuple((one.value, answer_word(one)) for one in (Answer.NO, Answer.YES))
        outcomes = tuple((one.value, outcome_word(one.value)) for one in EventOutcome)
        fields = [
            Asked("symptom", _("What happened"), "choice", worded(vaccination_choices(AFTER)), topic=TOPIC),
            Asked("symptom_2", _("And"), "choice", worded(vaccination_choices(AFTER)), required=False, topic=TOPIC),
            self.when_field("onset", _("Since")),
            Asked("serious", _("Serious (a dash counts as serious)"), "choice", answers, required=False, topic=TOPIC),
            Asked("outcome", _("How it stands"), "choice", outcomes, EventOutcome.UNKNOWN.value, topic=TOPIC),
            Asked("description", _("In words"), required=False, topic=TOPIC),
        ]

        def job(said: Answers) -> Job[AefiView]:
            symptoms = tuple(dict.fromkeys(filter(None, (said["symptom"], said["symptom_2"]))))
            request = AefiRequest(
                request_id=request_id,
                dose=chosen.given.id,
                onset_at=self.moment(said, "onset"),
                symptoms=symptoms,
                serious=Answer(said["serious"] or "unknown"),
                outcome=EventOutcome(said["outcome"]),
                description=said["description"] or None,
            )
            parts = self.model.parts
            return lambda: parts.stores.after_dose.report(request, parts.by)

        text = _("A report, not a finding that the vaccine was the cause.")
        self.form(_("Adverse event"), text, fields, job, self._on_change, columns=2)

    def tell(self) -> None:
        """Say that the district was told now."""
        event, parts = self._untold(), self.model.parts
        if event is not None:
            found = event.reported.id
            self.ask(lambda: parts.stores.after_dose.told(found, parts.now(), parts.by), self._on_change)

    def ask_annul(self) -> None:
        """Ask why the entry was a mistake; its number is never given again."""
        chosen, parts = self.chosen, self.model.parts
        if chosen is None:
            return
        fields = [Asked("reason", _("Reason"), "choice", worded(vaccination_choices(ANNULLED)), topic=TOPIC)]
        self.form(
            _("Annul the entry"),
            _("The entry stays on record with its number; count the shelf."),
            fields,
            lambda said: lambda: parts.stores.after_dose.annul(chosen.given.id, said["reason"], parts.by),
            self._on_change,
            grave=True,
        )

    def ask_block(self) -> None:
        """Ask which booklets came."""
        request_id = uuid4()
        fields = [
            Asked("prefix", _("Letters before the number"), required=False, topic=TOPIC),
            Asked("first", _("First number"), topic=TOPIC),
            Asked("last", _("Last number"), topic=TOPIC),
            Asked("digits", _("How many digits"), value="6", topic=TOPIC),
        ]

        def job(said: Answers) -> Job[BlockView]:
            request = NumbersRequest(
                request_id,
                said["prefix"],
                needed_count(said["first"], "first", 9_999_999),
                needed_count(said["last"], "last", 9_999_999),
                needed_count(said["digits"], "digits", 12),
            )
            parts = self.model.parts
            return lambda: parts.stores.keep_numbers.receive(request, parts.by)

        self.form(_("Booklets that came"), "", fields, job, self._on_change, columns=2)

    def ask_spoiled(self) -> None:
        """Ask which booklet cannot be used, and why."""
        parts = self.model.parts
        fields = [
            Asked("number", _("Number of the booklet"), topic=TOPIC),
            Asked("reason", _("Reason"), "choice", worded(vaccination_choices(SPOILED)), topic=TOPIC),
        ]
        self.form(
            _("Booklet spoiled"),
            "",
            fields,
            lambda said: lambda: parts.stores.keep_numbers.spoil(said["number"], said["reason"], parts.by),
            self._on_change,
            grave=True,
        )

    # --- inside

    def _vaccinates(self) -> bool:
        return self.model.may(Permission.VACCINATE)

    def _has_dose(self) -> bool:
        return self._vaccinates() and self.chosen is not None and self.chosen.counts

    def _can_print(self) -> bool:
        return self._has_dose() and self.chosen is not None and self.chosen.given.certificate_number is not None

    def _untold(self) -> AefiView | None:
        chosen = self.chosen
        if chosen is None or not self._vaccinates():
            return None
        return next((one for one in chosen.aefi if one.told_at is None and one.reported.due_at is not None), None)

    def _on_kept(self, kept: DoseView) -> None:
        number = kept.given.certificate_number or _("no certificate")
        self.remarked.emit(_("Kept: {number}.").format(number=number), "")
        self._wanted = kept.given.id
        self.refresh()

    def _on_change(self, _changed: object) -> None:
        self.remarked.emit(_("Kept."), "")
        self.refresh()

    def _on_found(self, found: tuple[tuple[DoseView, ...], tuple[BlockView, ...], OnShelf | None]) -> None:
        doses, self.blocks, shelf = found
        self.lots = tuple(lot for lot in shelf.lots if lot.held) if shelf else ()
        self.usable = shelf.usable if shelf else None
        self.doses = tuple(reversed(doses))
        self.show_all()
        self.counted.emit()

    def show_all(self) -> None:
        """Show the doses and how many booklets are left."""
        now = self.model.parts.now()
        lines = []
        for one in self.doses:
            number = one.given.certificate_number or _("no certificate")
            status = "red" if any(each.overdue(now) for each in one.aefi) else "amber" if one.aefi else ""
            words = f"{number} · {_('ANNULLED')}" if not one.counts else number
            cells = (f"{one.given.day:%d/%m/%Y}", words, one.given.lot)
            lines.append(Line(one.given.id, cells, "grey" if not one.counts else status))
        wanted, self._wanted = self._wanted, None
        self.show_lines(lines, wanted)
        left = sum(one.remaining for one in self.blocks) if self.blocks else _("not known")
        doses = _("not known") if self.usable is None else self.usable
        self.say_below(_("Booklets left: {left}. Doses on the shelf: {doses}.").format(left=left, doses=doses))
        self._show_dose()

    def _show_dose(self) -> None:
        chosen, local_time, now = self.chosen, self.model.parts.local_time, self.model.parts.now()
        rows: list[tuple[str, str]] = []
        if chosen is None:
            self.banner.show_verdict("grey", _("No dose is chosen"))
        else:
            given = chosen.given
            until = _("valid from {day}, for life").format(day=f"{given.valid_on:%d/%m/%Y}")
            number = given.certificate_number or _("no certificate")
            if chosen.annulled is not None:
                self.banner.show_verdict("grey", number, _("ANNULLED"))
            else:
                self.banner.show_verdict("amber" if chosen.aefi else "green", number, until)
            rows += [
                (_("Given"), f"{moment_words(local_time(given.given_at))}, {given.by}"),
                (_("Vaccine"), vaccines().products.get(given.product, given.product)),
                (_("Batch"), f"{given.lot} · {given.expires_on:%d/%m/%Y}"),
                (_("Vial opened"), moment_words(local_time(given.vial_opened_at))),
            ]
            rows += [(_("Adverse event"), aefi_word(one, now)) for one in chosen.aefi]
        for block in self.blocks:
            words = _("{used} used, {spoiled} spoiled, {left} left").format(
                used=block.used, spoiled=block.spoiled, left=block.remaining
            )
            if block.gaps:
                words += " · " + _("passed over: {numbers}").format(numbers=", ".join(block.gaps[:6]))
            rows.append((f"{block.first} – {block.last}", words))
        self.facts.show_facts([*rows, ("", draft_words())])
