"""The tables that the template is tried on, unlike in every way that matters, with their values."""

import json
import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

HERE = Path(__file__).resolve().parent
VEGA = Path(os.environ.get("VEGA_DATASETS") or HERE.parents[1] / "node_modules/vega-datasets/data")
POLICY = {
    "repo": {},
    "train_until": "",
    "risk": "limited",
    "owner": "group:default/ml",
    "encoding": None,
    "written": {},
    "left_out": {},
    "max_missing": {},
    "calendar": {},
    "from_dates": {},
    "entity": [],
    "time": None,
    "history": None,
    "positive": None,
    "retraining": {"schedule": "", "when": ["drift"], "cool_down": "7d", "needed_windows": 2},
    "monitoring": {"window": "7d", "limit": 0.2, "min_rows": 1000, "bins": 10},
    "serving": {"canary": [10, 100]},
}


@dataclass(frozen=True)
class Table:
    """Values of the form, and how the source file is made."""

    values: dict
    write: callable

    @property
    def name(self) -> str:
        return self.values["name"]


def stored(name: str) -> dict:
    return json.loads((HERE / f"{name}.values.json").read_text(encoding="utf-8"))


def flights(path: Path) -> None:
    """Every twentieth flight, January to March."""
    table = pd.read_parquet(VEGA / "flights-3m.parquet").sort_values("date").iloc[::20]
    table[table["date"] < "2001-03-20"].to_parquet(path, index=False)


def penguins(path: Path) -> None:
    """No time, three classes, Persian names with blanks, quotes, a bar and a zero-width joiner."""
    table = pd.DataFrame(json.loads((VEGA / "penguins.json").read_text(encoding="utf-8")))
    names = {"Adelie": "آدلی", "Chinstrap": "ریش‌دار", "Gentoo": "جنتو"}
    renamed = table.rename(
        columns={
            "Species": "گونه",
            "Island": "جزیره",
            "Beak Length (mm)": "طول منقار (mm)",
            "Beak Depth (mm)": 'عمق "منقار"',
            "Flipper Length (mm)": "بال‌ها | mm",
            "Body Mass (g)": "وزن (گرم)",
            "Sex": "جنس'",
        }
    )
    adult = np.where(np.arange(len(renamed)) % 3 == 0, "no", "yes")
    renamed.assign(
        **{"گونه": renamed["گونه"].map(names), "بالغ؟": adult, "شناسه": range(len(renamed))}
    ).to_csv(path, index=False)


def movies(path: Path) -> None:
    """Mixed, with up to 80 % missing; texts like numbers, dates in words, semicolons between the cells."""
    table = pd.DataFrame(json.loads((VEGA / "movies.json").read_text(encoding="utf-8")))
    table.to_csv(path, index=False, sep=";")


MOVIES = {
    **POLICY,
    "name": "movie-rating",
    "title": "How well is a film rated?",
    "objective": "Predict the IMDB rating",
    "task": "regression",
    "data": "data/movies.csv",
    "target": "IMDB Rating",
    "entity": ["Director"],
    "columns": {
        "US Gross": "number",
        "Worldwide Gross": "number",
        "Production Budget": "number",
        "Release Date": "date",
        "MPAA Rating": "text",
        "Running Time min": "number",
        "Major Genre": "text",
        "Director": "text",
        "Rotten Tomatoes Rating": "number",
    },
    "from_dates": {
        "Release Date_year": 'rows["Release Date"].dt.year',
        "Release Date_month": 'rows["Release Date"].dt.month',
    },
    "numbers": [
        "US Gross",
        "Worldwide Gross",
        "Production Budget",
        "Running Time min",
        "Rotten Tomatoes Rating",
        "Release Date_year",
        "Release Date_month",
    ],
    "texts": ["MPAA Rating", "Major Genre", "Director"],
    "windows": {"test_share": 0.2},
    "min_rows": 500,
    "max_missing": {
        "MPAA Rating": 0.4,
        "Running Time min": 0.9,
        "Major Genre": 0.2,
        "Director": 0.6,
        "Rotten Tomatoes Rating": 0.5,
    },
    "metric": {"name": "mae", "target": 0.95},
    "direction": "minimize",
}


def wide(path: Path, rows: int = 20_000) -> None:
    """66 inputs, 1 % positive, unseen categories late, whole numbers as text with gaps, a flag, two dates."""
    random = np.random.default_rng(3)
    table = pd.DataFrame({f"x{i:02d}": random.normal(size=rows) for i in range(50)})
    for i in range(8):
        table[f"k{i}"] = random.integers(0, 1000, rows)
    for i in range(5):
        table[f"c{i}"] = np.char.add("v", random.integers(0, 30 * (i + 1), rows).astype(str))
    table["zip"] = pd.array(random.integers(10_000, 10_200, rows), dtype="Int64")
    table.loc[random.random(rows) < 0.02, ["x03", "zip"]] = None
    table["member"] = random.random(rows) < 0.4
    table["ts"] = pd.Timestamp("2024-01-01") + pd.to_timedelta(
        np.sort(random.integers(0, 120 * 86400, rows)), "s"
    )
    table["signup"] = pd.Timestamp("2021-01-01") + pd.to_timedelta(random.integers(0, 1000, rows), "D")
    table["customer"] = random.integers(0, 300, rows).astype(str)
    late = (table["ts"] > "2024-04-10") & (random.random(rows) < 0.1)
    table.loc[late, "c0"] = "new " + table.loc[late, "c0"]
    risk = 2.0 * table["x00"].fillna(0) + table["member"] + (table["k0"] > 800) + random.gumbel(size=rows)
    table["fraud"] = np.where(risk > risk.quantile(0.99), "yes", "no")
    table.to_parquet(path, index=False)


WIDE_NUMBERS = [f"x{i:02d}" for i in range(50)] + [f"k{i}" for i in range(8)]
WIDE_TEXTS = [*[f"c{i}" for i in range(5)], "zip", "customer"]
WIDE = {
    **POLICY,
    "name": "fraud",
    "title": "Is this payment fraud?",
    "objective": "Find fraud",
    "task": "binary",
    "data": "data/payments.parquet",
    "target": "fraud",
    "positive": "== yes",
    "time": "ts",
    "entity": ["customer"],
    "columns": {
        **dict.fromkeys(WIDE_NUMBERS, "number"),
        "member": "flag",
        "signup": "date",
        **dict.fromkeys(WIDE_TEXTS, "text"),
    },
    "calendar": {"hour": "when.dt.hour + when.dt.minute / 60", "weekday": "when.dt.day_of_week"},
    "from_dates": {"signup_days": '(when - rows["signup"]).dt.days'},
    "history": {
        "bucket": "7D",
        "lag": 1,
        "mean": "recent_fraud",
        "count": "recent_fraud_rows",
        "value": "__outcome",
    },
    "windows": {"history": "14d", "train": "80d", "test": "20d"},
    "min_rows": 1000,
    "numbers": [
        *WIDE_NUMBERS,
        "member",
        "hour",
        "weekday",
        "signup_days",
        "recent_fraud",
        "recent_fraud_rows",
    ],
    "texts": WIDE_TEXTS,
    "metric": {"name": "average_precision"},
    "direction": "maximize",
}


def weather(path: Path) -> None:
    """Days in order, one row a day, no entity: regression by time."""
    pd.read_csv(VEGA / "seattle-weather.csv").to_csv(path, index=False)


WEATHER = {
    **POLICY,
    "name": "seattle-rain",
    "title": "How warm does it get?",
    "objective": "Predict the day's maximum",
    "task": "regression",
    "data": "data/weather.csv",
    "target": "temp_max",
    "time": "date",
    "columns": {"precipitation": "number", "wind": "number"},
    "calendar": {"month": "when.dt.month"},
    "history": {
        "bucket": "1D",
        "lag": 1,
        "mean": "recent_temp_max",
        "count": "recent_temp_max_rows",
        "value": "temp_max",
    },
    "windows": {"history": "2d", "train": "1100d", "test": "290d"},
    "min_rows": 300,
    "numbers": ["precipitation", "wind", "month", "recent_temp_max", "recent_temp_max_rows"],
    "texts": [],
    "metric": {"name": "mae"},
    "direction": "minimize",
}

TABLES = {
    table.name: table
    for table in (
        Table(stored("flights"), flights),
        Table(stored("penguins"), penguins),
        Table(MOVIES, movies),
        Table(WIDE, wide),
        Table(WEATHER, weather),
    )
}
