"""The dictionary of a table: each of its fields with type, labels, codes and HXL tag."""

from dataclasses import dataclass

from bmis.flows.fmr import fmr_fields
from bmis.flows.package.resource import Resource

_PATTERNS = {"iso3": "[A-Z]{3}", "pcode1": "MZ(0[1-9]|1[01])", "pcode2": "MZ(0[1-9]|1[01])[0-9]{2}"}
"""What the registry's rules of form say, as Table Schema says it."""


@dataclass(frozen=True, slots=True)
class FieldWords:
    """One field as data packages and dictionaries describe it."""

    name: str
    type: str
    label_pt: str
    label_en: str
    codes: tuple[str, ...]
    hxl: str
    required: bool
    unique: bool
    pattern: str = ""

    def label(self, language: str) -> str:
        """Return its label in ``language`` (pt or en)."""
        return self.label_en if language == "en" else self.label_pt


def described(resource: Resource) -> tuple[FieldWords, ...]:
    """Return the fields of a table. A total that may be hidden is not required, whatever the registry says."""
    found = []
    for name in resource.fields:
        extra = resource.extras.get(name)
        if extra is not None:
            found.append(
                FieldWords(
                    name,
                    extra.type,
                    extra.label_pt,
                    extra.label_en,
                    extra.codes,
                    extra.hxl or f"#x_{name}",
                    extra.required,
                    False,
                )
            )
            continue
        field = fmr_fields()[name]
        required = field.required and name != "total"
        found.append(
            FieldWords(
                name,
                field.type,
                field.label_pt,
                field.label_en,
                field.codes,
                field.hxl,
                required,
                field.unique,
                _PATTERNS.get(field.rule, ""),
            )
        )
    return tuple(found)
