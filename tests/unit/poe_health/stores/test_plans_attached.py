"""Procedures of the post: attached, approved, found by their words, reviewed; a hostile file harms nobody."""

import io
import sys
import zlib
from datetime import timedelta
from uuid import uuid4

import pytest
from post_shelf import TODAY
from pypdf import PdfReader, PdfWriter
from reportlab.pdfgen.canvas import Canvas

from bmis.kernel.actor import NotAllowedError, Role
from bmis.store.errors import RecordChangedError
from poe_health.keeping.errors import (
    KeptDamagedError,
    KeptUnknownError,
    PlanFileError,
    PlanVersionError,
    SearchWordsError,
    StoreConflictError,
    StoreFieldError,
    StoreItemError,
)
from poe_health.plans.keep_plans import PlanRequest
from poe_health.plans.plan import PlanFile
from poe_health.plans.records import match_of
from ui.compose import verify_store
from ui.health_stores import read_plan_file

CHOLERA = "Plano de contingência\n\nCólera: hidratar primeiro, isolar, avisar o distrito. Solução de cloro a 0,5 %."
EBOLA = "Ebola: não tocar. Chamar a equipa de transporte. Viatura isolada."


@pytest.fixture
def supervisor(at_stores):
    return at_stores(Role.HEALTH_SUPERVISOR)


def text_file(text):
    import hashlib

    content = text.encode()
    return PlanFile(content, "text/plain", 1, text, hashlib.sha256(content).hexdigest())


def asked(code="PC-01", version="1.0", **more):
    said = {"kind": "CONTINGENCY_PLAN", "title": "Plano de contingência", "approved_by": "Direcção Distrital"}
    said |= {"approved_on": TODAY - timedelta(days=10)} | more
    return PlanRequest(uuid4(), code, version=version, **said)


def pdf(*pages, password=None):
    out = io.BytesIO()
    canvas = Canvas(out)
    for page in pages:
        canvas.drawString(72, 700, page)
        canvas.showPage()
    canvas.save()
    if password is None:
        return out.getvalue()
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(out.getvalue())))
    writer.encrypt(password, algorithm="RC4-128")
    locked = io.BytesIO()
    writer.write(locked)
    return locked.getvalue()


def bomb():
    """Return a page of 1.5 megabytes whose content unpacks to 1.5 gigabytes."""
    packer = zlib.compressobj(9)
    content = b"".join(packer.compress(b" " * 1_000_000) for _ in range(1500)) + packer.flush()
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<<>>>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(content), content),
    )
    out, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 5\n0000000000 65535 f \n%strailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
    return out + end % (table, len(out))


@pytest.mark.skipif(sys.platform == "win32", reason="limits of memory are of POSIX; there the clock bounds a file")
def test_a_bomb_is_refused_and_this_program_goes_on(tmp_path):
    path = tmp_path / "bomb.pdf"
    path.write_bytes(bomb())

    with pytest.raises(PlanFileError) as refused:
        read_plan_file(path)

    assert refused.value.facts == {"reason": "file_heavy"}


def test_a_plan_is_found_by_its_words_without_accents_or_capitals(supervisor):
    by = supervisor.session.actor
    supervisor.keep_plans.add(asked(), text_file(CHOLERA), by)
    supervisor.keep_plans.add(asked("SOP-2", kind="REFERRAL", title="Transporte"), text_file(EBOLA), by)

    (hit,) = supervisor.plans.search("colera hidra", by)
    assert hit.view.added.code == "PC-01"
    assert "«Cólera»" in hit.excerpt
    assert [one.view.added.code for one in supervisor.plans.search("isola", by)] != []
    assert supervisor.plans.search("sarampo", by) == ()
    assert supervisor.plans.search("cólera sarampo", by) == ()


@pytest.mark.parametrize(
    "words", ['"', "title:x", "a* OR b", "NEAR(a b)", "-a", "(", "col^2", "'; DROP TABLE plan_text"]
)
def test_no_word_is_an_operator(words):
    try:
        match = match_of(words)
    except SearchWordsError:
        return
    assert match.count('"') % 2 == 0
    assert all(part.endswith('"*') for part in match.split(" "))


def test_nothing_to_look_for_is_said(supervisor):
    for words in ("", "  ", "«…»", "___"):
        with pytest.raises(SearchWordsError):
            supervisor.plans.search(words, supervisor.session.actor)
    assert supervisor.plans.search("title:x OR y", supervisor.session.actor) == ()


def test_the_newest_approved_version_is_in_force_and_a_draft_is_shown_as_one(supervisor):
    by = supervisor.session.actor
    supervisor.keep_plans.add(asked(), text_file(CHOLERA), by)
    supervisor.keep_plans.add(asked(version="2.0"), text_file(CHOLERA + " Dois."), by)
    supervisor.keep_plans.add(asked(version="3.0", approved_by=None, approved_on=None), text_file("Três"), by)

    listed = supervisor.plans(by)

    assert [(one.added.version, one.in_force) for one in listed] == [("2.0", True), ("3.0", False)]
    assert len(supervisor.plans(by, every_version=True)) == 3
    assert supervisor.plans.file("pc-01", by)[1].endswith(b"Dois.")
    assert supervisor.plans.file("PC-01", by, version="1.0")[1] == CHOLERA.encode()
    assert not listed[0].review_overdue(TODAY)
    assert listed[0].review_overdue(TODAY + timedelta(days=400))
    supervisor.keep_plans.withdraw("PC-01", by)
    assert supervisor.plans(by) == ()
    with pytest.raises(KeptUnknownError):
        supervisor.keep_plans.withdraw("PC-01", by)


def test_what_cannot_be_is_refused(supervisor):
    by = supervisor.session.actor
    first = asked()
    supervisor.keep_plans.add(first, text_file(CHOLERA), by)
    for request, file, error in (
        (asked(), text_file("other"), PlanVersionError),
        (asked("X", kind="WISH"), text_file("x"), StoreItemError),
        (asked("é"), text_file("x"), StoreFieldError),
        (asked("X", title=" "), text_file("x"), StoreFieldError),
        (asked("X", version="../1"), text_file("x"), StoreFieldError),
        (asked("X", approved_on=None), text_file("x"), StoreFieldError),
        (asked("X", approved_on=TODAY + timedelta(days=1)), text_file("x"), PlanVersionError),
        (asked("X", review_on=TODAY - timedelta(days=30)), text_file("x"), PlanVersionError),
        (asked("X"), text_file(""), PlanFileError),
        (first, text_file("other"), StoreConflictError),
    ):
        with pytest.raises(error):
            supervisor.keep_plans.add(request, file, by)
    with pytest.raises(KeptUnknownError):
        supervisor.plans.file("NONE", by)

    assert supervisor.keep_plans.add(first, text_file(CHOLERA), by).in_force
    assert len(supervisor.plans(by, every_version=True)) == 1


def test_everybody_of_health_reads_plans_and_only_the_supervisor_attaches(at_stores, supervisor):
    clinician, screener = at_stores(), at_stores(Role.SCREENER)
    supervisor.keep_plans.add(asked(), text_file(CHOLERA), supervisor.session.actor)

    assert screener.plans.search("cloro", screener.session.actor)
    for desk in (clinician, screener):
        with pytest.raises(NotAllowedError):
            desk.keep_plans.add(asked("X"), text_file("x"), desk.session.actor)


def test_a_file_that_somebody_exchanges_in_the_store_is_seen(supervisor):
    by = supervisor.session.actor
    supervisor.keep_plans.add(asked(), text_file(CHOLERA), by)
    assert verify_store(supervisor.session)().records > 0

    with supervisor.session.store.write() as unit:
        unit.connection.exec_driver_sql("UPDATE plan_file SET content = x'41'")
        unit.commit()

    with pytest.raises(KeptDamagedError):
        supervisor.plans.file("PC-01", by)
    with pytest.raises(RecordChangedError):
        verify_store(supervisor.session)()


def test_the_words_of_a_pdf_are_read_where_they_do_no_harm(tmp_path):
    path = tmp_path / "plan.pdf"
    path.write_bytes(pdf("Isolar e avisar", "Segunda folha"))

    found = read_plan_file(path)

    assert (found.media, found.pages) == ("application/pdf", 2)
    assert "Isolar e avisar" in found.text
    assert "Segunda folha" in found.text
    assert found.content == path.read_bytes()


def test_hostile_files_are_refused_with_their_reason(tmp_path):
    picture = b"\x89PNG\r\n\x1a\n" + b"0" * 64
    cases = {
        "picture.pdf": (picture, "file_kind"),
        "binary.txt": (b"text\x00more", "file_kind"),
        "latin.txt": ("Cólera".encode("latin-1"), "file_kind"),
        "empty.txt": (b"", "empty"),
        "broken.pdf": (b"%PDF-1.7\n" + b"x" * 300, "file_damaged"),
        "locked.pdf": (pdf("x", password="secret"), "file_locked"),
        "many.pdf": (pdf(*["x"] * 301), "file_pages"),
        "long.txt": (b"word " * 450_000, "text"),
        "large.txt": (b"a" * 20_000_001, "size"),
    }
    for name, (content, reason) in cases.items():
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(PlanFileError) as refused:
            read_plan_file(path)
        assert refused.value.facts == {"reason": reason}, name
    for path in (tmp_path, tmp_path / "none", tmp_path / "no\0name"):
        with pytest.raises(PlanFileError) as refused:
            read_plan_file(path)
        assert refused.value.facts == {"reason": "file_missing"}
