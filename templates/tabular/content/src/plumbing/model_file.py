"""The model file as everything but the server uses it: evaluation, batch prediction, tests."""
import hashlib
import json
from pathlib import Path

import numpy as np
import pandas as pd

BATCH = 100_000


class Damaged(ValueError):
    """A file of the artefact differs from its manifest."""


def model_input(features: pd.DataFrame, numbers: list, texts: list) -> pd.DataFrame:
    """The types that the model is trained on and served with: float32 with NaN, text with "" for missing."""
    values = {c: features[c].astype(np.float32) for c in numbers}
    values |= {c: features[c].astype("str").where(features[c].notna(), "") for c in texts}
    return pd.DataFrame(values, index=features.index)


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def write_manifest(folder: Path) -> str:
    """Lists every file with its digest; the digest of the list is the version's digest."""
    files = sorted(p for p in folder.iterdir() if p.name != "manifest.json")
    manifest = json.dumps({p.name: digest(p) for p in files}, indent=1, ensure_ascii=False)
    (folder / "manifest.json").write_text(manifest, encoding="utf-8")
    return digest(folder / "manifest.json")


def open_model(folder) -> "ModelFile":
    """The model of an artefact folder, whatever its format."""
    return OnnxModel(folder) if (_local(folder) / OnnxModel.FILE).exists() else SkopsModel(folder)


def _local(folder) -> Path:
    return Path(str(folder).removeprefix("file://"))


class ModelFile:
    """An artefact folder: manifest.json, signature.json and the model. Damaged where a digest is wrong."""

    FILE = ""

    def __init__(self, folder):
        folder = _local(folder)
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        if wrong := [name for name, wanted in manifest.items() if digest(folder / name) != wanted]:
            raise Damaged(f"files of {folder} differ from its manifest: {', '.join(wrong)}")
        self.signature = json.loads((folder / "signature.json").read_text(encoding="utf-8"))
        self.classes = self.signature["classes"]
        inputs = self.signature["inputs"]
        self.numbers = [i["name"] for i in inputs if i["datatype"] == "FP32"]
        self.texts = [i["name"] for i in inputs if i["datatype"] == "BYTES"]
        self._open((folder / self.FILE).read_bytes())

    def scores(self, features: pd.DataFrame) -> np.ndarray:
{%- if values.task == "binary" %}
        """The probability that the outcome is 1, one per row."""
{%- elif values.task == "multiclass" %}
        """Probabilities, one row per row and one column per class of `classes`."""
{%- else %}
        """The predicted number, one per row."""
{%- endif %}
        table = model_input(features, self.numbers, self.texts)
        parts = [self._run(table.iloc[i : i + BATCH]) for i in range(0, max(len(table), 1), BATCH)]
        return np.concatenate(parts)

    def _open(self, content: bytes) -> None:
        raise NotImplementedError

    def _run(self, table: pd.DataFrame) -> np.ndarray:
        raise NotImplementedError


class OnnxModel(ModelFile):
    """model.onnx, by onnxruntime in one thread."""

    FILE = "model.onnx"

    def _open(self, content: bytes) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(content, options)

    def _run(self, table: pd.DataFrame) -> np.ndarray:
        feed = {c: table[c].to_numpy(np.float32).reshape(-1, 1) for c in self.numbers}
        feed |= {c: table[c].to_numpy(object).reshape(-1, 1) for c in self.texts}
{%- if values.task == "binary" %}
        return self.session.run(["probabilities"], feed)[0][:, 1]
{%- elif values.task == "multiclass" %}
        return self.session.run(["probabilities"], feed)[0]
{%- else %}
        return self.session.run(["prediction"], feed)[0].ravel()
{%- endif %}


class SkopsModel(ModelFile):
    """model.skops, a scikit-learn estimator over a table; only types of the allow-list are built."""

    FILE = "model.skops"

    def _open(self, content: bytes) -> None:
        from skops.io import loads

        from plumbing.skops_types import ALLOWED, refused

        if wrong := refused(content):
            raise Damaged(f"model.skops holds types that are not on the allow-list: {', '.join(wrong)}")
        self.estimator = loads(content, trusted=sorted(ALLOWED))

    def _run(self, table: pd.DataFrame) -> np.ndarray:
        table = table.astype(dict.fromkeys(self.texts, object))
{%- if values.task == "binary" %}
        return self.estimator.predict_proba(table)[:, 1]
{%- elif values.task == "multiclass" %}
        return self.estimator.predict_proba(table)
{%- else %}
        return self.estimator.predict(table)
{%- endif %}
