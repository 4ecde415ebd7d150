"""Fitted pipeline -> ONNX with one named input per feature, checked against the pipeline on unseen rows."""
import re

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
from plumbing.onnx_model import OnnxModel, model_input
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
    """The pipeline has no ONNX form that answers as it does."""


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
    """The model file. NotExportable where a step has no converter or a feature is called like an output."""
    if taken := set(OUTPUTS) & {*NUMBERS, *TEXTS}:
        names = ", ".join(sorted(taken))
        raise NotExportable(f"a feature is called like an output of the model: {names}; rename it")
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
        raise NotExportable(
            f"the model has no ONNX form ({type(error).__name__}: {str(error).strip().splitlines()[0]}). "
            "Use steps in model.py that skl2onnx converts: nothing else is served, a pickle never is"
        ) from error
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


def largest_difference(pipeline, model: OnnxModel, features: pd.DataFrame, unit: float = 1.0) -> float:
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
            f"the ONNX file does not answer as the trained pipeline: {wrong} of {gap.size} answers differ, "
            f"the worst by {gap.max():.1e}, {TOLERANCE:.0e} is allowed. Change that step in model.py"
        )
    return float(gap.max())
