"""What the same answers cost with nothing around them. No filter, no rights, no count of pages."""

import os
from pathlib import Path
from typing import Any

from django.db import connection
from django.http import HttpRequest, JsonResponse
from rest_framework import generics, serializers

from actions.models import Action


class Row(serializers.ModelSerializer):
    owner = serializers.CharField(source="owner.name")
    agency = serializers.CharField(source="agency.name")
    subgroup = serializers.CharField(source="subgroup.name")
    priority = serializers.CharField(source="priority.name")

    class Meta:
        model = Action
        fields = (
            "id",
            "number",
            "title",
            "status",
            "owner",
            "agency",
            "subgroup",
            "priority",
            "due_on",
            "first_due_on",
            "times_moved",
            "said_on",
            "confidence",
            "version",
        )


ROWS = Action.objects.select_related("owner", "agency", "subgroup", "priority")


class List(generics.ListAPIView):
    serializer_class = Row

    def get_queryset(self) -> Any:
        return ROWS.order_by("pk")[:25]  # the cheapest order there is


class Detail(generics.RetrieveAPIView):
    serializer_class = Row
    queryset = ROWS


def rollup(request: HttpRequest) -> JsonResponse:
    """The statement that the product itself was seen to run, and its rows as they come."""
    with connection.cursor() as cursor:
        cursor.execute(Path(os.environ["BENCH_ROLLUP"]).read_text())
        return JsonResponse({"rows": cursor.fetchall()})
