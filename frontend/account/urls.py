"""The addresses of sign-in: one line per page. Of allauth's those alone that we want."""

from allauth.account import views as account
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkey
from allauth.socialaccount import views as sso
from django.urls import include, path, re_path

from frontend.views import account as ours

urlpatterns = [
    path("", ours.show, name="account"),
    path("name/", ours.rename, name="account_name"),
    path("session/", ours.session_left, name="session"),
    path("sessions/end/", ours.end_sessions, name="account_end_sessions"),
    path("second-factor/", ours.second_factor, name="second_factor"),
    path("login/", account.login, name="account_login"),
    path("login/code/", account.confirm_login_code, name="account_confirm_login_code"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("signup/", account.signup, name="account_signup"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("factor/", factor.authenticate, name="mfa_authenticate"),
    path("factor/again/", factor.reauthenticate, name="mfa_reauthenticate"),
    path("factor/trust/", factor.trust, name="mfa_trust"),
    path("app/add/", app.activate_totp, name="mfa_activate_totp"),
    path("app/remove/", app.deactivate_totp, name="mfa_deactivate_totp"),
    path("passkeys/add/", passkey.add_webauthn, name="mfa_add_webauthn"),
    path("passkeys/again/", passkey.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("passkeys/login/", passkey.login_webauthn, name="mfa_login_webauthn"),
    path("passkeys/<int:pk>/remove/", ours.remove_passkey, name="mfa_remove_webauthn"),
    path("recovery-codes/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("recovery-codes/new/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("sso/", include("allauth.socialaccount.providers.openid_connect.urls")),
    path("sso/login/cancelled/", sso.login_cancelled, name="socialaccount_login_cancelled"),
    path("sso/login/error/", sso.login_error, name="socialaccount_login_error"),
    # Where allauth returns to after a change of one's factors.
    path("", ours.show, name="mfa_index"),
    path("", ours.show, name="mfa_list_webauthn"),
]
