"""What is drawn: each picture with its name, the kind of its machine-readable zone and the lines printed on it."""

from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image

from tools.specimens import compose_mrz, pages, people, scenes
from tools.specimens.faces import live_photo

NO_MRZ = "NONE"


@dataclass(frozen=True, slots=True)
class Specimen:
    """One picture and its truth. ``lines`` holds the zones one after another where there are two."""

    file: str
    kind: str
    lines: tuple[str, ...]
    picture: Image.Image
    tags: tuple[str, ...] = ()
    second_kind: str = ""


def _passport(person: people.Person) -> tuple[Image.Image, tuple[str, ...]]:
    lines = compose_mrz.td3(person)
    return pages.passport(person, lines), lines


def documents() -> Iterator[Specimen]:
    """Yield the clean specimens: flat, sharp, well lit."""
    sheet, lines = _passport(people.MACHAVA)
    yield Specimen("td3-passport.png", "TD3", lines, sheet)
    sheet, lines = _passport(people.SITOE)
    yield Specimen("td3-second-passport.jpg", "TD3", lines, sheet)
    sheet, lines = _passport(people.EXPIRED)
    yield Specimen("td3-expired.jpg", "TD3", lines, sheet, ("expired",))
    lines = compose_mrz.td1(people.NHANTUMBO)
    yield Specimen("td1-front.jpg", NO_MRZ, (), pages.card_front(people.NHANTUMBO))
    yield Specimen("td1-back.jpg", "TD1", lines, pages.card_back(lines))
    lines = compose_mrz.td2(people.MUCAVELE)
    title = "UTOPIA  DOCUMENTO / IDENTITY"
    yield Specimen("td2.jpg", "TD2", lines, pages.small_document(people.MUCAVELE, lines, title, "green"))
    lines = compose_mrz.mrv_a(people.CHISSICO)
    yield Specimen("mrva.jpg", "MRVA", lines, pages.visa(people.CHISSICO, lines))
    lines = compose_mrz.mrv_b(people.GOVE)
    yield Specimen("mrvb.jpg", "MRVB", lines, pages.small_document(people.GOVE, lines, "UTOPIA  VISTO", "rose"))
    lines = compose_mrz.frid(people.BERTIN)
    yield Specimen("frid.jpg", "FRID", lines, pages.small_document(people.BERTIN, lines, "CARTE NATIONALE", "blue"))
    card = pages.identity_card_without_mrz(people.MONDLANE)
    yield Specimen("identity-card-without-mrz.jpg", NO_MRZ, (), card, ("no-mrz",))


def hard_pictures() -> Iterator[Specimen]:
    """Yield what a camera makes of them: turned, blurred, dark, two at once, nothing at all."""
    sheet, lines = _passport(people.MACHAVA)
    second, second_lines = _passport(people.SITOE)
    upright = scenes.on_desk(sheet, (0.5, 0.5), 960)
    yield Specimen("td3-tilted.jpg", "TD3", lines, scenes.on_desk(sheet, (0.5, 0.5), 920, 4), ("tilt",))
    yield Specimen("td3-upside-down.jpg", "TD3", lines, upright.rotate(180), ("rotated",))
    yield Specimen("td3-sideways.jpg", "TD3", lines, upright.rotate(90, expand=True), ("rotated",))
    yield Specimen("td3-blurred.jpg", "TD3", lines, scenes.blurred(upright, 9), ("blur", "unreadable"))
    yield Specimen("td3-dark.jpg", "TD3", lines, scenes.grainy(scenes.dark(upright, 0.16), 1, 3), ("low-contrast",))
    tall = scenes.desk((1000, 1340))
    both = scenes.on_desk(second, (0.5, 0.75), 860, 0, scenes.on_desk(sheet, (0.5, 0.25), 860, 0, tall))
    yield Specimen("two-documents.jpg", "TD3", lines + second_lines, both, ("two-cards",), "TD3")
    yield Specimen("empty-desk.jpg", NO_MRZ, (), scenes.desk(), ("empty",))
    yield Specimen("empty-page.jpg", NO_MRZ, (), pages.page((125, 88), "sand"), ("empty",))


def faces() -> Iterator[Specimen]:
    """Yield the cartoons of the travellers at the desk."""
    for name, person in (("machava", people.MACHAVA), ("sitoe", people.SITOE), ("mondlane", people.MONDLANE)):
        yield Specimen(f"live-{name}.jpg", NO_MRZ, (), live_photo(person, 480, 600), ("face",))


def replay() -> Iterator[Specimen]:
    """Yield the frames of the demonstration in their order: what a camera over the desk sees in a short shift."""
    sheet, lines = _passport(people.MACHAVA)
    second, second_lines = _passport(people.SITOE)
    back_lines = compose_mrz.td1(people.NHANTUMBO)
    back = pages.card_back(back_lines)
    card = pages.identity_card_without_mrz(people.MONDLANE)
    none: tuple[str, ...] = ()
    script: list[tuple[str, str, tuple[str, ...], Image.Image | None, tuple[float, float], int]] = [
        ("empty", NO_MRZ, none, None, (0, 0), 0),
        ("passport-arrives", NO_MRZ, none, sheet, (0.5, 1.16), 960),
        ("passport-held", "TD3", lines, sheet, (0.5, 0.5), 960),
        ("passport-held", "TD3", lines, sheet, (0.502, 0.498), 960),
        ("passport-held", "TD3", lines, sheet, (0.501, 0.501), 960),
        ("wrong-document", "TD3", second_lines, second, (0.5, 0.5), 960),
        ("wrong-document", "TD3", second_lines, second, (0.501, 0.5), 960),
        ("passport-back", "TD3", lines, sheet, (0.499, 0.5), 960),
        ("passport-back", "TD3", lines, sheet, (0.5, 0.501), 960),
        ("passport-leaves", NO_MRZ, none, sheet, (0.5, -0.36), 960),
        ("empty", NO_MRZ, none, None, (0, 0), 0),
        ("empty", NO_MRZ, none, None, (0, 0), 0),
        ("card-held", "TD1", back_lines, back, (0.5, 0.5), 860),
        ("card-held", "TD1", back_lines, back, (0.501, 0.499), 860),
        ("card-leaves", NO_MRZ, none, back, (0.5, -0.3), 860),
        ("empty", NO_MRZ, none, None, (0, 0), 0),
        ("empty", NO_MRZ, none, None, (0, 0), 0),
        ("identity-card-held", NO_MRZ, none, card, (0.5, 0.5), 900),
        ("identity-card-held", NO_MRZ, none, card, (0.501, 0.5), 900),
        ("identity-card-leaves", NO_MRZ, none, card, (0.5, -0.2), 900),
        ("empty", NO_MRZ, none, None, (0, 0), 0),
    ]
    for number, (phase, kind, truth, what, centre, width) in enumerate(script, start=1):
        frame = scenes.desk() if what is None else scenes.on_desk(what, centre, width)
        yield Specimen(f"{number:03}-{phase}.jpg", kind, truth, scenes.grainy(frame, number, 2), (phase,))
