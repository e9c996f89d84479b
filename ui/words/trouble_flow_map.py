"""The words of the errors of the flow map and of the affected areas that go onto it (BMIS-710, 716)."""

from collections.abc import Callable

from bmis.kernel.i18n import translate as _

WORDS: dict[str, Callable[[], tuple[str, str]]] = {
    "BMIS-710": lambda: (
        _("No list of affected areas was ever approved here"),
        _("Two people of port health approve one, also an empty one; only then can it be given to the map."),
    ),
    "BMIS-716": lambda: (
        _("A map or matrix is handed over only with a reason and a recipient"),
        _("Write why and for whom, at most {longest} characters each; both are kept in the audit."),
    ),
}
