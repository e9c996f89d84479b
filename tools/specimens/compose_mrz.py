"""Machine-readable zones with right check digits for invented people (ICAO Doc 9303-3 to -7).

It stands apart from the product's own grammar on purpose: a specimen composed here and parsed there proves both.
"""

from string import ascii_uppercase, digits

from tools.specimens.people import Person

_VALUES = {char: value for value, char in enumerate(digits + ascii_uppercase)} | {"<": 0}


def check_digit(field: str) -> str:
    """Return the digit of ``field`` (ICAO Doc 9303-3, 4.9: weights 7-3-1)."""
    return str(sum(_VALUES[char] * (7, 3, 1)[at % 3] for at, char in enumerate(field)) % 10)


def td3(person: Person, state: str = "UTO") -> tuple[str, ...]:
    """Return the two lines of 44 of a passport (Doc 9303-4)."""
    optional = person.personal_number.ljust(14, "<")
    optional_digit = check_digit(optional) if person.personal_number else "<"
    body = _core(person, state) + optional + optional_digit
    return _names(f"P<{state}", person, 44), body + check_digit(body[0:10] + body[13:20] + body[21:43])


def td2(person: Person, state: str = "UTO") -> tuple[str, ...]:
    """Return the two lines of 36 of an identity document of size TD2 (Doc 9303-6)."""
    body = _core(person, state) + "<" * 7
    return _names(f"I<{state}", person, 36), body + check_digit(body[0:10] + body[13:20] + body[21:35])


def td1(person: Person, state: str = "UTO") -> tuple[str, ...]:
    """Return the three lines of 30 of an identity card (Doc 9303-5)."""
    number = person.number.ljust(9, "<")
    first = (f"I<{state}" + number + check_digit(number)).ljust(30, "<")
    second = _dates(person) + state + "<" * 11
    proof = check_digit(first[5:30] + second[0:7] + second[8:15] + second[18:29])
    return first, second + proof, _names("", person, 30)


def mrv_a(person: Person, state: str = "UTO") -> tuple[str, ...]:
    """Return the two lines of 44 of a visa (Doc 9303-7); a visa has no composite digit."""
    return _names(f"V<{state}", person, 44), _core(person, state).ljust(44, "<")


def mrv_b(person: Person, state: str = "UTO") -> tuple[str, ...]:
    """Return the two lines of 36 of a small visa (Doc 9303-7)."""
    return _names(f"V<{state}", person, 36), _core(person, state).ljust(36, "<")


def frid(person: Person) -> tuple[str, ...]:
    """Return the two lines of 36 of the French identity card of 1988, a layout that only France has used."""
    first = ("IDFRA" + person.surname.replace(" ", "<").ljust(25, "<")[:25] + "975001").ljust(36, "<")
    number = person.number.ljust(12, "<")
    given = person.given_names.replace(" ", "<<").ljust(14, "<")[:14]
    body = number + check_digit(number) + given + person.birth + check_digit(person.birth) + person.sex
    return first, body + check_digit(first + body)


def _names(head: str, person: Person, length: int) -> str:
    names = person.surname.replace(" ", "<") + "<<" + person.given_names.replace(" ", "<")
    return (head + names).ljust(length, "<")[:length]


def _core(person: Person, state: str) -> str:
    number = person.number.ljust(9, "<")
    return number + check_digit(number) + state + _dates(person)


def _dates(person: Person) -> str:
    return person.birth + check_digit(person.birth) + person.sex + person.expiry + check_digit(person.expiry)
