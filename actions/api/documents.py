"""Sources, their documents, and what was read in them: taken in and decided on by the verbs of the pages. A decision
names the version of each proposal that was seen; another one since is 409, and then nothing was written."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers
from rest_framework.decorators import action as endpoint
from rest_framework.parsers import JSONParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from actions.api import bodies, shapes
from actions.api.schema import REFUSALS, WITH_INPUT, Refusal
from actions.api.views import Listed, OfBoard, is_multipart
from actions.intake import review, taking
from actions.models import (
    Agency,
    CommitmentKind,
    Document,
    Priority,
    Proposal,
    ProposalKind,
    ReviewStep,
    Source,
    SourceKind,
    Subgroup,
)


class DocumentShape(serializers.ModelSerializer):
    source: Any = serializers.SlugRelatedField("number", read_only=True, help_text="By its number")
    taken_in_by = shapes.Named(allow_null=True)
    proposals = serializers.IntegerField(source="read", help_text="How many there are")
    waiting = serializers.IntegerField(help_text="How many of them wait for a decision")
    last_step = serializers.IntegerField(allow_null=True, help_text="The decision that `undo` takes back")

    class Meta:
        model = Document
        fields = [
            "id", "source", "name", "taken_in_at", "taken_in_by", "proposals", "waiting", "last_step",
        ]  # fmt: skip


class DocumentDetail(DocumentShape):
    class Meta(DocumentShape.Meta):
        fields = [*DocumentShape.Meta.fields, "text"]


class ProposalShape(serializers.ModelSerializer):
    """The words are the document's from character `start` up to `end`, unless somebody put them otherwise."""

    printed_number = serializers.CharField(source="number", allow_blank=True)
    agency = shapes.Named(allow_null=True)
    agency_words = serializers.CharField(allow_blank=True, help_text="As it is printed")
    due_precision = serializers.CharField(allow_blank=True)
    priority = shapes.Named(allow_null=True)
    commitment: Any = serializers.SlugRelatedField(
        "number", read_only=True, allow_null=True, help_text="What it became once it was kept, by its number"
    )

    class Meta:
        model = Proposal
        fields = [
            "id", "document", "state", "kind", "text", "line", "start", "end", "heading", "printed_number",
            "agency", "agency_words", "owner_words", "due_words", "due_on", "due_precision", "note",
            "priority", "commitment", "version",
        ]  # fmt: skip


class KindOfSource(serializers.SlugRelatedField):
    """One of the board's own, by the name that the command takes too."""

    default_error_messages = {"does_not_exist": "This board has no kind of source “{value}”."}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__("slug", queryset=SourceKind.objects.all(), **kwargs)

    def get_queryset(self) -> QuerySet[Any]:
        rows: Any = super().get_queryset()
        return rows.visible_to(self.context["request"].seat)  # type: ignore[no-any-return]

    def to_internal_value(self, data: Any) -> Any:
        if "\x00" in str(data):  # PostgreSQL would not even look
            self.fail("does_not_exist", value="")
        return super().to_internal_value(data)


class TakeIn(bodies.Body):
    """A document of a new source, with its titles; or of one that is there, by its number."""

    document = serializers.CharField(
        trim_whitespace=False, allow_blank=True, help_text="Its words. No details that identify an adult"
    )
    name = serializers.CharField(required=False, allow_blank=True, default="", help_text="Of the file")
    kind = KindOfSource(help_text="Such as sar or partner-return; this also says how it is read")
    source: Any = bodies.ByNumber(
        Source.objects.all(), required=False, allow_null=True, help_text="Its number"
    )
    title = bodies.text(required=False, default="")
    short_title = bodies.text(
        required=False, default="", help_text="How people call it: it stands in references"
    )
    restricted = serializers.BooleanField(required=False, default=False, help_text="Not published")
    subgroup = bodies.Here(Subgroup.objects.all(), required=False, allow_null=True)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        return attrs | {"data": attrs.pop("document").encode()}


class TakeInFile(TakeIn):
    """The same as a form of several parts, with a plain text among them."""

    document: Any = serializers.FileField(allow_empty_file=True, help_text="Plain text")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        file: UploadedFile = attrs.pop("document")
        return attrs | {"data": file.read(), "name": attrs["name"] or file.name or ""}


class Sources(mixins.RetrieveModelMixin, Listed):
    queryset = Source.objects.select_related("kind")
    serializer_class = shapes.SourceShape
    parser_classes = [JSONParser, MultiPartParser]
    lookup_field = "number"
    lookup_value_converter = "int"

    @extend_schema(
        request={"application/json": TakeIn, "multipart/form-data": TakeInFile},
        responses={200: DocumentShape, 201: DocumentShape} | WITH_INPUT,
    )
    def create(self, request: Request, board: str) -> Response:
        """Take in a document: what it promises becomes proposals. 200 where it was taken in before: nothing changed."""
        given = self.read(TakeInFile if is_multipart(request) else TakeIn)
        taken = taking.take_in(**given, by=self.seat, today=self.seat.board.today)
        document = documents().get(pk=taken.document.pk)
        return Response(DocumentShape(document).data, status=200 if taken.already else 201)


class SeenProposal(bodies.Body):
    proposal = bodies.Here(Proposal.objects.all(), help_text="Its id")
    version = serializers.IntegerField(min_value=1, max_value=bodies.BIGGEST, help_text="As you saw it")


class Several(bodies.Body):
    proposals = serializers.ListField(child=SeenProposal(), min_length=1, max_length=bodies.MOST)

    def validate_proposals(self, given: list[dict[str, Any]]) -> list[tuple[int, int]]:
        return [(one["proposal"].pk, one["version"]) for one in given]


class KeepSeveral(Several):
    priority = bodies.Here(Priority.objects.all(), required=False, allow_null=True)


class UndoStep(bodies.Body):
    step = serializers.IntegerField(
        min_value=1, max_value=bodies.BIGGEST, help_text="The document's `last_step` as you saw it"
    )


def documents() -> Any:
    last = ReviewStep.objects.filter(document=OuterRef("pk")).order_by("-pk").values("pk")[:1]
    return Document.objects.select_related("source", "taken_in_by").annotate(
        read=proposals(), waiting=proposals(state=Proposal.State.WAITING), last_step=Subquery(last)
    )


def proposals(**which: Any) -> Coalesce:
    rows = Proposal.objects.filter(document=OuterRef("pk"), **which).order_by().values("document")
    return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n")), 0)


def decided(body: Any, shape: Any = None) -> Callable[[Any], Any]:
    """An endpoint named after its verb: it takes `body`, and gives `shape` as it then stands."""

    def decorate(method: Any) -> Any:
        address = method.__name__.replace("_", "-")
        posted = endpoint(detail=True, methods=["post"], url_path=address, serializer_class=body)(method)
        return extend_schema(request=body, responses={200: shape, 409: Refusal} | WITH_INPUT)(posted)

    return decorate


class Documents(mixins.RetrieveModelMixin, Listed):
    """What was taken in, the latest first. Several proposals at once: all of them, or none."""

    queryset = Document.objects.all()
    serializer_class = DocumentShape
    lookup_value_converter = "int"

    def get_queryset(self) -> Any:
        if getattr(self, "swagger_fake_view", False):
            return super().get_queryset()
        found = documents().visible_to(self.seat)
        return found if self.action == "retrieve" else found.defer("text")

    def get_serializer_class(self) -> Any:
        return DocumentDetail if self.action == "retrieve" else super().get_serializer_class()

    @property
    def about(self) -> dict[str, Any]:
        return {"by": self.seat, "today": self.seat.board.today}

    def as_it_stands_now(self, document: Document) -> Response:
        return Response(DocumentShape(self.get_queryset().get(pk=document.pk)).data)

    @extend_schema(responses={200: ProposalShape(many=True)} | REFUSALS)
    @endpoint(detail=True, filter_backends=[], serializer_class=ProposalShape)
    def proposals(self, request: Request, board: str, pk: int) -> Response:
        """What was read in it, in its order."""
        rows = self.get_object().proposals.select_related("agency", "priority", "commitment")
        return self.get_paginated_response(ProposalShape(self.paginate_queryset(rows), many=True).data)

    @decided(KeepSeveral, DocumentShape)
    def keep(self, request: Request, board: str, pk: int) -> Response:
        """Each becomes a commitment, under one priority."""
        document, given = self.get_object(), self.read(KeepSeveral)
        review.keep_many(document, given.pop("proposals"), **given, **self.about)
        return self.as_it_stands_now(document)

    @decided(Several, DocumentShape)
    def context(self, request: Request, board: str, pk: int) -> Response:
        """Read, and no commitments."""
        document = self.get_object()
        review.mark_context(document, self.read(Several)["proposals"], **self.about)
        return self.as_it_stands_now(document)

    @decided(UndoStep, DocumentShape)
    def undo(self, request: Request, board: str, pk: int) -> Response:
        """Everything stands as before the last decision."""
        document = self.get_object()
        review.undo(document, **self.read(UndoStep), **self.about)
        return self.as_it_stands_now(document)


class SawProposal(bodies.Body):
    version = serializers.IntegerField(
        min_value=1, max_value=bodies.BIGGEST, help_text="Of the proposal as you saw it"
    )


class Keep(SawProposal):
    """Left out, kind and agency stay as they are."""

    kind = serializers.ChoiceField(CommitmentKind.choices, required=False)
    agency = bodies.Here(Agency.objects.all(), required=False, allow_null=True)
    priority = bodies.Here(Priority.objects.all(), required=False, allow_null=True)


class Refile(SawProposal):
    kind = serializers.ChoiceField(ProposalKind.choices)
    agency = bodies.Here(Agency.objects.all(), required=False, allow_null=True, default=None)


class Edit(SawProposal):
    text = bodies.text()


class Split(SawProposal):
    at = serializers.IntegerField(
        min_value=1, max_value=bodies.BIGGEST, help_text="The first character of its text that goes apart"
    )


class Proposals(mixins.RetrieveModelMixin, OfBoard):
    """One by its id; a document lists its own."""

    queryset = Proposal.objects.select_related(
        "document__source", "document__board", "agency", "priority", "commitment"
    )
    serializer_class = ProposalShape
    lookup_value_converter = "int"

    def decide(self, verb: Callable[..., Any], given: dict[str, Any]) -> Response:
        proposal = self.get_object()
        verb(proposal, **given, by=self.seat, today=self.seat.board.today)
        return self.as_it_stands_now(proposal)

    def as_it_stands_now(self, proposal: Proposal) -> Response:
        return Response(ProposalShape(self.get_queryset().get(pk=proposal.pk)).data)

    @decided(Keep, ProposalShape)
    def keep(self, request: Request, board: str, pk: int) -> Response:
        """It becomes a commitment."""
        proposal, given = self.get_object(), self.read(Keep)
        filing = review.Filing(given.pop("kind", proposal.kind), given.pop("agency", proposal.agency))
        return self.decide(review.keep, given | {"filing": filing})

    @decided(SawProposal, ProposalShape)
    def put_back(self, request: Request, board: str, pk: int) -> Response:
        """A decision is taken back: it waits again."""
        return self.decide(review.put_back, self.read(SawProposal))

    @decided(Refile, ProposalShape)
    def refile(self, request: Request, board: str, pk: int) -> Response:
        """The same words under another kind or agency; they wait for a decision."""
        given = self.read(Refile)
        filing = review.Filing(given.pop("kind"), given.pop("agency"))
        return self.decide(review.refile, given | {"filing": filing})

    @decided(Edit, ProposalShape)
    def edit(self, request: Request, board: str, pk: int) -> Response:
        """Other words; the printed ones stay in the document."""
        return self.decide(review.edit, self.read(Edit))

    @decided(Split, ProposalShape)
    def split(self, request: Request, board: str, pk: int) -> Response:
        """Two from one; the answer is the first, and the second follows it in the document's list."""
        return self.decide(review.split, self.read(Split))

    @decided(SawProposal, ProposalShape)
    def merge(self, request: Request, board: str, pk: int) -> Response:
        """It and the one that follows become one."""
        return self.decide(review.merge, self.read(SawProposal))
