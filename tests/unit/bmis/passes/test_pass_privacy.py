"""Who somebody is lies in the parts alone: not in events, audit, messages or raw files, and nowhere once erased."""

import json

from sqlalchemy import text

from bmis.passes.applicant import PassPhoto, Who
from tests.unit.bmis.passes.pass_office import CHIEF, CLERK, JPEG, applicant, attested, child

NAMES = ("Chissano", "CHISSANO", "Criança", "Régulo", "110100234567B", "Biriwiri", "1990-05-12", "2018-03-02")
PHOTO = b"UTOPIAN-FACE"


def rows_of(unit, table):
    """Return a table's rows as one text."""
    rows = unit.connection.execute(text(f"SELECT * FROM {table}"))
    return json.dumps([[str(value) for value in row] for row in rows], ensure_ascii=False)


def everything(office):
    """Do everything there is with a family, and say names wherever words are taken."""
    who = Who(applicant(), (child(),), (attested(),))
    one = office.active(who, dependant_photos=(PassPhoto(JPEG),))
    office.crosses(one, "EXIT")
    office.suspend(one.number, "a vizinha Chissano emprestou-o", CLERK)
    office.reinstate(one.number, "a vizinha Chissano devolveu-o", CHIEF)
    office.report(one.number, "lost", "Ana Chissano perdeu-o em Biriwiri", CLERK)
    again = office.replace(one.number, "Chissano perdeu-o", CLERK).application
    office.approve(again.id, CHIEF, accepted={"earlier"}, reason="Ana Chissano explicou-se")
    new = office.issues(again)
    office.revoke(new.number, "Régulo Espécime negou a declaração", CHIEF)
    return new


def test_no_name_number_date_of_birth_or_face_is_in_an_event_a_message_or_the_audit(office):
    everything(office)
    with office.store.read() as unit:
        tables = [
            row[0]
            for row in unit.connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'"))
            if row[0] not in {"pass_part", "pass_person"}
        ]
        assert {"outbox", "audit", "pass_event", "border_pass", "pass_application", "pass_use"} <= set(tables)
        said = {table: rows_of(unit, table) for table in tables}

    for table, content in said.items():
        assert not [name for name in NAMES if name in content], table
        assert PHOTO.decode() not in content


def test_the_raw_files_name_nobody(office):
    everything(office)
    raw = b"".join(path.read_bytes() for path in office.home.path.rglob("*") if path.is_file())

    assert len(raw) > 100_000
    for name in NAMES:
        assert name.encode() not in raw
    assert PHOTO not in raw
    assert b"SEAL OF" not in raw


def test_what_is_erased_is_in_no_table_any_more(office):
    one = everything(office)
    office.wait(days=5 * 365)
    office.forget(one.person_id, "prazo de conservação", CLERK, office.signed("pass.forget", one.person_id))

    with office.store.read() as unit:
        for table in ("pass_part", "pass_person"):
            rows = rows_of(unit, table)
            assert "Chissano" not in rows
            assert "UTOPIAN" not in rows
            assert "110100234567B" not in rows


def test_nobody_can_try_names_against_what_an_event_keeps(office):
    """The same person twice gives two digests: the salt lies with the part."""
    first = office.takes()
    office.reject.withdraw(first.id, CLERK)
    second = office.takes()
    parts = [office.application(one.id, CLERK).history[0].event.facts["parts"]["who"] for one in (first, second)]

    assert parts[0] != parts[1]
