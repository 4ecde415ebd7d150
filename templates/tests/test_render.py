"""What the template renders to, before anything runs."""

import ast
import json
import shutil
import subprocess
import sys

import pytest
import yaml
from jsonschema import Draft202012Validator
from packaging.requirements import Requirement

from render import TEMPLATE, texts
from tables import HERE, TABLES, stored

SCHEMA = Draft202012Validator(json.loads((TEMPLATE / "values.schema.json").read_text(encoding="utf-8")))
EVERY = pytest.mark.parametrize("name", TABLES)


@EVERY
def test_values_fit_the_schema(name):
    assert [error.message for error in SCHEMA.iter_errors(TABLES[name].values)] == []


@pytest.mark.parametrize(
    ("base", "change"),
    [
        ("flights", {"positive": None}),
        ("flights", {"windows": {"test_share": 0.2}}),
        ("flights", {"metric": {"name": "mae"}}),
        (
            "flights",
            {"retraining": {"schedule": "every day", "when": [], "cool_down": "7d", "needed_windows": 1}},
        ),
        ("penguins", {"columns": {"a": "picture"}}),
        ("penguins", {"windows": {"history": "1d", "train": "2d", "test": "1d"}}),
        ("penguins", {"numbers": [], "texts": []}),
        ("penguins", {"name": "Not a name"}),
    ],
)
def test_the_schema_refuses_what_the_template_cannot_render(base, change):
    assert not SCHEMA.is_valid({**stored(base), **change})


@pytest.mark.parametrize("name", ["flights", "penguins"])
def test_the_portals_engine_renders_the_same(name):
    node = shutil.which("node")
    if not node or not (HERE.parents[1] / "node_modules/nunjitsu").exists():
        pytest.skip("the engine of fetch:template (npm nunjitsu, Node 22) is not installed")
    ran = subprocess.run(
        [node, "render.mjs", f"{name}.values.json"], cwd=HERE, capture_output=True, check=True, timeout=60
    )
    assert json.loads(ran.stdout) == texts(stored(name))


@EVERY
def test_python_parses_and_no_delimiter_is_left(name):
    for path, text in texts(TABLES[name].values).items():
        assert "${{" not in text and "{%" not in text, path
        if path.endswith(".py"):
            ast.parse(text, path)


@EVERY
def test_python_is_clean(name, repositories):
    ran = subprocess.run(
        [
            sys.executable,
            "-m",
            "ruff",
            "check",
            "--config",
            'lint.select=["E4","E7","E9","E501","F","W","I","B","UP"]',
            "--output-format",
            "concise",
            str(repositories(name).root),
        ],
        capture_output=True,
        text=True,
        timeout=60,
    )
    long_names = {
        line
        for line in ran.stdout.splitlines()
        if "E501" in line and ("features.py" in line or ".ipynb" in line)
    }
    assert [line for line in ran.stdout.splitlines() if ".py:" in line and line not in long_names] == []


@EVERY
def test_problem_yaml_says_what_the_form_said(name):
    values = TABLES[name].values
    policy = yaml.safe_load(texts(values)["problem.yaml"])
    assert policy["columns"] == values["columns"]
    assert list(policy["columns"]) == list(values["columns"])
    assert policy["target"] == {
        "column": values["target"],
        **({"positive": values["positive"]} if values["positive"] else {}),
    }
    assert policy.get("time") == values["time"] and policy.get("entity", []) == values["entity"]
    assert {k: policy["windows"][k] for k in values["windows"]} == values["windows"]
    assert policy["windows"].get("until", "") == values["train_until"]
    for part in ("retraining", "monitoring", "serving"):
        assert policy[part] == values[part]
    assert policy["metric"] == {**values["metric"], "direction": values["direction"], "tolerance": 0.01}


@EVERY
def test_the_catalog_gets_an_entity_for_each_part_with_a_description(name):
    entities = catalog(TABLES[name].values)
    assert [(e["kind"], e["metadata"]["name"]) for e in entities] == [
        ("MLProblem", name),
        ("MLDataset", f"{name}-data"),
        ("MLFeatureView", f"{name}-features"),
        ("MLModel", name),
        ("Component", f"{name}-pipeline"),
        ("API", f"{name}-endpoint"),
        ("Component", f"{name}-app"),
    ]
    assert entities[0]["metadata"]["title"] == TABLES[name].values["title"]
    assert all(5 < len(e["metadata"]["description"]) < 200 for e in entities)
    # One place builds the documentation; the others show it.
    assert [e["metadata"]["name"] for e in entities if REF in e["metadata"].get("annotations", {})] == [name]


REF = "backstage.io/techdocs-ref"


def catalog(values: dict) -> list:
    return list(yaml.safe_load_all(texts(values)["catalog-info.yaml"]))


@EVERY
def test_the_model_reads_the_feature_view_that_is_made_of_the_data(name):
    values = TABLES[name].values
    data, view, model = catalog(values)[1:4]
    assert view["spec"]["derivedFrom"] == [f"mldataset:{data['metadata']['name']}"]
    assert model["spec"]["consumesFeatures"] == [f"mlfeatureview:{view['metadata']['name']}"]
    store = {"platform": "file", "project": name, "name": "src/features.py"}
    assert view["spec"]["store"] == store and store["name"] in texts(values)
    # The kind wants a key: entity id, else time, else the row's number.
    assert view["spec"]["joinKeys"] == (values["entity"] or [values["time"] or "row"])


def test_a_problem_without_an_objective_is_described_by_its_title():
    described = catalog({**stored("penguins"), "objective": ""})[0]["metadata"]["description"]
    assert described == stored("penguins")["title"]


@EVERY
def test_a_repository_holds_only_what_its_table_needs(name):
    values, files = TABLES[name].values, texts(TABLES[name].values)
    assert ("replay.py" in files) == bool(values["time"])
    assert ("src/plumbing/history.py" in files) == bool(values["history"])
    encoded = bool(values["texts"]) and values["task"] != "multiclass"
    assert ("src/plumbing/encoding.py" in files) == encoded
    code = "\n".join(
        text for path, text in files.items() if path.startswith(("src", "app", "batch", "pipelines", "tests"))
    )
    assert ("scores.argmax" in code) == (values["task"] == "multiclass")
    assert ("LGBMRegressor" in code) == (values["task"] == "regression")
    assert ("OrdinalEncoder" in code) == (values["task"] == "multiclass" and bool(values["texts"]))


def test_the_notebook_and_the_ci_file_are_valid():
    files = texts(stored("penguins"))
    assert json.loads(files["notebooks/explore.ipynb"])["nbformat"] == 4
    jobs = yaml.safe_load(files[".gitlab-ci.yml"])
    assert jobs["stages"] == ["check", "compile", "train"]
    assert jobs["train"]["script"] == ["python pipelines/run.py"]
    assert not {"services", "retry", "timeout"} & {
        key for job in jobs.values() if isinstance(job, dict) for key in job
    }


def test_requirements_are_pinned_with_hashes_and_name_no_index():
    files = texts(stored("flights"))
    for text in (files["requirements.txt"], *[path.read_text(encoding="utf-8") for path in LOCKS]):
        pins = [line for line in text.splitlines() if line and not line.startswith(" ")]
        assert pins and all("==" in line and line.endswith("\\") for line in pins)
        assert "://" not in text and "index" not in text
    wanted = [line for line in files["requirements.in"].splitlines() if not line.startswith("#")]
    locked = [line.removesuffix(" \\") for line in files["requirements.txt"].splitlines()]
    assert {pin.partition(";")[0] for pin in wanted} <= {line.partition(" ;")[0] for line in locked}


LOCKS = (
    HERE / "requirements.txt",
    HERE.parents[1] / "scripts/portal/techdocs-requirements.txt",
    HERE.parents[1] / "plugins/mlops-backend-module-local/python/serving/requirements.txt",
)


@pytest.mark.parametrize("version", ["3.10", "3.11", "3.12", "3.13"])
def test_the_lock_has_one_version_of_each_package_for_each_python(version):
    """What the markers of the lock leave for that Python on Linux."""
    lines = texts(stored("flights"))["requirements.txt"].splitlines()
    pins = [Requirement(line.removesuffix(" \\")) for line in lines if line and not line.startswith(" ")]
    machine = {"python_version": version, "python_full_version": f"{version}.1", "sys_platform": "linux"}
    left = [pin.name for pin in pins if not pin.marker or pin.marker.evaluate(machine)]
    assert len(left) == len(set(left)) and {"kfp", "lightgbm", "onnxruntime", "pandas"} <= set(left)
