"""One line per page."""

from django.urls import path

from frontend.views import actions, home, summary

urlpatterns = [
    path("", home.home, name="home"),
    path("<slug:board>/", home.board, name="board"),
    path("<slug:board>/summary/", summary.summary, name="summary"),
    path("<slug:board>/actions/", actions.index, name="actions"),
    path("<slug:board>/actions/A-<int:number>/", actions.show, name="action"),
    path("<slug:board>/actions/A-<int:number>/<slug:verb>/", actions.step, name="action_step"),
]
