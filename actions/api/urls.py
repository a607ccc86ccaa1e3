"""Addresses of the API: one board's rows and verbs, and the description of it all."""

from django.contrib.auth.decorators import login_required
from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.routers import SimpleRouter

from actions.api import views
from actions.api.actions import Actions
from actions.api.challenges import Challenges
from actions.api.colours import Colours
from actions.api.decisions import Decisions
from actions.api.documents import Documents, Proposals, Sources
from actions.api.impact import ImpactReviews
from actions.api.measures import Measures
from actions.api.reports import Reports
from actions.api.responses import Responses
from actions.api.rollup import Rollup

of_board = SimpleRouter(use_regex_path=False)
of_board.register("plans", views.Plans, "api-plan")
of_board.register("priorities", views.Priorities, "api-priority")
of_board.register("agencies", views.Agencies, "api-agency")
of_board.register("subgroups", views.Subgroups, "api-subgroup")
of_board.register("meetings", views.Meetings, "api-meeting")
of_board.register("seats", views.Seats, "api-seat")
of_board.register("sources", Sources, "api-source")
of_board.register("documents", Documents, "api-document")
of_board.register("proposals", Proposals, "api-proposal")
of_board.register("commitments", views.Commitments, "api-commitment")
of_board.register("actions", Actions, "api-action")
of_board.register("impact-reviews", ImpactReviews, "api-impact-review")
of_board.register("measures", Measures, "api-measure")
of_board.register("reports", Reports, "api-report")
of_board.register("colours", Colours, "api-colours")
of_board.register("rollup", Rollup, "api-rollup")
of_board.register("responses", Responses, "api-response")
of_board.register("decisions", Decisions, "api-decision")
of_board.register("challenges", Challenges, "api-challenge")

urlpatterns = [
    path("boards/<slug:board>/", include(of_board.urls)),
    # The split page asks for its script apart, so that it works under a policy without unsafe-inline.
    path(
        "",
        login_required(
            SpectacularSwaggerSplitView.as_view(url_name="api-schema", template_name="actions/api.html")
        ),
        name="api",
    ),
    path("schema/", login_required(SpectacularAPIView.as_view()), name="api-schema"),
]
