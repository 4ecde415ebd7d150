"""Metrics, plots and slices, the honest baseline and the gate: pure functions of truth and scores."""
import numpy as np
import pandas as pd
from sklearn import metrics as sk

SLICES, SLICE_ROWS, POINTS = 5, 50, 100
{%- if values.task == "binary" %}


def report(truth: np.ndarray, scores: np.ndarray) -> dict:
    """Every metric by name; those that rank need both classes in `truth` and are left out without."""
    told = scores > 0.5
    found = {
        "accuracy": sk.accuracy_score(truth, told),
        "brier": float(np.mean((truth - scores) ** 2)),
        "log_loss": sk.log_loss(truth, scores, labels=[0, 1]),
    }
    if len(np.unique(truth)) == 2:
        found |= {
            "roc_auc": sk.roc_auc_score(truth, scores),
            "average_precision": sk.average_precision_score(truth, scores),
            "balanced_accuracy": sk.balanced_accuracy_score(truth, told),
        }
    return {name: float(value) for name, value in found.items()}


def baseline(train_truth: np.ndarray, size: int) -> np.ndarray:
    """What one can say without looking at a row: the rate of the training rows."""
    return np.full(size, np.mean(train_truth))


def plots(truth: np.ndarray, scores: np.ndarray) -> dict:
    """roc: POINTS pairs of false and true positive rate; calibration: ten equal groups; confusion at 0.5."""
    matrix = sk.confusion_matrix(truth, scores > 0.5, labels=[0, 1])
    found = {"confusion": {"labels": ["0", "1"], "matrix": matrix.tolist()}}
    groups = np.array_split(np.argsort(scores, kind="stable"), 10)
    found["calibration"] = [
        {"predicted": float(scores[g].mean()), "observed": float(truth[g].mean()), "n": len(g)}
        for g in groups
        if len(g)
    ]
    if len(np.unique(truth)) == 2:
        false, true, _ = sk.roc_curve(truth, scores)
        even = np.linspace(0, 1, POINTS)
        found["roc"] = np.column_stack([even, np.interp(even, false, true)]).round(5).tolist()
        found["roc"][0] = [0.0, 0.0]
    return found
{%- elif values.task == "multiclass" %}


def report(truth: np.ndarray, scores: np.ndarray, classes: list) -> dict:
    """Every metric by name. `scores`: a column of probabilities per class; unknown classes are missed."""
    told = np.asarray(classes, dtype=object)[scores.argmax(1)]
    known = np.isin(truth, classes)
    found = {
        "accuracy": sk.accuracy_score(truth, told),
        "balanced_accuracy": float(np.mean([np.mean(told[truth == c] == c) for c in np.unique(truth)])),
    }
    if known.any():
        shares = scores[known] / scores[known].sum(axis=1, keepdims=True)
        found["log_loss"] = sk.log_loss(truth[known], shares, labels=classes)
    return {name: float(value) for name, value in found.items()}


def baseline(train_truth: np.ndarray, size: int, classes: list) -> np.ndarray:
    """What one can say without looking at a row: the shares of the classes in the training rows."""
    return np.tile([np.mean(train_truth == c) for c in classes], (size, 1))


def plots(truth: np.ndarray, scores: np.ndarray, classes: list) -> dict:
    """confusion: rows are true classes, columns are predicted ones."""
    told = np.asarray(classes, dtype=object)[scores.argmax(1)]
    known = np.isin(truth, classes)
    matrix = sk.confusion_matrix(truth[known], told[known], labels=classes)
    return {"confusion": {"labels": classes, "matrix": matrix.tolist()}}
{%- else %}


def report(truth: np.ndarray, scores: np.ndarray) -> dict:
    """Every metric by name."""
    error = scores - truth
    found = {"mae": np.abs(error).mean(), "rmse": np.sqrt((error**2).mean())}
    found["r2"] = sk.r2_score(truth, scores)
    return {name: float(value) for name, value in found.items() if np.isfinite(value)}


def baseline(train_truth: np.ndarray, size: int, metric: str) -> np.ndarray:
    """What one can say without looking at a row: the mean of the training rows, for mae their median."""
    return np.full(size, np.median(train_truth) if metric == "mae" else np.mean(train_truth))


def plots(truth: np.ndarray, scores: np.ndarray) -> dict:
    """residuals: how often truth minus prediction fell between two edges, the outermost 1 % folded in."""
    rest = truth - scores
    low, high = np.quantile(rest, [0.01, 0.99])
    counts, edges = np.histogram(np.clip(rest, low, high), bins=30)
    return {"residuals": {"edges": edges.tolist(), "counts": counts.tolist()}}
{%- endif %}


def slices(rows: pd.DataFrame, columns: list, judge) -> list:
    """The most frequent values of each text; `judge(mask)` gives (metric, baseline) or (None, None)."""
    found = []
    for column in columns:
        counts = rows[column].value_counts().head(SLICES)
        for value, n in counts[counts >= SLICE_ROWS].items():
            metric, base = judge(rows[column].eq(value).to_numpy())
            if metric is not None:
                figures = {"n": int(n), "metric": metric, "baseline": base}
                found.append({"column": column, "value": value, **figures})
    return found


def gate(policy: dict, model: dict, base: dict, champion: dict | None, unjudged: str = "") -> list:
    """Each condition with its state: met, not-met or unknown. `unjudged`: why the champion has no metrics."""
    name, sign = policy["name"], 1 if policy["direction"] == "maximize" else -1
    if name not in model:
        detail = "the test window does not hold what the metric needs"
        return [{"condition": f"{name} can be computed", "state": "unknown", "detail": detail}]

    def judge(condition: str, limit: float, met: bool) -> dict:
        detail = f"{name} {model[name]:.4g}, to compare with {limit:.4g}"
        return {"condition": condition, "state": "met" if met else "not-met", "detail": detail}

    value = sign * model[name]
    found = [judge("better than the baseline", base[name], value > sign * base[name])]
    if policy.get("target") is not None:
        found.append(judge("reaches the target", policy["target"], value >= sign * policy["target"]))
    condition = "not worse than the version in production"
    if champion and name in champion:
        slack = abs(champion[name]) * policy["tolerance"]
        found.append(judge(condition, champion[name], value >= sign * champion[name] - slack))
    elif champion or unjudged:
        detail = unjudged or f"it has no {name} here"
        found.append({"condition": condition, "state": "unknown", "detail": detail})
    return found
