# Makes statistics_expected.json:
#   python3 -m venv v && v/bin/pip install scipy statsmodels && v/bin/python statistics_expected.py
import json
import numpy as np
import scipy
import statsmodels
from scipy import stats
from statsmodels.stats.multitest import multipletests

rng = np.random.default_rng(1)
models = json.load(open("edf_population.json"))
errors = [model["error"] for model in models]


def column(name, n):
    return [model[name] for model in models[:n]]


def taus():
    pairs = {
        "no ties": (rng.permutation(50).tolist(), rng.permutation(50).tolist()),
        "short and long schedule": (errors[:100], np.round(np.array(errors[:100]) + rng.normal(0, 2, 100), 3).tolist()),
        "whole percents": ([round(e) for e in errors[:200]], column("depth", 200)),
        "reversed": ([1, 2, 3, 4], [8, 6, 4, 2]),
        "two": ([1, 2], [5, 6]),
    }
    return [{"name": name, "x": x, "y": y, "tau": stats.kendalltau(x, y).statistic} for name, (x, y) in pairs.items()]


def fits():
    flops, params, acts = (np.array(column(name, 80), float) for name in ("flops", "params", "acts"))
    growth = np.linspace(0.5, 20, 80)
    flops, params, acts = flops * growth, params * growth, acts * np.sqrt(growth)
    line, power = stats.linregress(flops, params), stats.linregress(np.log(flops), np.log(acts))
    root = np.linalg.lstsq(np.sqrt(flops)[:, None], acts, rcond=None)
    return {
        "flops": flops.tolist(), "params": params.tolist(), "acts": acts.tolist(),
        "line": {"offset": line.intercept, "slope": line.slope, "r2": line.rvalue**2},
        "power": {"factor": np.exp(power.intercept), "exponent": power.slope, "r2": power.rvalue**2},
        "root": {"factor": root[0][0], "r2": 1 - root[1][0] / ((acts - acts.mean())**2).sum()}}


def decided(a, b):
    """The verdict's rule with SciPy's test and a percentile bootstrap; a's mean is the higher one."""
    means = [x[rng.integers(len(x), size=(1000, len(x)))].mean(1) for x in (a, b)]
    test = stats.mannwhitneyu(a, b, method="asymptotic")
    return np.quantile(means[0] - means[1], 0.025) > 0 and test.pvalue < 0.05 and test.statistic > len(a) * len(b) / 2


def powers():
    tail = [e + (30 if i % 8 == 0 else 0) for i, e in enumerate(errors[:24])]
    spaces = {
        "1.5 points apart": (errors[:24], [e - 1.5 for e in errors[24:48]], [12, 30, 60]),
        "a tail of diverged models": (tail, [e - 1 for e in errors[24:48]], [12, 24, 60]),
        "whole percents": ([round(e) for e in errors[:30]], [round(e) - 1 for e in errors[30:70]], [30, 80]),
    }
    cases = []
    for name, (a, b, sizes) in spaces.items():
        a, b = np.round(a, 3), np.round(b, 3)
        share = lambda n: np.mean([decided(rng.choice(a, n), rng.choice(b, n)) for _ in range(2000)])
        cases.append({"name": name, "a": a.tolist(), "b": b.tolist(),
                      "power": [{"n": n, "share": share(n)} for n in sizes]})
    return cases


p = [0.01, 0.04, 0.03, 0.005, 0.03, 0.9]
json.dump({
    "made_with": f"scipy {scipy.__version__}, statsmodels {statsmodels.__version__}",
    "holm": {"p": p, "adjusted": multipletests(p, method="holm")[1].tolist()},
    "kendall": taus(), "fits": fits(), "power": powers()}, open("statistics_expected.json", "w"))
