"""A table whose numbers and times are not written plainly, and whose later files are read in the same way."""

import json

import numpy as np
import pandas as pd
import pytest

from conftest import HERE, Repository
from tables import POLICY, Table

ROWS = 600
DAYS = pd.date_range("2019-01-01 08:26", periods=ROWS, freq="D")
AMOUNTS = np.random.default_rng(1).gamma(2, 900, ROWS).round(2)


def german(amount: float) -> str:
    return f"{amount:,.2f}".translate(str.maketrans(",.", ".,"))


def ledger(path) -> None:
    paid = (np.random.default_rng(2).random(ROWS) < 0.4).astype(int).astype(str)
    paid[::50] = "NA"
    table = pd.DataFrame(
        {
            "day": [f"{day.day}.{day.month}.{day.year} {day:%H:%M}" for day in DAYS],
            "amount": [f"{german(amount)} €" for amount in AMOUNTS],
            "born": DAYS.strftime("%m/%d/%y"),
            "seen": DAYS.astype("datetime64[s]").astype("int64"),
            "paid": paid,
        }
    )
    table.loc[3, ["amount", "born"]] = ["unknown", None]
    table.to_csv(path, index=False, sep=";")


LEDGER = {
    **POLICY,
    "name": "ledger",
    "title": "Is it paid?",
    "objective": "Find what is paid",
    "task": "binary",
    "data": "data/ledger.csv",
    "written": {"day": "%d.%m.%Y %H:%M", "amount": "1.234,5", "born": "%m/%d/%y", "seen": "seconds"},
    "target": "paid",
    "positive": "== 1",
    "time": "day",
    "columns": {"amount": "number", "born": "date", "seen": "date"},
    "from_dates": {"born_month": 'rows["born"].dt.month', "seen_month": 'rows["seen"].dt.month'},
    "history": {"bucket": "28D", "lag": 1, "mean": "recent", "count": "recent_rows", "value": "paid"},
    "windows": {"history": "56d", "train": "400d", "test": "100d"},
    "min_rows": 100,
    "numbers": ["amount", "born_month", "seen_month", "recent", "recent_rows"],
    "texts": [],
    "metric": {"name": "roc_auc"},
    "direction": "maximize",
}


@pytest.fixture(scope="module")
def repository(tmp_path_factory) -> Repository:
    return Repository(Table(LEDGER, ledger), tmp_path_factory.mktemp("written") / "ledger")


@pytest.fixture
def read(repository, tmp_path):
    """Changes of the source's cells -> what the repository reads, or what it says where it stops."""

    def get(**cells: str):
        source = pd.read_csv(repository.root / LEDGER["data"], sep=";", dtype=str)
        for column, text in cells.items():
            source.loc[5, column] = text
        source.to_csv(tmp_path / "later.csv", index=False, sep=";")
        return repository.read(tmp_path / "later.csv")

    return get


def test_the_own_tests_of_a_repository_with_a_number_as_class_and_a_history_pass(repository):
    ran = repository.python("-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/test_features.py")
    assert ran.returncode == 0, ran.stdout[-4000:]


def test_every_value_is_read_as_it_is_written(read):
    table = read()
    assert (table["day"] == DAYS).all()
    assert (table["seen"] == DAYS).all()
    known = table.index != 3
    assert (table["born"][known] == DAYS[known].normalize()).all() and pd.isna(table["born"][3])
    assert np.allclose(table["amount"][known], AMOUNTS[known]) and np.isnan(table["amount"][3])


def test_words_for_nothing_are_no_outcome(read):
    outcome = read(paid=" n/a ")["__outcome"]
    assert outcome.isna().sum() == ROWS / 50 + 1 and set(outcome.dropna()) == {0, 1}


@pytest.mark.parametrize(
    ("column", "text"), [("day", "2019-01-06"), ("born", "31/12/19"), ("amount", "1,234.50"), ("seen", "1e")]
)
def test_a_value_that_is_written_otherwise_stops_the_run_with_its_column(column, text, read):
    told = read(**{column: text})
    assert f"{column}: {text!r} is not written as {LEDGER['written'][column]!r}" in told
    assert "(1 of 600)" in told and "data.written in problem.yaml" in told


NUMBERS = [
    ("1,234.5", "$1,234.50", 1234.5),
    ("1,234.5", "1,234,567", 1234567),
    ("1,234.5", "12.5 %", 12.5),
    ("1,234.5", "(1,200)", -1200),
    ("1,234.5", "۱۲٬۳۴۵٫۶", 12345.6),
    ("1,234.5", "1,23", None),
    ("1,234.5", "0,123", None),
    ("1.234,5", "-1.234,5", -1234.5),
    ("1.234,5", "1.5", None),
    ("1.234,5", "٣٫٥", None),
]


def test_a_number_is_read_whole_or_not_at_all(repository):
    code = "import json, sys; import pandas as pd; from plumbing import written\n"
    code += "words = [pd.Series([word]) for _, word, _ in json.loads(sys.argv[1])]\n"
    code += "made = [written.plain(w, w, how)[0] for w, (how, *_) in zip(words, json.loads(sys.argv[1]))]\n"
    code += "print(json.dumps([None if pd.isna(number) else number for number in made]))"
    ran = repository.python("-c", code, json.dumps(NUMBERS))
    assert ran.returncode == 0, ran.stdout[-2000:]
    assert json.loads(ran.stdout.splitlines()[-1]) == [wanted for *_, wanted in NUMBERS]


def test_a_time_that_is_typed_may_be_written_plainly_or_as_in_the_table(repository):
    code = "import json; from plumbing import data; from plumbing.problem import load\n"
    code += "rows = [{'day': d, 'born': b} for d, b in json.loads(input())]\n"
    code += "made = data.typed(rows, load())\n"
    code += "print(json.dumps([[m.isoformat() for m in made[c]] for c in ('day', 'born')]))"
    typed = [["31.1.2020 08:26", "12/31/19"], ["2020-01-31T08:26", "2019-12-31"], [None, ""]]
    ran = repository.python("-c", code, stdin=json.dumps(typed))
    assert ran.returncode == 0, ran.stdout[-2000:]
    read = json.loads(ran.stdout.splitlines()[-1])
    assert read == [["2020-01-31T08:26:00"] * 2 + ["NaT"], ["2019-12-31T00:00:00"] * 2 + ["NaT"]]


KEYWORDS = {
    **POLICY,
    "name": "keywords",
    "title": "Which group?",
    "objective": "Find the group",
    "task": "binary",
    "data": "data/keywords.csv",
    "target": "group",
    "positive": "== yes",
    "columns": {
        "self": "number",
        "select": "number",
        "class": "text",
        "Class": "text",
        "None": "flag",
        "🏙️": "text",
    },
    "windows": {"test_share": 0.3},
    "min_rows": 100,
    "numbers": ["self", "select", "None"],
    "texts": ["class", "Class", "🏙️"],
    "metric": {"name": "roc_auc"},
    "direction": "maximize",
}


def keywords(path) -> None:
    random = np.random.default_rng(3)
    own = random.normal(size=ROWS)
    table = {column: random.choice(["x", "y"], ROWS) for column in KEYWORDS["texts"]}
    table |= {"self": own, "select": random.normal(size=ROWS), "None": random.choice(["yes", "no"], ROWS)}
    pd.DataFrame({**table, "group": np.where(own > 0.5, "yes", "no")}).to_csv(path, index=False)


def test_columns_may_be_called_like_words_of_python_and_of_pandas(tmp_path):
    repository = Repository(Table(KEYWORDS, keywords), tmp_path / "keywords")
    ran = repository.python(str(HERE / "drive.py"), str(tmp_path), OPENLINEAGE__TRANSPORT='{"type": "noop"}')
    assert ran.returncode == 0, ran.stdout[-4000:]
    profile = json.loads((tmp_path / "model/profile.json").read_text(encoding="utf-8"))
    importance = {name: feature["importance"] for name, feature in profile["features"].items()}
    assert max(importance, key=importance.get) == "self" and set(importance) == {*KEYWORDS["columns"]}
