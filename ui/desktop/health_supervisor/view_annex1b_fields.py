"""The fields of an assessment of core capacities, and what is typed into them as resources/schemas has it."""

from collections.abc import Mapping
from typing import Any

from bmis.kernel.i18n import translate as _
from poe_health.capacity.checklist import checklist
from poe_health.reports.annex1b_words import answer_word, designated_word, evidence_word, poe_type_word
from ui.desktop.health_supervisor.errors import TypedFieldError
from ui.desktop.health_supervisor.typed import needed_day, number_of
from ui.desktop.widgets.asking import Answers, Asked
from ui.words.figures import in_figures

YES, NO = "yes", "no"
_PERSONS, _OF = ";", ","


def header_fields(document: Mapping[str, Any], topic: str) -> list[Asked]:
    """Return the fields of what is said once."""
    known = checklist()
    types = tuple((code, poe_type_word(code)) for code in known.poe_types)
    designated = (("", "—"), *((code, designated_word(code) or code) for code in known.designated))
    osbp = (("", "—"), (YES, _("Yes")), (NO, _("No")))
    one_stop = {None: "", True: YES, False: NO}[document["osbp"]]
    people = "; ".join(
        f"{one['name']}, {one['organisation']}" if one.get("organisation") else one["name"]
        for one in document["assessors"]
    )
    return [
        Asked("poe", _("Point of entry"), value=document["poe"], topic=topic),
        Asked("poe_type", _("Type of post"), "choice", types, document["poe_type"], topic=topic),
        _choice("designated", _("Designated (IHR art. 20, 21)"), designated, document["designated"] or "", topic),
        _choice("osbp", _("One-stop border post"), osbp, one_stop, topic),
        Asked("assessed_on", _("Day of the assessment"), "date", value=_typed_day(document["assessed_on"]),
              topic=topic),
        Asked("assessors", _("Who assesses"), value=people, required=False,
              hint=_("Name, organisation; next name, organisation"), topic=topic),
    ]  # fmt: skip


def header_from(said: Answers) -> dict[str, Any]:
    """Return what the fields of the header say. Raises TypedFieldError."""
    return {
        "poe": said["poe"],
        "poe_type": said["poe_type"],
        "designated": said["designated"] or None,
        "osbp": {YES: True, NO: False}.get(said["osbp"]),
        "assessed_on": needed_day(said["assessed_on"], "assessed_on").isoformat(),
    }


def assessors_from(typed: str) -> list[dict[str, str | None]]:
    """Return the people of such a text, each with the organisation that follows the name."""
    found: list[dict[str, str | None]] = []
    for person in typed.split(_PERSONS):
        name, _comma, organisation = (part.strip() for part in person.partition(_OF))
        if name:
            found.append({"name": name[:120], "organisation": organisation[:120] or None})
        elif organisation:
            raise TypedFieldError("assessors")
    return found


def details_of(said: Mapping[str, Any], topic: str) -> list[Asked]:
    """Return the fields of one question."""
    known = checklist()
    answers = (("", _("not answered")), *((code, answer_word(code)) for code in known.answers))
    digits = "".join(str(known.evidence.index(code) + 1) for code in said.get("evidence_seen") or ())
    cost = said.get("cost_estimate_mzn")
    return [
        _choice("answer", _("Answer"), answers, said.get("answer") or "", topic),
        Asked("evidence_seen", _("Evidence seen: its digits"), value=digits, required=False, topic=topic),
        Asked("comment", _("Remark; why it does not apply"), value=said.get("comment") or "", required=False,
              topic=topic),
        Asked("gap_action", _("What will be done"), value=said.get("gap_action") or "", required=False, topic=topic),
        Asked("responsible", _("Owner of the gap"), value=said.get("responsible") or "", required=False, topic=topic),
        Asked("due", _("Closed by"), "date", value=_typed_day(said.get("due")), required=False, topic=topic),
        Asked("cost_estimate_mzn", _("Cost, estimated (MZN)"), value="" if cost is None else in_figures(cost),
              required=False, topic=topic),
    ]  # fmt: skip


def evidence_digits() -> str:
    """Return which digit stands for which evidence."""
    named = ", ".join(f"{at} {evidence_word(code)}" for at, code in enumerate(checklist().evidence, 1))
    return _("Evidence: {digits}.").format(digits=named)


def details_from(said: Answers) -> dict[str, Any]:
    """Return what the fields of one question say. Raises TypedFieldError."""
    cost = number_of(said["cost_estimate_mzn"], "cost_estimate_mzn")
    amount = None if cost is None else int(cost) if cost == int(cost) else float(cost)
    return {
        "answer": said["answer"] or None,
        "evidence_seen": _evidence(said["evidence_seen"]),
        "comment": said["comment"] or None,
        "gap_action": said["gap_action"] or None,
        "responsible": said["responsible"][:200] or None,
        "due": said["due"] or None,
        "cost_estimate_mzn": amount,
    }


def _choice(name: str, label: str, choices: tuple[tuple[str, str], ...], value: str, topic: str) -> Asked:
    """Return a choice where nothing is an answer too; AskingDialog puts a dash first where nothing is chosen yet."""
    offered = choices if value else choices[1:]
    return Asked(name, label, "choice", offered, value, required=False, topic=topic)


def _evidence(typed: str) -> list[str]:
    known, found = checklist().evidence, []
    for digit in typed:
        if digit in " ,;":
            continue
        if not (digit.isascii() and digit.isdigit() and 1 <= int(digit) <= len(known)):
            raise TypedFieldError("evidence_seen")
        found.append(known[int(digit) - 1])
    return list(dict.fromkeys(found))


def _typed_day(iso: str | None) -> str:
    return f"{iso[8:]}/{iso[5:7]}/{iso[:4]}" if iso else ""
