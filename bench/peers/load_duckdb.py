"""duckdb: read_csv, then CREATE TABLE in an attached SQLite file (its own extension)."""

import pathlib

import duckdb
import duckdb_extension_sqlite_scanner

import common

EXTENSION = next(
    pathlib.Path(duckdb_extension_sqlite_scanner.__file__).parent.glob("extensions/*/sqlite_scanner.duckdb_extension")
)


def load(schools, inspections, links, database):
    duck = duckdb.connect()
    duck.execute(f"LOAD '{EXTENSION}'")
    duck.execute(f"ATTACH '{database}' AS file (TYPE sqlite)")

    def rows(path):
        return f"read_csv('{path}', all_varchar = true, header = true, delim = ',', quote = '\"', nullstr = '\\N')"

    duck.execute("BEGIN")
    duck.execute(f"CREATE TABLE file.school AS FROM {rows(schools)}")
    duck.execute(f"CREATE TABLE file.link AS FROM {rows(links)}")
    # Eight rows name two schools, ‘101937|146265’: the first was inspected. A
    # school's own row goes before the row of the school that came from it.
    duck.execute(
        f"""CREATE TABLE file.inspection AS
            SELECT DISTINCT ON (urn_at_inspection, inspection_start)
                * REPLACE (split_part(urn_at_inspection, '|', 1) AS urn_at_inspection)
            FROM {rows(inspections)}
            ORDER BY urn_at_inspection, inspection_start, urn <> urn_at_inspection"""
    )
    duck.execute("COMMIT")
    duck.close()


common.run(load)
