"""Texts -> numbers by their outcome, the same in every run and on every Python that the lock is made for."""
import inspect

from sklearn.model_selection import KFold
from sklearn.preprocessing import TargetEncoder


def target_encoder(target_type: str) -> TargetEncoder:
    """Encodes the rows that it is fitted on with the outcomes of other rows, in five folds of fixed rows.

    `target_type`: binary or continuous. Before version 1.9 scikit-learn takes a seed where it now takes the
    folds; 1.7 is the last one for Python 3.10.
    """
    seeded = inspect.signature(TargetEncoder).parameters["random_state"].default is None
    folds = {"cv": 5, "random_state": 0} if seeded else {"cv": KFold(5, shuffle=True, random_state=0)}
    return TargetEncoder(target_type=target_type, **folds)
