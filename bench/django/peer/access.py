"""Who asks, and what they may: decided from the database on each request."""

from datetime import date

from django.db.models import Q
from django.http import Http404, HttpResponseRedirect

from .models import Participation, Person, RoleHeld


class Who:
    """A person who signed in, with the roles they hold today."""

    def __init__(self, person, roles):
        self.person, self.roles = person, roles

    def role_in(self, organisation, *roles):
        """The first of these roles that they hold in an organisation."""
        for held in self.roles:
            if held.organisation_id == organisation and held.role in roles:
                return held.role
        return None


class WhoMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        person_id = request.session.get("person")
        person = Person.objects.filter(pk=person_id).first() if person_id else None
        if person is None:
            return HttpResponseRedirect("/sign-in")
        today = date.today()
        held = RoleHeld.objects.filter(person=person, since__lte=today)
        held = held.filter(Q(until__isnull=True) | Q(until__gt=today)).select_related("organisation")
        request.who = Who(person, list(held))
        return self.get_response(request)


STAFF = ("head", "deputy", "strand_lead")


def school_role(who, school, *roles):
    """A role in the school, or 404 as if there were no such school."""
    role = who.role_in(school, *roles)
    if role is None and "adviser" in roles:
        accompanies = Participation.objects.filter(school_id=school, adviser=who.person).exclude(status="left")
        role = "adviser" if accompanies.exists() else None
    if role is None:
        raise Http404
    return role
