"""Judges the file that will be served on unseen rows, beside the baseline and the version in production."""
import importlib.util
import json
from pathlib import Path

import pandas as pd

from plumbing import lineage, scoring
from plumbing.data import OUTCOME
from plumbing.model_file import open_model
from plumbing.problem import load
from plumbing.split import PART{% if values.time %}, TIME{% endif %}, window


def evaluate(raw: str, table: str, model: str, champion: str, report: str) -> bool:
    """Writes the report on the {% if values.time %}later window{% else %}rows kept apart{% endif %}: metrics, gate, plots, slices. True where the gate is met."""
    problem, frame = load(), pd.read_parquet(table)
    later, earlier = frame[frame[PART] == "test"], frame[frame[PART] == "train"]
    with lineage.step("evaluate", champion=champion) as told:
        file = open_model(model)
{%- if values.task == "multiclass" %}
        truth, scores, classes = later[OUTCOME].to_numpy(object), file.scores(later), file.classes
        guess = scoring.baseline(earlier[OUTCOME].to_numpy(object), len(later), classes)

        def judge(mask=slice(None), answers=scores, labels=classes):
            return scoring.report(truth[mask], answers[mask], labels)
{%- else %}
        truth, scores = later[OUTCOME].to_numpy(), file.scores(later)
        guess = scoring.baseline(earlier[OUTCOME].to_numpy(), len(later){% if values.task == "regression" %}, problem.metric["name"]{% endif %})

        def judge(mask=slice(None), answers=scores):
            return scoring.report(truth[mask], answers[mask])
{%- endif %}

        def both(mask):
            return tuple(judge(mask, answers).get(problem.metric["name"]) for answers in (scores, guess))

        metrics, base = judge(), judge(answers=guess)
        old, unjudged = _champion(champion, raw, judge) if champion else ({}, "")
        result = {
            "metrics": metrics,
            "baseline": base,
            "champion": old,
            "gate": scoring.gate(problem.metric, metrics, base, old, unjudged),
            "window": window(later{% if values.time %}, TIME{% endif %}),
            "train": window(earlier{% if values.time %}, TIME{% endif %}),
            "plots": scoring.plots(truth, scores{% if values.task == "multiclass" %}, classes{% endif %}),
            "slices": scoring.slices(later, file.texts, both),
        }
        told.inputs = [lineage.read("features")]
        told.facets["mlops_metrics"] = lineage.Metrics(**result)
        Path(report).write_text(json.dumps(result, ensure_ascii=False, allow_nan=False), encoding="utf-8")
        print(json.dumps({k: result[k] for k in ("metrics", "baseline", "champion", "gate")}, indent=1))
    return all(condition["state"] == "met" for condition in result["gate"])

{%- if values.time %}


def _learnt_until(folder: str) -> pd.Timestamp:
    """The last moment of the rows that a version was trained on."""
    profile = Path(folder.removeprefix("file://")) / "profile.json"
    return pd.Timestamp(json.loads(profile.read_text(encoding="utf-8"))["to"]).tz_localize(None)
{%- endif %}


def _champion(folder: str, raw: str, judge) -> tuple:
    """Metrics of the version in production on the same rows, seen with the feature code it was trained with.

    ({}, reason) where it cannot be judged: then the gate says unknown, never met.
    """
    try:
        old = open_model(folder)
        path = Path(folder.removeprefix("file://")) / "features.py"
        spec = importlib.util.spec_from_file_location("champion_features", path)
        code = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(code)
        whole = pd.read_parquet(raw)
        rows = whole[whole[PART] == "test"]
{%- if values.time %}
        if (learnt := _learnt_until(folder)) >= rows[load().time].min():
            reason = f"it was trained on rows of this window, up to {learnt:%Y-%m-%d}"
            return {}, f"{reason}: set a later windows.until"
{%- endif %}
        scores = old.scores(code.features(rows, whole))
        return judge(answers=scores{% if values.task == "multiclass" %}, labels=old.classes{% endif %}), ""
    except Exception as error:
        print(f"the version in production at {folder} cannot be judged: {error!r}")
        return {}, f"it cannot be judged on this data: {type(error).__name__}: {error}"
