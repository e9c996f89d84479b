"""The daily message: returns of a post in 160 characters that SMS and a voice on the radio carry, with check digits.

``BMR1 L-RSG 261121 2611220630 J-MACHAVA I1:A12.B340.C330.D10 L1:A2 6K``: mark, post, day, moment it was sent (wall
clock of the post), sender, then each kind with its revision (a number above 1 amends the one before) and its figures;
at the end two check letters or digits. They are made as a pure system of ISO/IEC 7064 makes them, with modulus 1289
(prime) and radix 36 (its powers repeat only after 644): the weights of all positions differ, so every single wrong
character and every exchange of two characters, neighbours or not, is found.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from bmis.kernel.clock import MAPUTO_OFFSET_MINUTES
from bmis.kernel.errors import BmisError
from bmis.posts.errors import UnknownPostError
from bmis.posts.point_of_entry import point_of_entry
from bmis.reports.errors import (
    MessageDamagedError,
    MessageFormError,
    MessageLikelyError,
    MessagePartError,
    MessageTooLongError,
    ReturnKindError,
)
from bmis.reports.returns.kinds import ReturnKind, return_kinds
from bmis.reports.returns.post_return import Figure, PostReturn, post_return

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ ./:-"
MOST = 160  # characters of one SMS in the GSM alphabet (3GPP TS 23.038)
MARK = "BMR1"
_MODULUS, _RADIX = 1289, 36
_CHECKS = 2
_HEAD_PARTS = ("mark", "post", "day", "sent", "sender")
_FEWEST_WORDS = len(_HEAD_PARTS) + 2  # one kind of return, and the check digits
_MOST_TOLD = 3  # parts; who hears of more compares the whole message
_ZONE = timezone(timedelta(minutes=MAPUTO_OFFSET_MINUTES))
_NUMBER = r"(?:0|[1-9][0-9]{0,6})"
_HEAD = re.compile(r"([A-Z]{1,3}-[A-Z0-9]{3}) ([0-9]{6}) ([0-9]{10}) ([A-Z0-9][A-Z0-9-]{1,15})")
_GROUP = re.compile(r"([A-Z])([1-9][0-9]?):(.+)")
_ITEM = re.compile(rf"([A-Z])({_NUMBER}|(?:/[A-Z]{{1,3}}{_NUMBER})+)")
_PART = re.compile(rf"/([A-Z]{{1,3}})({_NUMBER})")


def encode(returns: Iterable[PostReturn]) -> tuple[str, ...]:
    """Return the messages of one post, day and sending; as few as hold them, each proves itself.

    Raises:
        ValueError: the returns are of several posts, days, senders or moments, or none.
        MessageTooLongError: one kind alone is too long: report it in parts, or by file.
    """
    told = list(returns)
    heads = {(one.post_code, one.day, one.sender, one.sent_at) for one in told}
    if len(heads) != 1:
        raise ValueError("a message is of one post, day, sender and moment")
    post, day, sender, sent_at = heads.pop()
    sent = sent_at.astimezone(_ZONE)
    head = f"{MARK} {post.removeprefix('MZ.').replace('.', '-')} {day:%y%m%d} {sent:%y%m%d%H%M} {sender}"
    messages, body = [], head
    for group in map(_group, told):
        if len(f"{head} {group} ") + _CHECKS > MOST:
            raise MessageTooLongError(most=MOST)
        if body != head and len(f"{body} {group} ") + _CHECKS > MOST:
            messages.append(_checked(body))
            body = head
        body = f"{body} {group}"
    return (*messages, _checked(body))


def decode(untrusted_text: str) -> tuple[PostReturn, ...]:
    """Return what a message reports.

    Raises:
        MessageDamagedError: a character is wrong, exchanged, missing or too many; MessagePartError and
        MessageLikelyError, of the same family, say where.
        MessageFormError: it proves, and is not a message that we know.
        ReturnKindError, ReturnFigureError, ReturnSumError: what it says will not do.
    """
    if len(untrusted_text) > MOST or len(untrusted_text) <= len(MARK):
        raise MessageDamagedError
    if not _proves(untrusted_text):
        raise _damage(untrusted_text)
    return _read(untrusted_text[: -_CHECKS - 1])


def _proves(text: str) -> bool:
    return not set(text) - set(ALPHABET) and not _remainder(text) and text[-_CHECKS - 1] == " "


def _read(body: str) -> tuple[PostReturn, ...]:
    words = body.split(" ")
    head = _HEAD.fullmatch(" ".join(words[1:5]))
    if words[0] != MARK or head is None or len(words) < 6:
        raise MessageFormError(place=1)
    day, sent_at = _day(head[2]), _moment(head[3])
    kinds = {one.tag: one for one in return_kinds(day)}
    found = tuple(
        _return(head[1], day, sent_at, head[4], word, kinds, len(" ".join(words[:at])) + 2)
        for at, word in enumerate(words[5:], 5)
    )
    if len({one.kind for one in found}) != len(found):
        raise MessageFormError(place=1)
    return found


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a message: what it is of, its characters (from 1), and whether it can be as it stands."""

    code: str
    first: int
    last: int
    fits: bool

    def __str__(self) -> str:
        return f"{self.code} {self.first}-{self.last}"


def _damage(text: str) -> MessageDamagedError:
    """Return what is wrong with a message that does not prove, as near as can be told."""
    parts = _parts(text)
    wrong = [part for part in parts if not part.fits]
    if wrong and len(wrong) <= _MOST_TOLD:
        return MessagePartError(parts=";".join(map(str, wrong)))
    suspects = {part: None for at in _explained(text) for part in parts if part.first <= at + 1 <= part.last}
    if suspects and not wrong and len(suspects) <= _MOST_TOLD:
        return MessageLikelyError(parts=";".join(map(str, suspects)))
    return MessageDamagedError()


def _explained(text: str) -> Iterator[int]:
    """Yield the places where another character, or the exchange with the next, gives a message that proves and reads.

    A place has one character at most that sets the remainder to nought: its weight has an inverse modulo a prime.
    """
    if set(text) - set(ALPHABET):
        return
    rest = _remainder(text)
    for at, char in enumerate(text):
        weight = pow(_RADIX, len(text) - 1 - at, _MODULUS)
        right = (ALPHABET.index(char) - rest * pow(weight, -1, _MODULUS)) % _MODULUS
        tried = [f"{text[:at]}{ALPHABET[right]}{text[at + 1 :]}"] if right < _RADIX else []
        if at + 1 < len(text) and text[at + 1] != char:
            tried.append(f"{text[:at]}{text[at + 1]}{char}{text[at + 2 :]}")
        if any(_reads(one) for one in tried):
            yield at


def _reads(text: str) -> bool:
    try:
        return _proves(text) and bool(_read(text[: -_CHECKS - 1]))
    except BmisError:
        return False


def _parts(text: str) -> list[_Part]:
    """Return the parts of a message, none where it is too far from one."""
    words = text.split(" ")
    if len(words) < _FEWEST_WORDS:
        return []
    found: list[_Part] = []
    day, place = date.max, 1
    for at, word in enumerate(words):
        last = place + len(word) - 1
        if at == len(words) - 1:
            found.append(_Part("check", place, last, len(word) == _CHECKS and word.isascii() and word.isalnum()))
        elif at < len(_HEAD_PARTS):
            code = _HEAD_PARTS[at]
            found.append(_Part(code, place, last, _fits_head(code, word)))
            if code == "day" and found[-1].fits:
                day = _day(word)
        elif day != date.max:  # which letters mean what depends on the day
            found += _group_parts(word, day, place)
        place = last + 2
    return found


def _fits_head(code: str, word: str) -> bool:
    if not word.isascii():
        return False
    try:
        if code == "post":
            return bool(point_of_entry(f"MZ.{word.replace('-', '.')}"))
        if code in ("day", "sent"):
            return word.isdigit() and len(word) == (6 if code == "day" else 10) and bool(_moment(word.ljust(10, "0")))
    except (UnknownPostError, MessageFormError):
        return False
    return word == MARK if code == "mark" else bool(re.fullmatch(r"[A-Z0-9][A-Z0-9-]{1,15}", word))


def _group_parts(word: str, day: date, place: int) -> Iterator[_Part]:
    """Yield the parts of one kind of return: its letter with the revision, then each figure."""
    head, _colon, rest = word.partition(":")
    kind = next((one for one in return_kinds(day) if one.tag == head[:1]), None)
    fits = bool(re.fullmatch(r"[A-Z][1-9][0-9]?", head)) and kind is not None and bool(rest)
    yield _Part(kind.code if kind else "kind", place, place + max(len(head), 1) - 1, fits)
    if kind is None or not rest:
        return
    place += len(head) + 1
    for item in rest.split("."):
        field = next((one for one in kind.fields if one.tag == item[:1]), None)
        try:
            fits = field is not None and bool(_figures(kind, item, place))
        except MessageFormError:
            fits = False
        yield _Part(f"{kind.code}.{field.code if field else ''}", place, place + max(len(item), 1) - 1, fits)
        place += len(item) + 1


def _return(
    post: str, day: date, sent_at: datetime, sender: str, word: str, kinds: Mapping[str, ReturnKind], place: int
) -> PostReturn:
    group = _GROUP.fullmatch(word)
    if group is None:
        raise MessageFormError(place=place)
    kind = kinds.get(group[1])
    if kind is None:
        raise ReturnKindError(kind=group[1])
    return post_return(
        untrusted_post=f"MZ.{post.replace('-', '.')}",
        day=day,
        untrusted_kind=kind.code,
        untrusted_figures=_figures(kind, group[3], place),
        untrusted_sender=sender,
        sent_at=sent_at,
        revision=int(group[2]),
    )


def _figures(kind: ReturnKind, text: str, place: int) -> dict[str, object]:
    tags = {one.tag: one for one in kind.fields}
    figures: dict[str, object] = {}
    for item in text.split("."):
        found = _ITEM.fullmatch(item)
        if found is None or found[1] not in tags or tags[found[1]].code in figures:
            raise MessageFormError(place=place)
        field, said = tags[found[1]], found[2]
        if (field.split is not None) != said.startswith("/"):
            raise MessageFormError(place=place)
        parts = _PART.findall(said)
        if len({key for key, _n in parts}) != len(parts):
            raise MessageFormError(place=place)
        figures[field.code] = {key: int(n) for key, n in parts} if field.split is not None else int(said)
    return figures


def _group(one: PostReturn) -> str:
    kind = next(each for each in return_kinds(one.day) if each.code == one.kind)
    return f"{kind.tag}{one.revision}:{'.'.join(_items(kind, one.figures))}"


def _items(kind: ReturnKind, figures: Mapping[str, Figure]) -> Iterator[str]:
    for field in kind.fields:
        if field.code in figures:
            figure = figures[field.code]
            said = str(figure) if isinstance(figure, int) else "".join(f"/{key}{n}" for key, n in figure.items())
            yield f"{field.tag}{said}"


def _checked(body: str) -> str:
    rest = _remainder(f"{body} " + ALPHABET[0] * _CHECKS)
    high, low = divmod(-rest % _MODULUS, _RADIX)
    return f"{body} {ALPHABET[high]}{ALPHABET[low]}"


def _remainder(text: str) -> int:
    rest = 0
    for char in text:
        rest = (rest * _RADIX + ALPHABET.index(char)) % _MODULUS
    return rest


def _day(text: str) -> date:
    return _moment(f"{text}0000").date()


def _moment(text: str) -> datetime:
    try:
        return datetime(  # the fields are digits by now; the calendar is not
            2000 + int(text[:2]), int(text[2:4]), int(text[4:6]), int(text[6:8]), int(text[8:10]), tzinfo=_ZONE
        )
    except ValueError as error:
        raise MessageFormError(place=len(MARK) + 2) from error
