"""The benchmarks run and say what they measured; their bounds are for ``make bench``, on a machine at rest."""

import pytest


@pytest.mark.slow
@pytest.mark.parametrize(
    "words",
    [
        ("saves", "--runs", "4"),
        ("lookup", "--rows", "200", "--runs", "20"),
        ("window", "--runs", "1"),
        ("rules", "--runs", "20"),
        ("tally", "--rows", "400", "--runs", "2"),
        ("seal", "--runs", "6"),
        ("bulletin", "--rows", "3000", "--runs", "2"),
    ],
)
def test_a_benchmark_names_its_peer_its_bound_and_its_settings(terminal, words):
    answer = terminal.types("bench", *words, "--json", schema="bench")

    (result,) = answer.json["results"]
    assert result["name"] == words[0]
    assert result["ours"] > 0
    assert result["theirs"] > 0
    within = result["ratio"] <= result["bound"] and all(one["ok"] for one in result.get("bounds", ()))
    assert result["ok"] == within
    assert result["settings"].get("agree", True) is True
    assert answer.code == (0 if result["ok"] else 1)
    assert "sqlcipher3" in answer.json["versions"]


@pytest.mark.slow
def test_beside_the_bulletin_stands_what_counting_and_handing_the_package_over_cost(terminal):
    (result,) = terminal.types("bench", "bulletin", "--rows", "3000", "--runs", "1", "--json").json["results"]

    also = result["also"]
    assert also["roll_up_us_per_crossing"] > 0
    assert also["package_rows"] > 0
    assert also["package_rows_per_s"] > 0
    assert also.get("package_peak_mb", 1) >= also.get("before_package_mb", 1) * 0.9
