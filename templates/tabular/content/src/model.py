"""The model: what is made of a candidate's parameters."""
import os

{% if values.task == "regression" -%}
from lightgbm import LGBMRegressor
{%- else -%}
from lightgbm import LGBMClassifier
{%- endif %}
{%- if (values.texts | length) and values.task != "multiclass" %}
from skl2onnx.sklapi import CastTransformer
{%- endif %}
from sklearn.compose import ColumnTransformer
{%- if (values.texts | length) and values.task != "multiclass" %}
from sklearn.pipeline import Pipeline, make_pipeline
{%- else %}
from sklearn.pipeline import Pipeline
{%- if values.texts | length %}
from sklearn.preprocessing import OrdinalEncoder
{%- endif %}
{%- endif %}

from features import {% if values.numbers | length %}NUMBERS{% endif %}{% if (values.numbers | length) and (values.texts | length) %}, {% endif %}{% if values.texts | length %}TEXTS{% endif %}
{%- if (values.texts | length) and values.task != "multiclass" %}
from plumbing.encoding import target_encoder
{%- endif %}


def build(params: dict) -> Pipeline:
    """Preprocessing and estimator in one. The train step makes ONNX of it, or skops where that cannot be."""
{%- if (values.texts | length) and values.task == "multiclass" %}
    encode = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1, max_categories=200)
{%- elif values.texts | length %}
    encode = make_pipeline(target_encoder("{% if values.task == "regression" %}continuous{% else %}binary{% endif %}"), CastTransformer())
{%- endif %}
    columns = ColumnTransformer(
        [
{%- if values.numbers | length %}
            ("numbers", "passthrough", NUMBERS),
{%- endif %}
{%- if values.texts | length %}
            ("texts", encode, TEXTS),
{%- endif %}
        ]
    )
    threads = int(os.environ.get("OMP_NUM_THREADS", "1"))
    # The same commit and the same data give the same file, whatever machine and number of threads.
    same = {"random_state": 0, "deterministic": True, "force_row_wise": True}
    estimator = {% if values.task == "regression" %}LGBMRegressor{% else %}LGBMClassifier{% endif %}(**params, **same, n_jobs=threads, verbose=-1)
    return Pipeline([("columns", columns), ("estimator", estimator)])
