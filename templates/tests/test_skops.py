"""A team's model that ONNX cannot express, and one that nothing may serve."""

import ast
import json
import re
import shutil
from pathlib import Path

import numpy as np
import pytest

from render import TEMPLATE
from tables import HERE

RUNTIME = HERE.parents[1] / "plugins/mlops-backend-module-local/python/serving/portal_runtime.py"
MODEL = '''
"""A model of the team's own: curves of numbers, and a line through them."""
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import {estimator}
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import FunctionTransformer, OneHotEncoder, SplineTransformer, StandardScaler

from features import NUMBERS, TEXTS


def double(values):
    return 2 * values


def build(params: dict) -> Pipeline:
    numbers = make_pipeline(SimpleImputer(), StandardScaler(), SplineTransformer(n_knots=4){more})
    columns = [("numbers", numbers, NUMBERS)]
    if TEXTS:
        columns.append(("texts", OneHotEncoder(handle_unknown="ignore", max_categories=30), TEXTS))
    return Pipeline([("columns", ColumnTransformer(columns)), ("estimator", {estimator}())])
'''
STEPS = """
import sys
from plumbing import judging, registration, steps
folder, out = sys.argv[1:]
tried = [{"candidate": 0, "value": 0.5, "metrics": {}}]
steps.train(folder + "/table", tried, out + "/model")
judging.evaluate(folder + "/raw", folder + "/table", out + "/model", folder + "/model", out + "/report")
registration.register(out + "/model", out + "/report", out + "/model", tried)
"""


@pytest.fixture
def own_model(finished, tmp_path):
    """Table, estimator -> what the steps after the trials say with the team's own model.py, and a folder."""

    def run(name: str, estimator: str, more: str = ""):
        done = finished(name)
        own = tmp_path / "own"
        shutil.copytree(done.repository.root / "src", own / "src")
        shutil.copy(done.repository.root / "problem.yaml", own)
        (own / "src/model.py").write_text(MODEL.format(estimator=estimator, more=more), encoding="utf-8")
        transport = {"type": "file", "log_file_path": str(tmp_path / "events.jsonl"), "append": True}
        told = {"OPENLINEAGE__TRANSPORT": json.dumps(transport), "PYTHONPATH": str(own / "src")}
        ran = done.repository.python("-c", STEPS, str(done.folder), str(tmp_path), **told)
        return ran, tmp_path

    return run


@pytest.mark.parametrize(
    ("name", "estimator"),
    [
        ("fraud", "LogisticRegression"),
        ("penguin-species", "LogisticRegression"),
        ("movie-rating", "LinearRegression"),
    ],
)
def test_what_onnx_cannot_express_is_written_as_skops_and_says_why(name, estimator, own_model):
    ran, folder = own_model(name, estimator)
    assert ran.returncode == 0, ran.stdout[-3000:]
    assert "ONNX does not hold this model" in ran.stdout and "SplineTransformer" in ran.stdout
    manifest = json.loads((folder / "model/manifest.json").read_text(encoding="utf-8"))
    assert set(manifest) == {"model.skops", "signature.json", "features.py", "profile.json"}
    signature = json.loads((folder / "model/signature.json").read_text(encoding="utf-8"))
    assert signature["format"] == "skops" and signature["framework"] == "sklearn"
    assert "SplineTransformer" in signature["not_onnx"]
    assert signature["packages"]["scikit-learn"].count(".") == 2
    events = [json.loads(line) for line in (folder / "events.jsonl").read_text(encoding="utf-8").splitlines()]
    output = events[-1]["outputs"][0]["facets"]["mlops_model"]
    assert events[-1]["eventType"] == "COMPLETE"
    assert (output["format"], output["framework"]) == ("skops", "sklearn")
    judged = events[-1]["run"]["facets"]["mlops_metrics"]
    assert judged["champion"] and np.isfinite(list(judged["metrics"].values())).all()


@pytest.mark.parametrize("name", ["penguin-species"])
def test_a_type_that_is_not_on_the_list_is_refused_with_both_reasons(name, own_model):
    ran, folder = own_model(name, "LogisticRegression", ", FunctionTransformer(double)")
    assert ran.returncode != 0 and "NotExportable" in ran.stdout
    last = ran.stdout.strip().splitlines()[-1]
    assert "neither as ONNX" in last and "types that are not served: model.double" in last
    assert not (folder / "report").exists()


@pytest.mark.parametrize("name", ["penguin-species"])
def test_the_model_server_has_the_same_list_of_types(name, finished):
    listed = finished(name).repository.root / "src/plumbing/skops_types.py"
    assert allowed(listed) == allowed(RUNTIME)


def test_the_model_server_has_the_same_versions_of_what_a_skops_file_is_made_with():
    lists = [TEMPLATE / "content/requirements.txt", RUNTIME.parent / "requirements.txt"]
    texts = [path.read_text(encoding="utf-8").splitlines() for path in lists]
    pins = [{line.removesuffix(" \\") for line in lines if PINNED.match(line)} for lines in texts]
    assert pins[0] == pins[1] and len(pins[0]) >= 5


PINNED = re.compile("(scikit-learn|scipy|skops)==")


def allowed(path: Path) -> set:
    """The words in the list that is called ALLOWED."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "ALLOWED":
            return {word.value for word in ast.walk(node) if isinstance(word, ast.Constant)}
    raise AssertionError(f"{path} has no list ALLOWED")
