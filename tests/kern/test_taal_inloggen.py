"""All that Django's auth and allauth can say to a person is our Dutch: no English, no "u", no "geslaagd"."""

import re
from pathlib import Path

import allauth
import pytest
from allauth.account import forms as account_forms
from allauth.account.adapter import get_adapter
from allauth.mfa.adapter import get_adapter as mfa_adapter
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.recovery_codes import forms as herstel_forms
from allauth.mfa.totp import forms as totp_forms
from django.contrib.auth.password_validation import get_default_password_validators, password_validators_help_texts
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.test import Client
from django.utils.html import strip_tags

from lms.kern import inlogforms
from tests.fabrieken import WACHTWOORD

VREEMD = re.compile(
    r"\b(the|you|your|this|must|password|passwords|email|sign|signed|successfully|unable|cannot|been|please|incorrect|invalid|user|"
    r"uw|u|geslaagd|succesvol|wijziging|afgemeld|e-mail adres|ingetikt)\b",
    re.IGNORECASE,
)
SJABLONEN = Path(allauth.__file__).parent / "templates"
BERICHTEN = [
    str(pad.relative_to(SJABLONEN))
    for app in ("account", "mfa", "usersessions")
    for pad in sorted((SJABLONEN / app / "messages").glob("*.txt"))
]


def vreemd(zin):
    return VREEMD.search(str(zin)) and str(zin)


def test_de_proef_ziet_vreemde_woorden():
    assert vreemd("This password is too short.")
    assert vreemd("Wachtwoord wijziging geslaagd.")
    assert vreemd("Heeft u een code?")
    assert not vreemd("Je wachtwoord is veranderd.")


@pytest.mark.parametrize("sjabloon", BERICHTEN)
def test_elke_melding_van_allauth_is_van_ons(sjabloon, w):
    tekst = render_to_string(sjabloon, {"email": "a@b.nl", "user": w.t1, "phone": "038", "recipient": "a@b.nl"}).strip()
    assert tekst
    assert not vreemd(tekst.replace("a@b.nl", ""))


@pytest.mark.parametrize("adapter", [get_adapter, mfa_adapter])
def test_elke_fout_van_allauth_is_van_ons(adapter):
    assert [zin for zin in map(vreemd, adapter().error_messages.values()) if zin] == []


@pytest.mark.parametrize(
    "fout", ["kort", "123456789012345", "wachtwoord123456", "trainer1@demo.example", "password1234"]
)
def test_elke_regel_voor_wachtwoorden_spreekt_nederlands(fout, w):
    zinnen = list(password_validators_help_texts())
    for regel in get_default_password_validators():
        try:
            regel.validate(fout, w.t1)
        except ValidationError as e:
            zinnen += e.messages
    assert [zin for zin in map(vreemd, zinnen) if zin] == []


def test_een_wachtwoord_van_alleen_cijfers_kan_niet(w):
    client = Client()
    client.force_login(w.t1)
    velden = {"oldpassword": WACHTWOORD, "password1": "839201748562093", "password2": "839201748562093"}
    assert "Gebruik niet alleen cijfers" in client.post("/accounts/password/change/", velden).content.decode()


FORMULIEREN = [
    inlogforms.InlogForm, inlogforms.CodeVragenForm, inlogforms.NieuwWachtwoordForm, inlogforms.WachtwoordVeranderen,
    inlogforms.WachtwoordKiezen,
    inlogforms.WachtwoordUitLink, account_forms.ConfirmLoginCodeForm, account_forms.ReauthenticateForm,
]  # fmt: skip


@pytest.mark.parametrize("soort", FORMULIEREN)
def test_de_velden_van_de_deur_zijn_nederlands(soort, w, rf):
    from allauth.core import context  # noqa: PLC0415

    with context.request_context(rf.get("/")):
        velden = soort.base_fields
    zinnen = [
        zin
        for veld in velden.values()
        for zin in (veld.label or "", strip_tags(veld.help_text), *veld.error_messages.values())
    ]
    assert [zin for zin in map(vreemd, zinnen) if zin] == []


def test_de_velden_van_de_tweede_stap_zeggen_niets_vreemds():
    """Their labels are in our templates; what remains are the errors."""
    for soort in (
        mfa_forms.AuthenticateForm,
        mfa_forms.ReauthenticateForm,
        totp_forms.ActivateTOTPForm,
        herstel_forms.GenerateRecoveryCodesForm,
    ):
        zinnen = [zin for veld in soort.base_fields.values() for zin in veld.error_messages.values()]
        assert [zin for zin in map(vreemd, zinnen) if zin] == []


@pytest.mark.parametrize(
    ("pad", "velden"),
    [
        ("/accounts/password/change/", {"oldpassword": "fout", "password1": "kort", "password2": "anders"}),
        (
            "/accounts/password/change/",
            {"oldpassword": WACHTWOORD, "password1": "zeven-groene-fietsen", "password2": "anders"},
        ),
        ("/accounts/password/change/", {}),
        ("/accounts/reauthenticate/", {"password": "fout"}),
    ],
)
def test_de_paginas_van_het_wachtwoord_zijn_nederlands(w, pad, velden):
    client = Client()
    client.force_login(w.t1)
    html = client.post(pad, velden).content.decode().split("<main")[1].split("</main")[0]
    tekst = re.sub(r"<[^>]+>", " ", html)
    assert not vreemd(tekst)


def test_na_het_uitloggen_ben_je_uitgelogd(w):
    client = Client()
    client.force_login(w.t1)
    html = client.post("/uitloggen/", follow=True).content.decode()
    assert "Je bent uitgelogd" in html
    assert "afgemeld" not in html


@pytest.mark.parametrize(
    ("velden", "kop"),
    [
        ({"login": "", "password": ""}, "Dat lukte nog niet"),
        ({"login": "a@b.nl", "password": "x"}, "Dat lukte nog niet"),
    ],
)
def test_een_weigering_zonder_tekst_belooft_geen_tekst(w, velden, kop):
    html = Client().post("/inloggen/", velden).content.decode()
    assert kop in html
    assert "Je tekst staat er nog" not in html
    assert ("dit punt" in html) == bool(velden["login"])
