"""Where the five pages are."""

from django.urls import path

from . import views

urlpatterns = [
    path("start", views.start),
    path("organisations/<int:school>/people", views.people),
    path("organisations/<int:school>/self-view", views.self_view),
    path("organisations/<int:school>/self-view/edit", views.self_view_edit),
    path("programmes/<slug:slug>", views.programme),
]
