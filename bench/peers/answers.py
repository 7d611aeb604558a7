"""What a loaded database answers to some questions, as JSON.

    answers.py aspire|peer DATABASE

Aspire's tables have other names and shapes than the peers'; the questions are
the same, and so must the answers be, before anybody's time counts.
"""

import json
import sqlite3
import sys

KIND, DATABASE = sys.argv[1:3]
TEN = "(100000, 103456, 107608, 108983, 112345, 117952, 118291, 126937, 136644, 146414)"
ASPIRE = KIND == "aspire"

STATUS = "status" if ASPIRE else 'lower("EstablishmentStatus (name)")'
PHASE = "phase" if ASPIRE else '"PhaseOfEducation (name)"'
NAME = "name" if ASPIRE else '"EstablishmentName"'
POSTCODE = "postcode" if ASPIRE else '"Postcode"'
PUPILS = "pupils" if ASPIRE else 'CAST(nullif("NumberOfPupils", \'\') AS INTEGER)'
URN = "urn" if ASPIRE else 'CAST("URN" AS INTEGER)'
CLOSED = (
    "closed"
    if ASPIRE
    else 'substr("CloseDate", 7, 4) || \'-\' || substr("CloseDate", 4, 2) || \'-\' || substr("CloseDate", 1, 2)'
)
AT = "urn" if ASPIRE else "CAST(urn_at_inspection AS INTEGER)"
START = "start_date" if ASPIRE else "inspection_start"
OVERALL = "overall" if ASPIRE else "CAST(nullif(overall_grade, '') AS INTEGER)"
# Aspire also keeps links that follow from the inspections' file, as a kind of their own.
LINK = "(SELECT * FROM school_link WHERE kind <> 'carried')" if ASPIRE else "link"
OTHER = "other" if ASPIRE else 'CAST("LinkURN" AS INTEGER)'

QUESTIONS = {
    "schools": "SELECT count(*) FROM school",
    "schools by status": f"SELECT {STATUS}, count(*) FROM school GROUP BY 1 ORDER BY 1",
    "schools by phase": f"SELECT {PHASE}, count(*) FROM school WHERE {PHASE} <> 'Not applicable' GROUP BY 1 ORDER BY 1",
    "schools closed in 2012": f"SELECT count(*) FROM school WHERE {CLOSED} BETWEEN '2012-01-01' AND '2012-12-31'",
    "pupils": f"SELECT sum({PUPILS}) FROM school",
    "ten schools": f"SELECT {URN}, {NAME}, {POSTCODE}, {PUPILS} FROM school WHERE {URN} IN {TEN} ORDER BY 1",
    "inspections": "SELECT count(*) FROM inspection",
    "inspections by overall grade": f"SELECT {OVERALL}, count(*) FROM inspection GROUP BY 1 ORDER BY 1",
    "inspections of the ten": f"SELECT {AT}, {START}, {OVERALL} FROM inspection WHERE {AT} IN {TEN} ORDER BY 1, 2",
    "links": f"SELECT count(*) FROM {LINK}",
    "links of the ten": f"SELECT {URN}, {OTHER} FROM {LINK} WHERE {URN} IN {TEN} ORDER BY 1, 2",
}

connection = sqlite3.connect(f"file:{DATABASE}?mode=ro", uri=True)
answers = {question: connection.execute(text).fetchall() for question, text in QUESTIONS.items()}
print(json.dumps(answers))
