"""MLServer runtimes for the versions of this portal: one named [n, 1] tensor per column, ONNX or skops.

A version is a folder with manifest.json (file name -> sha256), signature.json and the model. Nothing is loaded unless
sha256(manifest.json) is the digest that the registry knows and every file is the one in the manifest.
"""

import hashlib
import json
from importlib.metadata import version
from pathlib import Path

import numpy as np
from mlserver import MLModel
from mlserver.errors import InferenceError, MLServerError
from mlserver.types import InferenceRequest, InferenceResponse, MetadataTensor, Parameters, ResponseOutput

DATATYPES = {"f": {2: "FP16", 4: "FP32", 8: "FP64"}, "i": {1: "INT8", 2: "INT16", 4: "INT32", 8: "INT64"}, "b": {1: "BOOL"}}


class RefusedArtifact(MLServerError):
    """The folder is not the version that was asked for, or cannot be served. Answered with status 422."""

    def __init__(self, reason: str):
        super().__init__(reason, 422)


def read_verified(folder: Path, sha256: str) -> dict[str, bytes]:
    """Content of every file in the manifest, by name.

    Raises RefusedArtifact if the manifest is not the one with this digest or a file is not the one in the manifest. The
    bytes that were checked are the ones returned, so nothing can be swapped between check and load.
    """
    try:
        manifest = (folder / "manifest.json").read_bytes()
        if hashlib.sha256(manifest).hexdigest() != sha256:
            raise RefusedArtifact(f"digest mismatch: {folder}/manifest.json is not the one registered as sha256 {sha256}")
        files = {}
        for name, digest in json.loads(manifest).items():
            path = (folder / name).resolve()
            if folder.resolve() not in path.parents:
                raise RefusedArtifact(f"{name} in the manifest lies outside the version's folder {folder}")
            files[name] = path.read_bytes()
            if hashlib.sha256(files[name]).hexdigest() != digest:
                raise RefusedArtifact(f"digest mismatch: {path} is not the file in the manifest")
    except OSError as error:
        raise RefusedArtifact(f"cannot read the version in {folder}: {error}") from error
    return files


def column(name: str, values: list, text: bool) -> np.ndarray:
    """Values of one tensor as an [n, 1] array: float32 with NaN for null, or str with "" for null."""
    try:
        if text:
            cells = ["" if v is None else v.decode() if isinstance(v, bytes) else v for v in values]
            wrong = next((v for v in cells if not isinstance(v, str)), None)
            if wrong is not None:
                raise TypeError(f"{wrong!r} is no text")
            return np.array(cells, dtype=object).reshape(-1, 1)
        return np.array([np.nan if v is None else v for v in values], dtype=np.float32).reshape(-1, 1)
    except (TypeError, ValueError, UnicodeDecodeError) as error:
        raise InferenceError(f"{name}: {error}") from error


def output(name: str, value: np.ndarray) -> ResponseOutput:
    """A model's output as a tensor of the protocol; text becomes BYTES."""
    value = np.asarray(value)
    datatype = DATATYPES.get(value.dtype.kind, {}).get(value.dtype.itemsize, "BYTES")
    data = value.ravel().tolist() if datatype != "BYTES" else [str(v) for v in value.ravel()]
    return ResponseOutput(name=name, shape=list(value.shape), datatype=datatype, data=data)


class TableModel(MLModel):
    """What both formats share: verified files, signature, checks of names and shapes."""

    async def load(self) -> bool:
        extra = self.settings.parameters.extra or {}
        files = read_verified(Path(self.settings.parameters.uri), extra["sha256"])
        if "signature.json" not in files:
            raise RefusedArtifact("the version has no signature.json in its manifest")
        signature = json.loads(files["signature.json"])
        self.revision = extra.get("revision")
        self.text = {i["name"]: i["datatype"] == "BYTES" for i in signature["inputs"]}
        self.inputs = [MetadataTensor(name=i["name"], datatype=i["datatype"], shape=i["shape"]) for i in signature["inputs"]]
        self.open(files, signature)
        return True

    def open(self, files: dict[str, bytes], signature: dict) -> None:
        raise NotImplementedError

    def run(self, feed: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
        raise NotImplementedError

    async def predict(self, payload: InferenceRequest) -> InferenceResponse:
        given = {tensor.name: tensor for tensor in payload.inputs}
        if given.keys() != self.text.keys() or len(given) != len(payload.inputs):
            missing, unknown = sorted(self.text.keys() - given.keys()), sorted(given.keys() - self.text.keys())
            raise InferenceError(f"inputs do not match the signature: missing {missing}, unknown {unknown}")
        rows, feed = payload.inputs[0].shape[0], {}
        for name, tensor in given.items():
            values = tensor.data.root if hasattr(tensor.data, "root") else tensor.data
            if list(tensor.shape) not in ([rows], [rows, 1]) or len(values) != rows:
                raise InferenceError(f"{name}: shape {tensor.shape} with {len(values)} values, wanted [{rows}, 1]")
            if self.text[name] != (tensor.datatype == "BYTES"):
                raise InferenceError(f"{name}: {tensor.datatype} given, wanted {'BYTES' if self.text[name] else 'a number type'}")
            feed[name] = column(name, values, self.text[name])
        return InferenceResponse(
            model_name=self.name,
            model_version=self.version,
            id=payload.id,
            parameters=Parameters(revision=self.revision),
            outputs=[output(name, value) for name, value in self.run(feed).items()],
        )


class OnnxModel(TableModel):
    """model.onnx, preprocessing included. One thread per session: requests of several models share the machine."""

    def open(self, files: dict[str, bytes], signature: dict) -> None:
        import onnxruntime

        if "model.onnx" not in files:
            raise RefusedArtifact("the version has no model.onnx in its manifest")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        try:
            self.session = onnxruntime.InferenceSession(files["model.onnx"], options, providers=["CPUExecutionProvider"])
        except Exception as error:
            raise RefusedArtifact(f"onnxruntime {onnxruntime.__version__} cannot read model.onnx: {error}") from error
        wanted = sorted(i.name for i in self.session.get_inputs())
        if wanted != sorted(self.text):
            raise RefusedArtifact(f"model.onnx takes {wanted}, its signature says {sorted(self.text)}")
        self.names = [o.name for o in self.session.get_outputs()]
        kinds = {"tensor(float)": "FP32", "tensor(double)": "FP64", "tensor(int64)": "INT64", "tensor(bool)": "BOOL"}
        self.outputs = [
            MetadataTensor(name=o.name, datatype=kinds.get(o.type, "BYTES"), shape=[n if isinstance(n, int) else -1 for n in o.shape or [-1]])
            for o in self.session.get_outputs()
        ]

    def run(self, feed: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
        return dict(zip(self.names, self.session.run(self.names, feed)))


class SkopsModel(TableModel):
    """model.skops, a scikit-learn estimator over a data frame.

    skops builds scikit-learn's public estimators by itself; beyond them only the types named here, one by one: a prefix
    such as "numpy." would let a file name functions that run code.
    """

    ALLOWED = frozenset(
        [
            "numpy.dtype",
            "scipy._lib.array_api_compat.numpy._aliases.asarray",
            "scipy.interpolate._bsplines.BSpline",
            "scipy.interpolate._bsplines._BSpline",
            "sklearn._loss.link.IdentityLink",
            "sklearn._loss.link.Interval",
            "sklearn._loss.link.LogLink",
            "sklearn._loss.link.LogitLink",
            "sklearn._loss.link.MultinomialLogit",
            "sklearn._loss.loss.HalfBinomialLoss",
            "sklearn._loss.loss.HalfMultinomialLoss",
            "sklearn._loss.loss.HalfSquaredError",
            "sklearn.calibration._CalibratedClassifier",
            "sklearn.calibration._SigmoidCalibration",
            "sklearn.ensemble._hist_gradient_boosting.binning._BinMapper",
            "sklearn.ensemble._hist_gradient_boosting.predictor.TreePredictor",
            "sklearn.model_selection._split.KFold",
            "sklearn.utils._bunch.Bunch",
        ]
    )

    def open(self, files: dict[str, bytes], signature: dict) -> None:
        from skops.io import get_untrusted_types, loads

        if "model.skops" not in files:
            raise RefusedArtifact("the version has no model.skops in its manifest")
        for name, made_with in signature.get("packages", {}).items():
            if made_with != version(name):
                raise RefusedArtifact(
                    f"model.skops was made with {name} {made_with}, this server has {version(name)}: "
                    f"set {name}=={version(name)} in requirements.in, lock it and train again"
                )
        types = get_untrusted_types(data=files["model.skops"])
        refused = [t for t in types if t not in self.ALLOWED]
        if refused:
            raise RefusedArtifact(f"model.skops holds types that are not on the allow-list: {refused}")
        self.estimator = loads(files["model.skops"], trusted=types)
        self.order = [i["name"] for i in signature["inputs"]]
        self.classify = hasattr(self.estimator, "predict_proba")

    def run(self, feed: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
        import pandas

        # Text as the objects that it was trained on, whatever pandas would make of it.
        columns = {name: pandas.Series(feed[name].ravel(), dtype=feed[name].dtype) for name in self.order}
        frame = pandas.DataFrame(columns)
        outputs = {"prediction": np.asarray(self.estimator.predict(frame)).reshape(-1, 1)}
        if self.classify:
            outputs["probabilities"] = self.estimator.predict_proba(frame)
        return outputs
