"""Steps of the tests' pipeline. `mode` of a run: "" works; "fail" raises in train; "slow" sleeps in extract with a child
that has left its session; "kill" ends train as the kernel does when memory runs out; "full" has train write to a full disk."""
import os
import signal
import subprocess
import sys
import time
from pathlib import Path


class DataProblem(Exception):
    pass


def extract(rows: int, mode: str, raw: str) -> None:
    print(f"extracting {rows} rows")
    print(f"token {os.environ.get('CONFORMANCE_TOKEN', 'none')}")
    if mode == "slow":
        subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], start_new_session=True)
        time.sleep(600)
    Path(raw).write_text("\n".join(str(number) for number in range(rows)), encoding="utf-8")


def trial(raw: str, candidate: int) -> float:
    print(f"trying candidate {candidate}")
    return len(Path(raw).read_text(encoding="utf-8").split()) + candidate / 10


def train(raw: str, scores: list, mode: str, model: str) -> None:
    if mode == "fail":
        raise DataProblem("columns missing in raw: distance")
    if mode == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if mode == "full":
        Path("/dev/full").write_text("model", encoding="utf-8")
    Path(model).write_text(f"best {max(scores)}", encoding="utf-8")


def report(model: str) -> str:
    return Path(model).read_text(encoding="utf-8")
