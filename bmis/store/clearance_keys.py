"""The public keys of port health in a home: with them the lane proves a token without a network.

The file holds no secret. Whoever can write the home's folder could add a key and forge tokens: that lets nobody in,
for H_OK never grants entry, and the officer compares the key's number with the one on the health desk's screen.
"""

import base64
import json
from collections.abc import Iterable
from typing import ClassVar

from bmis.kernel.clearance_token import ClearanceKey
from bmis.kernel.errors import SiteError
from bmis.store.home import Home, write_private

FILE = "clearance_keys.json"
_FORMAT = 1


class ClearanceKeysError(SiteError):
    """The file of the public keys of port health cannot be read."""

    code: ClassVar[str] = "BMIS-481"


def clearance_keys(home: Home) -> tuple[ClearanceKey, ...]:
    """Return the keys that the home knows; none where port health has not worked here and none was brought.

    Raises:
        ClearanceKeysError: the file is not ours.
    """
    try:
        text = (home.path / FILE).read_text("utf-8")
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeError) as error:
        raise ClearanceKeysError from error
    return keys_of(text)


def keys_of(untrusted_text: str) -> tuple[ClearanceKey, ...]:
    """Return the keys of such a file's text.

    Raises:
        ClearanceKeysError: it is none.
    """
    try:
        said = json.loads(untrusted_text)
        if said["format"] != _FORMAT:
            raise ClearanceKeysError
        found = tuple(
            ClearanceKey(str(row["post"]), base64.b64decode(row["public"], validate=True)) for row in said["keys"]
        )
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise ClearanceKeysError from error
    if any(len(key.public) != 32 for key in found):
        raise ClearanceKeysError
    return found


def text_of_keys(keys: Iterable[ClearanceKey]) -> str:
    """Return the file's text."""
    rows = [{"post": key.post_code, "public": base64.b64encode(key.public).decode()} for key in keys]
    return json.dumps({"format": _FORMAT, "keys": rows}, indent=1)


def add_clearance_keys(home: Home, keys: Iterable[ClearanceKey]) -> None:
    """Put the keys into the home's file, beside those that are there; nothing is written where all are there.

    Raises:
        ClearanceKeysError, StoreReadOnlyError, StoreFullError.
    """
    known = clearance_keys(home)
    new = tuple(key for key in dict.fromkeys(keys) if key not in known)
    if new:
        write_private(home.path / FILE, text_of_keys((*known, *new)))
