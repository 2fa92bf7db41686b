"""Production settings: safe by default, refusing what is unsafe, and reachable for who finds a hole."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GEHEIM = "kj4h5k2j3h4k5jh34k5jh3k45jh3k4j5h3k4j5h3kj45h3k4j5hABCDEF_xyz987"


def draai(tmp_path, *argumenten, **omgeving):
    basis = {k: v for k, v in os.environ.items() if k in ("PATH", "HOME", "LANG")}
    return subprocess.run(
        [sys.executable, *argumenten], cwd=ROOT, capture_output=True, text=True, check=False,
        env={**basis, "LMS_VAR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "lms.settings", **omgeving},
    )  # fmt: skip


def in_productie(tmp_path, *argumenten, **omgeving):
    return draai(tmp_path, *argumenten, LMS_SECRET=GEHEIM, LMS_HOSTS="opleiding.example", **omgeving)


def test_check_deploy_is_stil(tmp_path):
    uit = in_productie(tmp_path, "manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert (uit.returncode, "no issues (0 silenced)" in uit.stdout + uit.stderr) == (0, True), uit.stderr


@pytest.mark.parametrize("geheim", ["", "x", "alleen-voor-de-tests", "django-insecure-" + "a1b2" * 20, "a" * 60])
def test_productie_weigert_een_zwak_of_bekend_geheim(tmp_path, geheim):
    uit = draai(tmp_path, "manage.py", "check", LMS_SECRET=geheim, LMS_HOSTS="opleiding.example")
    assert uit.returncode != 0
    assert "LMS_SECRET" in uit.stderr


def test_de_demo_kan_niet_in_productie(tmp_path):
    uit = in_productie(tmp_path, "manage.py", "demo")
    assert (uit.returncode != 0, "LMS_DEMO=1" in uit.stderr) == (True, True)


VRAAG = """
import json, django
django.setup()
from django.conf import settings as s
namen = ("DEBUG", "DEMO", "SESSION_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY", "SESSION_COOKIE_SAMESITE",
 "CSRF_COOKIE_SECURE",
 "CSRF_COOKIE_SAMESITE",
 "SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "SESSION_COOKIE_PATH", "CSRF_COOKIE_PATH",
 "SESSION_COOKIE_DOMAIN", "CSRF_COOKIE_DOMAIN",
 "LMS_TWEEDE_STAP", "MFA_TRUST_ENABLED", "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN",
 "MFA_PASSKEY_SIGNUP_ENABLED",
 "SECURE_SSL_REDIRECT",
 "SECURE_HSTS_SECONDS", "SECURE_CONTENT_TYPE_NOSNIFF", "X_FRAME_OPTIONS",
 "ALLOWED_HOSTS", "ACCOUNT_PREVENT_ENUMERATION")
from allauth.account import app_settings as a
print(json.dumps({**{n: getattr(s, n) for n in namen}, "grens": a.RATE_LIMITS["login_failed"],
 "ruimte": s.BEZOEKERS_PER_ADRES}))
"""


@pytest.mark.parametrize("gevraagd", ["", "0", "false"])
def test_koekjes_en_grenzen_in_productie(tmp_path, gevraagd):
    """The second step of the team is not something to switch off in production."""
    uit = in_productie(tmp_path, "-c", VRAAG, **({"LMS_TWEEDE_STAP": gevraagd} if gevraagd else {}))
    waarden = json.loads(uit.stdout.splitlines()[-1])
    grens, ruimte = waarden.pop("grens"), waarden.pop("ruimte")
    assert waarden == {
        "DEBUG": False, "DEMO": False, "SESSION_COOKIE_SECURE": True, "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "CSRF_COOKIE_SECURE": True, "CSRF_COOKIE_SAMESITE": "Lax", "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 31_536_000,
        "SESSION_COOKIE_NAME": "__Host-sessie", "CSRF_COOKIE_NAME": "__Host-csrf", "SESSION_COOKIE_PATH": "/",
        "CSRF_COOKIE_PATH": "/",
        "SESSION_COOKIE_DOMAIN": None, "CSRF_COOKIE_DOMAIN": None, "LMS_TWEEDE_STAP": True, "MFA_TRUST_ENABLED": False,
        "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN": False, "MFA_PASSKEY_SIGNUP_ENABLED": False,
        "SECURE_CONTENT_TYPE_NOSNIFF": True, "X_FRAME_OPTIONS": "DENY", "ALLOWED_HOSTS": ["opleiding.example"],
        "ACCOUNT_PREVENT_ENUMERATION": True,
    }  # fmt: skip
    # the limits themselves: tests/kern/test_deur.py, for one person per network address
    assert (grens, ruimte) == ("5/5m/key", 1)


def test_security_txt(client, db):
    """RFC 9116: plain text, a contact and an end date ahead; on the page of everybody, without a login."""
    import datetime as dt

    from django.utils import timezone

    antwoord = client.get("/.well-known/security.txt")
    assert (antwoord.status_code, antwoord["Content-Type"]) == (200, "text/plain; charset=utf-8")
    regels = dict(regel.split(": ", 1) for regel in antwoord.content.decode().splitlines())
    assert regels["Contact"] == "mailto:info@eigen-kracht.nl"
    assert regels["Preferred-Languages"] == "nl, en"
    assert regels["Canonical"].endswith("/.well-known/security.txt")
    einde = dt.datetime.fromisoformat(regels["Expires"])
    assert timezone.now() + dt.timedelta(days=30) < einde < timezone.now() + dt.timedelta(days=366)
