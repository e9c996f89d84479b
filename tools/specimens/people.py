"""The invented travellers of the specimens. Every surname ends in SPECIMEN, every document is of Utopia."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    """One invented traveller; dates are yymmdd as a machine-readable zone prints them."""

    surname: str
    given_names: str
    number: str
    birth: str
    expiry: str
    sex: str
    skin: tuple[int, int, int]
    hair: tuple[int, int, int]
    shirt: tuple[int, int, int]
    personal_number: str = ""
    visual_surname: str = ""  # with its accents, where the printed page has them
    visual_given_names: str = ""

    @property
    def shown_surname(self) -> str:
        """Return the surname as the visual zone prints it."""
        return self.visual_surname or self.surname

    @property
    def shown_given_names(self) -> str:
        """Return the given names as the visual zone prints them."""
        return self.visual_given_names or self.given_names


MACHAVA = Person(
    "MACHAVA SPECIMEN", "ANABELA JOANA", "AB1234567", "880412", "320915", "F",
    (120, 78, 52), (28, 22, 20), (30, 110, 120), "110100456789B",
)  # fmt: skip
SITOE = Person(
    "SITOE SPECIMEN", "JOSE CARLOS", "UT7654321", "790101", "310630", "M",
    (104, 66, 44), (20, 18, 18), (150, 60, 40), "", "SITÓE SPECIMEN", "JOSÉ CARLOS",
)  # fmt: skip
NHANTUMBO = Person(
    "NHANTUMBO SPECIMEN", "GRACA", "C03005988", "950723", "330228", "F",
    (134, 90, 62), (40, 26, 20), (120, 50, 110), "", "", "GRAÇA",
)  # fmt: skip
MUCAVELE = Person(
    "MUCAVELE SPECIMEN", "TOMAS", "D23145890", "701130", "300115", "M",
    (92, 60, 42), (90, 90, 92), (60, 70, 130), "", "", "TOMÁS",
)  # fmt: skip
CHISSICO = Person(
    "CHISSICO SPECIMEN", "LURDES MARIA", "V8801245", "840209", "270930", "F",
    (112, 74, 52), (24, 20, 20), (170, 120, 40),
)  # fmt: skip
GOVE = Person(
    "GOVE SPECIMEN", "ABILIO", "L4402177", "660517", "280401", "M",
    (128, 84, 58), (110, 106, 104), (50, 90, 60), "", "", "ABÍLIO",
)  # fmt: skip
BERTIN = Person(
    "BERTIN SPECIMEN", "CORINNE", "880692310285", "651206", "", "F",
    (216, 178, 150), (120, 76, 40), (60, 60, 90),
)  # fmt: skip
MONDLANE = Person(
    "MONDLANE SPECIMEN", "HELENA", "110200334455M", "910315", "290315", "F",
    (116, 76, 52), (26, 20, 20), (190, 80, 80),
)  # fmt: skip
EXPIRED = Person(
    "TEMBE SPECIMEN", "RUI", "AB0009871", "750806", "190304", "M",
    (110, 72, 48), (60, 56, 54), (90, 90, 40),
)  # fmt: skip
