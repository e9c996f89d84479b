"""The page of the certificate of vaccination (IHR Annex 6), ready to sign and stamp, in English and French."""

from collections.abc import Mapping
from datetime import date

from bmis.kernel.i18n import speaking
from bmis.kernel.i18n import translate as _
from bmis.paper.blocks import Row
from bmis.paper.health_paper import Blanks, Cells, HealthPaper, Rows, Signed, Texts, health_paper
from bmis.paper.page import Imprint
from bmis.paper.signing import Signature
from poe_health.certificates.rule_data import vaccine_makers
from poe_health.errors import HealthListError
from poe_health.keeping.errors import KeptUnknownError, PartErasedError
from poe_health.lists import bundled
from poe_health.vaccinations.read_doses import ShownDose

_FILE = "health/certificates/icvp_model.toml"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def certificate_pdf(shown: ShownDose, imprint: Imprint, language: str = "pt") -> bytes:
    """Return the page as PDF. ``language`` (pt or en) is only that of the post's own remarks.

    Raises:
        KeptUnknownError: the dose was annulled or has no certificate. PartErasedError: who it was is not there.
        HealthListError: the model's words are missing. PaperFontError: a bundled font is missing or damaged.
    """
    given, who = shown.view.given, shown.who
    if given.certificate_number is None or not shown.view.counts:
        raise KeptUnknownError("icvp")
    if who is None:
        raise PartErasedError
    said = _model()
    labels = _labels(said)
    name, maker = vaccine_makers().get(given.product, (given.product, ""))
    born = who.birth_date
    people = [
        Row(labels["name"], who.name),
        Row(labels["birth_date"], (_written(born.as_date()) or str(born)) if born else None),
        Row(labels["sex"], who.sex),
        Row(labels["nationality"], who.nationality),
        Row(labels["document"], who.document),
    ]
    if who.guardian:
        people.append(Row(labels["guardian"], who.guardian))
    valid = f"{_written(given.valid_on)} – {said['life_en']} / {said['life_fr']}"
    line = (
        f"{said['disease_en']} / {said['disease_fr']}: {name}",
        _written(given.day) or "",
        "",
        f"{maker}, {given.lot}",
        valid,
    )
    heads = tuple(labels[key] for key in ("vaccine", "date", "clinician", "batch", "valid"))
    with speaking(language):
        own = _("Given at {post}, number {number}. Sign by hand and stamp: without both this print is no certificate.")
        remark = own.format(post=imprint.post, number=given.certificate_number)
    paper = HealthPaper(
        imprint=imprint,
        title=str(said["title_en"]),
        number=given.certificate_number,
        below=str(said["title_fr"]),
        parts=(
            Texts("", (str(said["certify_en"]), str(said["certify_fr"])), 9.5),
            Rows("", tuple(people)),
            Blanks("", (labels["signature"],), 12),
            Cells("", heads, (line,), (0.24, 0.12, 0.24, 0.2, 0.2)),
            Texts("", (str(said["validity_en"]), str(said["validity_fr"])), 9, framed=True),
            Signed((Signature(labels["clinician"]), Signature(labels["stamp"]))),
            Texts("", (str(said["notes_en"]), str(said["notes_fr"]), remark), 7.8),
        ),
        languages=(language,),
    )
    return health_paper(paper)


def _model() -> Mapping[str, object]:
    return bundled("health/certificates", "icvp_model").said


def _labels(said: Mapping[str, object]) -> Mapping[str, str]:
    found = said.get("labels")
    if not isinstance(found, Mapping):
        raise HealthListError(_FILE)
    return {str(name): str(words) for name, words in found.items()}


def _written(day: date | None) -> str | None:
    """Return the day with its month in letters, as the model asks: 22 Nov 2026."""
    return None if day is None else f"{day.day:02d} {_MONTHS[day.month - 1]} {day.year}"
