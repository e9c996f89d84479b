"""What a benchmark measured, as lines for a person."""

from collections.abc import Iterator, Mapping
from typing import Any

from bmis.kernel.i18n import translate as _

Said = Mapping[str, Any]


def words_of_result(result: Said) -> list[str]:
    """Return the ratio with its verdict and, where there are any, the readers and every bound."""
    settings = ", ".join(f"{name} {value}" for name, value in result["settings"].items())
    also = ", ".join(f"{name} {value}" for name, value in result.get("also", {}).items())
    lines = [
        _("{name}: {ratio} times {peer} (bound {bound}): {verdict}").format(
            name=result["name"],
            ratio=_number(result["ratio"]),
            peer=result["peer"] or _("not measured"),
            bound=result["bound"],
            verdict=_verdict(result),
        ),
        f"  {_number(result['ours'])} / {_number(result['theirs'])} {result['unit']}; {settings}",
    ]
    if also:
        lines.append(f"  {also}")
    return [*lines, *_of_readers(result), *_of_bounds(result)]


def _verdict(result: Said) -> str:
    if result["ok"]:
        return _("within the bound")
    broken = "bounds" not in result or any(one["ok"] is False for one in result["bounds"])
    return _("BEYOND THE BOUND") if broken else _("not measured")


def _of_readers(result: Said) -> Iterator[str]:
    for row in result.get("readers", ()):
        yield f"  {row['set']} ({row['part']}), {row['reader']}"
        yield f"    {_facts(row, hidden=('set', 'part', 'reader'))}"
    for part in ("films", "large"):
        if part in result:
            yield f"  {part}"
            yield f"    {_facts(result[part])}"


def _of_bounds(result: Said) -> Iterator[str]:
    verdicts = {True: _("kept"), False: _("BROKEN"), None: _("not measured")}
    for one in result.get("bounds", ()):
        sign = "≥" if one["sense"] == "at_least" else "≤"
        yield f"  {one['on']}: {one['what']} {_number(one['value'])} {sign} {one['limit']}: {verdicts[one['ok']]}"


def _facts(row: Said, hidden: tuple[str, ...] = ()) -> str:
    if row["state"] == "absent":
        return _("not measured: {reason}").format(reason=row["why"])
    shown = {**row, **row.get("settings", {})}
    return ", ".join(
        f"{name} {_number(value)}"
        for name, value in shown.items()
        if name not in (*hidden, "state", "why", "settings") and value != ""
    )


def _number(value: Any) -> str:
    return "—" if value is None else str(value)
