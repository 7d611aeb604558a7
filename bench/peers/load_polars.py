"""polars: read_csv, unique, write_database through ADBC (its fastest way into SQLite)."""

import adbc_driver_sqlite.dbapi as sqlite
import polars as pl

import common


def load(schools, inspections, links, database):
    def read(path):
        return pl.read_csv(path, infer_schema=False)

    events = (
        read(inspections)
        # Eight rows name two schools, ‘101937|146265’: the first was inspected.
        .with_columns(pl.col("urn_at_inspection").str.split("|").list.first())
        # A school's own row goes before the row of the school that came from it.
        .sort(pl.col("urn") != pl.col("urn_at_inspection"), maintain_order=True)
        .unique(["urn_at_inspection", "inspection_start"], keep="first", maintain_order=True)
    )
    with sqlite.connect(database) as connection:
        for table, frame in (("school", read(schools)), ("inspection", events), ("link", read(links))):
            frame.write_database(table, connection, engine="adbc")
        connection.commit()


common.run(load)
