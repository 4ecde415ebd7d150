"""The model file as everything but the server uses it: evaluation, batch prediction, tests."""
import hashlib
import json
from pathlib import Path

import numpy as np
import onnxruntime
import pandas as pd

BATCH = 100_000


class Damaged(ValueError):
    """A file of the artefact differs from its manifest."""


def model_input(features: pd.DataFrame, numbers: list, texts: list) -> pd.DataFrame:
    """The types that the model is trained on and served with: float32 with NaN, text with "" for missing."""
    values = {c: features[c].astype(np.float32) for c in numbers}
    values |= {c: features[c].astype("str").fillna("") for c in texts}
    return pd.DataFrame(values, index=features.index)


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def write_manifest(folder: Path) -> str:
    """Lists every file with its digest; the digest of the list is the version's digest."""
    files = sorted(p for p in folder.iterdir() if p.name != "manifest.json")
    manifest = json.dumps({p.name: digest(p) for p in files}, indent=1, ensure_ascii=False)
    (folder / "manifest.json").write_text(manifest, encoding="utf-8")
    return digest(folder / "manifest.json")


class OnnxModel:
    """An artefact folder: manifest.json, signature.json and model.onnx. Damaged where a digest is wrong."""

    def __init__(self, folder):
        folder = Path(str(folder).removeprefix("file://"))
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        if wrong := [name for name, wanted in manifest.items() if digest(folder / name) != wanted]:
            raise Damaged(f"files of {folder} differ from its manifest: {', '.join(wrong)}")
        self.signature = json.loads((folder / "signature.json").read_text(encoding="utf-8"))
        self.classes = self.signature["classes"]
        inputs = self.signature["inputs"]
        self.numbers = [i["name"] for i in inputs if i["datatype"] == "FP32"]
        self.texts = [i["name"] for i in inputs if i["datatype"] == "BYTES"]
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self.session = onnxruntime.InferenceSession((folder / "model.onnx").read_bytes(), options)

    def scores(self, features: pd.DataFrame) -> np.ndarray:
{%- if values.task == "binary" %}
        """The probability that the outcome is 1, one per row."""
{%- elif values.task == "multiclass" %}
        """Probabilities, one row per row and one column per class of `classes`."""
{%- else %}
        """The predicted number, one per row."""
{%- endif %}
        parts = [self._run(features.iloc[i : i + BATCH]) for i in range(0, max(len(features), 1), BATCH)]
        return np.concatenate(parts)

    def _run(self, features: pd.DataFrame) -> np.ndarray:
        table = model_input(features, self.numbers, self.texts)
        feed = {c: table[c].to_numpy(np.float32).reshape(-1, 1) for c in self.numbers}
        feed |= {c: table[c].to_numpy(object).reshape(-1, 1) for c in self.texts}
{%- if values.task == "binary" %}
        return self.session.run(["probabilities"], feed)[0][:, 1]
{%- elif values.task == "multiclass" %}
        return self.session.run(["probabilities"], feed)[0]
{%- else %}
        return self.session.run(["prediction"], feed)[0].ravel()
{%- endif %}
