"""What is in the columns of a table: counts, bounds and a distribution of each; told with a run's data."""
import numpy as np
import pandas as pd

from plumbing import data
from plumbing.problem import Problem

BINS, TOP, LONGEST = 20, 10, 200
SPARSE = 3  # a range that many times as wide as its bulk
SHARES = [0.1, 0.25, 0.5, 0.75, 0.9]
WHOLE_FLOAT32 = 1 << 24  # above it a float32 no longer holds every whole number


def describe(table: pd.DataFrame, problem: Problem) -> list:
    """A dictionary per column: name, type, role, nulls, distinct, then by its type

    - number: min, max, mean, sum, quantiles (share -> value), histogram {edges, counts}
    - date: min and max (ISO), histogram with edges in milliseconds since 1970
    - text, flag: the TOP most frequent values as [{value, count}], and how many rows hold `other` ones

    Figures are of the column as it is read. They are exact, or `approximate` says that the type rounds them.
    """
    found = []
    for column in [c for c in table if not c.startswith("__")]:
        kind, values = _typed(table[column], problem.kinds.get(column))
        facts = {"name": column, "type": kind, "role": _role(column, problem)}
        found.append(facts | {"number": _number, "date": _date, "text": _text, "flag": _flag}[kind](values))
    return found


def _role(column: str, problem: Problem) -> str:
    if column == problem.target["column"]:
        return "target"
{%- if values.time %}
    if column == problem.time:
        return "time"
{%- endif %}
{%- if values.entity | length %}
    if column in problem.entity:
        return "entity"
{%- endif %}
    return "feature"


def _typed(values: pd.Series, kind: str | None) -> tuple:
    """The target has no declared type: its values say which."""
    if kind:
        return kind, values
    if pd.api.types.is_bool_dtype(values):
        return "flag", data.as_flag(values)
    if pd.api.types.is_datetime64_any_dtype(values):
        return "date", data.as_time(values)
    if pd.api.types.is_numeric_dtype(values):
        return "number", values.astype("float64")
    return "text", data.as_text(values)


def _number(values: pd.Series) -> dict:
    raw = values.to_numpy(dtype=values.dtype if values.dtype.kind == "f" else "float64", na_value=np.nan)
    known = np.sort(raw[np.isfinite(raw)])
    if not len(known):
        return {"nulls": len(raw), "distinct": 0}
    told = {"min": _plain(known[0]), "max": _plain(known[-1])}
    total = float(known.sum(dtype=np.float64))
    told |= {"mean": total / len(known), "sum": total, "quantiles": _quantiles(known)}
    if known.dtype == np.float32 and max(abs(told["min"]), abs(told["max"])) > WHOLE_FLOAT32:
        told["approximate"] = True
    edges = _edges(float(known[0]), float(known[-1]), *_bulk(known))
    return {**_counted(len(raw), known), **told, "histogram": _histogram(known, edges)}


def _date(values: pd.Series) -> dict:
    known = values[values.notna()].to_numpy("datetime64[ms]").astype("int64")
    if not len(known):
        return {"nulls": len(values), "distinct": 0}
    known.sort()
    first, last = (f"{np.datetime64(int(moment), 'ms')}Z" for moment in known[[0, -1]])
    edges = np.unique(np.round(_edges(int(known[0]), int(known[-1]))))
    told = {"min": first, "max": last, "histogram": _histogram(known, edges)}
    return {**_counted(len(values), known), **told}


def _text(values: pd.Series) -> dict:
    codes, words = pd.factorize(values.astype("str"))
    missing = np.asarray(words == "") if len(words) else np.zeros(0, bool)
    counts = np.bincount(codes[codes >= 0], minlength=len(words))
    known = int(counts[~missing].sum())
    return {
        "nulls": len(values) - known,
        "distinct": int((~missing).sum()),
        **_top([(str(words[i])[:LONGEST], int(counts[i])) for i in _frequent(counts, missing)], known),
    }


def _flag(values: pd.Series) -> dict:
    counts = [(word, int((values == number).sum())) for word, number in ((True, 1), (False, 0))]
    counts = sorted([pair for pair in counts if pair[1]], key=lambda pair: -pair[1])
    known = sum(count for _, count in counts)
    return {"nulls": len(values) - known, "distinct": len(counts), **_top(counts, known)}


def _frequent(counts: np.ndarray, missing: np.ndarray) -> np.ndarray:
    """Positions of the most frequent values; of equals, those that come first in the table."""
    return np.argsort(np.where(missing, 0, -counts), kind="stable")[: min(TOP, int((~missing).sum()))]


def _top(pairs: list, known: int) -> dict:
    top = [{"value": value, "count": count} for value, count in pairs]
    return {"top": top, "other": known - sum(entry["count"] for entry in top)}


def _counted(rows: int, known: np.ndarray) -> dict:
    return {"nulls": rows - len(known), "distinct": int(np.count_nonzero(np.diff(known))) + 1}


def _quantiles(known: np.ndarray) -> dict:
    """Of sorted values: the smallest value with at least that share of rows up to it."""
    places = np.maximum(np.ceil(np.array(SHARES) * len(known)).astype(int) - 1, 0)
    return {str(share): _plain(known[place]) for share, place in zip(SHARES, places, strict=True)}


def _bulk(known: np.ndarray) -> tuple:
    """Where all of the sorted values but one in a hundred lie."""
    last = len(known) - 1
    return float(known[round(0.005 * last)]), float(known[round(0.995 * last)])


def _edges(low: float, high: float, start: float | None = None, end: float | None = None) -> np.ndarray:
    """Of BINS equal parts; where the bulk fills little of the range, of parts in it and one on each side.

    One value alone stands in the middle of a single part.
    """
    if high <= low:
        return np.array([low - 0.5, high + 0.5])
    if start is not None and end > start and high - low > SPARSE * (end - start):
        return np.unique([low, *np.linspace(start, end, BINS - 1), high])
    return np.linspace(low, high, BINS + 1)


def _histogram(known: np.ndarray, edges: np.ndarray) -> dict:
    """How many sorted values lie from one edge to the next; the last part holds its upper edge."""
    places = np.searchsorted(known, edges[1:-1], side="left")
    counts = np.diff([0, *places, len(known)])
    return {"edges": edges.tolist(), "counts": counts.tolist()}


def _plain(value) -> float:
    """As short as the type allows: 0.1 of a float32 is no 0.10000000149."""
    return float(str(value)) if isinstance(value, np.float32) else float(value)
