"""A small table of the problem's shape, made up: with gaps{% if values.texts | length %}, other scripts{% endif %} and every type."""
import numpy as np
import pandas as pd
import pytest

from plumbing import data
from plumbing.problem import load

ROWS = 600


@pytest.fixture
def frame() -> pd.DataFrame:
    problem, random = load(), np.random.default_rng(7)
    made = {
        "number": lambda: np.where(random.random(ROWS) < 0.05, np.nan, random.normal(100, 50, ROWS).round()),
        "text": lambda: np.where(random.random(ROWS) < 0.05, None, random.choice(["a", "b ", "شهر"], ROWS)),
        "flag": lambda: random.choice(["yes", "no"], ROWS),
        "date": lambda: pd.Timestamp("2001-01-01") + pd.to_timedelta(random.integers(0, 400, ROWS), "D"),
    }
    raw = {column: made[kind]() for column, kind in problem.kinds.items()}
{%- if values.entity | length %}
    raw |= {column: random.choice(["x", "y", "z"], ROWS) for column in problem.entity}
{%- endif %}
{%- if values.time %}
    minutes = np.sort(random.random(ROWS)) * 4 * problem.span("history").total_seconds() // 60
    raw[problem.time] = pd.Timestamp("2001-01-01") + pd.to_timedelta(minutes, "min")
{%- endif %}
    table = pd.DataFrame({c: data.CASTS[kind](pd.Series(raw[c])) for c, kind in problem.kinds.items()})
{%- if values.task == "binary" %}
{%- if values.history and values.history.value == values.target %}
    value = problem.target["positive"].partition(" ")[2]
    target = random.choice([0, *range(-9, 10)], ROWS, p=[0.43, *[0.03] * 19]) + float(value)
{%- else %}
    sign, _, value = problem.target["positive"].partition(" ")
    words, numbers = random.choice([value, "other"], ROWS), random.normal(0, 20, ROWS).round()
    target = words if sign == "==" else numbers + float(value)
{%- endif %}
{%- elif values.task == "multiclass" %}
    target = random.choice(["one", "دو", "three"], ROWS)
{%- else %}
    target = random.normal(0, 20, ROWS).round()
{%- endif %}
    table[problem.target["column"]] = target
    return table.assign(**{data.OUTCOME: data.outcome(pd.Series(target), problem)})
