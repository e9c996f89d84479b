"""What posts have: power, link, water, rooms, equipment, as last seen. Nothing is overwritten."""

from collections.abc import Callable, Sequence
from datetime import date
from uuid import UUID

from bmis.flows.mobility.keeping import Standing
from bmis.flows.mobility.lists import codes, entry
from bmis.flows.mobility.post_register import PostItem
from bmis.kernel.actor import Permission
from bmis.kernel.i18n import translate as _
from bmis.reports.places import post_name
from ui.desktop.registers.view_page import Act
from ui.desktop.registers.view_posts import ALL, PostsSection
from ui.desktop.registers.words import choices, count_of, kept_words, word
from ui.desktop.widgets.asking import Answers, Asked
from ui.desktop.widgets.lines import Heading, Line
from ui.words.figures import day_words

_STATES = {"working": "green", "partly": "amber", "not_working": "red", "absent": "grey"}


class ItemsSection(PostsSection):
    """What was last seen of each thing; of one post also what nobody recorded."""

    topic = "registers.items"
    shares = (7, 2)

    def title(self) -> str:
        """Return its name."""
        return _("What posts have")

    def about(self) -> str:
        """Return what the page is for."""
        return _("Power, link, water, rooms and equipment as last seen. Not counted is not nought.")

    def headings(self) -> Sequence[Heading]:
        """Return the columns."""
        return [
            Heading(_("Post"), wide=True),
            Heading(_("Area")),
            Heading(_("Item"), wide=True),
            Heading(_("State")),
            Heading(_("Working")),
            Heading(_("Seen on")),
        ]

    def acts(self) -> Sequence[Act]:
        """Return what can be done."""
        keep = Permission.KEEP_POST_REGISTER
        return (
            Act("N", _("Seen again…"), lambda: self._ask(None), keep),
            Act("C", _("Correct…"), self._correct, keep, chosen=True),
            Act("R", _("Take back…"), self.ask_withdraw, keep, chosen=True),
        )

    def retranslate(self) -> None:
        """Begin with the post of the desk."""
        first = not self.post.count()
        super().retranslate()
        if first:
            self.post.setCurrentIndex(self.post.findData(self.parts.home_post()))

    def show_lines(self) -> None:
        """Show what was last seen, or everything that was said."""
        if self.history:
            found = sorted(self._said.items, key=lambda one: (one.noun.post, one.noun.item, one.noun.seen_on))
        else:
            found = self._said.items_on(self.parts.local_day())
        lines = {(one.noun.post, one.noun.item, one.id): self._line(one) for one in found}
        post = str(self.post.currentData())
        if post != ALL and not self.history:
            told = {item for at, item, _id in lines if at == post}
            order = [(code, [each for (at, item, _id), each in lines.items() if (at, item) == (post, code)])
                     for code in codes("item")]  # fmt: skip
            self.list.show_lines([each[0] if code in told else _unseen(post, code) for code, each in order])
            return
        self.list.show_lines([line for (at, _item, _id), line in lines.items() if self.of_post(at)])

    def facts_of(self, key: object) -> Sequence[tuple[str, str]]:
        """Return what was seen, and everything that was said of the same thing before."""
        one = self._standing(key)
        if one is None:
            return ((_("State"), _("nobody recorded it")),)
        said = one.noun
        facts = [(_("Source"), said.source or _("not told"))]
        if said.note:
            facts.append((_("Note"), said.note))
        facts.append((_("Recorded by"), kept_words(self.parts, one)))
        same = [each.noun for each in self._said.items if (each.noun.post, each.noun.item) == (said.post, said.item)]
        earlier = sorted((each for each in same if each is not said), key=lambda each: each.seen_on, reverse=True)
        return [*facts, *((_("Seen on"), _seen_words(each)) for each in earlier)]

    def record(self) -> UUID | None:
        """Return the record of the line."""
        one = self._standing(self.list.key())
        return None if one is None else one.id

    def _standing(self, key: object) -> Standing[PostItem] | None:
        return next((one for one in self._said.items if one.id == key), None)

    def _line(self, one: Standing[PostItem]) -> Line:
        said = one.noun
        named = (post_name(said.post), word("item_area", said.area), word("item", said.item))
        cells = (*named, word("item_state", said.state), _many(said), day_words(said.seen_on))
        return Line(one.id, cells, _STATES[said.state])

    def _correct(self) -> None:
        one = self._standing(self.list.key())
        if one is not None:
            self._ask(one)

    def _ask(self, before: Standing[PostItem] | None) -> None:
        noun, key = before.noun if before else None, self.list.key()
        item = noun.item if noun else ""
        if noun is None and isinstance(key, str):
            item = key
        elif noun is None and (one := self._standing(key)) is not None:
            item = one.noun.item

        def job(said: Answers) -> Callable[[], object]:
            seen = PostItem(
                post=said["post"],
                item=said["item"],
                state=said["state"],
                seen_on=date.fromisoformat(said["seen_on"]),
                quantity=count_of(said["quantity"], "quantity"),
                working=count_of(said["working"], "working"),
                source=said["source"],
                note=said["note"],
            )
            return lambda: self.parts.say_item(seen, before.id if before else None)

        title = _("Correct what was seen") if before else _("What was seen at a post")
        text = _("Leave empty what was not counted.")
        today = self.parts.local_day()
        fields = (self.post_field(noun.post if noun else "", self.topic), *_item_fields(noun, item, today, self.topic))
        self.form(title, text, fields, job)


def _item_fields(before: PostItem | None, item: str, today: date, topic: str) -> Sequence[Asked]:
    def of(name: str) -> str:
        value = getattr(before, name, None)
        return "" if value is None else str(value)

    items = tuple((code, _item_words(code)) for code in codes("item"))
    seen = day_words(before.seen_on if before else today)
    return (
        Asked("item", _("Item"), "choice", items, value=item, topic=topic),
        Asked("state", _("State"), "choice", choices("item_state"), value=of("state"), topic=topic),
        Asked("seen_on", _("Seen on"), "date", value=seen, topic=topic),
        Asked("quantity", _("How many"), value=of("quantity"), required=False, topic=topic),
        Asked("working", _("How many work"), value=of("working"), required=False, topic=topic),
        Asked("source", _("Source: who says so"), value=of("source"), required=False, topic=topic),
        Asked("note", _("Note"), value=of("note"), required=False, topic=topic),
    )


def _item_words(code: str) -> str:
    return f"{word('item', code)} ({word('item_area', str(entry('item', code)['area']))})"


def _unseen(post: str, code: str) -> Line:
    area, none = word("item_area", str(entry("item", code)["area"])), _("not recorded")
    return Line(code, (post_name(post), area, word("item", code), none, "—", "—"), "grey")


def _many(said: PostItem) -> str:
    if said.quantity is None:
        return _("not counted")
    if said.working is None:
        return str(said.quantity)
    return _("{working} of {quantity}").format(working=said.working, quantity=said.quantity)


def _seen_words(said: PostItem) -> str:
    return f"{day_words(said.seen_on)}: {word('item_state', said.state)}, {_many(said)}"
