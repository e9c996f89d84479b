"""Why a screening, a token, a list or outbreak mode was refused: the codes that those errors carry, in words."""

from collections.abc import Callable, Mapping

from bmis.kernel.i18n import translate as _

WHY: Mapping[str, Callable[[], str]] = {
    "not_a_token": lambda: _("it is no health token"),
    "key_unknown": lambda: _("it is not signed by port health of this post"),
    "signature": lambda: _("it was changed"),
    "not_yet": lambda: _("it does not count yet"),
    "expired": lambda: _("its time is over"),
    "not_asked": lambda: _("nobody asked"),
    "refused": lambda: _("it was refused"),
    "after": lambda: _("it was given after the examination"),
    "not_able": lambda: _("the reason why the person could not answer is missing"),
    "risk": lambda: _("the risk is missing"),
    "disposition": lambda: _("the decision is missing"),
    "closed": lambda: _("it has ended"),
    "care": lambda: _("the care that is owed is not recorded"),
    "supervisor": lambda: _("it is the supervisor's decision"),
    "free": lambda: _("it is free of charge"),
    "no_tariff": lambda: _("there is no tariff"),
    "above": lambda: _("it is above the tariff"),
    "unknown": lambda: _("it is not known"),
    "running": lambda: _("outbreak mode is on, or begins on a later day"),
    "not_running": lambda: _("outbreak mode is not on, nor does it begin later"),
    "disease": lambda: _("the disease is in no list"),
    "source": lambda: _("its source is missing"),
    "country": lambda: _("the country is in no list"),
    "reason": lambda: _("the reason is too short"),
    "outcome": lambda: _("it was signed for another outcome"),
    "count": lambda: _("too many, or none"),
}
