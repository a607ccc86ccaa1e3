"""One line per page."""

from django.urls import path

from frontend.views import actions, home, planning, review, sources, summary

urlpatterns = [
    path("", home.home, name="home"),
    path("<slug:board>/", home.board, name="board"),
    path("<slug:board>/summary/", summary.summary, name="summary"),
    path("<slug:board>/actions/", actions.index, name="actions"),
    path("<slug:board>/actions/A-<int:number>/", actions.show, name="action"),
    path("<slug:board>/actions/A-<int:number>/<slug:verb>/", actions.step, name="action_step"),
    path("<slug:board>/sources/", sources.index, name="sources"),
    path("<slug:board>/sources/take-in/", sources.take_in, name="take_in"),
    path("<slug:board>/sources/S-<int:number>/", sources.show, name="source"),
    path("<slug:board>/sources/S-<int:number>/plan/", planning.plan, name="plan"),
    path("<slug:board>/sources/S-<int:number>/review/<int:document>/", review.review, name="review"),
    path("<slug:board>/commitments/C-<int:number>/", sources.commitment, name="commitment"),
]
