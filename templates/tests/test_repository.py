"""What comes out when the rendered repository runs: its own tests, its steps, the artefact, what it tells."""

import hashlib
import json
import math

import numpy as np
import pytest

from tables import TABLES

EVERY = pytest.mark.parametrize("name", TABLES)
STEPS = ["extract", "features", "trial", "train", "evaluate", "register"]


@EVERY
def test_its_own_tests_pass(name, repositories):
    ran = repositories(name).python("-m", "pytest", "-q", "-p", "no:cacheprovider")
    assert ran.returncode == 0, ran.stdout[-4000:]
    assert " passed" in ran.stdout and "Warning" not in ran.stdout


@EVERY
def test_every_step_says_that_it_began_and_ended(name, finished):
    done = finished(name)
    told = [(e["job"]["name"].removeprefix(f"{name}."), e["eventType"]) for e in done.events]
    for step in STEPS:
        times = 4 if step == "trial" else 1
        assert told.count((step, "START")) == told.count((step, "COMPLETE")) == times, step
    for event in done.events:
        assert event["job"]["namespace"] == "portal"
        assert event["run"]["facets"]["parent"]["run"]["runId"] == "7a6c0d5e-0000-4000-8000-000000000001"
        assert event["job"]["facets"]["sourceCodeLocation"]["version"] == "c0ffee0"


@EVERY
def test_the_data_step_tells_schema_digest_quality_and_checks(name, finished):
    done = finished(name)
    source = done.complete("extract")[0]["inputs"][0]
    content = (done.repository.root / done.values["data"]).read_bytes()
    assert source["facets"]["version"]["datasetVersion"] == hashlib.sha256(content).hexdigest()
    fields = [field["name"] for field in source["facets"]["schema"]["fields"]]
    assert set(done.values["columns"]) <= set(fields)
    types = {field["name"]: field["type"] for field in source["facets"]["schema"]["fields"]}
    assert {name: types[name] for name in done.values["columns"]} == done.values["columns"]
    metrics = source["inputFacets"]["dataQualityMetrics"]
    assert metrics["rowCount"] > 0 and set(metrics["columnMetrics"]) == set(fields)
    assert all(check["success"] for check in source["facets"]["dataQualityAssertions"]["assertions"])


@EVERY
def test_the_registration_holds_all_that_a_version_needs(name, finished):
    done = finished(name)
    event = done.complete("register")[0]
    output = event["outputs"][0]
    assert output["name"] == name and output["facets"]["datasetType"]["datasetType"] == "MODEL"
    model = output["facets"]["mlops_model"]
    digest = hashlib.sha256((done.model / "manifest.json").read_bytes()).hexdigest()
    assert (model["uri"], model["sha256"], model["format"]) == (str(done.model), digest, "onnx")
    known = {name: value for name, value in done.signature["sample"].items() if value is not None}
    assert model["task"] == done.values["task"]
    assert model["signature"] == {**done.signature, "sample": known}  # the client leaves out what is null
    facets = event["run"]["facets"]
    metrics = facets["mlops_metrics"]
    assert done.values["metric"]["name"] in metrics["metrics"] and metrics["baseline"]
    assert {c["state"] for c in metrics["gate"]} <= {"met", "not-met", "unknown"}
    assert metrics["gate"][0]["state"] == "met"
    assert metrics["window"]["rows"] > 0 and metrics["train"]["rows"] == done.profile["rows"]
    assert bool(metrics["window"].get("from")) == bool(done.values["time"])
    assert [t["candidate"] for t in facets["mlops_trials"]["trials"]] == [0, 1, 2, 3]
    assert all(isinstance(trial["value"], float) for trial in facets["mlops_trials"]["trials"])
    assert all(isinstance(part["metric"], float) for part in metrics["slices"])
    assert facets["mlops_parameters"]["parameters"] == done.signature["params"]
    json.dumps(event, allow_nan=False)


@EVERY
def test_plots_fit_the_task(name, finished):
    done = finished(name)
    metrics = done.complete("evaluate")[0]["run"]["facets"]["mlops_metrics"]
    plots, rows = metrics["plots"], metrics["window"]["rows"]
    kinds = {
        "binary": {"roc", "calibration", "confusion"},
        "multiclass": {"confusion"},
        "regression": {"residuals"},
    }
    assert set(plots) == kinds[done.values["task"]]
    if "roc" in plots:
        assert len(plots["roc"]) <= 100 and plots["roc"][0] == [0, 0] and plots["roc"][-1] == [1, 1]
        assert sum(group["n"] for group in plots["calibration"]) == rows
    if "confusion" in plots:
        assert sum(map(sum, plots["confusion"]["matrix"])) == rows
    if "residuals" in plots:
        assert sum(plots["residuals"]["counts"]) == rows
        assert len(plots["residuals"]["edges"]) == len(plots["residuals"]["counts"]) + 1
    assert all(s["column"] in done.values["texts"] and s["n"] >= 50 for s in metrics["slices"])


@EVERY
def test_the_artefact_is_whole_and_holds_no_pickle(name, finished):
    done = finished(name)
    manifest = json.loads((done.model / "manifest.json").read_text(encoding="utf-8"))
    assert set(manifest) == {"model.onnx", "signature.json", "features.py", "profile.json"}
    assert {p.name for p in done.model.iterdir()} == {*manifest, "manifest.json"}
    for file, digest in manifest.items():
        assert hashlib.sha256((done.model / file).read_bytes()).hexdigest() == digest
    names = [tensor["name"] for tensor in done.signature["inputs"]]
    assert names == [*done.values["numbers"], *done.values["texts"]]
    assert set(done.signature["sample"]) == set(names)


@EVERY
def test_the_profile_counts_every_training_row_in_one_cell_a_feature(name, finished):
    done = finished(name)
    profile = done.profile
    assert profile["version"] == 1 and set(profile["features"]) == {
        *done.values["numbers"],
        *done.values["texts"],
    }
    assert bool(profile["from"]) == bool(done.values["time"])
    assert math.isclose(sum(f["importance"] for f in profile["features"].values()), 1, abs_tol=1e-6)
    for feature in [*profile["features"].values(), profile["prediction"]]:
        days = np.array(list(feature["days"].values()))
        assert (list(feature["days"]) == ["all"]) == (not done.values["time"])
        if feature["kind"] == "number":
            assert feature["edges"] == sorted(set(feature["edges"])) and len(feature["edges"]) <= 9
            assert days.shape[1] == len(feature["edges"]) + 4 and not days[:, -2:].any()
            assert feature["range"][0] <= feature["edges"][0] and feature["edges"][-1] <= feature["range"][1]
        else:
            assert len(feature["categories"]) <= 50 and "" not in feature["categories"]
            assert days.shape[1] == len(feature["categories"]) + 2
        if feature is not profile["prediction"]:
            assert days.sum() == profile["rows"]
    wanted = "text" if done.values["task"] == "multiclass" else "number"
    assert profile["prediction"]["kind"] == wanted


@EVERY
def test_what_the_application_sends_gets_the_answer_that_was_judged(name, finished):
    done = finished(name)
    script = done.repository.root.parent / f"{name}-served.py"
    script.write_text(SERVED, encoding="utf-8")
    ran = done.repository.python(
        str(script), str(done.folder), PYTHONPATH=f"{done.repository.root}/src:{done.repository.root}"
    )
    assert ran.returncode == 0, ran.stdout[-3000:]
    rows, gap = ran.stdout.split()[-2:]
    assert int(rows) == 20 and float(gap) < 1e-6


SERVED = """
import sys
import numpy as np
import pandas as pd
from app import app
from plumbing import model_file, split
from plumbing.problem import load

folder, problem = sys.argv[1], load()
raw, table = pd.read_parquet(folder + "/raw"), pd.read_parquet(folder + "/table")
model, application = model_file.OnnxModel(folder + "/model"), app.Application()
if hasattr(application, "recent"):
    from plumbing import serving
    application.recent = serving.Recent(raw)
rows = raw[raw[split.PART] == "test"].tail(20)
judged = model.scores(table[table[split.PART] == "test"].tail(20))
gap = 0.0
for (_, row), wanted in zip(rows.iterrows(), judged, strict=True):
    typed = {c: None if pd.isna(row[c]) else str(row[c]) for c in problem.kinds}
    feed = {}
    for tensor in application.request(typed)["inputs"]:
        kind = object if tensor["datatype"] == "BYTES" else np.float32
        values = [np.nan if v is None else v for v in tensor["data"]]
        feed[tensor["name"]] = np.array(values, kind).reshape(-1, 1)
    answer = dict(zip([o.name for o in model.session.get_outputs()], model.session.run(None, feed)))
    got = answer["prediction"].ravel() if problem.task == "regression" else answer["probabilities"][0]
    got = got[1] if problem.task == "binary" else got
    size = abs(float(np.max(wanted))) if problem.task == "regression" else 1
    gap = max(gap, float(np.abs(got - wanted).max()) / size)
print(len(rows), gap)
"""
