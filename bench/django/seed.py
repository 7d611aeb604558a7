"""Fills the peer's database and prints, as JSON, what 200 signed-in people carry.

The numbers of schools, people and roles that Aspire is to be given too.
"""

import datetime
import json
import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peer.settings")

import django  # noqa: E402

django.setup()

from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from peer.models import Organisation, Participation, Person, Programme, RoleHeld, SelfView  # noqa: E402

SCHOOLS, PEOPLE, SIGNED_IN = 500, 40, 200
STRANDS = ["leadership", "assessment_for_learning", "pedagogy_and_curriculum", "learning_environment", "student_and_family_support"]
ROLES = ["head", "deputy"] + ["strand_lead"] * 5 + ["team_leader"] * 3 + ["governor"] * 8 + ["teacher"] * 22
SINCE = datetime.date(2020, 9, 1)
CSRF = "0123456789abcdefghijABCDEFGHIJ01"
TEXT = "We know our children, and they know that we do. " * 12


def main():
    call_command("migrate", run_syncdb=True, verbosity=0)
    with transaction.atomic():
        programme_org = Organisation.objects.create(kind="programme", name="Invented: Measured")
        programme = Programme.objects.create(slug="measured", name="Invented: Measured", organisation=programme_org)
        lead = Person.objects.create(name="Lead Measured", email="lead@example.org")
        RoleHeld.objects.create(person=lead, organisation=programme_org, role="programme_lead", since=SINCE)
        schools = Organisation.objects.bulk_create(
            [Organisation(kind="school", name=f"Invented: School {number:03}") for number in range(SCHOOLS)]
        )
        people = Person.objects.bulk_create(
            [
                Person(name=f"Person {school:03}-{number:02}", email=f"p{school}-{number}@example.org")
                for school in range(SCHOOLS)
                for number in range(PEOPLE)
            ]
        )
        strands = iter(STRANDS * SCHOOLS)
        RoleHeld.objects.bulk_create(
            [
                RoleHeld(
                    person=person,
                    organisation=schools[index // PEOPLE],
                    role=ROLES[index % PEOPLE],
                    strand=next(strands) if ROLES[index % PEOPLE] == "strand_lead" else "",
                    since=SINCE,
                )
                for index, person in enumerate(people)
            ]
        )
        Participation.objects.bulk_create(
            [
                Participation(programme=programme, school=school, status="joined", since=SINCE, adviser=lead, last_contact=SINCE)
                for school in schools
            ]
        )
        SelfView.objects.bulk_create(
            [
                SelfView(
                    school=school, strengths=TEXT, wants=TEXT, visitors=TEXT, needs=TEXT, revision=1,
                    changed_at=timezone.now(), changed_by="Person",
                )
                for school in schools
            ]
        )
        carried = []
        for number in range(SIGNED_IN):
            person, school = people[number * PEOPLE], schools[number]
            session = SessionStore()
            session["person"] = person.pk
            session.create()
            cookie = f"sessionid={session.session_key}; csrftoken={CSRF}"
            carried.append({"cookie": cookie, "school": school.pk, "name": school.name})
        session = SessionStore()
        session["person"] = lead.pk
        session.create()
    json.dump({"people": carried, "lead": {"cookie": f"sessionid={session.session_key}"}, "programme": "measured"}, sys.stdout)


main()
