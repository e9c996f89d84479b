"""What a person's own page needs of the rooms."""

from typing import Protocol


class AccountParts(Protocol):
    """Every call runs on the store thread."""

    def change_password(self, old: str, new: str) -> None:
        """Change the password of the person at work.

        Raises:
            BmisError: the old one is wrong, the new one too short.
        """
