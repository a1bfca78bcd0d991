"""A manual check: the files of `assay check --model-monitor` read with the SageMaker Python SDK's own classes.

    python3 -m venv /tmp/sdk && /tmp/sdk/bin/pip install "sagemaker<3"
    npx assay check DATA --baseline REF --out out --model-monitor
    AWS_DEFAULT_REGION=eu-west-1 /tmp/sdk/bin/python test/model-monitor/read-with-sdk.py out

FOLDER may also be that of a model-quality run of an audit, model-monitor/ENDPOINT/SCHEDULE/yyyy/mm/dd/hh.
Needs neither an account nor a network: the loaders upload what they read, and that is caught here.
"""

import re
import sys
from pathlib import Path
from unittest.mock import MagicMock, patch

from sagemaker.model_monitor import Constraints, ConstraintViolations, Statistics

folder = Path(sys.argv[1])
bucket = {}


def put(body, desired_s3_uri=None, **_):
    bucket[desired_s3_uri] = body
    return desired_s3_uri


session = MagicMock()
session.default_bucket.return_value = "bucket"
session.default_bucket_prefix = None


def load(kind, name):
    """Uploads a file and reads it back, as the classes do, with a dictionary for S3."""
    by_path = kind.from_file_path(str(folder / name), sagemaker_session=session)
    by_text = kind.from_string((folder / name).read_text(), sagemaker_session=session)
    assert by_text.body_dict == by_path.body_dict
    return by_path


with patch("sagemaker.s3.S3Uploader.upload_string_as_file_body", side_effect=put), patch(
    "sagemaker.s3.S3Downloader.read_file", side_effect=lambda s3_uri, **_: bucket[s3_uri]
):
    statistics = load(Statistics, "statistics.json").body_dict
    constraints = load(Constraints, "constraints.json")
    violations = load(ConstraintViolations, "constraint_violations.json").body_dict

if "features" not in statistics:
    (problem,) = (key.removesuffix("_metrics") for key in statistics if key.endswith("_metrics"))
    scalars = {name: of for name, of in statistics[f"{problem}_metrics"].items() if "value" in of}
    bounds = constraints.body_dict[f"{problem}_constraints"]
    assert bounds.keys() <= scalars.keys()
    for violation in violations["violations"]:
        name, value, deviation, operator, threshold = re.fullmatch(
            r"Metric (\w+) with (.+) \+/- (.+) was (\w+) '(.+)'", violation["description"]
        ).groups()
        snake = re.sub(r"[A-Z]", lambda letter: f"_{letter[0].lower()}", name)
        bound = bounds[snake]
        assert (float(value), float(threshold), operator) == (scalars[snake]["value"], bound["threshold"], bound["comparison_operator"])
        assert deviation in ("NaN", str(scalars[snake]["standard_deviation"]))
    print(f"{len(scalars)} scalars, {len(bounds)} constraints, {len(violations['violations'])} violations: read by sagemaker's classes")
    sys.exit()

rows = statistics["dataset"]["item_count"]
for feature in statistics["features"]:
    of = feature.get("numerical_statistics") or feature["string_statistics"]
    assert of["common"]["num_present"] + of["common"]["num_missing"] == rows, feature["name"]
    if "numerical_statistics" not in feature:
        assert sum(bucket["count"] for bucket in of["distribution"]["categorical"]["buckets"]) <= rows
        continue
    kll = of["distribution"]["kll"]
    weights = sum(len(level) * 2**height for height, level in enumerate(kll["sketch"]["data"]))
    assert len(kll["buckets"]) == 10
    assert sum(bucket["count"] for bucket in kll["buckets"]) == weights <= of["common"]["num_present"]
    values = [value for level in kll["sketch"]["data"] for value in level]
    assert of["min"] <= min(values) and max(values) <= of["max"]

name = constraints.body_dict["features"][0]["name"]
constraints.set_monitoring(False, name)
assert constraints.body_dict["features"][0]["monitoring_config_overrides"]["evaluate_constraints"] == "Disabled"
drifts = [v["description"] for v in violations["violations"] if v["constraint_check_type"] == "baseline_drift_check"]
for text in drifts:
    distance, threshold = re.search(r"distance: (.+) exceeds threshold: (.+)", text).groups()
    assert float(distance) > float(threshold)
print(f"{len(statistics['features'])} features, {len(constraints.body_dict['features'])} constraints")
print(f"{len(violations['violations'])} violations, {len(drifts)} of drift: read by sagemaker's classes")
