"""Watches kfp's local runner: an event at the start and end of each step, and the output of each step in its own log.

kfp 2.17 has no hook for either, so four of its private functions are wrapped; the portal insists on that version.
The key of a step is its path through the pipeline's DAGs: "extract", "for-loop-2-iteration-0/trial".
"""
import collections
import json
import os
import subprocess
import threading
from typing import Any, Optional

from kfp import dsl
from kfp.local import io, status, subprocess_task_handler, task_dispatcher
from kfp.local.orchestrator import enhanced_dag_orchestrator, orchestrator_utils, task_executor

from journal import Journal
from reasons import REASON_CHARACTERS, reason_of

TAIL_LINES = 200


def watch(journal: Journal) -> "Watcher":
    """Wraps kfp's runner; from then on it reports to `journal`."""
    watcher = Watcher(journal)
    place = threading.local()

    made = io.IOStore.__init__

    def make_store(self, parent=None):
        made(self, parent)
        # A store belongs to one DAG; it is made in the thread that has just entered that DAG.
        self.path = getattr(place, "entering", ())
    io.IOStore.__init__ = make_store

    execute = enhanced_dag_orchestrator.execute_task

    def enter(**call):
        before = getattr(place, "entering", ())
        place.entering = (*call["io_store"].path, call["task_name"])
        try:
            return execute(**call)
        finally:
            place.entering = before
    enhanced_dag_orchestrator.execute_task = enter

    single = task_executor.execute_single_task

    def run_step(**call):
        place.step = Step("/".join((*call["io_store"].path, call["task_name"])))
        return watcher.step(place.step, call, single)
    task_executor.execute_single_task = run_step

    dispatch = task_dispatcher.run_single_task_implementation

    def really_run(**call):
        place.step.ran = True
        return dispatch(**call)
    task_dispatcher.run_single_task_implementation = really_run

    subprocess_task_handler.run_local_subprocess = lambda full_command, env_vars=None: watcher.run(place.step, full_command, env_vars)
    # `python3` is found on PATH, which begins with the environment; its path inside a shell line would break at a blank.
    subprocess_task_handler.replace_python_executable = lambda command, executable: command
    return watcher


class Step:
    def __init__(self, key: str):
        self.key = key
        self.ran = False
        self.reason: Optional[str] = None


class Watcher:
    """`first_failure`: sentence on the step that failed first, if one did."""

    def __init__(self, journal: Journal):
        self._journal = journal
        self.first_failure: Optional[str] = None

    def step(self, step: Step, call: dict, execute) -> tuple:
        arguments = orchestrator_utils.OrchestratorUtils.make_task_arguments(call["task_spec"].inputs, call["io_store"])
        self._journal.event("step-started", step=step.key, inputs=plain(arguments))
        try:
            outputs, state = execute(**call)
        except Exception as problem:
            self._failed(step, f"{type(problem).__name__}: {problem}")
            raise
        if state == status.Status.SUCCESS:
            imported = call["executors"][call["components"][call["task_spec"].component_ref.name].executor_label].WhichOneof("spec") == "importer"
            self._journal.event("step-finished", step=step.key, state="succeeded", cached=not step.ran and not imported, outputs=plain(outputs))
        else:
            self._failed(step, step.reason or "it gave no reason; see its log")
        return outputs, state

    def _failed(self, step: Step, reason: str) -> None:
        name = step.key.rpartition("/")[2]
        self.first_failure = self.first_failure or f"Step '{name}' failed: {reason}"
        self._journal.event("step-finished", step=step.key, state="failed", reason=reason[:REASON_CHARACTERS])

    def run(self, step: Step, command: list, variables: Optional[dict]) -> int:
        """The step's own process, its output into the step's log. Code 0 is success."""
        log = self._journal.log(step.key)
        tail = collections.deque(maxlen=TAIL_LINES)
        try:
            with subprocess.Popen(command, env={**os.environ, **(variables or {})}, stdin=subprocess.DEVNULL,
                                  stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", errors="replace", bufsize=1) as process:
                for line in process.stdout:
                    log.line(line.rstrip("\n"))
                    tail.append(line.rstrip())
            code = process.returncode
            if code:
                step.reason = reason_of(code, list(tail))
                log.line(f"Failed: {step.reason}")
            return code
        finally:
            log.close()


def plain(values: dict) -> dict:
    """Parameters by value, artefacts by uri."""
    def one(value: Any) -> Any:
        if isinstance(value, dsl.Artifact):
            return value.uri
        if isinstance(value, (list, tuple)):
            return [one(part) for part in value]
        return value
    return json.loads(json.dumps({name: one(value) for name, value in values.items()}, default=str))
