"""What the steps up to the model do: paths in, paths out. pipelines/pipeline.py only wires them together.

Heavy libraries are imported by the steps that need them, so that the light steps start at once.
"""
import json
import shutil
from pathlib import Path

import pandas as pd

from candidates import CANDIDATES
from plumbing import lineage
from plumbing.data import OUTCOME
from plumbing.problem import load
from plumbing.split import PART{% if values.time %}, TIME{% endif %}

HELD_OUT = 20_000


def extract({% if values.time %}until: str, {% endif %}data_version: str, raw: str) -> None:
    """Reads {% if values.time %}the windows that end at `until`{% else %}the table{% endif %} and stops the run if the data cannot be trusted."""
    from plumbing import checks, columns, data, outcomes, split

    problem = load()
    with lineage.step("extract"{% if values.time %}, until=problem.until(until){% endif %}) as told:
        table = split.extract(problem{% if values.time %}, until{% endif %})
        found = checks.checks(table, problem)
{%- if values.time %}
        seen = table[table[PART] != "history"]
{%- else %}
        seen = table
{%- endif %}
        version = data_version or data.sha256(problem.uri)
        described, window = columns.describe(seen, problem), split.window(seen{% if values.time %}, problem.time{% endif %})
        told.inputs = [lineage.source(problem.uri, version, found, described, window)]
        checks.require(found)
        table.to_parquet(raw, index=False)
        told.outputs = [lineage.written("raw", table)]
        outcomes.tell(table, problem)
        print(f"{len(table)} rows:", table[PART].value_counts().to_dict())


def features(raw: str, out: str) -> None:
    """One row of features for each row of the windows, as the model will see it."""
    import features as team
    from plumbing.model_file import model_input

    table = pd.read_parquet(raw)
    with lineage.step("features") as told:
{%- if values.time %}
        rows = table[table[PART] != "history"]
{%- else %}
        rows = table
{%- endif %}
        made = model_input(team.features(rows, table), team.NUMBERS, team.TEXTS)
        marks = {PART: rows[PART], OUTCOME: rows[OUTCOME]{% if values.time %}, TIME: rows[load().time]{% endif %}}
        made.assign(**marks).to_parquet(out, index=False)
        told.inputs, told.outputs = [lineage.read("raw")], [lineage.written("features", made)]
        print(f"{len(made)} rows of {made.shape[1]} features")


def _fit(rows: pd.DataFrame, parameters: dict):
    from model import build
    from plumbing.data import learnable

    return build(parameters).fit(_seen(rows), learnable(rows[OUTCOME]))


def _seen(rows: pd.DataFrame) -> pd.DataFrame:
    """The features alone, texts as the objects that scikit-learn's encoders and the ONNX file compare."""
    from features import NUMBERS, TEXTS

    return rows[[*NUMBERS, *TEXTS]].astype(dict.fromkeys(TEXTS, object))


def trial(table: str, candidate: int) -> dict:
    """One candidate, fitted on the first 80 % of the training rows and judged on the rest.

    Gives its number, its value of the metric of the gate (None where it cannot be computed) and all metrics.
    """
    from plumbing import scoring

    problem, parameters = load(), CANDIDATES[candidate]
    rows = pd.read_parquet(table, filters=[(PART, "==", "train")])
    cut, most = int(len(rows) * 0.8), problem.training["trial_rows"]
    with lineage.step("trial", candidate=candidate, **parameters) as told:
        early, late = _thin(rows.iloc[:cut], most), _thin(rows.iloc[cut:], most)
        fitted = _fit(early, parameters)
{%- if values.task == "binary" %}
        metrics = scoring.report(late[OUTCOME].to_numpy(), fitted.predict_proba(_seen(late))[:, 1])
{%- elif values.task == "multiclass" %}
        probabilities, classes = fitted.predict_proba(_seen(late)), fitted.classes_.tolist()
        metrics = scoring.report(late[OUTCOME].to_numpy(object), probabilities, classes)
{%- else %}
        metrics = scoring.report(late[OUTCOME].to_numpy(), fitted.predict(_seen(late)))
{%- endif %}
        tried = {"candidate": candidate, "value": metrics.get(problem.metric["name"]), "metrics": metrics}
        told.inputs = [lineage.read("features")]
        told.facets["mlops_metrics"] = lineage.Metrics(metrics=metrics)
        told.facets["mlops_trials"] = lineage.trials([tried])
        print(parameters, metrics)
    return tried


def _thin(rows: pd.DataFrame, most: int) -> pd.DataFrame:
    """Every n-th row, so that at most `most` are left."""
    return rows.iloc[:: max(1, -(-len(rows) // most))]


def train(table: str, tried: list, folder: str) -> None:
    """Fits the best candidate on the whole window; writes the model as it will be served."""
    import features as team
    from plumbing import export, profile
    from plumbing.model_file import write_manifest

    problem, out = load(), Path(folder)
    best = CANDIDATES[_best(tried, problem.metric["direction"])]
    frame = pd.read_parquet(table)
    rows = frame[frame[PART] == "train"].tail(problem.training["max_rows"])
    held_out = frame[frame[PART] == "test"]
    with lineage.step("train", **best) as told:
        fitted = _fit(rows, best)
        out.mkdir(parents=True, exist_ok=True)
        shutil.copy(team.__file__, out / "features.py")
        signature = _signature(fitted, {% if values.task == "regression" %}rows, {% endif %}held_out, best)
        model, gap = export.export(fitted, out, signature, held_out.head(HELD_OUT))
        reference = json.dumps(profile.profile(rows, problem, model), ensure_ascii=False, allow_nan=False)
        (out / "profile.json").write_text(reference, encoding="utf-8")
        write_manifest(out)
        told.inputs = [lineage.read("features")]
        told.facets["mlops_trials"] = lineage.trials(tried)
        told.facets["mlops_metrics"] = lineage.Metrics(metrics={"largest_difference": gap})
        print(f"{best} on {len(rows)} rows; {model.FILE} differs by at most {gap:.1e}")


def _best(tried: list, direction: str) -> int:
    """The candidate with the best value, the first of equals in whatever order they ended.

    The first of all where none could be computed.
    """
    judged = [t for t in tried if t["value"] is not None] or [{"candidate": 0, "value": 0}]
    sign = 1 if direction == "maximize" else -1
    return int(max(judged, key=lambda t: (sign * t["value"], -t["candidate"]))["candidate"])


def _signature(fitted, {% if values.task == "regression" %}rows: pd.DataFrame, {% endif %}held_out: pd.DataFrame, parameters: dict) -> dict:
    """What the model takes and gives, with one row that it has not been trained on."""
    import features as team

    inputs = [{"name": c, "datatype": "FP32", "shape": [-1, 1]} for c in team.NUMBERS]
    inputs += [{"name": c, "datatype": "BYTES", "shape": [-1, 1]} for c in team.TEXTS]
    first = held_out[[*team.NUMBERS, *team.TEXTS]].head(HELD_OUT)
    fullest = int((first.notna() & first.ne("")).sum(axis=1).to_numpy().argmax())
    sample = first.iloc[[fullest]].to_json(orient="records", force_ascii=False)
    return {
        "task": load().task,
{%- if values.task == "regression" %}
        "classes": [],
        "scale": float(rows[OUTCOME].std()) or 1.0,
{%- else %}
        "classes": [str(c) for c in fitted.classes_],
{%- endif %}
        "inputs": inputs,
        "sample": json.loads(sample)[0],
        "params": parameters,
    }
