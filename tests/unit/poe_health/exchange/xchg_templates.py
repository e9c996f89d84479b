"""Templates of SORMAS as its users have them, and the lines that they make."""

from bmis.kernel.csv_cells import rows_in
from poe_health.exchange.mapping import own_words
from poe_health.exchange.sormas import sormas_package
from poe_health.rules.definitions import rule_set
from tests.unit.poe_health.exchange.xchg_facts import (
    DAY,
    MEASLES,
)

SORMAS, RULES = own_words("sormas"), rule_set(DAY)
COLUMNS = (
    "disease,person.firstName,person.lastName,person.sex,person.approximateAge,person.citizenship,person.phone,reportDate,"
    "caseOrigin,pointOfEntry,externalID,symptoms.onsetDate,symptoms.temperature,symptoms.fever,symptoms.cough,"
    "symptoms.headache,symptoms.vomiting,portHealthInfo.conveyanceType,portHealthInfo.departureLocation"
)
ENTITIES = ",".join("Person" if name.startswith("person") else "CaseData" for name in COLUMNS.split(","))
ENGLISH = f"{ENTITIES}\n{COLUMNS}\n".encode()
GERMAN = f"{ENTITIES}\n{COLUMNS}\n".replace(",", ";").encode()


def lines(template, cases=(MEASLES,)):
    package = sormas_package(cases, template, SORMAS)
    separator = ";" if b";" in template else ","
    rows = rows_in(package.main, separator=separator)
    head = next(row for row in rows if "disease" in row)
    return [dict(zip(head, row, strict=True)) for row in rows[rows.index(head) + 1 :]], package
