"""The process of one run: waits for its turn, prepares code and environment, runs the pipeline, says how it ended.

`supervise.py <run folder>`, started detached by the portal, which may die at any moment. Standard library only, because
it runs before any environment exists. Reads request.json, secrets.json (0600, removed at the end) and pipeline.yaml;
writes process.json, events.jsonl, logs/ and, last, state.json {state, reason?, finishedAt}. A run folder whose process is
gone and that has no state.json is a run that died.
"""
import contextlib
import ctypes
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Iterator

from checkout import CheckoutProblem, checkout
from environment import EnvironmentProblem, ensure
from files import locked, try_lock, write_end, write_json
from journal import Journal, now, secrets_of
from reasons import killed_by

PREPARE = "@prepare"
PR_SET_CHILD_SUBREAPER = 36
TURN_POLL_SECONDS = 0.3


class PreparationProblem(Exception):
    """Why a run cannot begin, as a sentence for people."""


class Stopped(BaseException):
    """Somebody asked this process to end."""


def _stop(_number, _frame) -> None:
    raise Stopped


def main(folder: Path) -> int:
    guard = try_lock(folder / "lock")
    if guard is None or (folder / "state.json").exists():
        return 0
    # Orphans of a step become children of this process, so that none outlives the run.
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    write_json(folder / "process.json", identity())
    request = json.loads((folder / "request.json").read_text(encoding="utf-8"))
    secrets = json.loads((folder / "secrets.json").read_text(encoding="utf-8"))
    journal = Journal(folder, secrets_of(secrets["environment"], [secrets["cloneUrl"]]))
    signal.signal(signal.SIGTERM, _stop)
    try:
        with turn(Path(request["home"]), request["slots"]):
            journal.event("run-started")
            outcome = perform(folder, request, secrets, journal)
    except Stopped:
        outcome = {"state": "failed", "reason": "The run was ended by a signal from outside (SIGTERM); start it again."}
    except Exception as problem:  # pylint: disable=broad-except # whatever it is, the run must end with a reason
        outcome = {"state": "failed", "reason": journal.redact(f"The run could not be carried out: {problem}")}
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    end_children()
    shutil.rmtree(folder / "tmp", ignore_errors=True)
    if (folder / "stop-requested").exists():
        outcome = {"state": "stopped"}
    with contextlib.suppress(FileNotFoundError):
        (folder / "secrets.json").unlink()
    write_end(folder / "state.json", {**outcome, "finishedAt": now()}, replace=False)
    return 0


def identity() -> dict:
    """Tells this process from a later one with the same number: its start, in clock ticks since this boot."""
    stat = Path("/proc/self/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    return {"pid": os.getpid(), "startTicks": int(stat[19]), "bootId": boot}


@contextlib.contextmanager
def turn(home: Path, slots: int) -> Iterator[None]:
    """One of `slots` places for runs at work, in the order of arrival; the kernel frees it however the process ends."""
    places = home / "runs" / ".slots"
    held = None
    with locked(places / "queue"):
        while held is None:
            held = next((lock for place in range(slots) if (lock := try_lock(places / str(place)))), None)
            if held is None:
                time.sleep(TURN_POLL_SECONDS)
    try:
        yield
    finally:
        held.close()


def perform(folder: Path, request: dict, secrets: dict, journal: Journal) -> dict:
    log = journal.log(PREPARE)
    journal.event("step-started", step=PREPARE, inputs={"commit": request["commit"]})
    try:
        code, python = prepare(request, secrets, log.line)
    except (CheckoutProblem, EnvironmentProblem, PreparationProblem) as problem:
        reason = journal.redact(str(problem))
        log.line(reason)
        journal.event("step-finished", step=PREPARE, state="failed", reason=reason)
        return {"state": "failed", "reason": f"Step 'prepare' failed: {reason}"}
    finally:
        log.close()
    journal.event("step-finished", step=PREPARE, state="succeeded", outputs={"code": str(code), "python": python})
    return run_pipeline(folder, request, environment_of_steps(folder, code, python, secrets["environment"]), python)


def prepare(request: dict, secrets: dict, log) -> tuple:
    home = Path(request["home"])
    code = checkout(home, secrets["cloneUrl"], request["commit"], log)
    requirements = code / "requirements.txt"
    if not requirements.is_file():
        raise PreparationProblem(f"The repository has no requirements.txt at {request['commit'][:12]}; add one with kfp=={request['kfp']}.")
    made = ensure(home, "steps", requirements.read_text(encoding="utf-8"), log, request.get("uv"))
    found = subprocess.run([made["python"], "-c", "from importlib.metadata import version; print(version('kfp'))"],
                           capture_output=True, text=True, timeout=120, check=False).stdout.strip()
    if found != request["kfp"]:
        raise PreparationProblem(f"requirements.txt gives kfp {found or '(none)'}; this portal runs pipelines with kfp=={request['kfp']}. Pin that version.")
    log("Ready.")
    return code, made["python"]


def environment_of_steps(folder: Path, code: Path, python: str, requested: dict) -> dict:
    temporary = folder / "tmp"
    temporary.mkdir(exist_ok=True)
    return {
        **os.environ,
        "OMP_NUM_THREADS": "1",
        **requested,
        "PATH": f"{Path(python).parent}{os.pathsep}{os.environ.get('PATH', '')}",
        "PYTHONPATH": str(code / "src"),
        # The code is shared by every run of its commit, so nothing is written beside it.
        "PYTHONPYCACHEPREFIX": str(folder.parent.parent / "cache" / "bytecode"),
        "PYTHONUNBUFFERED": "1",
        "PYTHONUTF8": "1",
        "PROBLEM_ROOT": str(code),
        "TMPDIR": str(temporary),
    }


def run_pipeline(folder: Path, request: dict, environment: dict, python: str) -> dict:
    """Runs run.py in the environment of the repository and turns its end into the end of the run."""
    result = folder / "result.json"
    with open(folder / "runner.log", "ab") as output:
        # -E: the repository's modules are for its steps, not for the runner itself.
        command = [python, "-E", "-X", f"pycache_prefix={environment['PYTHONPYCACHEPREFIX']}",
                   str(Path(__file__).with_name("run.py")), str(folder)]
        process = subprocess.Popen(command, env=environment, cwd=environment["PROBLEM_ROOT"],
                                   stdin=subprocess.DEVNULL, stdout=output, stderr=output)
        code = process.wait()
    if result.exists():
        return json.loads(result.read_text(encoding="utf-8"))
    if code < 0:
        return {"state": "failed", "reason": f"The pipeline's runner was {killed_by(-code)}. See the log of the step that was running."}
    return {"state": "failed", "reason": f"The pipeline's runner ended with code {code} and left no result; see {folder / 'runner.log'}."}


def end_children(seconds: float = 3) -> None:
    """Ends what steps have left behind: kindly, then not. Children of children turn up here as their parents end."""
    deadline, kind = time.monotonic() + seconds, signal.SIGTERM
    while children := _children():
        for child in children:
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, kind)
        time.sleep(0.05)
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        if time.monotonic() > deadline:
            kind = signal.SIGKILL


def _children() -> list:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            # The name before it is in parentheses and may hold blanks.
            state, parent = stat.read_text(errors="replace").rpartition(")")[2].split()[:2]
            if int(parent) == os.getpid() and state != "Z":
                found.append(int(stat.parent.name))
    return found


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
