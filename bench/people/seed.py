"""Makes 500 invented schools with 20,000 people and three years of records of the demo's sixteen.

    python3 bench/people/seed.py DEMO.db          changes the demo's database in place
    python3 bench/people/seed.py --sessions sqlite:PATH|postgres://…
                                                  signs people in and says, as JSON, what they carry
    python3 bench/people/seed.py --count ADDRESS  says what is kept of changes: audit rows, revisions, views
    python3 bench/people/seed.py --make postgres://…/postgres NAME
                                                  makes an empty database

The demo's programme, its schools and all that hangs on them is copied, table by
table, by what refers to what: every id of a copy is the original's less a
number of its own, wherever it stands, in a column or within a text. Finished
records are repeated for the two years before, with their dates. Then teachers
come until a school has forty people. Nothing is drawn: the same demo gives the
same database. Everybody has the demo's password.
"""

import datetime
import hashlib
import json
import re
import sqlite3
import sys
import time

SCHOOLS, PEOPLE, YEARS, SIGNED_IN, ANSWERING = 500, 40, 3, 200, 90
AWAY, STEP = 1 << 40, 1 << 31  # how far ids of copies are from the originals', and from each other
TEXT = "We know our children, and they know that we do. " * 12
ID, DAY = re.compile(r"\b7\d{18}\b"), re.compile(r"\b20\d\d-\d\d-\d\d\b")
# What a school did, repeated for earlier years; what hangs on a row of these follows.
RECORDS = {"diagnosis", "priority", "termly_review", "contact", "decision", "visit_note", "look", "audit"}
LEFT = {"session", "rate", "letter", "job", "job_schedule", "worker", "schema_migration", "invitation", "known_device"}
# References that no foreign key says.
MORE = {"audit": {"organisation_id": "organisation", "person_id": "person"}}


class Demo:
    """The demo's rows, and to which of its schools each belongs."""

    def __init__(self, db):
        self.db = db
        ask = lambda text: db.execute(text).fetchall()
        self.programme = ask("SELECT id FROM programme ORDER BY id DESC LIMIT 1")[0][0]
        schools = ask(
            "SELECT organisation.id FROM organisation JOIN participation ON organisation_id = organisation.id"
            " WHERE kind = 'school' ORDER BY organisation.id"
        )
        self.schools = [row[0] for row in schools]
        self.columns, self.refers, self.rows = {}, {}, {}
        for (table,) in ask("SELECT name FROM sqlite_master WHERE type = 'table'"):
            if table not in LEFT:
                self.columns[table] = [row[1] for row in ask(f"PRAGMA table_info({table})")]
                self.refers[table] = {row[3]: row[2] for row in ask(f"PRAGMA foreign_key_list({table})")}
                self.refers[table] |= MORE.get(table, {})
        # owners: the schools of a row; EVERY for what comes with each sixteen: advisers and clusters.
        self.owners, self.record = {}, set()
        for school in self.schools:
            self.owners[school] = {school}
        for person, organisation in ask("SELECT person_id, organisation_id FROM role_held ORDER BY id"):
            if organisation in self.owners:
                self.owners.setdefault(person, set()).add(organisation)
        for text in ("SELECT person_id FROM role_held WHERE role = 'adviser'", "SELECT id FROM cluster"):
            for (one,) in ask(text):
                self.owners.setdefault(one, set())
        for table in self.ordered():
            self.rows[table] = list(self.belonging(table))

    def ordered(self):
        """Tables, parents before children."""
        done = []
        while len(done) < len(self.columns):
            for table, refers in self.refers.items():
                if table not in done and all(other in (*done, table) for other in refers.values()):
                    done.append(table)
        return done

    def belonging(self, table):
        """Rows that belong to schools: (row, owners, whether it is of a record, whether that is finished)."""
        columns, refers = self.columns[table], self.refers[table]
        text = f"SELECT * FROM {table}" + (" ORDER BY id" if "id" in columns else "")
        for row in self.db.execute(text).fetchall():
            named = dict(zip(columns, row))
            known = [named[column] for column in refers if named[column] in self.owners]
            if table in ("organisation", "person", "cluster"):
                known = [named["id"]] if named["id"] in self.owners else []
            if not known:
                continue
            owners = set().union(*(self.owners[one] for one in known))
            parents = [named[c] for c, other in refers.items() if other not in ("organisation", "person", "cluster")]
            record = table in RECORDS or any(one in self.record for one in parents)
            finished = named.get("state") not in ("alone", "together") and not (
                (table == "termly_review" and named["state"] == "open") or any(one in self.open for one in parents)
            )
            if "id" in columns:
                self.owners[named["id"]] = owners
                if record:
                    self.record.add(named["id"])
                if not finished:
                    self.open.add(named["id"])
            yield row, owners, record, finished

    open: set = set()


def shifted(column, value, days):
    """A value of a record as it was so many days earlier."""
    if isinstance(value, str):
        back = lambda m: (datetime.date.fromisoformat(m.group()) - datetime.timedelta(days)).isoformat()
        return DAY.sub(back, value)
    if isinstance(value, int) and (column == "at" or column.endswith("_at")):
        return value - days * 86_400_000_000
    return value


def copy(demo, block, year, chosen):
    """Copies what belongs to these schools: all of it (year 0), or its finished records a year or two earlier."""
    db = demo.db
    names = db.execute("SELECT id, name FROM organisation UNION ALL SELECT id, name FROM cluster").fetchall()
    called = {name: f"{name} {block + 1}" for id, name in names if id in demo.owners} if block else {}

    def number(old):
        if old not in demo.owners:
            return old
        place = block + 64 * year if old in demo.record else block
        return old - AWAY - place * STEP if place else old

    def value(table, column, old):
        if isinstance(old, int) and old in demo.owners:
            return number(old)
        if isinstance(old, str):
            if column == "email":
                return old.replace("@", f".{block + 1}@")
            if column.endswith("sha256") or column in ("credential_id", "secret"):
                return hashlib.sha256(f"{old} {block}".encode()).hexdigest() if column != "secret" else old
            if old in called:
                return called[old]
            old = ID.sub(lambda m: str(number(int(m.group()))), old)
        return shifted(column, old, 364 * year) if year else old

    for table, rows in demo.rows.items():
        columns, some = demo.columns[table], []
        for row, owners, record, finished in rows:
            if not owners <= chosen or (year and not (record and finished)):
                continue
            new = {column: value(table, column, old) for column, old in zip(columns, row)}
            if year and table == "priority" and new["closed_on"] is None:
                day = datetime.date.fromisoformat(new["opened_on"]) + datetime.timedelta(270)
                new |= {"closed_on": day.isoformat(), "closed_how": "met", "closed_by": new["opened_by"]}
                new |= {"closed_why": "It has held for two terms."}
            if year and table == "plan_action" and new["state"] == "open":
                new |= {"state": "done", "state_on": new["due"], "state_by": new["owner_name"]}
            some.append(list(new.values()))
        marks = ", ".join("?" * len(columns))
        try:
            db.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", some)
        except sqlite3.IntegrityError as error:
            sys.exit(f"{table}: {error}")


def fill(demo):
    """Teachers and governors until each school has its people, and words of its own for each school."""
    db, now = demo.db, int(time.time() * 1_000_000)
    schools = db.execute(
        "SELECT organisation_id, COUNT(DISTINCT person_id), MIN(CASE role WHEN 'head' THEN person_id END)"
        " FROM role_held WHERE organisation_id IN (SELECT organisation_id FROM participation) GROUP BY 1 ORDER BY 1"
    ).fetchall()
    (password,) = db.execute("SELECT hash FROM password ORDER BY person_id DESC LIMIT 1").fetchone()
    new = 7_000_000_000_000_000_000
    for place, (school, people, head) in enumerate(schools):
        wanted = ANSWERING + 5 if place == len(schools) - 1 else PEOPLE
        for number in range(people, wanted):
            new += 4096
            role = "governor" if number % 5 == 0 else "teacher"
            db.execute(
                "INSERT INTO person (id, email, name, created_at, closed_at) VALUES (?, ?, ?, ?, NULL)",
                (new, f"p{place}-{number}@bench.example", f"Invented Person {place}-{number}", now),
            )
            db.execute("INSERT INTO password VALUES (?, ?, ?)", (new, password, now))
            db.execute(
                "INSERT INTO role_held VALUES (?, ?, ?, ?, NULL, '2023-09-01', NULL, NULL, ?, 'the seeder')",
                (new + 1, new, school, role, now),
            )
        if db.execute("SELECT 1 FROM self_view WHERE organisation_id = ?", (school,)).fetchone() is None:
            name = db.execute("SELECT name FROM person WHERE id = ?", (head,)).fetchone()[0]
            texts = {field: TEXT.strip() for field in ("help", "improve", "strengths", "visitors")}
            db.execute(
                "INSERT INTO self_view (organisation_id, strengths, improve, visitors, help, revision, changed_at,"
                " changed_by) VALUES (?, ?, ?, ?, ?, 1, ?, ?)",
                (school, *[TEXT.strip()] * 4, now, name),
            )
            before = json.dumps({"revision": 0, "texts": dict.fromkeys(texts, "")}, separators=(",", ":"))
            after = json.dumps({"revision": 1, "texts": texts}, separators=(",", ":"))
            db.execute(
                "INSERT INTO audit (id, at, who, role, what, noun, noun_id, before_json, after_json, why, person_id,"
                " organisation_id) VALUES (?, ?, ?, 'head', 'write', 'self_view', ?, ?, ?, 'first version', ?, ?)",
                (new + 2 + (place << 12), now, name, str(school), before, after, head, school),
            )


def seed(path):
    db = sqlite3.connect(path)
    db.execute("PRAGMA journal_mode = WAL")
    demo = Demo(db)
    blocks = -(-SCHOOLS // len(demo.schools))
    for block in range(blocks):
        chosen = set(demo.schools[: SCHOOLS - block * len(demo.schools)])
        for year in range(YEARS):
            if block or year:
                copy(demo, block, year, chosen)
    for table, column in (("participation", "joined"), ("participation_status", "since"), ("cohort", "joins_on"),
                          ("role_held", "since"), ("adviser_assignment", "since"), ("cluster_school", "since")):
        ours = "" if table == "role_held" else (
            f" WHERE cohort_id IN (SELECT id FROM cohort WHERE programme_id = {demo.programme})" if table == "participation"
            else f" WHERE programme_id = {demo.programme}" if table == "cohort"
            else " WHERE participation_id IN (SELECT id FROM participation WHERE organisation_id IS NOT NULL)"
            if table == "participation_status" else "")
        db.execute(f"UPDATE {table} SET {column} = date({column}, '-728 days'){ours}")
    db.execute(f"UPDATE programme SET starts = date(starts, '-728 days') WHERE id = {demo.programme}")
    fill(demo)
    broken = db.execute("PRAGMA foreign_key_check").fetchall()
    if broken:
        sys.exit(f"what was copied is not whole: {broken[:5]}")
    db.commit()
    db.execute("ANALYZE")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    count = lambda text: db.execute(text).fetchone()[0]
    print(
        f"{count('SELECT COUNT(DISTINCT organisation_id) FROM participation')} schools,"
        f" {count('SELECT COUNT(*) FROM person')} people, {count('SELECT COUNT(*) FROM audit')} audit rows,"
        f" {count('SELECT COUNT(*) FROM diagnosis')} diagnoses, {count('SELECT COUNT(*) FROM diagnosis_view')} views"
    )


# People whose sessions are asked for: (name in what is said, role, kind of their organisation).
ROLES = [
    ("administrator", "installation"), ("programme_lead", "programme"), ("adviser", "programme"),
    ("evaluator", "programme"), ("funder", "funder"), ("head", "school"), ("deputy", "school"),
    ("strand_lead", "school"), ("team_leader", "school"), ("teacher", "school"), ("governor", "school"),
    ("peer_reviewer", "school"),
]  # fmt: skip
HOLDERS = (
    "SELECT role_held.person_id, role_held.organisation_id FROM role_held"
    " JOIN organisation ON organisation.id = role_held.organisation_id"
    " WHERE role_held.role = '{role}' AND organisation.kind = '{kind}' AND role_held.until IS NULL"
)


def opened(address):
    """A connection, its mark for a value, and what true is."""
    if address.startswith("sqlite:"):
        return sqlite3.connect(address.removeprefix("sqlite:"), timeout=30), "?", 1
    import psycopg

    return psycopg.connect(address), "%s", True


def make(server, name):
    db, _, _ = opened(server)
    db.autocommit = True
    db.execute(f"DROP DATABASE IF EXISTS {name}")
    db.execute(f"CREATE DATABASE {name}")


def count(address):
    """As JSON: audit rows of saved words, the revisions they came to, and views and state of each diagnosis."""
    db, _, _ = opened(address)
    one = lambda text: int(db.execute(text).fetchone()[0] or 0)
    views = db.execute("SELECT diagnosis_id, COUNT(*) FROM diagnosis_view GROUP BY 1 HAVING COUNT(*) > 1000").fetchall()
    json.dump(
        {"audit": one("SELECT COUNT(*) FROM audit WHERE noun = 'self_view' AND what = 'write'"),
         "revisions": one("SELECT SUM(revision) FROM self_view"),
         "views": {str(diagnosis): number for diagnosis, number in views}},
        sys.stdout,
    )  # fmt: skip


def sessions(address):
    db, mark, true = opened(address)
    now, carried = int(time.time() * 1_000_000), []
    fetch = lambda text: db.execute(text).fetchall()

    def sign_in(person):
        token = hashlib.sha256(f"token {person}".encode()).hexdigest()
        db.execute(f"DELETE FROM session WHERE person_id = {person}")
        db.execute(
            "INSERT INTO session (token_sha256, id, person_id, form_token, opened_by, second_factor, device, created_at,"
            f" confirmed_at, seen_at, expires_at) VALUES ({', '.join([mark] * 11)})",
            (hashlib.sha256(token.encode()).hexdigest(), person, person, token[:32], "password", true, "Bench on Linux",
             now, now, now + 3_600_000_000, now + 6 * 86_400_000_000),
        )  # fmt: skip
        return {"cookie": f"aspire_session={token}", "person": person, "csrf": token[:32]}

    roles = {}
    for role, kind in ROLES:
        found = fetch(HOLDERS.format(role=role, kind=kind) + " ORDER BY role_held.id DESC LIMIT 1")
        if role == "programme_lead":
            found = fetch(HOLDERS.format(role=role, kind=kind) + " AND organisation.name LIKE 'Invented:%' ORDER BY 1 LIMIT 1")
        roles[role] = sign_in(found[0][0])
    heads = fetch(
        HOLDERS.format(role="head", kind="school")
        + f" AND role_held.organisation_id IN (SELECT organisation_id FROM self_view WHERE improve = '{TEXT.strip()}')"
        " ORDER BY role_held.organisation_id, role_held.person_id"
    )
    by_school = {school: person for person, school in heads}
    large = fetch(
        "SELECT organisation_id FROM role_held WHERE organisation_id IN (SELECT organisation_id FROM self_view)"
        f" GROUP BY 1 HAVING COUNT(DISTINCT person_id) >= {ANSWERING} ORDER BY 1 LIMIT 1"
    )[0][0]
    for school, person in list(by_school.items())[:: max(1, len(by_school) // SIGNED_IN)][:SIGNED_IN]:
        (name,) = fetch(f"SELECT name FROM organisation WHERE id = {school}")[0]
        carried.append(sign_in(person) | {"school": school, "name": name})
    answering = [sign_in(person) for (person,) in fetch(
        f"SELECT DISTINCT person_id FROM role_held WHERE organisation_id = {large} AND until IS NULL ORDER BY 1 LIMIT {ANSWERING}")]
    head = fetch(f"SELECT person_id FROM role_held WHERE organisation_id = {large} AND role = 'head' AND until IS NULL")
    emails = fetch("SELECT email FROM person WHERE email LIKE 'p%@bench.example' ORDER BY id LIMIT 3")
    slug = fetch("SELECT slug FROM programme ORDER BY id DESC LIMIT 1")[0][0]
    db.commit()
    json.dump(
        {"people": carried, "lead": roles["programme_lead"], "programme": slug, "roles": roles,
         "large": {"school": large, "head": sign_in(head[0][0]), "people": answering},
         "emails": [email for (email,) in emails]},
        sys.stdout,
    )  # fmt: skip
    db.commit()


COMMANDS = {"--sessions": sessions, "--count": count, "--make": make}

if __name__ == "__main__":
    COMMANDS.get(sys.argv[1], seed)(*sys.argv[2 if sys.argv[1] in COMMANDS else 1 :])
