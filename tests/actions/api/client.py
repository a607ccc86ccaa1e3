"""How the API's tests ask: as somebody signed in, with JSON both ways."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.test import Client

from actions.models import Seat


@dataclass
class Api:
    client: Client
    board: str

    def get(self, path: str, **query: Any) -> tuple[int, Any]:
        response = self.client.get(f"/api/v1/boards/{self.board}/{path}", query_params=query)
        return response.status_code, response.json()

    def post(self, path: str, **body: Any) -> tuple[int, Any]:
        response = self.client.post(
            f"/api/v1/boards/{self.board}/{path}", body, content_type="application/json"
        )
        return response.status_code, response.json()


def api(seat: Seat | None, board: str = "wessex") -> Api:
    client = Client()
    if seat is not None:
        assert seat.user is not None
        client.force_login(seat.user)
    return Api(client, board)
