"""One line per page."""

from django.urls import path

from frontend.views import (
    actions,
    caught_mail,
    founding,
    help,
    home,
    invitation,
    messages,
    people,
    planning,
    review,
    sources,
    summary,
    trail,
)

# What stands first in an address here is no board's short name: see RESERVED in forms/founding.py.

urlpatterns = [
    path("", home.home, name="home"),
    path("help/", help.index, name="help"),
    path("accessibility/", help.accessibility, name="accessibility"),
    path("caught-mail/", caught_mail.index, name="caught_mail"),
    path("caught-mail/<str:file>/<int:place>/", caught_mail.show, name="caught_mail_one"),
    path("invitation/<str:token>/", invitation.show, name="invitation"),
    path("first-board/<str:token>/", founding.first_board, name="first_board"),
    path("<slug:board>/", home.board, name="board"),
    path("<slug:board>/setup/", founding.setup, name="setup"),
    path("<slug:board>/people/", people.index, name="people"),
    path("<slug:board>/people/invite/", people.invite, name="invite"),
    path("<slug:board>/people/<int:number>/", people.show, name="person"),
    path("<slug:board>/people/<int:number>/change/", people.change, name="person_change"),
    path("<slug:board>/people/<int:number>/away/", people.away, name="person_away"),
    path("<slug:board>/people/<int:number>/leave/", people.leave, name="person_leave"),
    path("<slug:board>/people/<int:number>/invite-again/", people.invite_again, name="person_invite_again"),
    path("<slug:board>/summary/", summary.summary, name="summary"),
    path("<slug:board>/messages/", messages.index, name="ledger"),
    path("<slug:board>/messages/post/", messages.switch, name="post"),
    path("<slug:board>/messages/<int:number>/", messages.show, name="message"),
    path("<slug:board>/trail/", trail.index, name="trail"),
    path("<slug:board>/trail/remove/<slug:what>/<int:number>/", trail.remove, name="redact"),
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
