"""profile.json: the reference of monitoring, frozen with the version: cells of what goes in and out, by day.

Cells of a number: counts between the interior edges (cell i: i edges are less than the value), then missing,
then how many lie under and over the range of the reference (counted in addition). Cells of a text: the most
frequent categories, other, missing. {% if values.time %}Days are UTC days of the row's time.{% else %}There is no time: the one "day" is called all.{% endif %}
"""
import numpy as np
import pandas as pd

from features import NUMBERS, TEXTS
from plumbing.model_file import ModelFile
from plumbing.problem import Problem
{%- if values.time %}
from plumbing.split import TIME
{%- endif %}

CATEGORIES = 50
PREDICTED_ROWS = 100_000
SHUFFLED_ROWS = 2_000


def profile(rows: pd.DataFrame, problem: Problem, model: ModelFile) -> dict:
    """Made of the training rows; of the predictions at most PREDICTED_ROWS are counted, evenly taken."""
    bins, weight, count = problem.monitoring["bins"], influence(rows, model), Days(rows).count
    features = {c: {**_number(rows[c], count, bins), "importance": weight[c]} for c in NUMBERS}
    features |= {c: {**_text(rows[c], count), "importance": weight[c]} for c in TEXTS}
    some = rows.iloc[:: -(-len(rows) // PREDICTED_ROWS)]
    scores, count = model.scores(some), Days(some).count
{%- if values.task == "multiclass" %}
    predicted = pd.Series(np.asarray(model.classes, dtype=object)[scores.argmax(1)])
    prediction = _text(predicted, count)
{%- else %}
    prediction = _number(pd.Series(scores), count, bins)
{%- endif %}
    return {
        "version": 1,
        "rows": len(rows),
{%- if values.time %}
        "from": rows[TIME].min().isoformat() + "Z",
        "to": rows[TIME].max().isoformat() + "Z",
{%- else %}
        "from": None,
        "to": None,
{%- endif %}
        "features": features,
        "prediction": prediction,
    }


class Days:
    """The days of some rows."""

    def __init__(self, rows: pd.DataFrame):
{%- if values.time %}
        self.codes, days = pd.factorize(rows[TIME].dt.floor("D"), sort=True)
        self.names = days.strftime("%Y-%m-%d").tolist()
{%- else %}
        self.codes, self.names = np.zeros(len(rows), int), ["all"]
{%- endif %}

    def count(self, cells: np.ndarray, width: int) -> dict:
        """Day -> how many of its rows fell into each of `width` cells."""
        size = len(self.names) * width
        counts = np.bincount(self.codes * width + cells, minlength=size).reshape(-1, width)
        return dict(zip(self.names, counts.tolist(), strict=True))


def _number(column: pd.Series, count, bins: int) -> dict:
    values = column.to_numpy(np.float64)
    missing = np.isnan(values)
    known = values[~missing]
    if not len(known):
        days = count(np.ones(len(values), int), 4)
        return {"kind": "number", "edges": [], "range": [None, None], "days": days}
    edges = np.unique(np.quantile(known, np.linspace(0, 1, bins + 1)[1:-1]))
    cells = np.where(missing, len(edges) + 1, np.searchsorted(edges, values, side="left"))
    days = count(cells, len(edges) + 4)  # the last two, under and over the range, are empty in the reference
    return {"kind": "number", "edges": edges.tolist(), "range": [known.min(), known.max()], "days": days}


def _text(column: pd.Series, count) -> dict:
    frequent = column[column.ne("")].value_counts().head(CATEGORIES).index.tolist()
    codes = pd.Index(frequent, dtype=object).get_indexer(column.astype(object))
    cells = np.where(codes >= 0, codes, np.where(column.eq(""), len(frequent) + 1, len(frequent)))
    return {"kind": "text", "categories": frequent, "days": count(cells, len(frequent) + 2)}


def influence(rows: pd.DataFrame, model: ModelFile) -> dict:
    """Feature -> its share in how much the answers change when one feature after the other is shuffled."""
    sample = rows.sample(min(SHUFFLED_ROWS, len(rows)), random_state=0)[[*NUMBERS, *TEXTS]]
    usual, order = model.scores(sample), np.random.default_rng(0).permutation(len(sample))
    change = {}
    for column in sample:
        shuffled = sample.copy()
        shuffled[column] = sample[column].to_numpy()[order]
        change[column] = float(np.abs(model.scores(shuffled) - usual).mean())
    total = sum(change.values()) or 1.0
    return {column: value / total for column, value in change.items()}
