"""The figures of passes against counts that plain SQL makes of the same tables."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from bmis.documents.dates import PartialDate
from bmis.passes.applicant import Who
from bmis.passes.goods import GoodsLine
from bmis.receipts.money import Money
from tests.unit.bmis.passes.pass_office import CHIEF, CLERK, OFFICER, attested, person

DAY = date(2026, 11, 22)
LOCAL_DAY = "date({column} / 1000000, 'unixepoch', '+2 hours')"
HANDED = LOCAL_DAY.format(column="handed_over_at")
USED = LOCAL_DAY.format(column="used_at")
LOADS = {0: (), 1: ("milho",), 2: ("milho", "feijao"), 3: ("sal",)}
SPLITS = {"sex": "sex", "age": "age_band", "purpose": "purpose", "post": "post_code", "scheme": "scheme"}


@pytest.fixture
def month(office):
    """Passes of many people over some days, some past midnight of the post's clock, used both ways with loads."""
    for number in range(8):
        office.at = office.at.replace(hour=21 if number % 2 else 22, minute=30)  # 23:30, or 00:30 of the next day
        who = Who(
            person(
                number,
                sex="FMX"[number % 3],
                birth_date=PartialDate.parse(("1990-05-12", "1960-03-04", "2004-02-01")[number // 2 % 3]),
                district="MZ1001" if number % 2 else None,
            ),
            (),
            (attested(on=office.at.date() - timedelta(days=1)),),
        )
        one = office.active(who, purpose=("small_trade", "family", "school")[number % 3])
        goods = [
            GoodsLine(product, Decimal(1), "bag" if product == "milho" else "kg", Money.parse("100 MZN"))
            for product in LOADS[number % 4]
        ]
        office.use(office.sees(one, "EXIT"), OFFICER)
        office.use(office.sees(one, "ENTRY", goods=goods), OFFICER)
        if number == 4:
            office.report(one.number, "lost", "perdido", CLERK)
        office.wait(days=1)
    return office


def by_sql(office, asked, first, last):
    with office.store.read() as unit:
        rows = unit.connection.exec_driver_sql(asked, (first.isoformat(), last.isoformat()))
        return {row[0]: row[1] for row in rows}


@pytest.mark.parametrize(
    ("first", "last"), [(DAY, DAY + timedelta(days=40)), (DAY, DAY), (DAY + timedelta(3), DAY + timedelta(6))]
)
def test_every_split_is_what_plain_sql_counts(month, first, last):
    found = month.count(first, last, CHIEF, public=False)
    issued, used = ({table.name: table for table in tables} for tables in (found.issued, found.used))
    for name, column in SPLITS.items():
        shown = f"SELECT {column}, count(*) FROM {{}} WHERE {{}} BETWEEN ? AND ? GROUP BY 1"
        assert issued[name].parts == by_sql(month, shown.format("border_pass", HANDED), first, last), name
        assert used[name].parts == by_sql(month, shown.format("pass_use", USED), first, last), name
    asked = f"SELECT direction, count(*) FROM pass_use WHERE {USED} BETWEEN ? AND ? GROUP BY 1"
    assert used["direction"].parts == by_sql(month, asked, first, last)
    asked = f"SELECT {USED}, count(*) FROM pass_use WHERE {USED} BETWEEN ? AND ? GROUP BY 1"
    assert used["day"].parts == by_sql(month, asked, first, last)
    for product in ("maize", "beans", "salt"):
        asked = (
            f"SELECT 1, count(*) FROM pass_use WHERE {USED} BETWEEN ? AND ? AND ' '||products||' ' LIKE '% {product} %'"
        )
        assert used["product"].parts.get(product, 0) == by_sql(month, asked, first, last)[1], product
    assert used["sex"].total == used["purpose"].total == sum(used["direction"].parts.values())


def test_the_states_of_today_are_all_passes_there_are(month):
    found = month.count(DAY, DAY, CHIEF, public=False).states
    with month.store.read() as unit:
        kept = dict(
            tuple(row) for row in unit.connection.exec_driver_sql("SELECT state, count(*) FROM border_pass GROUP BY 1")
        )
    assert found.parts == kept == {"ACTIVE": 7, "LOST": 1}


def test_no_hidden_number_can_be_subtracted(month):
    """Of each split either nothing is hidden, or more than one part, or the total too."""
    found = month.count(DAY, DAY + timedelta(days=40), CHIEF, public=True)
    for table in (*found.issued, *found.used, found.states):
        hidden = sum(value is None for value in table.parts.values())
        assert hidden != 1 or table.total is None, table.name
        assert all(value is None or value >= 5 for value in table.parts.values()), table.name
