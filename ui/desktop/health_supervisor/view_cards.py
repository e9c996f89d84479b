"""Cards of the health step: which heaps were signed, how many are left, and what became of the others."""

from collections.abc import Mapping, Sequence

from bmis.kernel.actor import Permission
from bmis.kernel.clearance import ClearanceOutcome
from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from poe_health.clearance.cards import Heap, Spoiled
from poe_health.clearance.issuing import MOST_CARDS
from poe_health.clearance.records import Issued
from ui.desktop.health_supervisor.typed import count_of, needed_count
from ui.desktop.health_supervisor.view_page import Act, ActPage, Job
from ui.desktop.shortcuts import Key
from ui.desktop.widgets.asking import Answers, Asked
from ui.desktop.widgets.lines import Heading, Line
from ui.desktop.words import moment_words
from ui.words.health_cards import outcome_word, spoiled_word

TOPIC = "health_post.cards"
USUAL = 50
_Made = tuple[Sequence[Issued], bytes]


class CardsPage(ActPage):
    """The supervisor signs and prints; whoever screens says which cards were spoiled. No card names anybody."""

    topic = "cards"
    shares = (7, 5)

    def prepare(self) -> None:
        """Set what the page keeps."""
        self.heaps: tuple[Heap, ...] = ()

    def title(self) -> str:
        """Return its name."""
        return _("Cards")

    def headings(self) -> Sequence[Heading]:
        """Return the columns."""
        return [
            Heading(_("Numbers")),
            Heading(_("What they say"), wide=True),
            Heading(_("Handed out")),
            Heading(_("Written off")),
            Heading(_("Left")),
        ]

    def nothing(self) -> str:
        """Return what an empty list says."""
        return _("No cards were signed in the last week.")

    def acts(self) -> Mapping[str, Act]:
        """Return what can be done with cards."""
        return {
            "sign": Act(_("Sign cards…"), self.ask_sign, self._signs, Key.DECIDE),
            "print": Act(_("Print again"), self.print_left, self._can_print, Key.PRINT),
            "spoil": Act(_("Spoiled or lost…"), self.ask_spoiled, self._can_spoil),
        }

    @property
    def chosen(self) -> Heap | None:
        """The heap where one is."""
        return next((one for one in self.heaps if one.first == self.list.key()), None)

    def refresh(self) -> None:
        """Ask for the heaps."""
        parts = self.model.parts
        self.ask(lambda: parts.desk.list_cards(parts.by), self._on_found)

    def choose(self, key: object) -> None:
        """Show the heap."""
        self._show_heap()

    # --- acts

    def ask_sign(self) -> None:
        """Ask what the cards say and how many; they are signed and offered as paper in one."""
        outcomes = tuple((one.value, outcome_word(one)) for one in ClearanceOutcome)
        fields = [
            Asked("outcome", _("What they say at the lane"), "choice", outcomes, topic=TOPIC),
            Asked("count", _("How many"), value=str(USUAL), topic=TOPIC),
        ]
        parts, language = self.model.parts, current_language()

        def job(said: Answers) -> Job[_Made]:
            outcome, count = ClearanceOutcome(said["outcome"]), needed_count(said["count"], "count", MOST_CARDS)

            def work() -> _Made:
                signed = parts.desk.sign_cards(outcome, count, parts.by)
                return signed, parts.cards_paper(signed, language)

            return work

        text = _("They count for today. Whoever has one in hand has what it says: lock them away.")
        self.form(_("Sign cards"), text, fields, job, self._on_made, ok=_("Sign and print"))

    def print_left(self) -> None:
        """Make the paper of the cards of the heap that are left."""
        heap, parts, language = self.chosen, self.model.parts, current_language()
        if heap is None:
            return

        def work() -> _Made:
            left = parts.desk.list_cards.unused(heap.first, heap.last, parts.by)
            return left, parts.cards_paper(left, language)

        self.ask(work, self._on_made)

    def ask_spoiled(self) -> None:
        """Ask which cards, and what became of them."""
        heap, parts = self.chosen, self.model.parts
        if heap is None:
            return
        whys = tuple((one.value, spoiled_word(one)) for one in Spoiled)
        fields = [
            Asked("first", _("From number"), topic=TOPIC),
            Asked("last", _("To number (empty: only this one)"), required=False, topic=TOPIC),
            Asked("why", _("What became of them"), "choice", whys, topic=TOPIC),
        ]

        def job(said: Answers) -> Job[int]:
            first = needed_count(said["first"], "first")
            last, why = count_of(said["last"], "last"), Spoiled(said["why"])
            return lambda: parts.desk.spoil_cards(first, first if last is None else last, why, parts.by)

        def done(count: int) -> None:
            self.remarked.emit(_("Cards written off: {count}.").format(count=count), "")
            self.refresh()

        text = _("All of them, or none: a number that was handed out is refused.")
        self.form(_("Cards spoiled or lost"), text, fields, job, done)

    # --- inside

    def _signs(self) -> bool:
        return self.model.may(Permission.ORDER_HEALTH_MEASURE)

    def _counts(self) -> bool:
        return self.chosen is not None and self.chosen.valid_until > self.model.parts.now()

    def _can_print(self) -> bool:
        return self._signs() and self._counts() and self.chosen is not None and self.chosen.left > 0

    def _can_spoil(self) -> bool:
        return self.chosen is not None and self.chosen.left > 0

    def _on_made(self, made: _Made) -> None:
        signed, pdf = made
        first, last = signed[0].clearance.card, signed[-1].clearance.card
        text = _("Whoever has one in hand has what it says: lock them away.")
        title = _("Cards {first} to {last}").format(first=first, last=last)
        self.offered.emit(title, text, f"{title}.pdf", pdf)
        self.refresh()

    def _on_found(self, found: tuple[Heap, ...]) -> None:
        self.heaps = found
        self.show_all()

    def show_all(self) -> None:
        """Show the heaps, those of today first."""
        now = self.model.parts.now()
        lines = []
        for one in self.heaps:
            numbers = str(one.first) if one.first == one.last else f"{one.first}–{one.last}"
            cells = (numbers, outcome_word(one.outcome), str(one.given), str(one.spoiled), str(one.left))
            over = now >= one.valid_until
            lines.append(Line(one.first, cells, "" if over else "amber" if one.left == 0 else "green"))
        self.show_lines(lines)
        owed = sum(one.left for one in self.heaps if now >= one.valid_until)
        words = _("Cards of earlier days that nobody wrote off: {count}. Destroy them and write it down.")
        self.say_below(words.format(count=owed) if owed else "")
        self._show_heap()

    def _show_heap(self) -> None:
        heap = self.chosen
        self.banner.hide()  # a heap is neither good nor bad
        if heap is None:
            self.facts.show_facts(())
            return
        local, over = self.model.parts.local_time, self.model.parts.now() >= heap.valid_until
        self.facts.show_facts(
            [
                (outcome_word(heap.outcome), ""),
                (_("Left"), _("{count}, their time is over").format(count=heap.left) if over else str(heap.left)),
                (_("Signed at"), moment_words(local(heap.signed_at))),
                (_("Signed by"), heap.by),
                (_("They count until"), moment_words(local(heap.valid_until))),
                (_("How many"), str(heap.signed)),
                (_("Handed out"), str(heap.given)),
                (_("Written off"), str(heap.spoiled)),
            ]
        )
