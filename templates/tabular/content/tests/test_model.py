import numpy as np
import pytest

from candidates import CANDIDATES
from features import NUMBERS, TEXTS, features
from model import build
from plumbing import data, export, scoring
from plumbing.model_file import Damaged, model_input, open_model
from plumbing.problem import load


@pytest.fixture
def exported(frame, tmp_path):
    """A fitted pipeline, the folder of its file and the table it was fitted on."""
    table = model_input(features(frame, frame), NUMBERS, TEXTS)
    outcome = data.learnable(frame[data.OUTCOME])
    fitted = build(CANDIDATES[0]).fit(table.astype(dict.fromkeys(TEXTS, object)), outcome)
    inputs = [{"name": c, "datatype": "FP32"} for c in NUMBERS]
    inputs += [{"name": c, "datatype": "BYTES"} for c in TEXTS]
    signature = {"inputs": inputs, "classes": []{% if values.task == "regression" %}, "scale": float(frame[data.OUTCOME].std()){% endif %}}
    export.export(fitted, tmp_path, signature, table)
    return fitted, tmp_path, table


def test_the_file_equals_the_pipeline_with_gaps_and_unseen_categories(exported{% if values.task == "regression" %}, frame{% endif %}):
    fitted, folder, table = exported
    strange = table.copy()
    strange[TEXTS] = "never seen"
    strange[NUMBERS] = np.float32(np.nan)
    for rows in (table, strange):
        export.largest_difference(fitted, open_model(folder), rows{% if values.task == "regression" %}, frame[data.OUTCOME].std(){% endif %})


def test_a_changed_file_is_not_loaded(exported):
    _, folder, _ = exported
    (folder / "signature.json").write_text("{}", encoding="utf-8")
    with pytest.raises(Damaged, match="signature.json"):
        open_model(folder)


def test_the_gate_wants_more_than_the_baseline_and_no_step_back():
    policy = {**load().metric, "target": None}
    worse, better = {policy["name"]: 0.5}, {policy["name"]: 0.9}
    if policy["direction"] == "minimize":
        worse, better = better, worse
    states = [[c["state"] for c in scoring.gate(policy, *figures)] for figures in (
        (better, worse, None), (worse, better, None), (better, worse, worse), (worse, worse, better),
    )]
    assert states == [["met"], ["not-met"], ["met", "met"], ["not-met", "not-met"]]
    assert scoring.gate(policy, better, worse, {}, "it is gone")[-1]["state"] == "unknown"
