"""The decision instrument of Annex 2: three-valued answers, what they advise at once, kept with the signal."""

from collections.abc import Mapping, Sequence

from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from poe_health.events.annex2 import Advice, Annex2Sheet, advise
from poe_health.events.keep_signals import SignalShown
from poe_health.events.settings import always_notified, questions
from poe_health.events.signal import Assessed
from poe_health.rules.answer import Answer
from poe_health.rules.definitions import rule_set
from ui.desktop.health_supervisor.view_page import Act, ActPage, Job
from ui.desktop.shortcuts import Key
from ui.desktop.widgets.asking import Answers, Asked
from ui.desktop.widgets.lines import Heading, Line
from ui.words.health import disease_word, draft_words
from ui.words.health_secondary import answer_word
from ui.words.surveillance import advice_words

AS_NAMED = "AS_NAMED"
TOPIC = "health_post.annex2"
_STATUS = {Advice.NOTIFY: "red", Advice.NOT_NOW: "green", Advice.NEEDS_INFO: "grey"}


class Annex2Page(ActPage):
    """Answers of the signal that was brought here; nothing is kept before it is asked for."""

    topic = "annex2"
    shares = (7, 5)

    def prepare(self) -> None:
        """Set what the page keeps."""
        self.signal: SignalShown | None = None
        self.answers: dict[str, Answer] = {}
        self.disease: str | None = None
        self._typed = False

    def title(self) -> str:
        """Return its name."""
        return _("Annex 2")

    def headings(self) -> Sequence[Heading]:
        """Return the columns."""
        return [Heading(_("Question"), wide=True), Heading(_("Answer"))]

    def nothing(self) -> str:
        """Return what an empty list says."""
        return _("Choose an event under “Signals” and take it here with “Annex 2”.")

    def acts(self) -> Mapping[str, Act]:
        """Return the three answers, the disease, and keeping."""
        return {
            "yes": Act(_("Yes"), lambda: self.answer(Answer.YES), self._has_signal),
            "no": Act(_("No"), lambda: self.answer(Answer.NO), self._has_signal),
            "unknown": Act(_("Not known"), lambda: self.answer(Answer.UNKNOWN), self._has_signal),
            "disease": Act(_("Disease…"), self.ask_disease, self._has_signal),
            "keep": Act(_("Keep"), self.keep, self._has_signal, Key.DECIDE),
        }

    def unsaved(self) -> bool:
        """Return whether answers were given and not kept."""
        return self._typed

    def take(self, shown: SignalShown) -> None:
        """Begin with the answers that were kept of the signal last."""
        self.signal, self.answers, self.disease, self._typed = shown, {}, None, False
        kept = [one.said for one in shown.events if isinstance(one.said, Assessed)]
        if kept and kept[-1].sheet is not None:
            sheet = kept[-1].sheet
            self.answers = {**sheet.answers, AS_NAMED: sheet.as_named}
            self.disease = sheet.disease
        self.retranslate()

    def choose(self, key: object) -> None:
        """Show the question whole."""
        self._show_advice()

    def answer(self, said: Answer) -> None:
        """Answer the question where one is, and go to the next."""
        key = self.list.key()
        if not isinstance(key, str):
            return
        self.answers[key] = said
        self._typed = True
        codes = [line.key for line in self.list.lines()]
        following = codes[min(codes.index(key) + 1, len(codes) - 1)]
        self.show_all()
        self.list.go_to(following)

    def ask_disease(self) -> None:
        """Ask which disease is suspected: of some a single case is always notified."""
        language = current_language()
        diseases = rule_set(self.model.parts.today()).diseases
        choices = tuple((code, one.label(language)) for code, one in diseases.items())

        def job(said: Answers) -> Job[str]:
            return lambda: said["disease"]

        def done(code: str) -> None:
            self.disease, self._typed = code or None, True
            self.answers.pop(AS_NAMED, None)
            self.retranslate()

        fields = [Asked("disease", _("Suspected disease"), "choice", choices, required=False, topic=TOPIC)]
        self.form(_("Disease"), "", fields, job, done)

    def keep(self) -> None:
        """Keep what was gone through, with the advice."""
        shown, parts = self.signal, self.model.parts
        if shown is None:
            return
        sheet = self.sheet()
        self.ask(lambda: parts.day.step.assess(shown.id, sheet, parts.now(), parts.by), self._on_kept)

    def sheet(self) -> Annex2Sheet:
        """Return the answers as they stand; what was not answered is unknown."""
        said = {code: answer for code, answer in self.answers.items() if code != AS_NAMED}
        return Annex2Sheet(said, self.disease, self.answers.get(AS_NAMED, Answer.UNKNOWN))

    def _has_signal(self) -> bool:
        return self.signal is not None

    def _on_kept(self, shown: SignalShown) -> None:
        self.remarked.emit(_("Kept: {number}. Tell the focal point.").format(number=shown.number), "")
        self.take(shown)

    def _questions(self) -> list[tuple[str, str]]:
        language = current_language()
        found = []
        named = always_notified().get(self.disease or "")
        if named is not None:
            found.append((AS_NAMED, _("Is it {disease}?").format(disease=named.label(language))))
        for one in questions().values():
            found.append((one.code, f"{one.code[1:]}. {one.label(language)}"))
            found += [(part.code, f"      {part.label(language)}") for part in one.parts]
        return found

    def show_all(self) -> None:
        """Show the questions."""
        if self.signal is None:
            self.show_lines([])
        else:
            sheet = self.sheet()
            lines = []
            for code, words in self._questions():
                given = sheet.answer(code) if code in questions() else self.answers.get(code, Answer.UNKNOWN)
                lines.append(Line(code, (words, answer_word(given))))
            self.show_lines(lines)
        self._show_advice()

    def _show_advice(self) -> None:
        if self.signal is None:
            self.banner.show_verdict("grey", _("No signal is chosen"))
            self.facts.show_facts([("", draft_words())])
            return
        advised = advise(self.sheet())
        self.banner.show_verdict(_STATUS[advised.advice], self.signal.number, advice_words(advised))
        key = self.list.key()
        whole = next((words for code, words in self._questions() if code == key), "")
        rows = [("", whole.strip())] if whole else []
        if self.disease:
            rows.append((_("Disease"), disease_word(self.disease, self.model.parts.today())))
        rows.append((_("Place"), self.signal.view.signal.where))
        rows.append(("", _("An unknown answer never counts as no. The national focal point decides and notifies.")))
        self.facts.show_facts([*rows, ("", draft_words())])
