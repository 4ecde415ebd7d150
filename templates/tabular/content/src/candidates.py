"""What is tried: every candidate is a trial of its own, the best one is trained on the whole window."""

CANDIDATES = [
    {"n_estimators": 60, "learning_rate": 0.12, "num_leaves": 15},
    {"n_estimators": 60, "learning_rate": 0.12, "num_leaves": 31},
    {"n_estimators": 100, "learning_rate": 0.08, "num_leaves": 31, "min_child_samples": 100},
    {"n_estimators": 100, "learning_rate": 0.08, "num_leaves": 63, "min_child_samples": 200},
]
