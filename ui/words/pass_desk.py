"""The words of the pass desk: what happened to a pass, portraits, attesters, consent, what statistics split."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from bmis.kernel.clock import local
from bmis.kernel.i18n import translate as _
from ui.words.figures import day_words
from ui.words.labels import direction_word, sex_word
from ui.words.passes import PASS_STATES, REGIMES

if TYPE_CHECKING:
    from bmis.passes.at_crossing import Use

KINDS: Mapping[str, Callable[[], str]] = {
    "pass.applied": lambda: _("Application taken"),
    "pass.attested": lambda: _("Attestation added"),
    "pass.photo_taken": lambda: _("Photograph taken"),
    "pass.approved": lambda: _("Approved"),
    "pass.rejected": lambda: _("Rejected"),
    "pass.withdrawn": lambda: _("Taken back by the applicant"),
    "pass.produced": lambda: _("Made"),
    "pass.spoiled": lambda: _("Spoiled"),
    "pass.handed_over": lambda: _("Handed over"),
    "pass.suspended": lambda: _("Suspended"),
    "pass.reinstated": lambda: _("Reinstated"),
    "pass.suspension_lapsed": lambda: _("Suspension ran out"),
    "pass.revoked": lambda: _("Revoked"),
    "pass.appealed": lambda: _("Appeal recorded"),
    "pass.appeal_upheld": lambda: _("Appeal upheld"),
    "pass.appeal_dismissed": lambda: _("Appeal dismissed"),
    "pass.lost": lambda: _("Lost"),
    "pass.stolen": lambda: _("Stolen"),
    "pass.damaged": lambda: _("Damaged"),
    "pass.surrendered": lambda: _("Given back"),
    "pass.holder_deceased": lambda: _("Holder deceased"),
    "pass.replaced": lambda: _("Replaced"),
    "pass.renewed": lambda: _("Renewed"),
    "pass.expired": lambda: _("Expired"),
    "pass.used": lambda: _("Used"),
    "pass.printed": lambda: _("Printed"),
    "pass.holder_forgotten": lambda: _("Holder forgotten"),
}

AGAINST: Mapping[str, Callable[[], str]] = {
    "pass.rejected": lambda: _("Refusal"),
    "pass.suspended": lambda: _("Suspension"),
    "pass.revoked": lambda: _("Revocation"),
}

APPEAL_FORMS: Mapping[str, Callable[[], str]] = {
    "spoken": lambda: _("Spoken, written down here"),
    "written": lambda: _("A letter"),
}

FLAWS: Mapping[str, Callable[[], str]] = {
    "too_dark": lambda: _("Too dark: turn the person to the light."),
    "blurred": lambda: _("Blurred: hold still, and wipe the lens."),
    "glare": lambda: _("Too bright: no lamp or window behind the person."),
    "too_far": lambda: _("Too small: come nearer, or take a larger part of the picture."),
}

ATTESTERS: Mapping[str, Callable[[], str]] = {
    "village_head": lambda: _("Village head or régulo"),
    "locality_chief": lambda: _("Chief of the locality or post"),
    "neighbourhood_secretary": lambda: _("Secretary of the neighbourhood"),
    "religious_leader": lambda: _("Religious leader"),
    "teacher": lambda: _("Teacher"),
    "community_leader": lambda: _("Other community leader"),
}

CONSENTS: Mapping[str, Callable[[], str]] = {
    "signed": lambda: _("Signature"),
    "thumb": lambda: _("Thumb print"),
    "spoken": lambda: _("Spoken, before the officer"),
}

CHILD_RELATIONS: Mapping[str, Callable[[], str]] = {
    "mother": lambda: _("Mother"),
    "father": lambda: _("Father"),
    "guardian": lambda: _("Guardian"),
    "holder_alone": lambda: _("The holder alone decides (paper seen)"),
}

CHILD_EVIDENCE: Mapping[str, Callable[[], str]] = {
    "paper": lambda: _("A paper"),
    "word": lambda: _("Spoken, before the officer"),
}

READ_IN: Mapping[str, Callable[[], str]] = {
    "pt": lambda: _("Portuguese"),
    "ny": lambda: _("Chichewa / Nyanja"),
    "seh": lambda: _("Sena"),
    "yao": lambda: _("Yao"),
    "ngl": lambda: _("Lomwe"),
    "vmw": lambda: _("Makhuwa"),
    "ts": lambda: _("Changana"),
    "sw": lambda: _("Swahili"),
    "en": lambda: _("English"),
}

TABLES: Mapping[str, Callable[[], str]] = {
    "scheme": lambda: _("Scheme"),
    "sex": lambda: _("Sex"),
    "age": lambda: _("Age"),
    "purpose": lambda: _("Purpose of the pass"),
    "post": lambda: _("Post"),
    "direction": lambda: _("Direction"),
    "day": lambda: _("Day"),
    "regime": lambda: _("Regime of goods"),
    "product": lambda: _("Product"),
    "state": lambda: _("State today"),
}

REPORTED: Mapping[str, Callable[[], str]] = {
    "lost": lambda: _("Lost"),
    "stolen": lambda: _("Stolen"),
    "damaged": lambda: _("Damaged"),
    "surrendered": lambda: _("Given back"),
    "deceased": lambda: _("Holder deceased"),
}


def use_words(use: "Use", *, told: bool) -> str:
    """Return one use of a pass in a line. ``told``: the file of another desk tells of it."""
    known = _("told by the file of desk {desk}").format(desk=use.desk_id) if told else _("recorded here")
    at = local(use.at).strftime("%d/%m/%Y %H:%M")
    return f"{at}  {direction_word(use.direction)} · {use.post_code} — {known}"


def consent_words(children: Mapping[str, str]) -> str:
    """Return how the children's travelling was agreed to, from the facts of a hand-over."""
    on = day_words(date.fromisoformat(children["on"]))
    return f"{CHILD_RELATIONS[children['relation']]()}, {CHILD_EVIDENCE[children['evidence']]()}, {on}"


def kind_word(code: str) -> str:
    """Return what happened, the code itself where there are no words."""
    words = KINDS.get(code)
    return code if words is None else words()


def flaw_words(flaws: tuple[str, ...]) -> str:
    """Return what is wrong with a portrait, one sentence each."""
    return " ".join(FLAWS[one]() if one in FLAWS else one for one in flaws)


def part_words(table: str, code: str) -> str:
    """Return one part of a split."""
    if code == "not_stated":
        return _("not stated")
    if table == "age" and code == "unknown":
        return _("not known")
    if table == "sex":
        return sex_word(code)
    if table == "direction":
        return direction_word(code)
    tables = {"regime": REGIMES, "state": PASS_STATES}
    words = tables.get(table, {}).get(code)
    return code if words is None else words()
