"""The rules of Perla, Provost and Murray (2011) once more, by regular expressions over letters; read by
tests/run_chart.rs.

    python3 crates/impact/tests/golden/run_chart.py

writes run_chart.csv beside this script. Python 3.11, the standard library alone.
"""
import pathlib, platform, random, re, statistics

rng = random.Random(2011)
HERE = pathlib.Path(__file__).parent


def spans(letters, places, least, first):
    """Runs of one letter, at least `least` long; `first` gives where a run begins."""
    for match in re.finditer("u+|d+", letters):
        counted = match.end() - match.start() + (1 if first else 0)
        if counted >= least:
            start = first[match.start()] if first else places[match.start()]
            yield f"{start}-{places[match.end() - 1] + 1} {'up' if match[0][0] == 'u' else 'down'} {counted}"


def row(values):
    median = statistics.median(values)
    off = [(i, "u" if v > median else "d") for i, v in enumerate(values) if v != median]
    letters, places = "".join(letter for _, letter in off), [i for i, _ in off]
    kept = [(i, v) for i, v in enumerate(values) if i == 0 or v != values[i - 1]]
    steps = "".join("u" if b[1] > a[1] else "d" for a, b in zip(kept, kept[1:]))
    return (" ".join(str(v) for v in values), median, " ".join(spans(letters, places, 6, None)),
            " ".join(spans(steps, [i for i, _ in kept[1:]], 5, [i for i, _ in kept[:-1]])),
            len(off), len(re.findall("u+|d+", letters)))


with open(HERE / "run_chart.csv", "w") as out:
    out.write(f"# Python {'.'.join(platform.python_version_tuple()[:2])}; run_chart.py\n")
    out.write("values,median,shifts,trends,useful,runs\n")
    for _ in range(250):
        n, step = rng.randint(10, 40), rng.choice((1, 2, 5))
        value, values = 50, []
        for _ in range(n):
            value = value + rng.randint(-step, step) if rng.random() < 0.6 else rng.randint(45, 55)
            values.append(value)
        out.write(",".join(str(cell) for cell in row(values)) + "\n")
