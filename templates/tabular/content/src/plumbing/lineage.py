"""What a step did, told with the stock OpenLineage client.

OPENLINEAGE__TRANSPORT says to whom. A receiver that is silent harms no step but the registration.
"""

import os
import sys
import time
from contextlib import contextmanager
from datetime import datetime, timezone

import attr
from openlineage.client import OpenLineageClient
from openlineage.client.event_v2 import InputDataset, Job, OutputDataset, Run, RunEvent, RunState
from openlineage.client.facet_v2 import (
    DatasetFacet,
    RunFacet,
    data_quality_assertions_dataset,
    dataset_type_dataset,
    dataset_version_dataset,
    error_message_run,
    parent_run,
    schema_dataset,
    source_code_location_job,
)
from openlineage.client.facet_v2 import data_quality_metrics_input_dataset as quality
from openlineage.client.uuid import generate_new_uuid

from candidates import CANDIDATES
from plumbing.problem import load

NAMESPACE = os.environ.get("OPENLINEAGE_NAMESPACE", "local")
PRODUCER = os.environ.get("CI_PROJECT_URL") or f"urn:problem:{load().name}"
PROFILE = "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/InputDatasetFacet"
PATIENCE = 4  # seconds that a step may lose to a receiver that does not answer
ACCEPT_WITHIN = 90  # seconds in which a registration must be accepted


class NotAccepted(RuntimeError):
    """The registry did not take the version."""


@attr.define(kw_only=True)
class Metrics(RunFacet):
    """mlops_metrics: model, baseline and version in production on one window; gate, plots and slices."""

    metrics: dict
    baseline: dict = attr.field(factory=dict)
    champion: dict = attr.field(factory=dict)
    gate: list = attr.field(factory=list)
    window: dict = attr.field(factory=dict)
    train: dict = attr.field(factory=dict)
    plots: dict = attr.field(factory=dict)
    slices: list = attr.field(factory=list)


@attr.define(kw_only=True)
class Parameters(RunFacet):
    """mlops_parameters: what the step was asked to do."""

    parameters: dict


@attr.define(kw_only=True)
class Trials(RunFacet):
    """mlops_trials: every candidate that was tried, with its value of the metric."""

    metric: str
    trials: list


@attr.define(kw_only=True)
class ModelFile(DatasetFacet):
    """mlops_model: where the model is and how to know that it is the one."""

    uri: str
    sha256: str
    format: str
    framework: str
    task: str
    signature: dict


class Told:
    """What a step says of itself: it adds to `inputs`, `outputs` and `facets`."""

    def __init__(self):
        self.inputs, self.outputs, self.facets = [], [], {}


@contextmanager
def step(name: str, must_be_accepted: bool = False, **parameters):
    """START, then COMPLETE or FAIL with the message; NotAccepted where it `must_be_accepted` and is not."""
    told, voice = Told(), Voice()
    job, run_id = _job(name), str(generate_new_uuid())
    told.facets.update(_parent())
    if parameters:
        told.facets["mlops_parameters"] = Parameters(parameters=parameters)

    def event(state):
        return RunEvent(
            eventType=state,
            eventTime=datetime.now(timezone.utc).isoformat(),
            producer=PRODUCER,
            job=job,
            run=Run(runId=run_id, facets=dict(told.facets)),
            inputs=told.inputs,
            outputs=told.outputs,
        )

    voice.say(event(RunState.START))
    try:
        yield told
        if must_be_accepted:
            voice.insist(event(RunState.COMPLETE))
    except BaseException as error:
        told.outputs = []
        told.facets["errorMessage"] = error_message_run.ErrorMessageRunFacet(
            message=f"{type(error).__name__}: {error}", programmingLanguage="python"
        )
        voice.say(event(RunState.FAIL))
        raise
    if not must_be_accepted:
        voice.say(event(RunState.COMPLETE))


class Voice:
    """Sends events; what is lost is printed, and after PATIENCE seconds of waiting no more is tried."""

    def __init__(self):
        self.client, self.lost = OpenLineageClient(), 0.0

    def say(self, event: RunEvent) -> None:
        if self.lost >= PATIENCE:
            return
        began = time.monotonic()
        try:
            self.client.emit(event)
        except Exception as error:
            self.lost += time.monotonic() - began
            what = f"{event.eventType.value} of {event.job.name}"
            print(f"lineage: {what} was not taken: {error}", file=sys.stderr)

    def insist(self, event: RunEvent) -> None:
        """The same event until it is taken; it counts once. NotAccepted after ACCEPT_WITHIN seconds."""
        deadline, pause, name = time.monotonic() + ACCEPT_WITHIN, 0.5, event.job.name
        while True:
            try:
                return self.client.emit(event)
            except Exception as error:
                if refusal := _refusal(error):
                    raise NotAccepted(f"the registry refused {name}: {refusal}") from error
                if time.monotonic() + pause > deadline:
                    raise NotAccepted(
                        f"the registry did not take {name} within {ACCEPT_WITHIN} s ({error}). "
                        "The model is kept: run again once it answers, the other steps come from the cache"
                    ) from error
                print(f"the registry does not answer ({error}), trying again", file=sys.stderr, flush=True)
                time.sleep(pause)
                pause = min(pause * 2, 8)


def _refusal(error: Exception) -> str:
    """Status and reason where the receiver does not want the event; "" where it may take it later."""
    answer = getattr(error, "response", None)
    if answer is None or not 400 <= answer.status_code < 500 or answer.status_code in (408, 409, 429):
        return ""
    return f"{answer.status_code} {answer.text[:500] or 'without a reason'}"


def _job(name: str) -> Job:
    facets = {}
    if commit := os.environ.get("CI_COMMIT_SHA"):
        facets["sourceCodeLocation"] = source_code_location_job.SourceCodeLocationJobFacet(
            type="git", url=os.environ.get("CI_PROJECT_URL", ""), version=commit
        )
    return Job(namespace=NAMESPACE, name=f"{load().name}.{name}", facets=facets)


def _parent() -> dict:
    """From OPENLINEAGE_PARENT_ID: namespace/job/run id."""
    parent = os.environ.get("OPENLINEAGE_PARENT_ID", "").rsplit("/", 2)
    if len(parent) != 3:
        return {}
    run, job = parent_run.Run(runId=parent[2]), parent_run.Job(namespace=parent[0], name=parent[1])
    return {"parent": parent_run.ParentRunFacet(run=run, job=job)}


def trials(tried: list) -> Trials:
    """Trials as the steps hand them on (candidate, value, metrics) with parameters; none without a value."""
    told = []
    for trial in tried:
        candidate = int(trial["candidate"])  # kfp hands numbers on as floats
        if trial["value"] is not None:
            told.append({**trial, "candidate": candidate, "parameters": CANDIDATES[candidate]})
    return Trials(metric=load().metric["name"], trials=told)


def between(name: str) -> str:
    """Name of a table that one step hands to the next."""
    return f"{load().name}.{name}"


def schema(types) -> dict:
    """The facet of columns and their types; columns of the plumbing's own are left out."""
    fields = [
        schema_dataset.SchemaDatasetFacetFields(name=column, type=str(kind))
        for column, kind in types.items()
        if not column.startswith("__")
    ]
    return {"schema": schema_dataset.SchemaDatasetFacet(fields=fields)}


def source(uri: str, version: str, checks: list, columns: list, window: dict) -> InputDataset:
    """The data source as the run read it: schema, digest, what is in its columns, which checks it passed.

    `columns` (columns.describe) and `window` (from, to, rows) tell the rows that are learnt from and judged.
    """
    facets = schema({facts["name"]: facts["type"] for facts in columns})
    facets["version"] = dataset_version_dataset.DatasetVersionDatasetFacet(datasetVersion=version)
    facets["dataQualityAssertions"] = data_quality_assertions_dataset.DataQualityAssertionsDatasetFacet(
        assertions=[data_quality_assertions_dataset.Assertion(**check) for check in checks]
    )
    rows = window["rows"]
    metrics = {facts["name"]: _metrics(facts, rows) for facts in columns}
    ours = [{k: v for k, v in facts.items() if k not in ("sum", "quantiles")} for facts in columns]
    counted = quality.DataQualityMetricsInputDatasetFacet(rowCount=rows, columnMetrics=metrics)
    inner = {
        "dataQualityMetrics": counted,
        # As it travels, since `from` cannot be the name of an attribute.
        "mlops_profile": {"_producer": PRODUCER, "_schemaURL": PROFILE, **window, "columns": ours},
    }
    return InputDataset(namespace=NAMESPACE, name=uri, facets=facets, inputFacets=inner)


def _metrics(facts: dict, rows: int) -> quality.ColumnMetrics:
    told = {"count": rows, "nullCount": facts["nulls"], "distinctCount": facts["distinct"]}
    if facts["type"] == "number":
        told |= {k: facts[k] for k in ("min", "max", "sum", "quantiles") if k in facts}
    return quality.ColumnMetrics(**told)


def read(name: str) -> InputDataset:
    return InputDataset(namespace=NAMESPACE, name=between(name))


def written(name: str, table) -> OutputDataset:
    return OutputDataset(namespace=NAMESPACE, name=between(name), facets=schema(table.dtypes))


def model(facet: ModelFile) -> OutputDataset:
    """The output that makes a version: a dataset of type MODEL called like the problem."""
    kind = dataset_type_dataset.DatasetTypeDatasetFacet(datasetType="MODEL")
    facets = {"datasetType": kind, "mlops_model": facet}
    return OutputDataset(namespace=NAMESPACE, name=load().name, facets=facets)
