"""The five pages."""

from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from .access import STAFF, school_role
from .models import Audit, Organisation, Participation, Programme, RoleHeld, SelfView

FIELDS = ("strengths", "wants", "visitors", "needs")


def start(request):
    schools = [held.organisation_id for held in request.who.roles if held.organisation.kind == "school"]
    parts = Participation.objects.filter(school_id__in=schools).select_related("programme", "adviser")
    views = SelfView.objects.filter(school_id__in=schools)
    return render(request, "start.html", {"who": request.who, "parts": list(parts), "views": list(views)})


def people(request, school):
    school_role(request.who, school, *STAFF, "teacher", "governor", "adviser")
    organisation = get_object_or_404(Organisation, pk=school)
    roles = RoleHeld.objects.filter(organisation=organisation).select_related("person")
    roles = roles.order_by("person__name", "person_id", "since")
    return render(request, "people.html", {"who": request.who, "organisation": organisation, "roles": roles})


def self_view(request, school):
    school_role(request.who, school, *STAFF)
    view = get_object_or_404(SelfView.objects.select_related("school"), pk=school)
    return render(request, "self_view.html", {"who": request.who, "view": view})


def self_view_edit(request, school):
    role = school_role(request.who, school, "head", "deputy")
    if request.method == "GET":
        view = get_object_or_404(SelfView.objects.select_related("school"), pk=school)
        return render(request, "self_view_edit.html", {"who": request.who, "view": view})
    texts = {field: request.POST.get(field, "").strip() for field in FIELDS}
    wrong = {field: "Write at most 5,000 characters" for field in FIELDS if len(texts[field]) > 5_000}
    if not texts["strengths"]:
        wrong["strengths"] = "Say what you do well"
    if wrong:
        return render(request, "self_view_edit.html", {"who": request.who, "view": texts, "wrong": wrong}, status=422)
    with transaction.atomic():
        view = SelfView.objects.select_for_update().filter(pk=school).first()
        if view is None:
            raise Http404
        if str(view.revision) != request.POST.get("revision"):
            return render(request, "self_view_edit.html", {"who": request.who, "view": view, "theirs": texts}, status=409)
        before = {field: getattr(view, field) for field in FIELDS}
        for field in FIELDS:
            setattr(view, field, texts[field])
        view.revision += 1
        view.changed_at = timezone.now()
        view.changed_by = request.who.person.name
        view.save()
        Audit.objects.create(
            at=view.changed_at,
            who=request.who.person.name,
            role=role,
            what="change the school in its own words",
            noun="self_view",
            noun_id=str(school),
            organisation=school,
            before=before,
            after=texts,
        )
    return HttpResponseRedirect(f"/organisations/{school}/self-view")


def programme(request, slug):
    found = get_object_or_404(Programme, slug=slug)
    if request.who.role_in(found.organisation_id, "programme_lead", "evaluator") is None:
        raise Http404
    parts = Participation.objects.filter(programme=found).select_related("school", "adviser")
    parts = Paginator(parts.order_by("school__name", "school_id"), 50).get_page(request.GET.get("page"))
    return render(request, "programme.html", {"who": request.who, "programme": found, "parts": parts})
