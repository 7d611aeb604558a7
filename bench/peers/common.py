"""What the three peers have in common: the indexes, and how a run is reported.

Each peer reads the three files, keeps every column as text, takes out the
repeated inspections, writes three tables into a fresh SQLite file and indexes
them as Aspire's tables are indexed. A file that is done is on the disk: the same
journal and the same syncing as Aspire's.
"""

import json
import sqlite3
import sys
import time

# Aspire's tables have these as their primary keys; a link is one of its kind.
INDEXES = (
    'CREATE UNIQUE INDEX school_urn ON school ("URN")',
    "CREATE UNIQUE INDEX inspection_event ON inspection (urn_at_inspection, inspection_start)",
    'CREATE INDEX link_schools ON link ("URN", "LinkURN", "LinkType")',
)


def run_all(path, statements):
    with sqlite3.connect(path) as connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()


def run(load):
    """Calls load(schools, inspections, links, database); prints the seconds it
    took, which leave out starting Python and importing the library."""
    started = time.perf_counter()
    # The file keeps its journal mode; FULL is how SQLite syncs where nobody says otherwise.
    run_all(sys.argv[4], ("PRAGMA journal_mode = WAL",))
    load(*sys.argv[1:5])
    run_all(sys.argv[4], INDEXES)
    print(json.dumps({"seconds": time.perf_counter() - started}))
