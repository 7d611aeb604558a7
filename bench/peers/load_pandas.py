"""pandas: read_csv, drop_duplicates, to_sql through ADBC (its fastest way into SQLite)."""

import adbc_driver_sqlite.dbapi as sqlite
import pandas as pd

import common


def load(schools, inspections, links, database):
    def read(path):
        return pd.read_csv(path, dtype=str, keep_default_na=False, engine="pyarrow", dtype_backend="pyarrow")

    events = read(inspections)
    # Eight rows name two schools, ‘101937|146265’: the first was inspected.
    events["urn_at_inspection"] = events["urn_at_inspection"].str.partition("|")[0]
    # A school's own row goes before the row of the school that came from it.
    own = events["urn"] == events["urn_at_inspection"]
    events = (
        events.assign(carried=~own)
        .sort_values("carried", kind="stable")
        .drop_duplicates(["urn_at_inspection", "inspection_start"])
        .drop(columns="carried")
    )
    with sqlite.connect(database) as connection:
        read(schools).to_sql("school", connection, index=False)
        events.to_sql("inspection", connection, index=False)
        read(links).to_sql("link", connection, index=False)
        connection.commit()


common.run(load)
