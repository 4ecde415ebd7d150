"""Runs the compiled pipeline of one run folder with kfp's local runner, in the environment of the repository.

`run.py <run folder>`; writes events and logs through the journal and result.json {state, reason?} at the end.
"""
import contextlib
import ctypes
import json
import signal
import sys
from pathlib import Path

import loop_items
import steps
import yaml
from files import write_end
from journal import Journal, secrets_of
from kfp import components, local


PR_SET_PDEATHSIG = 1
STEP_OOM_SCORE = "500"


def main(folder: Path) -> int:
    # Without its supervisor a run has no end that anyone would hear of.
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    # When memory runs out, a step is to be ended rather than the portal or an endpoint. Children inherit this.
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(STEP_OOM_SCORE, encoding="ascii")
    request = json.loads((folder / "request.json").read_text(encoding="utf-8"))
    secrets = json.loads((folder / "secrets.json").read_text(encoding="utf-8"))
    journal = Journal(folder, secrets_of(secrets["environment"], [secrets["cloneUrl"]]))
    watcher = steps.watch(journal)
    loop_items.correct()
    documents = without_installs(list(yaml.safe_load_all((folder / "pipeline.yaml").read_text(encoding="utf-8"))))
    cache = Path(request["home"]) / "cache" / "pipelines" / request["pipeline"]
    local.init(local.SubprocessRunner(use_venv=False), pipeline_root=str(folder / "outputs"),
               enable_caching=request["cache"], cache_root=str(cache))
    try:
        components.load_component_from_text(yaml.safe_dump_all(documents))(**request["parameters"])
        outcome = {"state": "succeeded"}
    except Exception as problem:  # pylint: disable=broad-except # kfp raises plain RuntimeError; the run ends with a reason
        print(journal.redact(f"{type(problem).__name__}: {problem}"), flush=True)
        reason = watcher.first_failure or f"The pipeline could not be run: {type(problem).__name__}: {problem}"
        outcome = {"state": "failed", "reason": journal.redact(reason)}
    write_end(folder / "result.json", outcome)
    return 0 if outcome["state"] == "succeeded" else 1


def without_installs(documents: list) -> list:
    """The environment is made beforehand: the part of a command that would install packages at each step is left out."""
    for executor in documents[0].get("deploymentSpec", {}).get("executors", {}).values():
        container = executor.get("container", {})
        command = container.get("command", [])
        installs = [at for at, part in enumerate(command[:-1]) if "pip install" in part and '"$0" "$@"' in part]
        if installs:
            container["command"] = command[installs[-1] + 1:]
    return documents


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
