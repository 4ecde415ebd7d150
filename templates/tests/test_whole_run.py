"""The compiled pipeline on this machine, one process a step, as `python pipelines/run.py` runs it."""

import json
import shutil
import time

import numpy as np
import pandas as pd
import pytest

from conftest import Repository
from tables import POLICY, TABLES, VEGA, Table, stored


def folder_of(repository) -> str:
    """The newest model of the repository's own runs."""
    return str(sorted(repository.root.glob(".runs/*/train/model"), key=lambda path: path.stat().st_mtime)[-1])


def events(repository) -> list:
    lines = (repository.root / ".runs/openlineage.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def registered(repository) -> dict:
    """Metrics of the newest registration."""
    done = [
        e
        for e in events(repository)
        if e["job"]["name"].endswith(".register") and e["eventType"] == "COMPLETE"
    ]
    return done[-1]["run"]["facets"]["mlops_metrics"]


def run(repository, *arguments, **environment):
    ran = repository.python("pipelines/run.py", *arguments, **environment)
    assert ran.returncode == 0, ran.stdout[-4000:]
    assert "registered" in ran.stdout.splitlines()[-1]


@pytest.mark.parametrize("name", ["penguin-species"])
def test_a_second_run_comes_from_the_cache_until_code_data_or_champion_change(name, tmp_path):
    repository = Repository(TABLES[name], tmp_path / "penguins")
    run(repository)
    told = len(events(repository))
    assert registered(repository)["champion"] == {}
    run(repository)
    assert len(events(repository)) == told
    run(repository, folder_of(repository))
    again = [
        e["job"]["name"].rpartition(".")[2] for e in events(repository)[told:] if e["eventType"] == "COMPLETE"
    ]
    assert again == ["evaluate", "register"]
    judged = registered(repository)
    assert judged["champion"] == pytest.approx(judged["metrics"])
    assert judged["gate"][-1] == {**judged["gate"][-1], "state": "met", "condition": PRODUCTION}


PRODUCTION = "not worse than the version in production"


@pytest.mark.parametrize("name", ["penguin-species"])
def test_a_champion_that_is_gone_is_unknown_and_data_that_fails_its_checks_stops_the_run(name, finished):
    done = finished(name)
    code = "from plumbing import judging; judging.evaluate(*{!r})"
    paths = [str(done.folder / name) for name in ("raw", "table", "model")] + [
        "/nowhere",
        str(done.folder / "again"),
    ]
    ran = done.repository.python("-c", code.format(paths), OPENLINEAGE__TRANSPORT='{"type": "noop"}')
    assert ran.returncode == 0, ran.stdout
    gate = json.loads((done.folder / "again").read_text(encoding="utf-8"))["gate"]
    assert gate[-1]["condition"] == PRODUCTION and gate[-1]["state"] == "unknown"

    broken = done.repository.root / "data/broken.csv"
    table = pd.read_csv(done.repository.root / done.values["data"])
    table.assign(**{"وزن (گرم)": "heavy"}).to_csv(broken, index=False)
    code = "from plumbing import steps; steps.extract('', 'never-written')"
    for source, reason in (
        (broken, "missing or not readable in وزن (گرم)"),
        ("/nowhere.csv", "cannot be read"),
    ):
        ran = done.repository.python(
            "-c", code, DATA_URI=str(source), OPENLINEAGE__TRANSPORT='{"type": "noop"}'
        )
        assert ran.returncode != 0 and reason in ran.stdout
    table.drop(columns="جزیره").to_csv(broken, index=False)
    ran = done.repository.python("-c", code, DATA_URI=str(broken), OPENLINEAGE__TRANSPORT='{"type": "noop"}')
    assert ran.returncode != 0 and "columns missing" in ran.stdout and "جزیره" in ran.stdout


@pytest.mark.parametrize("name", ["movie-rating"])
def test_dates_whose_order_nobody_told_are_refused_by_name_and_never_swapped(name, finished):
    done = finished(name)
    source = done.repository.root / "data/day-first.csv"
    table = pd.read_csv(done.repository.root / done.values["data"], sep=";")
    days = pd.date_range("1980-01-01", periods=len(table), freq="D").strftime("%d/%m/%Y")
    table.assign(**{"Release Date": days}).to_csv(source, index=False, sep=";")
    code = "from plumbing import steps; steps.extract('', 'never-written')"
    ran = done.repository.python("-c", code, DATA_URI=str(source), OPENLINEAGE__TRANSPORT='{"type": "noop"}')
    assert ran.returncode != 0
    assert "Release Date holds dates such as 01/01/1980, whose day and month" in ran.stdout
    assert 'written: {"Release Date": "%d/%m/%Y"}' in ran.stdout


@pytest.mark.parametrize("name", ["flight-delay"])
def test_a_champion_that_was_trained_on_the_test_window_is_no_opponent(name, finished, tmp_path):
    done = finished(name)
    later = tmp_path / "champion"
    shutil.copytree(done.model, later)
    profile = {**done.profile, "to": "2001-12-31T00:00:00Z"}
    (later / "profile.json").write_text(json.dumps(profile), encoding="utf-8")
    code = "import sys; from pathlib import Path; from plumbing.model_file import write_manifest; "
    code += "write_manifest(Path(sys.argv[1]))"
    assert done.repository.python("-c", code, str(later)).returncode == 0
    code = "from plumbing import judging; judging.evaluate(*{!r})"
    for champion, state, detail in (
        (done.model, "met", "to compare with"),
        (later, "unknown", "it was trained on rows of this window, up to 2001-12-31"),
    ):
        paths = [str(done.folder / name) for name in ("raw", "table", "model")]
        paths += [str(champion), str(tmp_path / "report")]
        ran = done.repository.python("-c", code.format(paths), OPENLINEAGE__TRANSPORT='{"type": "noop"}')
        assert ran.returncode == 0, ran.stdout
        gate = json.loads((tmp_path / "report").read_text(encoding="utf-8"))["gate"]
        assert (gate[-1]["condition"], gate[-1]["state"]) == (PRODUCTION, state), ran.stdout
        assert detail in gate[-1]["detail"]


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in TABLES if name != "penguin-species"])
def test_every_table_goes_through_the_whole_pipeline(name, tmp_path):
    repository = Repository(TABLES[name], tmp_path / name)
    run(repository)
    assert registered(repository)["gate"][0]["state"] == "met"


def drift(feature: dict, cells) -> tuple:
    """Noise floor of the reference's own weeks, and the score of `cells`; as the portal scores."""
    width = len(feature["edges"]) + 2
    weeks = {}
    for day, counts in feature["days"].items():
        monday = pd.Timestamp(day) - pd.Timedelta(days=pd.Timestamp(day).day_of_week)
        weeks.setdefault(monday, []).append(counts[:width])
    whole = np.sum([day for days in weeks.values() for day in days], axis=0)

    def psi(counts):
        p, q = (np.maximum(c / np.sum(c), 1e-4) for c in (whole, np.asarray(counts)))
        return float(((q - p) * np.log(q / p)).sum())

    own = [psi(np.sum(days, axis=0)) for days in weeks.values() if len(days) == 7]
    return float(np.percentile(own, 95)), psi(cells)


@pytest.mark.slow
def test_all_flights_train_and_a_monitor_of_them_is_quiet_in_march_and_loud_at_the_end_of_april(tmp_path):
    whole = Table(stored("flights"), lambda path: path.symlink_to(VEGA / "flights-3m.parquet"))
    repository = Repository(whole, tmp_path / "flights")
    began = time.monotonic()
    run(repository)
    print(f"whole run: {time.monotonic() - began:.0f} s")
    judged = registered(repository)
    assert judged["metrics"]["roc_auc"] > 0.70 and {c["state"] for c in judged["gate"]} == {"met"}
    profile = json.loads(open(folder_of(repository) + "/profile.json", encoding="utf-8").read())
    feature = profile["features"]["recent_delay"]
    code = (
        "import sys; from plumbing import data, serving; from plumbing.problem import load\n"
        "rows = data.read(load().uri, load()).sort_values('date', ignore_index=True)\n"
        "made = serving.tensors(rows, rows)[['recent_delay']].assign(date=rows['date'])\n"
        "made.to_parquet(sys.argv[1])"
    )
    assert repository.python("-c", code, str(tmp_path / "made.parquet")).returncode == 0
    made = pd.read_parquet(tmp_path / "made.parquet")
    width, scores = len(feature["edges"]) + 2, {}
    for monday in pd.date_range("2001-02-26", "2001-05-14", freq="7D"):
        week = made.loc[
            (made["date"] >= monday) & (made["date"] < monday + pd.Timedelta(days=7)), "recent_delay"
        ]
        place = np.searchsorted(feature["edges"], week.to_numpy(float), side="left")
        cells = np.bincount(np.where(week.isna(), width - 1, place), minlength=width)
        floor, scores[f"{monday:%d %B}"] = drift(feature, cells)
    assert floor == pytest.approx(0.110, abs=0.003)
    loud = {week: score for week, score in scores.items() if score > max(0.2, floor)}
    assert list(loud) == ["23 April", "30 April", "07 May"]
    assert list(loud.values()) == pytest.approx([0.306, 0.246, 0.223], abs=0.003)


COLUMNS = [f"x{i:02d}" for i in range(88)]
MILLION = {
    **POLICY,
    "name": "million",
    "title": "One million rows",
    "objective": "Find the rare",
    "task": "binary",
    "data": "data/million.parquet",
    "target": "rare",
    "positive": "> 0",
    "time": "ts",
    "columns": {**dict.fromkeys(COLUMNS, "number"), **dict.fromkeys([f"c{i}" for i in range(10)], "text")},
    "windows": {"history": "1d", "train": "120d", "test": "30d"},
    "min_rows": 1000,
    "numbers": COLUMNS,
    "texts": [f"c{i}" for i in range(10)],
    "metric": {"name": "average_precision"},
    "direction": "maximize",
}


def million(path) -> None:
    """100 columns, 0.5 % positive."""
    random, rows = np.random.default_rng(5), 1_000_000
    table = pd.DataFrame({name: random.normal(size=rows).astype(np.float32) for name in COLUMNS})
    for i in range(10):
        table[f"c{i}"] = pd.Categorical.from_codes(
            random.integers(0, 500, rows), [f"v{k}" for k in range(500)]
        )
    table["ts"] = pd.Timestamp("2024-01-01") + pd.to_timedelta(
        np.sort(random.integers(0, 160 * 86400, rows)), "s"
    )
    score = table["x00"] + table["x01"] * table["x02"] + random.gumbel(size=rows)
    table["rare"] = (score > score.quantile(0.995)).astype("int64")
    table.to_parquet(path, index=False)


@pytest.mark.slow
def test_one_million_rows_of_a_hundred_columns_fit_into_memory(tmp_path):
    repository = Repository(Table(MILLION, million), tmp_path / "million")
    code = "import resource, runpy, sys; sys.argv = ['pipelines/run.py']\n"
    code += "try:\n    runpy.run_path('pipelines/run.py', run_name='__main__')\n"
    code += "except SystemExit as end:\n    print('exit', end.code)\n"
    code += "print('peak', resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    ran = repository.python("-c", code, timeout=1800)
    assert "exit 0" in ran.stdout, ran.stdout[-4000:]
    assert int(ran.stdout.split("peak")[-1]) < 4_000_000  # KiB of the largest step
