"""Actions for machines: listed by the pages' own filter, planned and moved by the verbs. No rule stands here, and
nothing else writes: there is no PATCH that could slip past the trail."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins, status
from rest_framework.decorators import action as endpoint
from rest_framework.generics import get_object_or_404
from rest_framework.parsers import JSONParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from actions import access, evidence, lines, planning, progress
from actions.api import bodies, rows, steps
from actions.api.schema import FIELD_ERRORS, REFUSALS, WITH_INPUT, Refusal
from actions.api.views import Listed, is_multipart
from actions.filters import ActionFilter
from actions.models import Action

MOVED: dict[int, Any] = {200: rows.ActionDetail, 409: rows.Stale} | WITH_INPUT
SAID: dict[int, Any] = MOVED | {403: FIELD_ERRORS}


def verb(body: Any, address: str, with_file: Any = None) -> Callable[[Any], Any]:
    """An endpoint named after its verb: it takes `body`, gives the action as it then stands. `with_file` is what it
    takes in several parts."""

    def decorate(method: Any) -> Any:
        about: dict[str, Any] = {"methods": ["post"], "url_path": address, "serializer_class": body}
        if with_file:
            about["parser_classes"] = [JSONParser, MultiPartParser]
        answers = SAID if issubclass(body, bodies.Said) else MOVED
        taken = {"application/json": body, "multipart/form-data": with_file} if with_file else body
        return extend_schema(request=taken, responses=answers)(endpoint(detail=True, **about)(method))

    return decorate


class Asked(DjangoFilterBackend):
    def get_filterset_kwargs(self, request: Request, queryset: Any, view: Any) -> dict[str, Any]:
        return super().get_filterset_kwargs(request, queryset, view) | {"beside": ()}


OR_NONE = OpenApiParameter(
    "subgroup",
    {"oneOf": [{"type": "integer"}, {"type": "string", "enum": ["none"]}]},
    description="Subgroup, or none: the board's own",
)


@extend_schema_view(list=extend_schema(parameters=[OR_NONE]))
class Actions(mixins.RetrieveModelMixin, Listed):
    """Most urgent first, unless another order is asked for."""

    queryset = Action.objects.all()
    serializer_class = rows.ActionRow
    filter_backends = [Asked]
    filterset_class = ActionFilter
    lookup_field = "number"
    lookup_value_converter = "int"

    def get_serializer_class(self) -> Any:
        if self.action == "attach" and is_multipart(self.request):
            return steps.AttachFile
        return rows.ActionDetail if self.action == "retrieve" else super().get_serializer_class()

    def get_queryset(self) -> Any:
        if getattr(self, "swagger_fake_view", False):
            return super().get_queryset()
        return Action.objects.standing(self.seat)

    def paginate_queryset(self, queryset: Any) -> Any:
        page: Any = super().paginate_queryset(queryset)
        return lines.told(page, self.seat) if self.action == "list" else page

    def get_object(self) -> Any:
        return lines.told([super().get_object()], self.seat)[0]

    @extend_schema(request=steps.Plan, responses={201: rows.Planned, 409: Refusal} | WITH_INPUT)
    def create(self, request: Request, board: str) -> Response:
        """Plan one or several actions: all or none."""
        given = self.read(steps.Plan)["actions"]
        wanted = [
            planning.Wanted(**one | {"commitments": tuple(one.get("commitments", ()))}) for one in given
        ]
        planned = planning.plan_many(wanted, **self.hand)
        there = self.get_queryset().filter(pk__in=[action.pk for action in planned]).order_by("number")
        return Response(
            rows.Planned({"actions": lines.told(there, self.seat)}).data, status=status.HTTP_201_CREATED
        )

    @extend_schema(request=steps.Raise, responses={201: rows.ActionDetail, 409: Refusal} | WITH_INPUT)
    @endpoint(detail=False, methods=["post"], url_path="raise", serializer_class=steps.Raise)
    def raise_(self, request: Request, board: str) -> Response:
        """Put an action forward: a draft, until it is planned."""
        given = self.read(steps.Raise)
        action = planning.raise_draft(given.pop("title"), **given, **self.hand)
        self.kwargs["number"] = action.number
        return Response(self.as_it_stands(), status=status.HTTP_201_CREATED)

    @extend_schema(responses={200: rows.EventShape(many=True)} | REFUSALS)
    @endpoint(detail=True, url_path="events", filter_backends=[], serializer_class=rows.EventShape)
    def events(self, request: Request, board: str, number: int) -> Response:
        """What happened to it, the latest first."""
        action = get_object_or_404(Action.objects.visible_to(self.seat), number=number)
        page = self.paginate_queryset(action.events.select_related("by", "on_behalf_of", "owner"))
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    @verb(bodies.Words, "start")
    def start(self, request: Request, board: str, number: int) -> Response:
        """The work begins."""
        return self.move(progress.start)

    @verb(steps.Update, "update")
    def update_(self, request: Request, board: str, number: int) -> Response:
        """How it stands, in a few sentences."""
        return self.move(progress.update)

    @verb(steps.Finish, "finish")
    def finish(self, request: Request, board: str, number: int) -> Response:
        """The owner says that it is done, and on which day."""
        return self.move(progress.finish)

    @verb(steps.TakeBack, "take-back")
    def take_back(self, request: Request, board: str, number: int) -> Response:
        """Not done after all."""
        return self.move(progress.take_back)

    @verb(steps.SignOff, "sign-off")
    def sign_off(self, request: Request, board: str, number: int) -> Response:
        """The chair's decision that it is complete and evidenced."""
        return self.move(progress.sign_off)

    @verb(steps.SendBack, "send-back")
    def send_back(self, request: Request, board: str, number: int) -> Response:
        """Not accepted yet: what is missing, and by when."""
        return self.move(progress.send_back)

    @verb(steps.Reassign, "reassign")
    def reassign(self, request: Request, board: str, number: int) -> Response:
        """Another owner; lateness stays."""
        return self.move(planning.reassign)

    @verb(steps.Reschedule, "reschedule")
    def reschedule(self, request: Request, board: str, number: int) -> Response:
        """Another date; the first one stays on record."""
        return self.move(progress.reschedule)

    @verb(steps.Attach, "attach", with_file=steps.AttachFile)
    def attach(self, request: Request, board: str, number: int) -> Response:
        """Evidence: a file, a link, or a statement. No details that identify an adult."""
        return self.move(progress.attach)

    @extend_schema(responses={(200, "application/octet-stream"): bytes, 410: Refusal} | REFUSALS)
    @endpoint(detail=True, url_path="evidence/<int:pk>", url_name="file", filter_backends=[])
    def file(self, request: Request, board: str, number: int, pk: int) -> HttpResponse:
        """The bytes of its file, as they came."""
        one = evidence.open_to(self.seat, number, pk)
        data = evidence.whole(one)
        return Response({"detail": evidence.GONE}, 410) if data is None else evidence.attachment(one, data)

    @verb(steps.PlanDraft, "plan")
    def plan(self, request: Request, board: str, number: int) -> Response:
        """A draft is agreed: who does it, and by when."""
        return self.move(planning.plan)

    @verb(steps.AskForTime, "ask-for-time")
    def ask_for_time(self, request: Request, board: str, number: int) -> Response:
        """The owner needs more time. The date stays until it is decided."""
        return self.move(progress.ask_for_time)

    @verb(steps.NotMine, "not-mine")
    def not_mine(self, request: Request, board: str, number: int) -> Response:
        """The owner says that it is not theirs. It stays with them until somebody passes it on."""
        return self.move(progress.not_mine)

    @verb(steps.Share, "share")
    def share(self, request: Request, board: str, number: int) -> Response:
        """Who may also update it and add evidence: these and no others."""
        return self.move(progress.share)

    @verb(steps.Grant, "grant")
    def grant(self, request: Request, board: str, number: int) -> Response:
        """More time: the day that was asked for, or another."""
        return self.move(progress.grant)

    @verb(bodies.Reason, "refuse")
    def refuse(self, request: Request, board: str, number: int) -> Response:
        """No more time: the date stays."""
        return self.move(progress.refuse)

    @verb(steps.Hold, "hold")
    def hold(self, request: Request, board: str, number: int) -> Response:
        """Nothing can be done until something else has happened."""
        return self.move(progress.hold)

    @verb(bodies.Words, "resume")
    def resume(self, request: Request, board: str, number: int) -> Response:
        """It goes on where it stood."""
        return self.move(progress.resume)

    @verb(steps.Withdraw, "withdraw")
    def withdraw(self, request: Request, board: str, number: int) -> Response:
        """It will not be done, and why."""
        return self.move(progress.withdraw)

    @verb(steps.Restore, "restore")
    def restore(self, request: Request, board: str, number: int) -> Response:
        """Withdrawn by mistake: it stands again where it stood."""
        return self.move(progress.restore)

    @verb(steps.Reopen, "reopen")
    def reopen(self, request: Request, board: str, number: int) -> Response:
        """Signed off, and open again."""
        return self.move(progress.reopen)

    @verb(steps.Confirm, "confirm")
    def confirm(self, request: Request, board: str, number: int) -> Response:
        """Continuing work still happens."""
        return self.move(progress.confirm)

    @verb(steps.Correct, "correct")
    def correct(self, request: Request, board: str, number: int) -> Response:
        """What was entered wrongly is put right; both values are kept."""
        return self.move(progress.correct)

    def move(self, verb: Callable[..., Any]) -> Response:
        """Body and verb name the same things, so one call fits all."""
        action = get_object_or_404(Action.objects.visible_to(self.seat), number=self.kwargs["number"])
        given = self.read(self.get_serializer_class())
        if "behalf" in given:
            access.check_only_for_another(self.seat, verb.__name__, action)
        verb(action, **self.hand, **given)
        return Response(self.as_it_stands())

    def as_it_stands(self) -> dict[str, Any]:
        """Read again: also what is answered when somebody saved first."""
        return rows.ActionDetail(self.get_object(), context=self.get_serializer_context()).data
