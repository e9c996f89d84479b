"""Words that every screen shares: Qt ships no European Portuguese for its standard buttons, so these are ours."""

from datetime import datetime, timedelta

from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from bmis.kernel.i18n import translate_plural as _n


def button_words() -> dict[str, str]:
    """Return the words of the standard buttons, by their English name in lower case."""
    return {
        "save": _("Save"),
        "cancel": _("Cancel"),
        "annul": _("Annul"),
        "yes": _("Yes"),
        "no": _("No"),
        "close": _("Close"),
        "continue": _("Continue"),
        "back": _("Back"),
        "retry": _("Try again"),
    }


def language_names() -> dict[str, str]:
    """Return each language by its own name: it is found by who reads no other."""
    return {"pt": "Português", "en": "English"}


def theme_names() -> dict[str, str]:
    """Return the words of the themes."""
    return {"light": _("Light"), "dark": _("Dark"), "contrast": _("High contrast"), "night": _("Night")}


def direction_words() -> dict[str, str]:
    """Return the words of the directions."""
    return {"ENTRY": _("ENTRY"), "EXIT": _("EXIT")}


def training_word() -> str:
    """Return the word of the stripe."""
    return _("TRAINING")


def age_words(age: timedelta) -> str:
    """Return an age in its largest unit: ``12 s``, ``5 min``, ``3 h``, ``2 days``. A clock set back gives ``0 s``."""
    seconds = max(0, int(age.total_seconds()))
    if seconds < 60:
        return _("{count} s").format(count=seconds)
    if seconds < 3600:
        return _("{count} min").format(count=seconds // 60)
    if seconds < 86400:
        return _("{count} h").format(count=seconds // 3600)
    days = seconds // 86400
    return _n("{count} day", "{count} days", days).format(count=days)


def moment_words(local_at: datetime) -> str:
    """Return a moment of the post's wall clock as ``dd/MM/yyyy HH:mm``, in every language the same."""
    return local_at.strftime("%d/%m/%Y %H:%M")


def duration_words(seconds: int) -> str:
    """Return a wait as ``m:ss``."""
    return f"{max(0, seconds) // 60}:{max(0, seconds) % 60:02d}"


def speaks_portuguese() -> bool:
    """Return whether Portuguese is in force: names of states come in two languages in their list."""
    return current_language() == "pt"
