"""The last administrator forgot the password: two people open their envelopes, and the desk goes on."""

import pytest

from bmis.kernel.clock import system_clock
from bmis.staff.sign_in import OpenRecovery
from bmis.store.border import BORDER
from bmis.store.home import Home
from tests.journeys.cli_robot import PASSWORD

NEW = "palavra nova 9"
WHY = ("--reason", "esqueceu; abriram os envelopes Sitoe e Cossa")


def recovers(terminal, *words, schema="staff-recover"):
    return terminal.types("staff", "recover", *words, "--json", schema=schema)


@pytest.fixture
def envelopes(terminal):
    """Two people with the halves of both passphrases; nobody is signed in."""
    return terminal.sets(BMIS_PASSPHRASE=PASSWORD, BMIS_HEALTH_PASSPHRASE=PASSWORD, BMIS_NEW_PASSWORD=NEW)


def staff_rows(terminal, *columns):
    with (
        OpenRecovery(Home.open(terminal.home), system_clock)(BORDER, PASSWORD) as session,
        session.store.read() as unit,
    ):
        return unit.connection.exec_driver_sql(f"SELECT {', '.join(columns)} FROM staff_event").all()


def test_the_administrator_signs_in_with_the_new_password_and_the_audit_says_who_gave_it(envelopes):
    answer = recovers(envelopes, "Admin", *WHY)

    assert (answer.code, answer.json["name"], answer.json["role"]) == (0, "admin", "admin")
    assert envelopes.is_user("admin", NEW).types("staff", "list", "--json", schema="staff-list").code == 0
    assert envelopes.is_user("admin").types("staff", "list", "--json", schema="error").error == "BMIS-024"
    assert staff_rows(envelopes, "kind", "name", "by", "reason")[-1] == ("password_reset", "admin", "@recovery", WHY[1])
    assert envelopes.types("audit", "verify", "--json", schema="audit-verify").code == 0


def test_a_wait_after_wrong_passwords_is_lifted(envelopes):
    for _ in range(3):
        envelopes.is_user("admin", "não me lembro").types("staff", "list")
    assert envelopes.is_user("admin").types("staff", "list", "--json", schema="error").error == "BMIS-040"

    assert recovers(envelopes, "admin", *WHY).code == 0

    assert envelopes.is_user("admin", NEW).types("staff", "list").code == 0


def test_who_manages_the_people_of_health_comes_back_by_the_passphrase_of_health(envelopes):
    answer = recovers(envelopes, "health-supervisor", "--service", "health", *WHY)

    assert (answer.code, answer.json["role"]) == (0, "health-supervisor")
    assert envelopes.is_user("health-supervisor", NEW).types("staff", "list").code == 0


def test_an_officer_is_given_a_password_by_an_administrator_not_by_the_envelopes(envelopes):
    assert recovers(envelopes, "officer", *WHY, schema="error").error == "BMIS-299"
    assert envelopes.is_user("officer").types("crossing", "search", "--name", "X").code == 1


@pytest.mark.parametrize(
    ("words", "changed", "code"),
    [
        (("admin", *WHY), {"BMIS_PASSPHRASE": "uma frase errada"}, "BMIS-024"),
        (("admin", *WHY), {"BMIS_PASSPHRASE": ""}, "BMIS-294"),
        (("admin", *WHY, "--service", "health"), {}, "BMIS-043"),
        (("admin", *WHY), {"BMIS_NEW_PASSWORD": ""}, "BMIS-295"),
        (("admin", *WHY), {"BMIS_NEW_PASSWORD": "curta"}, "BMIS-036"),
        (("nobody", *WHY), {}, "BMIS-043"),
        (("not a name", *WHY), {}, "BMIS-042"),
        (("admin", "--reason", " "), {}, "BMIS-050"),
        (("admin",), {}, "BMIS-003"),
    ],
)
def test_what_is_refused_leaves_the_old_password(envelopes, words, changed, code):
    answer = recovers(envelopes.sets(**changed), *words, schema="error")

    assert answer.error == code
    assert envelopes.is_user("admin").types("staff", "list").code == 0
