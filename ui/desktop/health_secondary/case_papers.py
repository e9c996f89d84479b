"""The papers of the case in front: the consent card, the form of who refuses, the slip of a token."""

from collections.abc import Callable
from dataclasses import dataclass

from ui.desktop.health_secondary.case_sheet import CaseSheet
from ui.desktop.health_secondary.parts import CaseParts

Ask = Callable[[Callable[[], bytes], Callable[[bytes], None]], None]
"""Runs a job on the store thread and hands its answer over."""


@dataclass(frozen=True, slots=True)
class CasePapers:
    """Makes each paper where the records are; ``made`` takes the PDF and the name of the paper."""

    parts: CaseParts
    ask: Ask
    made: Callable[[bytes, str], None]

    def consent(self, languages: tuple[str, ...]) -> None:
        """Make the consent card."""
        self.ask(lambda: self.parts.consent_card(languages), lambda pdf: self.made(pdf, "consent"))

    def refusal(self, sheet: CaseSheet | None) -> None:
        """Make the form of who refuses, in the language of the sheet."""
        language = (sheet.text("language") if sheet else "").lower() or "pt"
        reference = str(sheet.screening_id or sheet.request_id)[-8:].upper() if sheet else ""
        self.ask(lambda: self.parts.refusal_form(language, reference), lambda pdf: self.made(pdf, "refusal"))

    def slip(self, token: str, number: str) -> None:
        """Make the slip of a token."""
        self.ask(lambda: self.parts.slip_pdf(token, number), lambda pdf: self.made(pdf, "slip"))
