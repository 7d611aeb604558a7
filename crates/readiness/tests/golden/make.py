"""What other software says to the same input; read by tests/golden.rs.

    python3 -m venv /tmp/golden
    /tmp/golden/bin/pip install krippendorff==0.9.0 scikit-learn==1.9.1 numpy==2.4.6
    /tmp/golden/bin/python crates/readiness/tests/golden/make.py

writes the three CSV files beside this script. Python 3.11.
"""
import importlib.metadata, pathlib, random, warnings
import krippendorff, numpy, sklearn
from sklearn.metrics import cohen_kappa_score

HERE = pathlib.Path(__file__).parent
VERSIONS = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in ("krippendorff", "scikit-learn", "numpy"))
STAMP = f"# {VERSIONS}; make.py\n"
warnings.simplefilter("ignore")


def write(name, header, rows):
    with open(HERE / name, "w") as out:
        out.write(STAMP + ",".join(header) + "\n")
        for row in rows:
            out.write(",".join(repr(float(x)) if isinstance(x, float) else str(x) for x in row) + "\n")


def drawn(rng, statements, raters, points, missing, like):
    """Ratings as rows of statements; 0 is no view. `like` of the views are the statement's own."""
    rows = []
    for _ in range(statements):
        own = rng.randint(1, points)
        rows.append([0 if rng.random() < missing else (own if rng.random() < like else rng.randint(1, points))
                     for _ in range(raters)])
    return rows


def text(rows):
    return " ".join("".join(str(value) for value in row) for row in rows)


# Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, example C: four observers, twelve units.
EXAMPLE = [list(column) for column in zip(
    [1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3],
    [0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0])]


def cases():
    rng = random.Random(20261126)
    yield 5, EXAMPLE
    for statements in (3, 7, 30):
        for raters in (3, 4, 11, 40):
            for missing, like in ((0.0, 0.8), (0.2, 0.4), (0.5, 0.0), (0.1, 0.95)):
                points = rng.choice((2, 4, 5))
                yield points, drawn(rng, statements, raters, points, missing, like)


def matrix(rows):
    return numpy.array([[numpy.nan if value == 0 else value for value in row] for row in rows]).T


def theirs(points, rows, metric):
    data = matrix(rows)
    shared = data[:, (~numpy.isnan(data)).sum(axis=0) >= 2]
    values = shared[~numpy.isnan(shared)]
    # Ours speaks of fewer than three people or two statements as of a reason.
    if len(set(values)) < 2 or shared.shape[1] < 2 or (~numpy.isnan(shared)).any(axis=1).sum() < 3:
        return None
    return float(krippendorff.alpha(reliability_data=data, level_of_measurement=metric,
                                    value_domain=numpy.arange(1, points + 1)))


def alphas():
    for points, rows in cases():
        for metric in ("nominal", "ordinal", "interval"):
            alpha = theirs(points, rows, metric)
            if alpha is not None:
                yield points, metric, text(rows), alpha


def kappas():
    rng = random.Random(5)
    for statements in (2, 5, 30, 200):
        for like in (0.0, 0.5, 0.9):
            points = rng.choice((3, 4, 5))
            rows = drawn(rng, statements, 2, points, 0.0, like)
            a, b = ([row[i] for row in rows] for i in (0, 1))
            for name, weights in (("unweighted", None), ("linear", "linear"), ("quadratic", "quadratic")):
                kappa = float(cohen_kappa_score(a, b, labels=list(range(1, points + 1)), weights=weights))
                if kappa == kappa:
                    yield points, name, text(rows), kappa


def splitmix(seed):
    """kernel::SeededChance: SplitMix64, eight bytes a draw."""
    mask, state = (1 << 64) - 1, seed
    while True:
        state = (state + 0x9E3779B97F4A7C15) & mask
        z = state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & mask
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & mask
        yield z ^ (z >> 31)


def intervals():
    rng = random.Random(11)
    for seed, (statements, raters, missing, like) in enumerate(
            ((6, 4, 0.0, 0.6), (12, 5, 0.2, 0.7), (30, 11, 0.1, 0.5), (30, 8, 0.3, 0.0)), start=1):
        rows = [row for row in drawn(rng, statements, raters, 4, missing, like) if sum(v > 0 for v in row) >= 2]
        bits, found = splitmix(seed), []
        for _ in range(500):
            again = [rows[(next(bits) * len(rows)) >> 64] for _ in rows]
            alpha = theirs(4, again, "ordinal")
            if alpha is not None:
                found.append(alpha)
        low, high = numpy.percentile(found, [2.5, 97.5])
        yield seed, 500, text(rows), float(low), float(high), len(found)


write("alpha.csv", ["points", "metric", "views", "alpha"], alphas())
write("kappa.csv", ["points", "weights", "views", "kappa"], kappas())
write("interval.csv", ["seed", "draws", "views", "low", "high", "defined"], intervals())
