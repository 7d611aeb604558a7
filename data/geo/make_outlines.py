"""Makes england.outlines from two GeoJSON files.

    python3 data/geo/make_outlines.py regions.geojson districts.geojson > data/geo/england.outlines

The input: the nine regions and the 326 districts of England, boundaries of 2013,
generalised, in WGS84 (longitude, latitude) with four decimals, as published by the
Office for National Statistics. Districts are not education authorities.

The output is text in UTF-8: a line that begins with '#' is a comment, every other
line is one ring of one area, four fields parted by tabs:

    kind        R for a region, D for a district
    code        the area's code, such as E12000007 or E06000001
    name        its name
    ring        its points as the 'encoded polyline' format has them, with four
                decimals: latitude, then longitude, each as the difference to the
                point before in units of 0.0001 degrees, doubled (and inverted if
                negative), in groups of five bits from the lowest, 32 added to all
                but the last group, 63 added to each

The ring's last point, equal to its first, is left out. Python 3.9 or later, no
packages.
"""
import json
import sys


def encode(number):
    number = ~(number << 1) if number < 0 else number << 1
    text = ""
    while number >= 32:
        text += chr((number & 31 | 32) + 63)
        number >>= 5
    return text + chr(number + 63)


def ring(points):
    text, before = "", (0, 0)
    if points[0] == points[-1]:
        points = points[:-1]
    for longitude, latitude in points:
        at = (round(latitude * 10_000), round(longitude * 10_000))
        text += encode(at[0] - before[0]) + encode(at[1] - before[1])
        before = at
    return text


def rings(path, kind):
    with open(path, encoding="utf-8") as file:
        features = json.load(file)["features"]
    for feature in features:
        facts = feature["properties"]
        code = next(v for k, v in facts.items() if k.endswith("CD"))
        name = next(v for k, v in facts.items() if k.endswith("NM"))
        shape = feature["geometry"]
        parts = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
        for part in parts:
            for points in part:
                yield "\t".join([kind, code, name, ring(points)])


sys.stdout.reconfigure(encoding="utf-8", newline="\n")
print("# Source: Office for National Statistics, licensed under the Open Government Licence v3.0;")
print("# contains OS data © Crown copyright and database right 2013. Made by make_outlines.py.")
for path, kind in zip(sys.argv[1:3], "RD"):
    for line in rings(path, kind):
        print(line)
