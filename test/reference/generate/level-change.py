"""Writes ../level-change.json: the least-squares split of series in two, by ruptures, and how rare it is among their orders, by numpy.

    python3 -m venv v && v/bin/pip install ruptures==1.1.10 numpy==2.4.6 scipy==1.17.1 && v/bin/python level-change.py
"""
import json
from pathlib import Path

import numpy as np
import ruptures as rpt

ORDERS = 100_000
rng = np.random.default_rng(20261126)


def statistic(z):
    z = np.atleast_2d(z)
    n = z.shape[-1]
    d = z - z.mean(-1, keepdims=True)
    k = np.arange(1, n)
    w = np.abs(np.cumsum(d, -1)[..., :-1]) / np.sqrt(k * (n - k) / (n * (n - 1)) * (d**2).sum(-1, keepdims=True))
    return w[..., 2 : n - 3].max(-1)


cases = []
for n, at, step in [(12, 6, 4), (15, 9, 2), (20, 8, 1.5), (31, 28, 5), (31, 16, 3), (31, 10, 1), (31, 24, -4), (25, 12, 0)]:
    x = np.round(rng.normal(0, 1, n) + step * (np.arange(n) >= at), 3)
    k = rpt.Dynp(model='l2', min_size=3, jump=1).fit(x).predict(n_bkps=1)[0]
    assert rpt.Binseg(model='l2', min_size=3, jump=1).fit(x).predict(n_bkps=1)[0] == k
    cost = rpt.costs.CostL2().fit(x)
    explained = 1 - (cost.error(0, k) + cost.error(k, n)) / cost.error(0, n)
    orders = statistic(np.array([rng.permutation(x) for _ in range(ORDERS)]))
    p = (1 + (orders >= statistic(x) * (1 - 1e-12)).sum()) / (1 + ORDERS)
    cases.append({'values': x.tolist(), 'at': int(k), 'explained': float(explained), 'pValue': float(p)})

conventions = {
    'at': 'index of the first value after the split, at least three values on both sides',
    'explained': 'share of the sum of squares that the split explains: T squared over n - 1',
    'pValue': f'share of {ORDERS:,} orders of the values whose T is as large, one added to both; no allowance for correlation',
}
result = {'generated_with': {'ruptures': rpt.__version__, 'numpy': np.__version__}, 'conventions': conventions, 'cases': cases}
Path(__file__).parent.parent.joinpath('level-change.json').write_text(json.dumps(result) + '\n')
