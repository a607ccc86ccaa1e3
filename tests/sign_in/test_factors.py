"""Who must show which second factor, and what opens without it: nothing."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from actions import invitation, people
from actions.models import Seat, SubgroupSeat, User
from actions.people import Person
from frontend.account.policy import Shown
from frontend.account.session import KEY
from tests.factories import PASSWORD, TODAY, World, sign_in
from tests.sign_in.conftest import app_code, code_sent, give_app, has_app, is_in

PasswordOf = Callable[..., Any]
InByCode = Callable[..., Client]
CLOSED = ["/", "/wessex/", "/wessex/actions/", "/nothing/", "/accounts/", "/accounts/password/change/"]


def test_a_password_alone_opens_nothing(w: World, client: Client, password_of: PasswordOf) -> None:
    answer = password_of(client, w.alice)

    assert answer["Location"] == "/accounts/login/code/"
    assert not is_in(client)
    assert client.get("/wessex/")["Location"] == "/accounts/login/?next=/wessex/"


def test_a_code_goes_to_the_address_on_file_and_lets_an_owner_in(
    w: World, client: Client, password_of: PasswordOf
) -> None:
    password_of(client, w.alice, next="/wessex/actions/")

    (sent,) = mail.outbox
    assert sent.to == [w.alice.user.email]
    assert sent.subject == "Action tracker: your code to sign in"
    client.post("/accounts/login/code/", {"code": code_sent()})
    answer = client.post("/accounts/factor/trust/", {"action": "skip"})
    assert answer["Location"] == "/wessex/actions/"
    assert client.get("/wessex/actions/").status_code == 200


def test_three_wrong_codes_send_back_to_the_start(w: World, client: Client, password_of: PasswordOf) -> None:
    password_of(client, w.alice)
    right = code_sent()

    for _ in range(3):
        client.post("/accounts/login/code/", {"code": "AAAA-AAAA"})
    client.post("/accounts/login/code/", {"code": right})

    assert not is_in(client)


def test_a_trusted_browser_is_not_asked_for_a_code_again_but_for_the_password(
    w: World, in_by_code: InByCode, password_of: PasswordOf
) -> None:
    client = in_by_code(w.alice, trust="trust")
    client.post("/accounts/logout/")

    password_of(client, w.alice, password="wrong")
    assert not is_in(client)
    password_of(client, w.alice)

    assert is_in(client)
    assert client.cookies["mfa_trusted"]["max-age"] == 90 * 24 * 3600
    assert client.cookies["mfa_trusted"]["httponly"]
    assert len(mail.outbox) == 1


def test_the_trust_ends_with_a_new_password(w: World, in_by_code: InByCode, password_of: PasswordOf) -> None:
    client = in_by_code(w.alice, trust="trust")
    client.post("/accounts/logout/")
    w.alice.user.set_password("another-long-phrase")
    w.alice.user.save()

    answer = password_of(client, w.alice, password="another-long-phrase")

    assert answer["Location"] == "/accounts/login/code/"


@pytest.mark.parametrize(
    "who", ["mo", "ingrid", "bob"], ids=["manager", "independent chair", "subgroup chair"]
)
def test_who_sees_most_must_set_up_a_strong_factor_before_anything_opens(
    w: World, in_by_code: InByCode, who: str
) -> None:
    seat: Seat = getattr(w, who)
    client = in_by_code(seat)

    assert {client.get(path)["Location"] for path in CLOSED} == {"/accounts/second-factor/"}
    assert client.get("/api/v1/boards/wessex/actions/").status_code == 403
    assert client.get("/accounts/second-factor/").status_code == 200
    part = client.get("/wessex/actions/", headers={"HX-Request": "true"})
    assert (part.status_code, part["HX-Retarget"]) == (403, "#messages")


def test_an_app_is_set_up_in_place_and_then_everything_opens(
    w: World, in_by_code: InByCode, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = in_by_code(w.mo)
    before = client.session.session_key
    page = client.get("/accounts/app/add/")
    secret = page.context["form"].secret

    # The transaction around a test never commits; what waits for it runs at once instead.
    monkeypatch.setattr("django.db.transaction.on_commit", lambda call: call())
    answer = client.post("/accounts/app/add/", {"code": app_code(secret)})

    assert answer["Location"] == "/accounts/recovery-codes/"
    assert client.session.session_key != before
    assert client.session[KEY]["shown"] == Shown.STRONG
    shown_once, again = client.get("/accounts/recovery-codes/"), client.get("/accounts/recovery-codes/")
    codes = shown_once.context["unused_codes"]
    assert len(codes) == 10
    assert codes[0] in shown_once.text
    assert not any(code in again.text for code in codes)
    assert client.get("/wessex/").status_code == 200
    assert mail.outbox[-1].subject == "Action tracker: an authenticator app was added"


def test_with_an_app_the_app_is_asked_and_no_code_is_mailed(
    w: World, client: Client, password_of: PasswordOf
) -> None:
    secret, _ = give_app(w.mo.user)

    answer = password_of(client, w.mo)
    assert answer["Location"] == "/accounts/factor/"
    wrong = client.post("/accounts/factor/", {"code": "000000"})
    assert "That code is not right" in wrong.text
    before = client.session.session_key
    client.post("/accounts/factor/", {"code": app_code(secret)})

    assert client.get("/wessex/").status_code == 200
    assert client.session.session_key != before
    assert mail.outbox == []


def test_a_recovery_code_works_once(w: World, password_of: PasswordOf) -> None:
    _, codes = give_app(w.mo.user)
    first, second = Client(), Client()

    password_of(first, w.mo)
    first.post("/accounts/factor/", {"code": codes[0]})
    password_of(second, w.mo)
    second.post("/accounts/factor/", {"code": codes[0]})

    assert (is_in(first), is_in(second)) == (True, False)


def test_a_key_is_not_readable_in_the_database(w: World) -> None:
    secret, codes = give_app(w.mo.user)

    kept = str(list(Authenticator.objects.values_list("data", flat=True)))

    assert secret not in kept
    assert not any(code in kept for code in codes)


def test_a_manager_cannot_trust_a_browser_out_of_the_second_step(
    w: World, in_by_code: InByCode, password_of: PasswordOf
) -> None:
    client = in_by_code(w.alice, trust="trust")
    client.post("/accounts/logout/")
    Seat.objects.filter(pk=w.alice.pk).update(is_manager=True)

    answer = password_of(client, w.alice)

    assert answer["Location"] == "/accounts/login/code/"


def test_a_new_password_by_mail_does_not_skip_the_second_step(
    w: World, client: Client, password_of: PasswordOf
) -> None:
    give_app(w.mo.user)
    client.post("/accounts/password/reset/", {"email": w.mo.user.email})
    link = mail.outbox[-1].body.split("http://testserver")[1].split()[0]
    page = client.get(link, follow=True)
    new = "another-long-phrase"
    client.post(page.request["PATH_INFO"], {"password1": new, "password2": new})

    assert not is_in(client)
    assert password_of(client, w.mo, password=new)["Location"] == "/accounts/factor/"
    assert not is_in(client)


def test_the_last_strong_factor_of_a_manager_stays(w: World, client: Client) -> None:
    give_app(w.mo.user)
    sign_in(client, w.mo.user)

    answer = client.post("/accounts/app/remove/")

    assert "add another passkey or app first" in answer.text
    assert has_app(w.mo.user)


def test_an_owner_may_remove_an_app_and_gets_codes_by_mail_again(
    w: World, client: Client, password_of: PasswordOf
) -> None:
    give_app(w.alice.user)
    sign_in(client, w.alice.user)

    client.post("/accounts/app/remove/")

    assert not Authenticator.objects.filter(user=w.alice.user).exists()
    assert password_of(Client(), w.alice)["Location"] == "/accounts/login/code/"


def test_who_becomes_a_chair_while_signed_in_is_asked_within_a_minute(
    w: World, in_by_code: InByCode, time_machine: Any
) -> None:
    time_machine.move_to("2026-06-03T12:00:00+01:00", tick=False)
    client = in_by_code(w.dan)
    assert client.get("/wessex/").status_code == 200
    SubgroupSeat.objects.create(subgroup=w.subgroup, seat=w.dan, role=SubgroupSeat.Role.VICE_CHAIR)

    time_machine.shift(61)

    assert client.get("/wessex/")["Location"] == "/accounts/second-factor/"


def test_a_factor_that_is_there_is_shown_and_not_stepped_round_with_a_new_one(
    w: World, in_by_code: InByCode, time_machine: Any
) -> None:
    time_machine.move_to("2026-06-03T12:00:00+01:00", tick=False)
    manager, member = in_by_code(w.mo), in_by_code(w.dan)
    for seat in (w.mo, w.dan):
        give_app(seat.user)  # in another browser
    SubgroupSeat.objects.create(subgroup=w.subgroup, seat=w.dan, role=SubgroupSeat.Role.VICE_CHAIR)
    time_machine.shift(61)

    answers = [one.get("/accounts/passkeys/add/") for one in (manager, member)]

    assert [one["Location"] for one in answers] == ["/accounts/login/?next=/accounts/passkeys/add/"] * 2
    assert "Sign in with it" in manager.get(answers[0]["Location"]).text
    assert not any(is_in(one) for one in (manager, member))


def test_a_session_that_no_sign_in_vouches_for_opens_nothing(w: World, client: Client) -> None:
    client.force_login(w.alice.user)
    kept = client.session
    del kept[KEY]
    kept.save()

    assert client.get("/wessex/")["Location"] == "/accounts/login/?next=/wessex/"
    assert not is_in(client)


def test_codes_by_mail_are_few(w: World, password_of: PasswordOf) -> None:
    answers = [password_of(Client(), w.alice).status_code for _ in range(5)]

    assert answers == [302, 302, 302, 429, 429]
    assert len(mail.outbox) == 3


@pytest.mark.parametrize(
    ("debug", "email_url", "example", "asked"),
    [
        (True, "", True, None),
        (False, "", True, "/accounts/login/code/"),
        (True, "smtp://mail.example", True, "/accounts/login/code/"),
        (True, "", False, "/accounts/login/code/"),
    ],
    ids=["the demo", "not on one machine", "mail leaves", "a real board"],
)
def test_only_invented_people_on_one_machine_do_without(
    w: World,
    client: Client,
    settings: Any,
    password_of: PasswordOf,
    debug: bool,
    email_url: str,
    example: bool,
    asked: str | None,
) -> None:
    settings.DEBUG, settings.EMAIL_URL = debug, email_url
    w.board.example = example
    w.board.save()

    answer = password_of(client, w.mo)

    assert answer["Location"] == (asked or "/")
    assert is_in(client) == (asked is None)


def test_a_banner_says_that_they_do(w: World, client: Client, settings: Any, password_of: PasswordOf) -> None:
    settings.DEBUG, settings.EMAIL_URL = True, ""
    w.board.example = True
    w.board.save()
    password_of(client, w.mo)

    assert "its people sign in with a password alone" in client.get("/wessex/").text


def test_an_invented_person_who_joins_a_real_board_is_asked_like_anybody(
    w: World, client: Client, settings: Any, password_of: PasswordOf
) -> None:
    settings.DEBUG, settings.EMAIL_URL = True, ""
    from tests.factories import make_board

    w.board.example = True
    w.board.save()
    Seat.objects.create(board=make_board("real"), user=w.mo.user, name="Mo", email="mo@real.example")

    assert password_of(client, w.mo)["Location"] == "/accounts/login/code/"


def test_somebody_without_a_seat_is_asked_for_a_code(db: None, client: Client) -> None:
    User.objects.create_user("zed@nowhere.example", PASSWORD)

    answer = client.post("/accounts/login/", {"login": "zed@nowhere.example", "password": PASSWORD})

    assert answer["Location"] == "/accounts/login/code/"


@pytest.mark.parametrize(
    ("roles", "opens"), [({}, True), ({"is_manager": True}, False)], ids=["an owner", "a manager"]
)
def test_taking_up_an_invitation_shows_as_much_as_a_code_by_mail(
    w: World, client: Client, roles: dict[str, bool], opens: bool
) -> None:
    seat = Seat.objects.create(
        board=w.board, name="Nia New", email="nia@wessex.example", invited_at=timezone.now(), **roles
    )

    client.post(f"/invitation/{invitation.token(seat)}/", {"name": "Nia New", "password": PASSWORD})

    answer = client.get("/wessex/actions/")
    assert answer.get("Location") == (None if opens else "/accounts/second-factor/")
    assert client.session["signed_in"]["shown"] == Shown.CODE


def test_who_lost_everything_starts_again_with_password_and_mail(
    w: World, in_by_code: InByCode, password_of: PasswordOf
) -> None:
    open_one = in_by_code(w.mo)
    give_app(w.mo.user)

    call_command("forget_factors", " MO@wessex.example")

    assert open_one.get("/accounts/second-factor/").status_code == 302
    assert password_of(Client(), w.mo)["Location"] == "/accounts/login/code/"
    with pytest.raises(CommandError, match="Nobody signs in as eve"):
        call_command("forget_factors", "eve@wessex.example")


def test_who_is_invited_and_asks_for_a_password_is_told_where_the_account_begins(
    w: World, client: Client
) -> None:
    people.invite([Person("Nia New", "nia@wessex.example")], by=w.mo, today=TODAY)
    page = client.get("/accounts/password/reset/").text

    for address in ("Nia@Wessex.example", "nobody@wessex.example"):
        client.post("/accounts/password/reset/", {"email": address})

    nia, nobody = (one.body for one in mail.outbox)
    assert "Email address" in page
    assert "Wessex Safeguarding Adults Board has invited you." in nia
    assert "there is no account at this address yet." in nia
    assert "invited" not in nobody
    assert "ask its business manager for an invitation" in nobody
