"""The family of errors: who must act, and a stable code. The words are in ui/words/errors.py."""

from typing import ClassVar


class BmisError(Exception):
    """Base of the family. Messages carry codes and positions, never a traveller's data.

    ``facts`` are the few safe values (a path's kind, a count, a field's name) that the words may show.
    """

    code: ClassVar[str] = "BMIS-000"  # stable: logged, shown, indexed in the manual

    def __init__(self, **facts: str | int | None) -> None:
        super().__init__(self.code)
        self.facts = facts


class OfficerError(BmisError):
    """The officer can put it right: rescan, retype, sign in. ``wrong_call``: what was asked for does not exist."""

    wrong_call: ClassVar[bool] = False  # at the terminal: exit 2, usage


class SiteError(BmisError):
    """The post must put it right: camera, disk, server."""


class DecisionError(BmisError):
    """A person must decide or a second person must sign; nothing was stored."""
