"""What other software says to the same input; read by tests/golden.rs.

    python3 -m venv /tmp/golden
    /tmp/golden/bin/pip install statsmodels==0.15.0 scipy==1.17.1
    /tmp/golden/bin/python crates/impact/tests/golden/make.py

writes the four CSV files beside this script. Python 3.11.
"""
import csv, math, pathlib
import scipy, statsmodels
from scipy.optimize import brentq
from scipy.stats import norm
from statsmodels.stats.proportion import (confint_proportions_2indep, proportion_confint,
                                          power_proportions_2indep, std_prop)

HERE = pathlib.Path(__file__).parent
STAMP = f"# statsmodels {statsmodels.__version__}, scipy {scipy.__version__}; make.py\n"


def write(name, header, rows):
    with open(HERE / name, "w", newline="") as out:
        out.write(STAMP)
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(header)
        for row in rows:
            writer.writerow([repr(float(x)) if isinstance(x, float) else x for x in row])


def intervals(method):
    for n in (1, 2, 3, 7, 15, 20, 30, 96, 500, 2225, 20000):
        for k in sorted({0, 1, n // 7, n // 3, n // 2, (3 * n) // 4, n - 1, n}):
            for level in (0.8, 0.95, 0.998):
                low, high = proportion_confint(k, n, alpha=1 - level, method=method)
                low, high = max(0.0, float(low)), min(1.0, float(high))
                yield k, n, level, (0.0 if k == 0 else low), (1.0 if k == n else high)


def differences():
    groups = [(0, 4), (3, 4), (6, 30), (14, 30), (19, 30), (17, 20), (20, 20), (1622, 2225), (56, 70), (48, 80)]
    for a in groups:
        for b in groups:
            for level in (0.9, 0.95):
                low, high = confint_proportions_2indep(*a, *b, method="newcomb", compare="diff", alpha=1 - level)
                yield *a, *b, level, a[0] / a[1] - b[0] / b[1], max(-1.0, float(low)), min(1.0, float(high))


def power(n, m, base, d):
    """The pooled z test's power, from scipy alone; where the groups are equal,
    statsmodels' power_proportions_2indep says the same."""
    p1 = base + d
    pooled = (n * p1 + m * base) / (n + m)
    none = math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m))
    other = math.sqrt(p1 * (1 - p1) / n + base * (1 - base) / m)
    return norm.cdf((d - norm.ppf(0.975) * none) / other)


def gains():
    for n in (20, 30, 60, 96):
        for each in (1, 5, 20, 110):
            for base in (0.3, 0.5, 0.64, 0.7, 0.73, 0.75):
                if power(n, n * each, base, 1 - base - 1e-12) < 0.8:
                    yield n, n * each, base, "none"
                    continue
                gain = brentq(lambda d: power(n, n * each, base, d) - 0.8, 1e-9, 1 - base - 1e-12, xtol=1e-13)
                if each == 1:
                    library = power_proportions_2indep(gain, base, n, ratio=1, alpha=0.05).power
                    assert abs(library - 0.8) < 1e-4, (n, base, library)
                yield n, n * each, base, gain


write("clopper_pearson.csv", ["good", "of", "level", "low", "high"], intervals("beta"))
write("wilson.csv", ["good", "of", "level", "low", "high"], intervals("wilson"))
write("newcombe.csv", ["good1", "of1", "good2", "of2", "level", "estimate", "low", "high"], differences())
write("smallest_gain.csv", ["cohort", "others", "base", "gain"], gains())
