"""Opening the home of a call: by the person who signs in, or by the sealed recovery passphrase."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ui.cli.call import Call
from ui.cli.errors import PassphraseMissingError, SignInMissingError

if TYPE_CHECKING:
    from bmis.staff.session import Session, SignedIn
    from ui.compose import HomeParts


def home_of(call: Call) -> "HomeParts":
    """Return the home that the call names."""
    from ui.compose import open_home

    return open_home(call.home, call.now)


@contextmanager
def signed_in(call: Call) -> "Iterator[SignedIn]":
    """Give the person at work for the block, and sign out after it.

    Raises:
        SignInMissingError: the environment names nobody.
    """
    person = call.person()
    with home_of(call).sign_in(person.user, person.password) as session:
        yield session


@contextmanager
def keeper(call: Call) -> "Iterator[Session]":
    """Give the border's store to who holds the recovery passphrase or, where none is given, to the person named.

    The passphrase comes first: whoever sets it means it, and a role may be named for other commands of the same script.

    Raises:
        PassphraseMissingError: neither is there.
    """
    passphrase = call.passphrase()
    if passphrase is not None:
        with home_of(call).recovery(passphrase) as recovery:
            yield recovery
        return
    try:
        person = call.person()
    except SignInMissingError as error:
        raise PassphraseMissingError from error
    with home_of(call).sign_in(person.user, person.password) as session:
        yield session
