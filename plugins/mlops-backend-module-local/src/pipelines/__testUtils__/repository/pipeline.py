"""The pipeline that the tests run. `python pipeline.py`, with kfp 2.17.0, writes pipeline.yaml anew.

extract -> three trials, two at a time -> train -> report. `mode` makes it misbehave: see src/conformance_steps.py.
"""
from pathlib import Path

from kfp import compiler, dsl
from kfp.dsl import Artifact, Dataset, Input, Output


def step(function):
    return dsl.component(function, base_image="python-conformance:1", install_kfp_package=False)


@step
def extract(rows: int, mode: str, raw: Output[Dataset]):
    from conformance_steps import extract as run
    run(rows, mode, raw.path)


@step
def trial(raw: Input[Dataset], candidate: int) -> float:
    from conformance_steps import trial as run
    return run(raw.path, candidate)


@step
def train(raw: Input[Dataset], scores: list, mode: str, model: Output[Artifact]):
    from conformance_steps import train as run
    run(raw.path, scores, mode, model.path)


@step
def report(model: Input[Artifact]) -> str:
    from conformance_steps import report as run
    return run(model.path)


@dsl.pipeline(name="conformance")
def pipeline(rows: int = 3, mode: str = "") -> str:
    raw = extract(rows=rows, mode=mode).outputs["raw"]
    with dsl.ParallelFor(items=[0, 1, 2], parallelism=2) as candidate:
        tried = trial(raw=raw, candidate=candidate)
    model = train(raw=raw, scores=dsl.Collected(tried.output), mode=mode).outputs["model"]
    return report(model=model).output


if __name__ == "__main__":
    compiler.Compiler().compile(pipeline, str(Path(__file__).with_name("pipeline.yaml")))
