"""The daily message: returns of a post in 160 characters that SMS and a voice on the radio carry, with check digits.

``BMR1 L-RSG 261121 2611220630 J-MACHAVA I1:A12.B340.C330.D10 L1:A2 6K``: mark, post, day, moment it was sent (wall
clock of the post), sender, then each kind with its revision (a number above 1 amends the one before) and its figures;
at the end two check letters or digits. They are made as a pure system of ISO/IEC 7064 makes them, with modulus 1289
(prime) and radix 36 (its powers repeat only after 644): the weights of all positions differ, so every single wrong
character and every exchange of two characters, neighbours or not, is found.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta, timezone

from bmis.kernel.clock import MAPUTO_OFFSET_MINUTES
from bmis.reports.errors import MessageDamagedError, MessageFormError, MessageTooLongError, ReturnKindError
from bmis.reports.returns.kinds import ReturnKind, return_kinds
from bmis.reports.returns.post_return import Figure, PostReturn, post_return

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ ./:-"
MOST = 160  # characters of one SMS in the GSM alphabet (3GPP TS 23.038)
MARK = "BMR1"
_MODULUS, _RADIX = 1289, 36
_CHECKS = 2
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
        MessageDamagedError: a character is wrong, exchanged, missing or too many.
        MessageFormError: it proves, and is not a message that we know.
        ReturnKindError, ReturnFigureError, ReturnSumError: what it says will not do.
    """
    if len(untrusted_text) > MOST or len(untrusted_text) <= len(MARK) or set(untrusted_text) - set(ALPHABET):
        raise MessageDamagedError
    if _remainder(untrusted_text) or untrusted_text[-_CHECKS - 1] != " ":
        raise MessageDamagedError
    body = untrusted_text[: -_CHECKS - 1]
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
