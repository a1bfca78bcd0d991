"""Writes ../small-samples.json: intervals that hold for few rows, by statsmodels, scipy and scikit-learn.

    python3 -m venv v && v/bin/pip install numpy==2.4.6 scipy==1.17.1 scikit-learn==1.9.1 statsmodels==0.14.5
    v/bin/python small-samples.py
"""
import json
import warnings
from pathlib import Path

import numpy
import scipy
import sklearn
import statsmodels
from scipy.optimize import brentq
from scipy.stats import gamma, norm, t
from sklearn.metrics import average_precision_score, roc_auc_score
from statsmodels.stats.proportion import confint_proportions_2indep

warnings.filterwarnings('ignore')
LEVELS = [0.8, 0.95, 0.99]
CLOSE = {'rel': 1e-9, 'abs': 1e-12}


def case(name, what, inputs, expected, library, tolerance=CLOSE):
    return {'id': name, 'what': what, 'inputs': inputs, 'expected': expected, 'tolerance': tolerance, 'library': library}


def likeliest(hits1, rows1, hits2, rows2, ratio):
    """The second share at which the likelihood is largest where the first is `ratio` times as large: a root of its slope, or the largest there may be."""
    slope = lambda p: ((hits1 + hits2) / p - (rows1 - hits1) * ratio / (1 - ratio * p) - (rows2 - hits2) / (1 - p))
    most = min(1.0, 1 / ratio)
    low, high = most * 1e-15, most * (1 - 1e-15)
    if slope(high) >= 0:
        return most
    return brentq(slope, low, high, xtol=1e-300, rtol=1e-15) if slope(low) > 0 else 0.0


def score_statistic(hits1, rows1, hits2, rows2, ratio):
    second = likeliest(hits1, rows1, hits2, rows2, ratio)
    first = min(1.0, ratio * second)
    variance = first * (1 - first) / rows1 + ratio**2 * second * (1 - second) / rows2
    return (hits1 / rows1 - ratio * hits2 / rows2) / numpy.sqrt(variance)


def koopman(hits1, rows1, hits2, rows2):
    """Roots of the score equation; where statsmodels has the interval it agrees to what its own search leaves."""
    def end(level, sign, low, high):
        z = norm.ppf((1 + level) / 2)
        return float(numpy.exp(brentq(lambda log: score_statistic(hits1, rows1, hits2, rows2, numpy.exp(log)) - sign * z, low, high, xtol=1e-15, rtol=1e-14)))

    ratio = hits1 / rows1 / (hits2 / rows2)
    found = {'ratio': ratio}
    at = numpy.log(ratio) if hits1 > 0 else -20
    for level in LEVELS:
        low = 0.0 if hits1 == 0 else end(level, 1, at - 12, at - 1e-9)
        found[f'koopman_{level}'] = [low, end(level, -1, at + 1e-9, at + 30)]
    if 0 < hits1 < rows1 and 0 < hits2 < rows2:  # its search ends at a statistic of 0/0 otherwise
        own = confint_proportions_2indep(hits1, rows1, hits2, rows2, compare='ratio', method='score', correction=False)
        found['statsmodels_0.95'] = [float(each) for each in own]
    inputs = {'hits_1': hits1, 'rows_1': rows1, 'hits_2': hits2, 'rows_2': rows2}
    tolerance = {**CLOSE, 'keys': {'statsmodels_0.95': {'rel': 1e-4, 'abs': 1e-6}}}
    return case(f'koopman.{hits1}_of_{rows1}_to_{hits2}_of_{rows2}', 'score interval of a ratio of shares', inputs, found, 'scipy, statsmodels', tolerance)


def newcombe_variance(auc, m, n):
    """Hanley and McNeil's with (m + n)/2 − 1 for m − 1 and for n − 1."""
    size = (m + n) / 2 - 1
    q1, q2 = auc / (2 - auc), 2 * auc**2 / (1 + auc)
    return (auc * (1 - auc) + size * (q1 - auc**2) + size * (q2 - auc**2)) / (m * n)


def score_ends(value, quantile, variance):
    """Roots of |value − θ| = quantile √V(θ) away from a value of 0 or 1, which is a root itself; an end of the range where there is none."""
    room = lambda theta: abs(value - theta) - quantile * numpy.sqrt(max(0.0, variance(theta)))
    tiny = 1e-13
    low = 0.0 if room(tiny) <= 0 or value == 0 else brentq(room, tiny, min(value, 1 - 1e-9), xtol=1e-15)
    high = 1.0 if room(1 - tiny) <= 0 or value == 1 else brentq(room, max(value, 1e-9), 1 - tiny, xtol=1e-15)
    return [float(low), float(high)]


def newcombe(auc, m, n):
    found = {'variance': newcombe_variance(auc, m, n)}
    for level in LEVELS:
        found[f'newcombe_{level}'] = score_ends(auc, norm.ppf((1 + level) / 2), lambda theta: newcombe_variance(theta, m, n))
    return case(f'newcombe.{auc}_of_{m}_and_{n}', "Newcombe's method 5 for ROC AUC", {'auc': auc, 'positives': m, 'negatives': n}, found, 'formula, scipy')


def placements(labels, scores):
    positives, negatives = scores[labels == 1], scores[labels == 0]
    wins = (positives[:, None] > negatives[None, :]) + 0.5 * (positives[:, None] == negatives[None, :])
    return wins.mean(axis=1), wins.mean(axis=0)


def moderated_delong(labels, scores):
    v10, v01 = placements(labels, scores)
    m, n = len(v10), len(v01)
    auc = float(roc_auc_score(labels, scores))
    delong = v10.var(ddof=1) / m + v01.var(ddof=1) / n if min(m, n) > 1 else None
    own, prior = min(m, n) - 1, 10
    expected = newcombe_variance(auc, m, n)
    ratio = delong / expected if delong is not None and expected > 0 else 1
    factor = (own * ratio + prior) / (own + prior)
    ends = {f'auc_{level}': score_ends(auc, t.ppf((1 + level) / 2, own + prior), lambda theta: factor * newcombe_variance(theta, m, n)) for level in LEVELS}
    return {'auc': auc, **ends}


def jackknifed(labels, scores):
    """Every row left out in turn, each time by scikit-learn; without the only positive there is no value, and it stays."""
    n, k = len(labels), int(labels.sum())
    value = float(average_precision_score(labels, scores))
    left = [i for i in range(n) if k - labels[i] > 0]
    gaps = numpy.array([average_precision_score(numpy.delete(labels, i), numpy.delete(scores, i)) - value for i in left])
    mean, squares = gaps.sum() / n, (gaps**2).sum()
    variance = (n - 1) / n * (squares - n * mean**2)
    tails = (gaps**4).sum() / squares**2 - 1 / n if squares > 0 else 0
    freedom = 2 / tails if tails > 0 else 0
    return value, k, (n - 1) * mean, max(0.0, variance), freedom


def precision(labels, scores):
    value, k, bias, variance, freedom = jackknifed(labels, scores)
    centre = min(1.0, max(0.0, value - bias / 2))
    own, prior = min(freedom, k - 1), 5
    near = (centre * k + 0.5) / (k + 1)
    ratio = variance * k / (near * (1 - near))
    rows = k / ((1 + 1 / k) * (own * ratio + prior) / (own + prior))
    found = {'average_precision': value, 'bias': bias, 'variance': variance, 'freedom': freedom}
    for level in LEVELS:
        low, high = score_ends(centre, t.ppf((1 + level) / 2, own + prior), lambda share: share * (1 - share) / rows)
        found[f'precision_{level}'] = [min(low, value), max(high, value)]
    return found


def scores(seed, rows, positives, gap, digits):
    rng = numpy.random.default_rng(seed)
    labels = numpy.zeros(rows, dtype=int)
    labels[rng.choice(rows, positives, replace=False)] = 1
    drawn = numpy.round(1 / (1 + numpy.exp(1 - rng.normal(size=rows) - gap * labels)), digits)
    inputs = {'labels': labels.tolist(), 'scores': drawn.tolist()}
    expected = {**moderated_delong(labels, drawn), **precision(labels, drawn), **losses(labels, drawn)}
    name = f'scores.{positives}_of_{rows}_gap_{gap}_digits_{digits}'
    return case(name, 'intervals of ROC AUC, average precision, Brier score and log loss', inputs, expected, 'scikit-learn, scipy', {'rel': 1e-8, 'abs': 1e-10})


def mid_p(mean, variance, part, level):
    laws = [gamma(mean**2 / variance, scale=variance / mean)] if mean > 0 and variance > 0 else [None]
    more, spread = mean + part, variance + part**2
    laws.append(gamma(more**2 / spread, scale=spread / more))
    below = lambda x: sum(float(x >= mean) if law is None else law.cdf(x) for law in laws) / 2
    most = more + 60 * numpy.sqrt(spread)
    ends = [brentq(lambda x: below(x) - p, 0, most, xtol=1e-15, rtol=1e-14) if below(0) < p else 0.0 for p in [(1 - level) / 2, (1 + level) / 2]]
    return [min(mean, ends[0]), max(mean, ends[1])]


def losses(labels, scores):
    found = {}
    clip = lambda p: numpy.clip(p, 2**-52, 1 - 2**-52)
    for name, positive, negative, most in [
        ('brier', (1 - scores) ** 2, scores**2, 1.0),
        ('log_loss', -numpy.log(clip(scores)), -numpy.log(1 - clip(scores)), -numpy.log(2**-52)),
    ]:
        n = len(labels)
        promised = (scores * positive**3 + (1 - scores) * negative**3).sum() / (scores * positive**2 + (1 - scores) * negative**2).sum()

        def loss_of(labels):
            return numpy.where(labels == 1, positive, negative)

        def ends(labels, level):
            loss = loss_of(labels)
            seen = (loss**3).sum() / (loss**2).sum()
            return mid_p(loss.mean(), loss.var(ddof=0) / (n - 1), max(seen, promised) / n, level)

        low, high = ends(labels, 0.95)
        if labels.sum() <= 10 and loss_of(0 * labels).mean() < loss_of(labels).mean():  # no interval lies below where that of no positives ends
            low = max(low, min(ends(labels, 0.9)[0], ends(0 * labels, 0.95)[1]))
        found[name] = [low, min(most, high)]
    return found


def gamma_interval(mean, variance, part):
    found = {f'mid_p_{level}': mid_p(mean, variance, part, level) for level in LEVELS}
    return case(f'mid_p.{mean}_{variance}_{part}', 'mid-p gamma interval of a mean', {'mean': mean, 'variance': variance, 'part': part}, found, 'scipy')


def gamma_draws(shape):
    mean, variance, skewness, _ = (float(each) for each in gamma.stats(shape, moments='mvsk'))
    points = [0.01, 0.1, 0.5, 0.9, 0.99]
    expected = {'mean': mean, 'variance': variance, 'skewness': skewness, 'quantiles': [float(gamma.ppf(p, shape)) for p in points]}
    return case(f'gamma.{shape}', 'moments and quantiles of a gamma law', {'shape': shape, 'points': points}, expected, 'scipy')


RATIOS = [(3, 40, 5, 60), (0, 30, 4, 20), (20, 20, 9, 10), (20, 20, 15, 15), (1, 100, 1, 33), (90, 100, 27, 33), (400, 5000, 60, 900)]
SIZES = [(0.8, 20, 80), (0.5, 3, 97), (0.97, 3, 97), (1.0, 5, 50), (0.0, 5, 50), (0.9, 1, 40), (0.7, 900, 4000)]
SCORES = [(1, 60, 3, 1.5, 6), (2, 60, 12, 1.0, 2), (3, 80, 40, 0.5, 1), (4, 40, 1, 2.0, 3), (5, 50, 2, 6.0, 6), (6, 200, 60, 1.2, 6)]
MEANS = [(3.0, 3.0, 1.0), (0.0, 0.0, 0.5), (0.02, 4e-5, 0.01), (0.2, 1e-6, 1e-4), (0.1, 0.0, 0.01)]

here = Path(__file__).parent
cases = [koopman(*each) for each in RATIOS] + [newcombe(*each) for each in SIZES] + [scores(*each) for each in SCORES]
cases += [gamma_interval(*each) for each in MEANS] + [gamma_draws(shape) for shape in [0.5, 1.0, 3.5, 40.5, 5000.5]]
whole = {
    'generated_with': {'numpy': numpy.__version__, 'scipy': scipy.__version__, 'scikit-learn': sklearn.__version__, 'statsmodels': statsmodels.__version__},
    'conventions': {
        'koopman': "score interval without Miettinen and Nurminen's correction",
        'newcombe': "Newcombe (2006), method 5: the AUC that lie within z of their own standard errors",
        'auc': "DeLong's variance moderated by Newcombe's with 10 degrees of freedom, Student's law",
        'precision': 'delete-one jackknife moderated by a share of the positives with 5 degrees of freedom',
        'mid_p': 'quantiles of an even mixture of two gamma laws',
    },
    'cases': cases,
}
(here / '../small-samples.json').write_text(json.dumps(whole, separators=(',', ':'), ensure_ascii=False) + '\n')
