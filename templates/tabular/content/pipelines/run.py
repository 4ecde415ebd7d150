"""Runs the pipeline: `python pipelines/run.py {% if values.time %}[UNTIL] {% endif %}[CHAMPION]`. Environment variables say where.

PORTAL_URL: by the portal, which keeps the run. KFP_ENDPOINT: on Kubeflow. Neither: on this machine, the
results below PIPELINE_ROOT (.runs).
{%- if values.time %}
UNTIL (or PIPELINE_UNTIL) is the first day after the test window.
{%- endif %}
CHAMPION is the folder of the version in production.
"""
import hashlib
import json
import os
import subprocess
import sys
import uuid
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))
from plumbing import portal  # noqa: E402
from plumbing.problem import load  # noqa: E402

PACKAGE = ROOT / "pipeline.yaml"


def main({% if values.time %}until: str = "", {% endif %}champion: str = "") -> int:
    """Exit code: 0 where the run succeeded."""
    sources = [*ROOT.glob("src/**/*.py"), ROOT / "pipelines/pipeline.py", ROOT / "problem.yaml"]
    if not PACKAGE.exists() or PACKAGE.stat().st_mtime < max(path.stat().st_mtime for path in sources):
        subprocess.run([sys.executable, str(ROOT / "pipelines/pipeline.py")], check=True)
    parameters = {
{%- if values.time %}
        "until": load().until(until),
{%- endif %}
        "champion": champion,
        "data_version": _data_version(),
    }
    parameters = {name: value for name, value in parameters.items() if value}
    if os.environ.get("PORTAL_URL"):
        return portal.run(load().name, PACKAGE, ROOT / "problem.yaml", _commit(), parameters)
    if os.environ.get("KFP_ENDPOINT"):
        return _on_kubeflow(parameters)
    return _here(parameters)


def _data_version() -> str:
    """Digest of a local source, so that the cache knows a changed file; else DATA_VERSION says."""
    uri = load().uri
    if os.path.isfile(uri):
        digest = hashlib.sha256()
        with open(uri, "rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
        return digest.hexdigest()
    return os.environ.get("DATA_VERSION", "")


def _commit() -> str:
    if commit := os.environ.get("CI_COMMIT_SHA"):
        return commit
    return subprocess.check_output(["git", "rev-parse", "HEAD"], cwd=ROOT, text=True).strip()


def _on_kubeflow(parameters: dict) -> int:
    from kfp import Client

    client = Client(host=os.environ["KFP_ENDPOINT"])
    run = client.create_run_from_pipeline_package(str(PACKAGE), arguments=parameters)
    state = client.wait_for_run_completion(run.run_id, timeout=24 * 3600).state
    print(f"run {run.run_id}: {state}")
    return 0 if state == "SUCCEEDED" else 1


def _here(parameters: dict) -> int:
    from kfp import components, local

    out = Path(os.environ.get("PIPELINE_ROOT", ROOT / ".runs"))
    out.mkdir(parents=True, exist_ok=True)
    os.environ["PYTHONPATH"] = str(ROOT / "src")
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    os.environ.setdefault("OPENLINEAGE_PARENT_ID", f"local/{load().name}/{uuid.uuid4()}")
    events = {"type": "file", "log_file_path": str(out / "openlineage.jsonl"), "append": True}
    os.environ.setdefault("OPENLINEAGE__TRANSPORT", json.dumps(events))
    runner = local.SubprocessRunner(use_venv=False)
    local.init(runner, pipeline_root=str(out), enable_caching=True, cache_root=str(out / "cache"))
    try:
        version = components.load_component_from_file(str(PACKAGE))(**parameters).output
    except RuntimeError as error:
        print(f"the run failed: {error}. The step's own message is above", file=sys.stderr)
        return 1
    print(f"registered {version}")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
