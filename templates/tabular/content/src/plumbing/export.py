"""Fitted pipeline -> the file that is served, checked against the pipeline on unseen rows.

ONNX with one named input per feature; where ONNX cannot express the model, skops with an allow-list of types.
"""
import json
import re
from importlib.metadata import version
from pathlib import Path

import lightgbm
import numpy as np
import pandas as pd
from onnxmltools.convert.lightgbm.operator_converters.LightGbm import convert_lightgbm
from skl2onnx import convert_sklearn, update_registered_converter
from skl2onnx.common.data_types import FloatTensorType, StringTensorType
{%- if values.task == "regression" %}
from skl2onnx.common.shape_calculator import calculate_linear_regressor_output_shapes
{%- else %}
from skl2onnx.common.shape_calculator import calculate_linear_classifier_output_shapes
{%- endif %}

from features import NUMBERS, TEXTS
from plumbing.model_file import ModelFile, OnnxModel, SkopsModel, model_input, write_manifest
from plumbing.skops_types import refused
{% if values.task == "regression" %}
update_registered_converter(
    lightgbm.LGBMRegressor,
    "LightGbmRegressor",
    calculate_linear_regressor_output_shapes,
    convert_lightgbm,
    options={"split": None},
)
OUTPUTS = ("prediction",)
TOLERANCE = 1e-4  # of a standard deviation of the outcome
{%- else %}
update_registered_converter(
    lightgbm.LGBMClassifier,
    "LightGbmClassifier",
    calculate_linear_classifier_output_shapes,
    convert_lightgbm,
    options={"nocl": [True, False], "zipmap": [True, False, "columns"]},
)
OUTPUTS = ("prediction", "probabilities")
TOLERANCE = 1e-5  # of a probability
{%- endif %}
OPSETS = {"": 18, "ai.onnx.ml": 3}


class NotExportable(ValueError):
    """The pipeline has no form that may be served and answers as it does."""


def export(pipeline, folder: Path, signature: dict, unseen: pd.DataFrame) -> tuple:
    """Writes signature.json, the model and the manifest; gives the ModelFile and its largest difference.

    ONNX first, then skops; why not ONNX is printed and stands in the signature. NotExportable with both
    reasons where neither will do.
    """
    if taken := set(OUTPUTS) & {*NUMBERS, *TEXTS}:
        names = ", ".join(sorted(taken))
        raise NotExportable(f"a feature is called like an output of the model: {names}; rename it")
    estimator = pipeline[-1] if hasattr(pipeline, "steps") else pipeline
    float32_thresholds(estimator)
    signature = {**signature, "format": "onnx", "framework": type(estimator).__module__.partition(".")[0]}
    try:
        return _write(pipeline, folder, signature, unseen, OnnxModel, to_onnx)
    except NotExportable as error:
        print(f"ONNX does not hold this model: {error}. Trying skops", flush=True)
        why = str(error)
        (folder / OnnxModel.FILE).unlink(missing_ok=True)
    packages = {name: version(name) for name in ("scikit-learn", "scipy")}
    signature |= {"format": "skops", "packages": packages, "not_onnx": why}
    try:
        return _write(pipeline, folder, signature, unseen, SkopsModel, to_skops)
    except NotExportable as error:
        both = f"neither as ONNX ({why}) nor as skops ({error})"
        raise NotExportable(f"the model can be served {both}") from error


def _write(pipeline, folder: Path, signature: dict, unseen: pd.DataFrame, kind: type, convert) -> tuple:
    (folder / kind.FILE).write_bytes(convert(pipeline))
    text = json.dumps(signature, ensure_ascii=False, indent=1, allow_nan=False)
    (folder / "signature.json").write_text(text, encoding="utf-8")
    write_manifest(folder)
    model = kind(folder)
    return model, largest_difference(pipeline, model, unseen{% if values.task == "regression" %}, signature["scale"]{% endif %})


def to_skops(pipeline) -> bytes:
    """The model as skops. NotExportable where it holds a type that is not on the allow-list."""
    from skops.io import dumps

    try:
        content = dumps(pipeline)
        wrong = refused(content)
    except Exception as error:
        raise NotExportable(f"{type(error).__name__}: {_first_line(error)}") from error
    if wrong:
        raise NotExportable(
            f"it holds types that are not served: {', '.join(wrong)}; use steps of scikit-learn in model.py, "
            "a pickle is never served"
        )
    return content


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or ["no reason given"])[0]


def float32_thresholds(estimator) -> None:
    """Rounds LightGBM's split thresholds down to float32, in place; answers for float32 inputs stay the same.

    LightGBM compares with float64 midpoints and ONNX with float32. Rounding to the nearest can reach the
    upper neighbour, and a row with that value changes sides. For float32 inputs `x <= t` is the same as
    `x <= (largest float32 not above t)`.
    """
    if not hasattr(estimator, "booster_"):
        return

    def down(line: re.Match) -> str:
        exact = np.array(line[1].split(), dtype=np.float64)
        near = exact.astype(np.float32)
        rounded = np.where(near <= exact, near, np.nextafter(near, np.float32(-np.inf)))
        return "threshold=" + " ".join(repr(float(t)) for t in rounded)

    text = re.sub(r"^threshold=(.*)$", down, estimator.booster_.model_to_string(), flags=re.M)
    estimator._Booster = lightgbm.Booster(model_str=re.sub(r"^tree_sizes=.*\n", "", text, flags=re.M))


def to_onnx(pipeline) -> bytes:
    """The model as ONNX. NotExportable where a step has no converter."""
    inputs = [(c, FloatTensorType([None, 1])) for c in NUMBERS]
    inputs += [(c, StringTensorType([None, 1])) for c in TEXTS]
    try:
        model = convert_sklearn(
            pipeline,
            name="model",  # else a random one, and no two files of one model are equal
            initial_types=inputs,
            target_opset=OPSETS,
{%- if values.task != "regression" %}
            options={id(pipeline): {"zipmap": False}},
{%- endif %}
        )
    except Exception as error:
        raise NotExportable(f"{type(error).__name__}: {_first_line(error)}") from error
    return _named_like_columns(model).SerializeToString()


def _named_like_columns(model):
    """Gives the tensors their names back: the converter makes underscores of blanks and Persian letters.

    What lies between gets a prefix, so that no column can clash with it. Nothing random is left in the file.
    """
    graph = model.graph
    opsets = sorted(model.opset_import, key=lambda opset: opset.domain)  # they come in a random order
    del model.opset_import[:]
    model.opset_import.extend(opsets)
    names = dict(zip([i.name for i in graph.input], [*NUMBERS, *TEXTS], strict=True))
    final = {o.name: wanted for o, wanted in zip(graph.output, OUTPUTS, strict=True)}
    inner = {o: "/" + o for node in graph.node for o in node.output if o and o not in final}
    new = {**names, **inner, **final}
    for value in [*graph.input, *graph.output]:
        value.name = new[value.name]
    for node in graph.node:
        node.input[:] = [new.get(name, name) for name in node.input]
        node.output[:] = [new.get(name, name) for name in node.output]
    return model


def largest_difference(pipeline, model: ModelFile, features: pd.DataFrame, unit: float = 1.0) -> float:
    """Largest difference between file and pipeline in units of `unit`; NotExportable over the tolerance."""
    table = model_input(features, NUMBERS, TEXTS)
{%- if values.task == "binary" %}
    wanted = pipeline.predict_proba(table)[:, 1]
{%- elif values.task == "multiclass" %}
    wanted = pipeline.predict_proba(table)
{%- else %}
    wanted = pipeline.predict(table)
{%- endif %}
    gap = np.abs(wanted - model.scores(features)) / unit
    if not gap.max() <= TOLERANCE:
        wrong = int((~(gap <= TOLERANCE)).sum())
        raise NotExportable(
            f"the file does not answer as the trained pipeline: {wrong} of {gap.size} answers differ, "
            f"the worst by {gap.max():.1e}, {TOLERANCE:.0e} is allowed"
        )
    return float(gap.max())
