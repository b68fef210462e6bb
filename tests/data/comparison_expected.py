# Makes comparison_expected.json: python3 -m venv v && v/bin/pip install scipy && v/bin/python comparison_expected.py
import json
import numpy as np
import scipy
from scipy import stats

errors = [model["error"] + i * 1e-6 for i, model in enumerate(json.load(open("edf_population.json")))]  # no ties
populations = {
    "24 and 24": (errors[:24], [e - 2 for e in errors[24:48]]),
    "7 and 12": (errors[60:67], [e + 3 for e in errors[70:82]]),
    "2 and 3": (errors[:2], errors[2:5]),
    "200 and 300": (errors[:200], [e - 0.5004 for e in errors[200:]]),
    "30 and 40, whole percents": ([round(e) for e in errors[:30]], [round(e) for e in errors[30:70]]),
    "1500 and 1200, asymptotic": (
        [e + i / 7 for i in range(3) for e in errors],
        [e + i / 9 - 0.15 for i in range(3) for e in errors[:400]]),
}
cases = []
for name, (a, b) in populations.items():
    a, b = np.round(a, 6).tolist(), np.round(b, 6).tolist()
    ks = stats.ks_2samp(a, b, method="asymp" if "asymptotic" in name else "exact")
    ks_p = ks.pvalue
    if "whole" in name:  # SciPy's exact p knows no ties; all orders of the pooled values do
        statistic = lambda x, y: stats.ks_2samp(x, y, method="asymp").statistic
        ks_p = stats.permutation_test((a, b), statistic, n_resamples=20000, alternative="greater", rng=1).pvalue
    ranks = stats.mannwhitneyu(a, b, method="asymptotic")
    rng = np.random.default_rng(1)
    differences = [rng.choice(a, len(a)).mean() - rng.choice(b, len(b)).mean() for _ in range(20000)]
    low, high = np.percentile(differences, [2.5, 97.5])
    cases.append({
        "name": name, "a": a, "b": b,
        "ks": ks.statistic, "ks_p": ks_p, "mann_whitney_p": ranks.pvalue,
        "effect": 1 - ranks.statistic / len(a) / len(b), "mean_difference": np.mean(a) - np.mean(b),
        "mean_low": low, "mean_high": high})
json.dump({"made_with": f"scipy {scipy.__version__}", "cases": cases}, open("comparison_expected.json", "w"), indent=None)
