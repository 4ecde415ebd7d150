"""The same commit and the same data give the same version, byte by byte."""

import json

import pytest

from tables import TABLES

CODE = """
import sys
from pathlib import Path
from candidates import CANDIDATES
from plumbing import steps
table, out = sys.argv[1:]
tried = [steps.trial(table, candidate) for candidate in reversed(range(len(CANDIDATES)))]
steps.train(table, tried, out)
"""


@pytest.mark.parametrize("name", TABLES)
def test_training_again_with_more_threads_and_trials_in_another_order_gives_the_same_version(
    name, finished, tmp_path
):
    done = finished(name)
    transport = {"OPENLINEAGE__TRANSPORT": '{"type": "noop"}', "OMP_NUM_THREADS": "2"}
    ran = done.repository.python("-c", CODE, str(done.folder / "table"), str(tmp_path / "model"), **transport)
    assert ran.returncode == 0, ran.stdout[-3000:]
    first, second = (folder / "manifest.json" for folder in (done.model, tmp_path / "model"))
    assert json.loads(second.read_text(encoding="utf-8")) == json.loads(first.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", ["penguin-species"])
def test_of_equal_candidates_the_first_is_taken_in_whatever_order_they_ended(name, finished):
    done = finished(name)
    code = "import json, sys; from plumbing.steps import _best; "
    code += "print(_best(json.loads(sys.argv[1]), sys.argv[2]))"
    tried = [{"candidate": number, "value": value} for number, value in ((3.0, 0.5), (1.0, 0.5), (2.0, None))]
    for order in (tried, tried[::-1]):
        for direction in ("maximize", "minimize"):
            assert done.repository.python("-c", code, json.dumps(order), direction).stdout.split()[-1] == "1"
