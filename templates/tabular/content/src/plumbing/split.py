{% if values.time -%}
"""Splits by time: history, then the training window, then the later window on which the model is judged."""
import pandas as pd

from plumbing import data
from plumbing.problem import Problem

PART, TIME = "__part", "__time"


def windows(problem: Problem, until: str) -> dict:
    """First moments of history, train and test, and the end, which belongs to none of them."""
    end = pd.Timestamp(until) if until else _end_of(problem)
    if end.tz is not None:
        end = end.tz_convert(None)
    test = end - problem.span("test")
    train = test - problem.span("train")
    return {"history": train - problem.span("history"), "train": train, "test": test, "end": end}


def _end_of(problem: Problem) -> pd.Timestamp:
    """The first midnight after the last row."""
    times = data.read(problem.uri, problem, known=False)[problem.time]
    if times.notna().sum() == 0:
        raise data.DataProblem(f"no value of {problem.time!r} in {problem.uri} is a time")
    return times.max().normalize() + pd.Timedelta("1D")


def extract(problem: Problem, until: str = "") -> pd.DataFrame:
    """Rows of the windows with a known outcome, oldest first, each marked with its PART."""
    edges = windows(problem, problem.until(until))
    table = data.read(problem.uri, problem, start=edges["history"], end=edges["end"])
    when = table[problem.time]
    inside = (when >= edges["history"]) & (when < edges["end"]) & table[data.OUTCOME].notna()
    table = table[inside].sort_values(problem.time, kind="stable", ignore_index=True)
    starts = [edges["train"], edges["test"]]
    positions = pd.Index(starts).searchsorted(table[problem.time], side="right")
    parts = pd.Categorical.from_codes(positions, ["history", "train", "test"])
    return table.assign(**{PART: parts.astype("str")})


def window(rows: pd.DataFrame, time: str) -> dict:
    """First and last moment of some rows (ISO, UTC) and how many they are."""
    times = rows[time]
    first, last = (f"{t.isoformat()}Z" if len(rows) else None for t in (times.min(), times.max()))
    return {"from": first, "to": last, "rows": len(rows)}
{%- else -%}
"""Splits rows without time: a stable hash keeps a share apart, so a row is on the same side in every run."""
import numpy as np
import pandas as pd

from plumbing import data
from plumbing.problem import Problem

PART = "__part"


def extract(problem: Problem) -> pd.DataFrame:
    """Rows with a known outcome, each marked with its PART, in an order that does not depend on the source's.

    Equal rows{% if values.entity | length %} and all rows of one entity{% endif %} are on the same side.
    """
    table = data.read(problem.uri, problem)
    table = table[table[data.OUTCOME].notna()]
    keys = pd.util.hash_pandas_object(table[{% if values.entity | length %}problem.entity{% else %}list(problem.columns){% endif %}], index=False).to_numpy()
    share = round(1000 * problem.windows["test_share"])
    table = table.assign(**{PART: np.where(keys % 1000 < share, "test", "train")})
    return table.iloc[np.argsort(keys // 1000, kind="stable")].reset_index(drop=True)


def window(rows: pd.DataFrame) -> dict:
    """How many rows there are; they have no time."""
    return {"from": None, "to": None, "rows": len(rows)}
{%- endif %}
