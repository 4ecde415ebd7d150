"""The pipeline (KFP v2): `python pipelines/pipeline.py` writes pipeline.yaml, the same file for every home.

The steps run the code of this repository. On a platform the image carries it (PIPELINE_IMAGE, built by CI).
Without an image the digest of the code stands in its name, or a changed feature would come from the cache.
"""
import hashlib
import os
import sys
from pathlib import Path

from kfp import compiler, dsl
from kfp.dsl import Artifact, Dataset, Input, Model, Output

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))
from candidates import CANDIDATES  # noqa: E402
from plumbing.problem import load  # noqa: E402

SOURCES = sorted([*ROOT.glob("src/**/*.py"), ROOT / "problem.yaml", ROOT / "requirements.txt"])
CODE = hashlib.sha256(b"".join(path.read_bytes() for path in SOURCES)).hexdigest()
IMAGE = os.environ.get("PIPELINE_IMAGE") or f"python-{load().name}:{CODE[:12]}"


def step(function):
    return dsl.component(function, base_image=IMAGE, install_kfp_package=False)


@step
def extract({% if values.time %}until: str, {% endif %}data_version: str, raw: Output[Dataset]):
    from plumbing import steps

    steps.extract({% if values.time %}until, {% endif %}data_version, raw.path)


@step
def features(raw: Input[Dataset], table: Output[Dataset]):
    from plumbing import steps

    steps.features(raw.path, table.path)


@step
def trial(table: Input[Dataset], candidate: int) -> dict:
    from plumbing import steps

    return steps.trial(table.path, candidate)


@step
def train(table: Input[Dataset], tried: list, model: Output[Model]):
    from plumbing import steps

    steps.train(table.path, tried, model.path)


@step
def evaluate(
    raw: Input[Dataset], table: Input[Dataset], model: Input[Model], champion: str, report: Output[Artifact]
) -> bool:
    from plumbing import judging

    return judging.evaluate(raw.path, table.path, model.path, champion, report.path)


@step
def register(model: Input[Model], report: Input[Artifact], tried: list) -> str:
    from plumbing import registration

    return registration.register(model.path, report.path, model.uri, tried)


@dsl.pipeline(name=load().name)
def pipeline(until: str = "", champion: str = "", data_version: str = "") -> str:
{%- if values.time %}
    """The whole run, all of it optional.

    until: first day after the test window. champion: folder of the version in production.
    data_version: digest of the source.
    """
    raw = extract(until=until, data_version=data_version).outputs["raw"]
{%- else %}
    """The whole run, all of it optional.

    champion: folder of the version in production. data_version: digest of the source.
    until: not used, as rows have no time; every pipeline takes it.
    """
    raw = extract(data_version=data_version).outputs["raw"]
{%- endif %}
    table = features(raw=raw).outputs["table"]
    with dsl.ParallelFor(items=list(range(len(CANDIDATES))), parallelism=2) as candidate:
        one = trial(table=table, candidate=candidate)
    model = train(table=table, tried=dsl.Collected(one.output)).outputs["model"]
    report = evaluate(raw=raw, table=table, model=model, champion=champion).outputs["report"]
    return register(model=model, report=report, tried=dsl.Collected(one.output)).output


if __name__ == "__main__":
    compiler.Compiler().compile(pipeline, str(ROOT / "pipeline.yaml"))
