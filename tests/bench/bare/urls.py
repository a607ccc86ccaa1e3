from django.urls import path

from tests.bench.bare import views

urlpatterns = [
    path("list/", views.List.as_view()),
    path("detail/<int:pk>/", views.Detail.as_view()),
    path("rollup/", views.rollup),
]
