"""What stands beside a pass in front: holder, children, days, receipt, history."""

from typing import Any

from bmis.kernel.clock import local
from bmis.kernel.i18n import translate as _
from bmis.passes.read_passes import ShownPass
from ui.desktop.passes.view_children import child_line
from ui.desktop.words import moment_words
from ui.words.figures import day_words
from ui.words.pass_desk import consent_words, kind_word, use_words

MOST_USES = 20


def pass_facts(shown: ShownPass) -> list[tuple[str, str]]:
    """Return labels and values; a holder who was forgotten is said to be."""
    one = shown.border_pass
    facts = []
    if shown.who is None:
        facts.append((_("Name"), _("forgotten")))
    else:
        person = shown.who.person
        facts += [
            (_("Name"), f"{person.surname}, {person.given_names}"),
            (_("Date of birth"), f"{person.birth_date.shown()} · {person.sex}"),
            (_("Village"), person.village),
        ]
        children = zip(shown.who.dependants, shown.children, strict=True)
        facts += [(_("Child"), child_line(child, photo)) for child, photo in children]
    facts += [
        (_("Scheme"), one.scheme),
        (_("Validity"), f"{day_words(one.validity.first)} – {day_words(one.validity.last)}"),
        (_("Receipt"), one.receipt or "—"),
        (_("Uses known here"), str(len(shown.uses) + len(shown.heard))),
    ]
    uses = [(one, False) for one in shown.uses] + [(one, True) for one in shown.heard]
    newest = sorted(uses, key=lambda pair: pair[0].at, reverse=True)[:MOST_USES]
    facts += [("", use_words(one, told=told)) for one, told in newest]
    facts.append((_("History"), ""))
    for told in reversed(shown.history):
        agreed: Any = told.event.facts.get("children")
        words = [told.said, consent_words(agreed) if agreed else None]
        said = "".join(f" — {one}" for one in words if one)
        at = moment_words(local(told.event.recorded_at))
        facts.append(("", f"{at}  {kind_word(told.event.kind.value)} · {told.event.by}{said}"))
    return facts
