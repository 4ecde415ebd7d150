"""What a run tells of the columns of its data: the profile that the portal shows on the dataset's page."""

import json
import time

import numpy as np
import pandas as pd
import pytest

from tables import TABLES

EVERY = pytest.mark.parametrize("name", TABLES)
CODE = """
import json, sys
from types import SimpleNamespace
import pandas as pd
from plumbing import columns, data
kinds = json.loads(sys.argv[2])
problem = SimpleNamespace(kinds=kinds, target={"column": "target"}, time="when", entity=["who"])
raw = pd.read_parquet(sys.argv[1])
table = pd.DataFrame({c: data.CASTS[kinds[c]](raw[c]) if c in kinds else raw[c] for c in raw})
print(json.dumps(columns.describe(table, problem), allow_nan=False))
"""


@pytest.fixture
def described(repositories, tmp_path):
    """Columns and their kinds -> what is told of each, by name."""

    def get(columns: dict, kinds: dict) -> dict:
        pd.DataFrame(columns).to_parquet(tmp_path / "table.parquet")
        path = str(tmp_path / "table.parquet")
        ran = repositories("flight-delay").python("-c", CODE, path, json.dumps(kinds))
        assert ran.returncode == 0, ran.stdout[-2000:]
        return {facts["name"]: facts for facts in json.loads(ran.stdout.splitlines()[-1])}

    return get


def test_numbers_have_bounds_quantiles_and_a_histogram_of_what_is_known(described):
    values = [*range(101), None, np.nan, np.inf, -np.inf]
    told = described({"x": pd.Series(values, dtype="float64")}, {"x": "number"})["x"]
    assert (told["nulls"], told["distinct"], told["min"], told["max"], told["mean"]) == (4, 101, 0, 100, 50)
    assert told["quantiles"] == {"0.1": 10, "0.25": 25, "0.5": 50, "0.75": 75, "0.9": 90}
    edges, counts = told["histogram"]["edges"], told["histogram"]["counts"]
    assert len(edges) == len(counts) + 1 == 21 and edges[0] == 0 and edges[-1] == 100
    assert counts == [5] * 19 + [6] and "approximate" not in told


def test_a_number_is_told_as_short_as_its_type_and_says_where_it_is_rounded(described):
    told = described({"x": [0.1, 0.2], "id": [20010315, 20010316]}, {"x": "number", "id": "number"})
    assert (told["x"]["min"], told["x"]["max"]) == (0.1, 0.2)
    assert told["id"]["approximate"] is True


def test_columns_without_any_value_have_no_bounds_and_no_distribution(described):
    kinds = {"number": "number", "text": "text", "date": "date", "flag": "flag"}
    told = described({kind: pd.Series([None, None, None], dtype=object) for kind in kinds}, kinds)
    for kind, facts in told.items():
        assert facts["nulls"] == 3 and facts["distinct"] == 0 and facts["type"] == kind
        assert not {"min", "max", "mean", "histogram"} & set(facts) and not facts.get("top")


def test_a_few_far_values_do_not_press_the_others_into_one_part(described):
    values = [*range(1000), -1e6, 1e6]
    histogram = described({"x": pd.Series(values, dtype="float64")}, {"x": "number"})["x"]["histogram"]
    edges, counts = histogram["edges"], histogram["counts"]
    assert edges[0] == -1e6 and edges[-1] == 1e6 and len(edges) == len(counts) + 1 == 21
    assert sum(counts) == 1002 and max(counts) < 100 and min(counts) > 0


def test_a_constant_stands_in_the_middle_of_one_part(described):
    told = described({"x": [7.0, 7.0]}, {"x": "number"})["x"]
    assert told["histogram"] == {"edges": [6.5, 7.5], "counts": [2]} and told["distinct"] == 1


def test_texts_have_their_most_frequent_values_and_the_rest(described):
    words = ["شهر‌ها"] * 5 + [f"v{i}" for i in range(12)] + ["", None, "x" * 500, "x" * 500]
    told = described({"نام‌ها": words}, {"نام‌ها": "text"})["نام‌ها"]
    assert (told["nulls"], told["distinct"], told["other"]) == (2, 14, 4)
    assert told["top"][:3] == [
        {"value": "شهر‌ها", "count": 5},
        {"value": "x" * 200, "count": 2},
        {"value": "v0", "count": 1},
    ]
    assert len(told["top"]) == 10


def test_flags_count_yes_and_no(described):
    told = described({"f": ["yes", "no", "yes", None, "perhaps"]}, {"f": "flag"})["f"]
    assert told["top"] == [{"value": True, "count": 2}, {"value": False, "count": 1}]
    assert (told["nulls"], told["other"]) == (2, 0)


def test_times_have_iso_bounds_and_edges_in_milliseconds(described):
    days = [*pd.date_range("2001-01-01", periods=21, freq="D").astype(str), None]
    told = described({"when": days}, {"when": "date"})["when"]
    assert (told["min"], told["max"]) == ("2001-01-01T00:00:00.000Z", "2001-01-21T00:00:00.000Z")
    edges = told["histogram"]["edges"]
    assert edges[0] == pd.Timestamp("2001-01-01").timestamp() * 1000 and len(edges) == 21
    assert sum(told["histogram"]["counts"]) == 21 and told["nulls"] == 1


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ([1, 2], "number"),
        ([True, False], "flag"),
        (["a", "b"], "text"),
        (pd.to_datetime(["2001-01-01", "2001-01-02"]), "date"),
        (pd.Series([1, None], dtype="Int64"), "number"),
        (pd.Series([True, None], dtype="boolean"), "flag"),
    ],
)
def test_the_values_of_the_target_say_what_it_is(values, kind, described):
    assert described({"target": values}, {})["target"]["type"] == kind


def test_each_column_has_its_role(described):
    kinds = {"when": "date", "who": "text", "x": "number"}
    told = described({"when": ["2001-01-01"], "who": ["a"], "x": [1.0], "target": [1]}, kinds)
    roles = {name: facts["role"] for name, facts in told.items()}
    assert roles == {"when": "time", "who": "entity", "x": "feature", "target": "target"}


@EVERY
def test_the_data_step_tells_the_rows_that_are_learnt_from_and_judged(name, finished):
    done = finished(name)
    source = done.complete("extract")[0]["inputs"][0]["inputFacets"]
    ours, standard = source["mlops_profile"], source["dataQualityMetrics"]
    judged = done.complete("evaluate")[0]["run"]["facets"]["mlops_metrics"]
    assert ours["rows"] == standard["rowCount"] == judged["train"]["rows"] + judged["window"]["rows"]
    assert ours.get("from") == judged["train"].get("from")
    assert bool(ours.get("to")) == bool(done.values["time"])
    told = {column["name"]: column for column in ours["columns"]}
    assert told[done.values["target"]]["role"] == "target" and set(done.values["columns"]) <= set(told)
    for column in told.values():
        known = ours["rows"] - column["nulls"]
        if "histogram" in column:
            assert sum(column["histogram"]["counts"]) == known, column["name"]
        if "top" in column:
            assert sum(entry["count"] for entry in column["top"]) + column["other"] == known, column["name"]
        assert standard["columnMetrics"][column["name"]]["nullCount"] == column["nulls"]
        assert ("histogram" in column) != ("top" in column)


def test_three_million_rows_are_described_in_about_a_second(described, repositories, tmp_path):
    """Five columns; on an idle machine it takes half a second."""
    random, rows = np.random.default_rng(0), 3_000_000
    table = pd.DataFrame(
        {
            "when": pd.to_datetime(np.sort(random.integers(10**9, 10**9 + 10**7, rows)), unit="s"),
            "x": random.integers(0, 3000, rows).astype(np.float32),
            "who": pd.Categorical.from_codes(random.integers(0, 200, rows), [f"a{i}" for i in range(200)]),
            "target": random.normal(size=rows).round(),
        }
    )
    table.astype({"who": "str"}).to_parquet(tmp_path / "big.parquet")
    code = CODE.replace("print(json", "import time; began = time.process_time(); print(json")
    code += "print(time.process_time() - began)"
    kinds = json.dumps({"when": "date", "x": "number", "who": "text"})
    began = time.monotonic()
    ran = repositories("flight-delay").python("-c", code, str(tmp_path / "big.parquet"), kinds)
    assert ran.returncode == 0, ran.stdout[-2000:]
    seconds = float(ran.stdout.splitlines()[-1])
    print(f"described in {seconds:.2f} s of {time.monotonic() - began:.1f}")
    assert seconds < 2
