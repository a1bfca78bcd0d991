"""Writes ../cbpe-multiclass.json: CBPE of models of several classes, by NannyML.

    python3 -m venv v && v/bin/pip install nannyml==0.13.1 statsmodels && v/bin/pip install numpy==1.26.4 \
        pandas==2.2.3 scikit-learn==1.5.2 scipy==1.13.1 category-encoders==2.6.4
    NML_DISABLE_USAGE_LOGGING=1 v/bin/python cbpe-multiclass.py
"""
import json
import os
import warnings
from pathlib import Path

os.environ['NML_DISABLE_USAGE_LOGGING'] = '1'
warnings.filterwarnings('ignore')

import nannyml
import numpy
import pandas
import scipy
import sklearn
from nannyml.calibration import NoopCalibrator

METRICS = ['accuracy', 'precision', 'recall', 'specificity', 'f1', 'roc_auc']


def rows(rng, count, classes, sharpness, shift, digits, own):
    """Labels drawn from the softmax of logits; scores are the softmax of the logits times the sharpness. `own` classes are predicted at all."""
    logits = rng.normal(size=(count, classes)) + shift
    truth = numpy.exp(logits) / numpy.exp(logits).sum(axis=1, keepdims=True)
    labels = numpy.array([rng.choice(classes, p=p) for p in truth])
    scores = numpy.exp(sharpness * logits)
    whole = numpy.floor(10**digits * scores / scores.sum(axis=1, keepdims=True))
    whole[:, -1] += 10**digits - whole.sum(axis=1)  # scikit-learn wants them to sum to 1
    scores = whole / 10**digits
    return scores, scores[:, own].argmax(axis=1), labels


def frame(scores, predictions, labels):
    data = pandas.DataFrame({f'p{k}': scores[:, k] for k in range(scores.shape[1])})
    return data.assign(prediction=predictions, label=labels)


def plain(data, classes):
    columns = data[[f'p{k}' for k in range(classes)]].to_numpy()
    return {
        'probabilities': [float(f'{value:.6f}') for value in columns.ravel()],
        'predictions': data['prediction'].tolist(),
        'labels': data['label'].tolist(),
    }


def number(value):
    return None if value is None or pandas.isna(value) else float(value)


def case(name, what, seed, classes, sharpness, shift, digits=6, own=slice(None), size=120, chunks=4, windows=1, auc=1e-6):
    rng = numpy.random.default_rng(seed)
    reference = frame(*rows(rng, size * chunks, classes, sharpness, numpy.zeros(classes), digits, own))
    analysis = frame(*rows(rng, size * windows, classes, sharpness, numpy.array(shift), digits, own))
    cbpe = nannyml.CBPE(
        metrics=METRICS,
        y_pred_proba={k: f'p{k}' for k in range(classes)},
        y_pred='prediction',
        y_true='label',
        problem_type='classification_multiclass',
        chunk_size=size,
    ).fit(reference)
    found = cbpe.estimate(analysis).filter(period='all').data
    calibrated = [not isinstance(cbpe._calibrators[k], NoopCalibrator) for k in range(classes)]
    value = lambda row, metric, column: number(found.iloc[row][(metric, column)])
    expected = {'calibrated': calibrated, 'reference': [], 'windows': [], 'bands': {}, 'sampling_error': {}}
    for metric in METRICS:
        expected['bands'][metric] = [value(0, metric, 'lower_threshold'), value(0, metric, 'upper_threshold')]
        expected['sampling_error'][metric] = value(0, metric, 'sampling_error')
    for row in range(chunks + windows):
        part = {metric: {'value': value(row, metric, 'value'), 'alert': bool(value(row, metric, 'alert'))} for metric in METRICS}
        if row < chunks:
            for metric in METRICS:
                part[metric]['realized'] = value(row, metric, 'realized')
        expected['reference' if row < chunks else 'windows'].append(part)
    return {
        'id': name,
        'what': what,
        'inputs': {
            'classes': classes,
            'size': size,
            'reference': plain(reference, classes),
            'windows': plain(analysis, classes),
        },
        'expected': expected,
        'tolerance': {'rel': 1e-9, 'abs': 1e-12, 'keys': {'roc_auc': {'rel': 0, 'abs': auc}}},
    }


cases = [
    case('three_classes.overconfident', 'three classes, scores too sharp, all calibrated; the window has moved far', 21, 3, 1.8, [2.2, 0, -1]),
    case('three_classes.calibrated', 'three classes, scores that are the probabilities', 12, 3, 1.0, [0, 0.5, 0]),
    case('four_classes.tied', 'four classes, scores of one decimal, so with many ties', 13, 4, 1.8, [0, 0, 0.6, 0], digits=1, auc=0.01),
    case('three_classes.one_never_predicted', 'the third class is never predicted: its precision and F1 are 0', 14, 3, 2.0, [0, 0, 0], own=slice(0, 2)),
]
result = {
    'generated_with': {
        'nannyml': nannyml.__version__,
        'scikit-learn': sklearn.__version__,
        'numpy': numpy.__version__,
        'pandas': pandas.__version__,
        'scipy': scipy.__version__,
    },
    'notes': [
        'probabilities are rows × classes, row by row; predictions and labels are class numbers; chunks of `size` rows in the order given.',
        'calibrated: per class whether NannyML calibrates it. Its held-out parts are drawn otherwise, so the decision is compared only where it is set.',
        'ROC AUC: NannyML rounds cumulated sums to 5 decimals before it divides, and steps row by row within tied scores, whose order it leaves to the sort; '
        'probabilities divided by their sum differ within a tie, so on tied scores it is compared to 0.01 only.',
        'bands: mean -/+ 3 population deviations of the realised values of the reference chunks, held within 0 and 1.',
        'sampling_error: of accuracy, precision and recall comparable; specificity, F1 and ROC AUC take the classes for independent.',
    ],
    'cases': cases,
}
target = Path(__file__).parent / '../cbpe-multiclass.json'
target.write_text(json.dumps(result, separators=(',', ':'), ensure_ascii=False) + '\n')
