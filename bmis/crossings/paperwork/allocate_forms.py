"""Giving out numbered forms, printing them, and accounting for each one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from bmis.crossings.paperwork.errors import FormCountError, FormNotFreeError, FormReasonError, FormUnknownError
from bmis.crossings.paperwork.events import PaperworkEvent, PaperworkKind
from bmis.crossings.paperwork.forms import ContingencyForm, FormState, form_number, parse_form_number
from bmis.crossings.paperwork.records import SqlForms, keep_event
from bmis.crossings.paperwork.rules import FormField, form_layout, form_rule
from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import Clock
from bmis.kernel.i18n import speaking
from bmis.kernel.i18n import translate as _
from bmis.kernel.identifiers import new_id
from bmis.paper import form as paper
from bmis.paper.page import Imprint
from bmis.store.home import Home
from bmis.store.unit import OpenUnit

_FILLS = {
    "date": paper.Fill.DATE,
    "time": paper.Fill.TIME,
    "choice": paper.Fill.CHOICE,
    "yes_no": paper.Fill.CHOICE,
    "letters": paper.Fill.BOXES,
    "number": paper.Fill.BOXES,
    "text": paper.Fill.LINE,
    "codes": paper.Fill.LINE,
}


@dataclass(frozen=True, slots=True)
class AllocateForms:
    """Gives out the next numbers of this desk. Printing them is the caller's next step: ``forms_pdf``."""

    open_unit: OpenUnit
    home: Home
    now: Clock

    def __call__(self, count: int, by: Actor) -> tuple[ContingencyForm, ...]:
        """Return the new forms, in order; their numbers are kept before any of them is printed.

        Raises:
            FormCountError: fewer than one, or more than the rule allows at once.
        """
        require(by, Permission.ALLOCATE_FORMS)
        at = self.now()
        largest = form_rule(at.date()).largest_batch
        if not 1 <= count <= largest:
            raise FormCountError(largest=largest)
        batch = new_id(at)
        with self.open_unit() as unit:
            forms = SqlForms(unit)
            first = forms.last_serial() + 1
            made = tuple(
                ContingencyForm(self._number(serial), serial, batch, at, by.name)
                for serial in range(first, first + count)
            )
            forms.add(made)
            facts = {"first": made[0].number, "last": made[-1].number, "count": count}
            keep_event(unit, PaperworkEvent(batch, PaperworkKind.FORMS_ALLOCATED, by.name, str(batch), facts))
            unit.commit()
        return made

    def _number(self, serial: int) -> str:
        return form_number(self.home.post_code, self.home.lane, self.home.desk_id, serial)


@dataclass(frozen=True, slots=True)
class SpoilForm:
    """Takes a form out of use: torn, wet, miswritten."""

    open_unit: OpenUnit
    now: Clock

    def __call__(self, untrusted_number: str, reason: str, by: Actor) -> ContingencyForm:
        """Return the form as spoiled.

        Raises:
            FormNumberError: no form number.
            FormUnknownError: never given out here.
            FormNotFreeError: used or spoiled already.
            FormReasonError: no reason.
        """
        return _mark(self, untrusted_number, reason, by, FormState.SPOILED)


@dataclass(frozen=True, slots=True)
class MissForm:
    """Says that a form was looked for and not found. Found again, it may still be typed in."""

    open_unit: OpenUnit
    now: Clock

    def __call__(self, untrusted_number: str, reason: str, by: Actor) -> ContingencyForm:
        """Return the form as missing.

        Raises:
            FormNumberError: no form number.
            FormUnknownError: never given out here.
            FormNotFreeError: used or spoiled already.
            FormReasonError: no reason.
        """
        return _mark(self, untrusted_number, reason, by, FormState.MISSING)


_KINDS = {FormState.SPOILED: PaperworkKind.FORM_SPOILED, FormState.MISSING: PaperworkKind.FORM_MISSING}


def _mark(
    verb: SpoilForm | MissForm, untrusted_number: str, reason: str, by: Actor, state: FormState
) -> ContingencyForm:
    require(by, Permission.BACKFILL_PAPER)
    number = parse_form_number(untrusted_number)
    if not reason.strip():
        raise FormReasonError
    at = verb.now()
    with verb.open_unit() as unit:
        forms = SqlForms(unit)
        form = free_form(forms, number)
        marked = replace(form, state=state, reason=reason.strip()[:500], changed_at=at, changed_by=by.name)
        forms.change(marked)
        facts = {"reason": marked.reason}
        keep_event(unit, PaperworkEvent(new_id(at), _KINDS[state], by.name, number, facts))
        unit.commit()
    return marked


def free_form(forms: SqlForms, number: str) -> ContingencyForm:
    """Return the form of that number, which is neither used nor spoiled.

    Raises:
        FormUnknownError: never given out here.
        FormNotFreeError: used or spoiled already.
    """
    form = forms.find(number)
    if form is None:
        raise FormUnknownError
    if form.state in {FormState.USED, FormState.SPOILED}:
        raise FormNotFreeError(state=form.state.value)
    return form


@dataclass(frozen=True, slots=True)
class FormsOfDesk:
    """Looks at what became of the forms."""

    open_read: OpenUnit

    def __call__(self, by: Actor, batch: UUID | None = None) -> tuple[ContingencyForm, ...]:
        """Return the forms in the order of their numbers (only those of ``batch`` where it is given)."""
        _require_forms(by)
        with self.open_read() as unit:
            return SqlForms(unit).all(batch)

    def missing_forms(self, by: Actor) -> tuple[ContingencyForm, ...]:
        """Return forms that should be there: marked missing, or skipped while a later one of the batch came back."""
        _require_forms(by)
        with self.open_read() as unit:
            return SqlForms(unit).missing()


def _require_forms(by: Actor) -> None:
    if not by.may(Permission.ALLOCATE_FORMS):
        require(by, Permission.BACKFILL_PAPER)


def forms_pdf(forms: Sequence[ContingencyForm], imprint: Imprint, languages: Sequence[str] = ("pt", "en")) -> bytes:
    """Return the forms to print, with the fields of ``form_layout()`` in their order.

    Labels are in every language given, answers to tick in the first.

    Raises:
        PaperworkRuleError: the form's description is missing or damaged.
        PaperFontError: a bundled font is missing or damaged.
    """
    layout = form_layout()
    title = " / ".join(layout.title.in_language(language) for language in languages)
    fields = [_paper_field(field, languages) for field in layout.fields]
    return paper.contingency_forms(
        [paper.ContingencyForm(form.number) for form in forms], fields, imprint, title, languages
    )


def _paper_field(field: FormField, languages: Sequence[str]) -> paper.FormField:
    label = " / ".join(dict.fromkeys(field.label.in_language(language) for language in languages))
    first = languages[0]  # the officer ticks; eight answers in two languages would be too small to read
    options = tuple(choice.label.in_language(first) for choice in field.choices)
    if field.kind == "yes_no":
        with speaking(first):
            options = (_("Yes"), _("No"))
    return paper.FormField(label, _FILLS[field.kind], field.size or 0, options)
