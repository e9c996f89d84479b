"""A damaged installation is told as such, with the table's name, and is read again once it is repaired."""

from datetime import date

import pytest

from bmis.documents import century, document_kinds, states
from bmis.documents.errors import CodeTableError
from bmis.documents.names import transliteration

TABLES = {
    "icao_states": (states.states, states.states),
    "transliteration": (lambda: transliteration.mrz_form("Ã"), transliteration._table),
    "document_kinds": (lambda: document_kinds.document_kind("passport"), document_kinds._kinds),
    "missing_reasons": (document_kinds.missing_reasons, document_kinds.missing_reasons),
    "mrz_centuries": (lambda: century.expiry_from("300101", date(2026, 11, 22)), century._bounds),
}


@pytest.mark.parametrize("table", TABLES)
def test_a_missing_table_is_the_sites_to_repair(table, tmp_path, monkeypatch):
    use, cached = TABLES[table]
    with monkeypatch.context() as installation:
        installation.setenv("BMIS_RESOURCES", str(tmp_path))
        cached.cache_clear()
        with pytest.raises(CodeTableError) as caught:
            use()
    assert caught.value.facts == {"table": table}
    assert use()


def test_a_kind_whose_reason_no_table_has_is_refused(tmp_path, monkeypatch):
    for name in ("codes", "document_kinds"):
        (tmp_path / name).mkdir()
    (tmp_path / "codes" / "missing_reasons.toml").write_text('[[reason]]\ncode = "A"\npt = "a"\nen = "a"\n')
    fields = "".join(f'[fields.{name}]\nneed = "required"\nunknown_because = ["B"]\n' for name in document_kinds.FIELDS)
    (tmp_path / "document_kinds" / "x.toml").write_text(
        f'code = "x"\nname_pt = "x"\nname_en = "x"\norder = 1\nvalid_from = 2026-01-01\nsource = "x"\n'
        f'has_mrz = "never"\nissuers = ["*"]\n{fields}'
    )
    with monkeypatch.context() as installation:
        installation.setenv("BMIS_RESOURCES", str(tmp_path))
        document_kinds._kinds.cache_clear()
        document_kinds.missing_reasons.cache_clear()
        with pytest.raises(CodeTableError):
            document_kinds.document_kind("x")
    document_kinds.missing_reasons.cache_clear()
    assert document_kinds.document_kind("passport")
