"""Tells the registry of a version. It decides what becomes of it; the step fails unless it is told."""

import hashlib
import json
from pathlib import Path

from plumbing import lineage
from plumbing.problem import load


def register(model: str, report: str, uri: str, tried: list) -> str:
    """Sends an output of type MODEL with digest, metrics, trials and parameters; gives the digest."""
    problem, result = load(), json.loads(Path(report).read_text(encoding="utf-8"))
    signature = json.loads((Path(model) / "signature.json").read_text(encoding="utf-8"))
    version = hashlib.sha256((Path(model) / "manifest.json").read_bytes()).hexdigest()
    with lineage.step("register", must_be_accepted=True, **signature["params"]) as told:
        told.inputs = [lineage.read("features")]
        file = lineage.ModelFile(
            uri=uri,
            sha256=version,
            format=signature["format"],
            framework=signature["framework"],
            task=problem.task,
            signature=signature,
        )
        told.outputs = [lineage.model(file)]
        told.facets["mlops_metrics"] = lineage.Metrics(**result)
        told.facets["mlops_trials"] = lineage.trials(tried)
    print(f"registered {problem.name} {version} at {uri}")
    return version
