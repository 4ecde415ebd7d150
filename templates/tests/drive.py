"""Runs the steps of the repository in the working folder in one process: `python drive.py OUT [CHAMPION]`."""

import sys
from pathlib import Path

from candidates import CANDIDATES
from plumbing import judging, registration, steps
from plumbing.problem import load


def main(out: str, champion: str = "") -> None:
    folder = Path(out)
    raw, table, model, report = (str(folder / name) for name in ("raw", "table", "model", "report"))
    window = {"until": ""} if hasattr(load(), "until") else {}
    steps.extract(**window, data_version="", raw=raw)
    steps.features(raw, table)
    tried = [steps.trial(table, candidate) for candidate in range(len(CANDIDATES))]
    steps.train(table, tried, model)
    judging.evaluate(raw, table, model, champion, report)
    registration.register(model, report, model, tried)


if __name__ == "__main__":
    main(*sys.argv[1:])
