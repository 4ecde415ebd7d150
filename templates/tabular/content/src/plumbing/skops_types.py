"""The types that a model may hold where ONNX cannot express it. The model server has the same list."""

# skops builds scikit-learn's public estimators by itself; beyond them only these, one by one: a prefix such
# as "numpy." would let a file name functions that run code.
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


def refused(content: bytes) -> list:
    """The types in a skops file that are not on the list, in the order of their names."""
    from skops.io import get_untrusted_types

    return sorted(set(get_untrusted_types(data=content)) - ALLOWED)
