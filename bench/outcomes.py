"""What bench/outcomes.ts holds Assay's accuracy and fairness against: the same metrics of the same file by scikit-learn and Fairlearn.

python outcomes.py ROWS.parquet OUT.json
"""

import json
import sys

import pandas
import pyarrow.parquet
from fairlearn.metrics import MetricFrame, false_positive_rate, selection_rate, true_positive_rate
from sklearn import metrics

NAMES = ["sex", "region", "product", "branch"]
FACETS = ["sex", "region", "age ≤ 30"]
SEGMENTS = ["product", "branch", "region", "sex", "visits"]
RATES = {"selection_rate": selection_rate, "true_positive_rate": true_positive_rate, "false_positive_rate": false_positive_rate}


def by_group(rows: pandas.DataFrame, column: str) -> dict[str, dict[str, float]]:
    frame = MetricFrame(metrics=RATES, y_true=rows["label"], y_pred=rows["prediction"], sensitive_features=rows[column])
    return {str(group): values for group, values in frame.by_group.to_dict("index").items()}


def main(path: str, out: str) -> None:
    columns = ["label", "prediction", "score", "age", "visits", *NAMES]
    rows = pyarrow.parquet.read_table(path, columns=columns, read_dictionary=NAMES).to_pandas()
    rows["product"] = rows["product"].cat.add_categories(["missing"]).fillna("missing")
    rows["age ≤ 30"] = rows["age"] <= 30
    label, prediction, score = rows["label"], rows["prediction"], rows["score"]
    overall = {
        "accuracy": metrics.accuracy_score(label, prediction),
        "precision": metrics.precision_score(label, prediction),
        "recall": metrics.recall_score(label, prediction),
        "specificity": metrics.recall_score(label, prediction, pos_label=0),
        "f1": metrics.f1_score(label, prediction),
        "roc_auc": metrics.roc_auc_score(label, score),
        "average_precision": metrics.average_precision_score(label, score),
        "log_loss": metrics.log_loss(label, score),
        "brier_score": metrics.brier_score_loss(label, score),
    }
    groups = {column: by_group(rows, column) for column in dict.fromkeys(FACETS + SEGMENTS)}
    with open(out, "w", encoding="utf-8") as file:
        json.dump({"overall": overall, "groups": groups}, file)


main(*sys.argv[1:])
