"""The words of a border pass that is shown: whose it is, its photograph, its sample, its days, its load."""

from collections.abc import Callable, Mapping
from datetime import date

from bmis.kernel.clock import local
from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from bmis.passes.at_crossing import Light
from bmis.passes.goods import LoadAnswer, Regime
from bmis.passes.schemes import Medium
from ui.desktop.pass_shown import ShownPass
from ui.words.figures import day_words, money_words
from ui.words.passes import LOADS, REGIMES, crossing_words

_GRAVITY = (Light.GREEN, Light.GREY, Light.AMBER, Light.RED)

STANDS: Mapping[Light, Callable[[], str]] = {
    Light.GREEN: lambda: _("Pass: in order"),
    Light.AMBER: lambda: _("Pass: attention"),
    Light.RED: lambda: _("Pass: stop"),
    Light.GREY: lambda: _("Pass: look yourself"),
}


def gravest(shown: ShownPass) -> Light:
    """Return how the pass stands: the gravest of its answers."""
    return max((one.light for one in shown.seen.answers), key=_GRAVITY.index, default=Light.GREY)


def why_lines(shown: ShownPass) -> tuple[str, ...]:
    """Return the gravest of the answers in words; nothing where all are green."""
    light = gravest(shown)
    if light is Light.GREEN:
        return ()
    return tuple(crossing_words(one.evidence, one.facts) for one in shown.seen.answers if one.light is light)


def pass_lines(shown: ShownPass) -> tuple[str, ...]:
    """Return what the officer compares: number and holder, the photograph, the sample, the days, the list's age."""
    seen, language = shown.seen, current_language()
    holder = ", ".join(filter(None, map(shown.fields.get, ("surname", "given_names"))))
    lines = [" · ".join(filter(None, (seen.presented.serial, holder)))]
    if seen.scheme.medium is Medium.VISUAL:
        lines.append(seen.scheme.name.in_language(language))
        lines += _sample_lines(shown, seen.passage.day, language)
    else:
        lines.append(photo_words(shown))
    if seen.presented.validity is not None:
        lines.append(
            _("Until {day}; at most {days} days at a time").format(
                day=day_words(seen.presented.validity.last), days=seen.scheme.max_stay_days
            )
        )
    uses = seen.passage.uses
    if uses and gravest(shown) is Light.GREEN:  # else a reason says it
        last = max(uses, key=lambda one: (one.at, one.id))
        at = local(last.at).strftime("%d/%m/%Y %H:%M")
        lines.append(_("Last shown: {at}, {post}").format(at=at, post=last.post_code))
    if shown.list_age_days:
        lines.append(_("List of revoked passes: {days} days old").format(days=shown.list_age_days))
    return tuple(lines)


def photo_words(shown: ShownPass) -> str:
    """Return where the photograph is that the face is compared with."""
    if shown.photo_differs:
        return _("The photograph on file is not the one that was sealed: compare with the card in hand.")
    if shown.photo is None:
        return _("No photograph on file here: compare with the card in hand.")
    return _("Compare the face with the photograph on the left.")


def load_words(load: LoadAnswer) -> str:
    """Return the regime of the load and why, with what it is worth; "" where none was declared."""
    if load.regime is Regime.NONE:
        return ""
    said = f"{REGIMES[load.regime.value]()} — {LOADS[load.why]()}"
    if load.total is not None and load.ceiling is not None:
        worth = _("worth {total} of {ceiling}").format(total=money_words(load.total), ceiling=money_words(load.ceiling))
        said += f" ({worth})"
    if load.rates:
        said += ". " + _("Rate of {days}").format(days=", ".join(sorted({day_words(one.on) for one in load.rates})))
    if not load.confirmed:
        said += ". " + _("List or rate not confirmed: Customs decides.")
    return said


def _sample_lines(shown: ShownPass, day: date, language: str) -> list[str]:
    sample = shown.seen.scheme.sample(day)
    if sample is None:
        return [_("No sample is at hand.")]
    head = (_("Sample of {day}:") if sample.seen else _("No specimen at hand; what is known since {day}:")).format(
        day=day_words(sample.valid_from)
    )
    return [head, *(f"– {point}" for point in sample.look_for[language])]
