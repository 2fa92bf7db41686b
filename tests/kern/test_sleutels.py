"""Passkeys on an authenticator in software: a question is answered once, for what it was asked and by whom; alone
only with a key made for that, verified.
"""

import base64
import hashlib
import json
import os
import re
import time

import allauth
import pytest
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.contrib.auth import SESSION_KEY
from django.db import transaction
from django.test import Client
from fido2 import cbor

from lms.kern.models import Gebruiker
from tests.fabrieken import WACHTWOORD

STAP = "/account/tweede-stap/"
CODE, MAKEN, NOG_EENS, INLOGGEN = (
    STAP + "code/",
    STAP + "sleutels/nieuw/",
    STAP + "sleutels/nog-eens/",
    STAP + "sleutels/inloggen/",
)
STAAT = "mfa.webauthn.state"  # allauth's one entry in the session, for every question
AANWEZIG, GEVERIFIEERD, MET_SLEUTEL = 1, 4, 64  # flags of what an authenticator signs


def _b64(waarde):
    return base64.urlsafe_b64encode(waarde).rstrip(b"=").decode()


class Sleutel:
    """A key of which we choose whether it says that its person was verified, and of whom it says it is."""

    def __init__(self, mens):
        self.geheim, self.nummer, self.van, self.keer = ec.generate_private_key(ec.SECP256R1()), os.urandom(16), mens, 0

    def _zegt(self, soort, vraag, **antwoord):
        gegevens = json.dumps(
            {"type": soort, "challenge": vraag["publicKey"]["challenge"], "origin": "http://testserver"}
        ).encode()
        inhoud = {naam: _b64(waarde) for naam, waarde in antwoord.pop("inhoud")(gegevens).items()}
        basis = {
            "id": _b64(self.nummer),
            "rawId": _b64(self.nummer),
            "type": "public-key",
            "clientExtensionResults": {},
            **antwoord,
        }
        return json.dumps({**basis, "response": {"clientDataJSON": _b64(gegevens), **inhoud}})

    def _gegevens(self, vlaggen, uv):
        return (
            hashlib.sha256(b"testserver").digest()
            + bytes([vlaggen | (GEVERIFIEERD if uv else 0)])
            + self.keer.to_bytes(4, "big")
        )

    def maakt(self, vraag, uv=True, **erbij):
        """What a browser sends when this key is made; `erbij` goes with it."""
        punt = self.geheim.public_key().public_numbers()
        cose = {1: 2, 3: -7, -1: 1, -2: punt.x.to_bytes(32, "big"), -3: punt.y.to_bytes(32, "big")}
        kaart = bytes(16) + len(self.nummer).to_bytes(2, "big") + self.nummer + cbor.encode(cose)
        data = self._gegevens(AANWEZIG | MET_SLEUTEL, uv) + kaart
        return self._zegt(
            "webauthn.create",
            vraag,
            inhoud=lambda _: {"attestationObject": cbor.encode({"fmt": "none", "attStmt": {}, "authData": data})},
            **{"clientExtensionResults": {"credProps": {"rk": True}}, **erbij},
        )

    def toont(self, vraag, uv=True):
        """What a browser sends when this key answers a question."""
        self.keer += 1
        data = self._gegevens(AANWEZIG, uv)

        def inhoud(gegevens):
            teken = self.geheim.sign(data + hashlib.sha256(gegevens).digest(), ec.ECDSA(hashes.SHA256()))
            return {"authenticatorData": data, "signature": teken, "userHandle": user_pk_to_url_str(self.van).encode()}

        return self._zegt("webauthn.get", vraag, inhoud=inhoud)


@pytest.fixture(autouse=True)
def aan(settings, monkeypatch):
    """As in test_tweede_stap: required here, and what waits for a commit runs at once."""
    settings.LMS_TWEEDE_STAP = True
    monkeypatch.setattr(transaction, "on_commit", lambda functie, **opties: functie())


def ingelogd(mens, client=None):
    """A browser in which somebody typed address and password."""
    client = client or Client()
    client.post("/inloggen/", {"login": mens.email, "password": WACHTWOORD})
    return client


def vraag_op(blad):
    gegevens = json.loads(
        re.search(r'<script id="js_data" type="application/json">(.*?)</script>', blad.content.decode(), re.S).group(1)
    )
    return gegevens.get("request_options") or gegevens["creation_options"]


def vraag_van(client, pad):
    """The question on a page, or (at the login door) the one that a button asks for."""
    if pad == INLOGGEN:
        return client.get(pad, headers={"accept": "application/json"}).json()["request_options"]
    return vraag_op(client.get(pad))


def formulier(alleen, gezegd):
    """The form in which a key is made; with `alleen` to log in with it alone."""
    return {"name": "Sleutel", "credential": gezegd} | ({"passwordless": "on"} if alleen else {})


def gemaakt(mens, alleen=True, **opties):
    """A key that somebody made through the pages. The browser is thrown away."""
    client, sleutel = ingelogd(mens), Sleutel(mens)
    assert (
        client.post(MAKEN, formulier(alleen, sleutel.maakt(vraag_van(client, MAKEN), **opties))).url
        == STAP + "herstelcodes/"
    )
    return sleutel


def van_vroeger(mens, uv):
    """A key from before keys carried what they were made for."""
    sleutel = Sleutel(mens)
    kaart = json.loads(sleutel.maakt({"publicKey": {"challenge": "AA"}}, uv=uv))
    Authenticator.objects.create(user=mens, type="webauthn", data={"name": "Oud", "credential": kaart})
    return sleutel


def wie(client):
    """The person of this browser, or None."""
    return Gebruiker.objects.filter(pk=client.session.get(SESSION_KEY)).first()


def vragen_in(client):
    """What stands in the session about a question to a key."""
    return {naam: waarde for naam, waarde in client.session.items() if "webauthn" in naam or "sleutel" in naam}


def antwoord(client, pad, credential):
    """Send what a key said. Never an error of ours."""
    gekomen = client.post(pad, {"credential": credential})
    assert gekomen.status_code in (200, 302)
    return gekomen


def zin(client, pad="/inloggen/"):
    return client.get(pad).content.decode()


# --- which question, which key, which door
# ---------------------------------------------------------------------------------


def _tweede_stap(client, a):
    return vraag_van(ingelogd(a, client), CODE)


def _tweede_stap_en_weg(client, a):
    vraag = _tweede_stap(client, a)
    client.get("/inloggen/?anders=1")
    return vraag


def _tweede_stap_en_uit(client, a):
    vraag = _tweede_stap(client, a)
    client.post("/accounts/logout/", {"next": "/inloggen/"})
    return vraag


def _tweede_stap_en_opnieuw(client, a):
    vraag = _tweede_stap_en_weg(client, a)
    ingelogd(a, client)
    return vraag


def _inloggen(client, a):
    return vraag_van(client, INLOGGEN)


def _inloggen_en_wachtwoord(client, a):
    vraag = _inloggen(client, a)
    ingelogd(a, client)
    return vraag


VRAGEN = [
    _tweede_stap,
    _tweede_stap_en_weg,
    _tweede_stap_en_uit,
    _tweede_stap_en_opnieuw,
    _inloggen,
    _inloggen_en_wachtwoord,
]
GOED = {
    (_tweede_stap, CODE, "t1", True): "t1",
    (_inloggen, INLOGGEN, "t1", True): "t1",
    (_inloggen, INLOGGEN, "t3", True): "t3",
}


@pytest.mark.parametrize("uv", [True, False])
@pytest.mark.parametrize("van", ["t1", "t3"])
@pytest.mark.parametrize("deur", [CODE, INLOGGEN])
@pytest.mark.parametrize("vraag", VRAGEN)
def test_een_vraag_geldt_voor_wat_en_wie_ze_gesteld_is(w, vraag, deur, van, uv):
    """Every order: only the own key, verified, at the door where the question was asked, opens; and then for its
    own person only.
    """
    sleutels = {naam: gemaakt(getattr(w, naam)) for naam in ("t1", "t3")}
    client = Client()
    antwoord(client, deur, sleutels[van].toont(vraag(client, w.t1), uv=uv))
    binnen = GOED.get((vraag, deur, van, uv))
    assert wie(client) == (getattr(w, binnen) if binnen else None)
    assert (client.get("/trainer/").status_code == 200) == bool(binnen)


@pytest.mark.parametrize("uv", [True, False])
@pytest.mark.parametrize("weg", ["/inloggen/?anders=1", "/accounts/login/code/?anders=1"])
def test_met_de_vraag_van_een_eigen_account_gaat_de_deur_van_een_ander_niet_open(w, weg, uv):
    """How it was found: a candidate with a key of their own, and somebody else's key that was lying around."""
    kandidaat = w.traject(2).kandidaat
    gemaakt(kandidaat, alleen=False)
    gevonden, client = gemaakt(w.t3), ingelogd(kandidaat)
    vraag = vraag_van(client, CODE)
    client.get(weg)
    antwoord(client, INLOGGEN, gevonden.toont(vraag, uv=uv))
    assert wie(client) is None
    assert "Begin opnieuw" in zin(client)


def test_wie_een_wachtende_login_loslaat_laat_ook_de_vraag_los(w):
    gemaakt(w.t1)
    for los in (lambda c: c.get("/inloggen/?anders=1"), lambda c: c.post("/accounts/logout/")):
        client = ingelogd(w.t1)
        vraag_van(client, CODE)
        assert STAAT in client.session
        los(client)
        assert vragen_in(client) == {}


# --- only what was made for it, and verified
# -----------------------------------------------------------------------------------


def _voor_de_tweede_stap(mens):
    return gemaakt(mens, alleen=False)


def _met_een_eigen_merk(mens):
    """A browser that says about the key what only the form may say."""
    return gemaakt(mens, alleen=False, alleen_inloggen=True)


def _van_vroeger(mens):
    return van_vroeger(mens, uv=True)


def _van_vroeger_en_nooit_herkend(mens):
    return van_vroeger(mens, uv=False)


@pytest.mark.parametrize(
    "maken", [_voor_de_tweede_stap, _met_een_eigen_merk, _van_vroeger, _van_vroeger_en_nooit_herkend]
)
def test_een_sleutel_voor_de_tweede_stap_logt_niet_alleen_in(w, maken):
    sleutel, client = maken(w.t3), Client()
    antwoord(client, INLOGGEN, sleutel.toont(vraag_van(client, INLOGGEN)))
    assert wie(client) is None
    assert "Met alleen deze sleutel kun je niet inloggen" in zin(client)
    antwoord(client, CODE, sleutel.toont(_tweede_stap(client, w.t3)))
    assert wie(client) == w.t3


@pytest.mark.parametrize("alleen", [True, False])
def test_een_sleutel_die_zijn_mens_niet_kent_wordt_niet_gemaakt(w, alleen):
    client, sleutel = ingelogd(w.t3), Sleutel(w.t3)
    blad = client.post(MAKEN, formulier(alleen, sleutel.maakt(vraag_van(client, MAKEN), uv=False)))
    assert "Dat lukte niet met deze sleutel" in blad.content.decode()
    assert not Authenticator.objects.filter(user=w.t3).exists()
    # the page that says so asks a question that can be answered
    assert client.post(MAKEN, formulier(alleen, sleutel.maakt(vraag_op(blad)))).url == STAP + "herstelcodes/"


def test_ook_om_het_nog_eens_te_laten_zien_is_een_sleutel_in_handen_niet_genoeg(w, time_machine):
    sleutel, client = gemaakt(w.t1), Client()
    antwoord(client, INLOGGEN, sleutel.toont(vraag_van(client, INLOGGEN)))
    time_machine.move_to(time.time() + 400)
    for uv in (False, True):
        antwoord(client, NOG_EENS, sleutel.toont(vraag_van(client, NOG_EENS), uv=uv))
        assert (client.get(STAP + "herstelcodes/").status_code == 200) == uv


def test_wie_de_sleutel_niet_herkende_komt_niet_binnen_ook_als_de_vraag_dat_liet_lopen(w, settings):
    """Our own look at what the key signed; the question of allauth is only the first."""
    settings.MFA_WEBAUTHN_USER_VERIFICATION = "preferred"
    sleutel, client = gemaakt(w.t1), Client()
    antwoord(client, CODE, sleutel.toont(_tweede_stap(client, w.t1), uv=False))
    assert wie(client) is None
    client = ingelogd(w.t3)
    client.post(MAKEN, formulier(False, Sleutel(w.t3).maakt(vraag_van(client, MAKEN), uv=False)))
    assert not Authenticator.objects.filter(user=w.t3).exists()


@pytest.mark.parametrize("pad", [CODE, NOG_EENS, INLOGGEN, MAKEN])
def test_elke_vraag_vraagt_om_vinger_gezicht_of_pincode(w, pad):
    sleutel, client = gemaakt(w.t1), Client()
    if pad == CODE:
        ingelogd(w.t1, client)
    elif pad != INLOGGEN:
        antwoord(client, INLOGGEN, sleutel.toont(vraag_van(client, INLOGGEN)))
    vraag = vraag_van(client, pad)["publicKey"]
    assert vraag.get("authenticatorSelection", vraag)["userVerification"] == "required"


# --- other questions, once, and not for ever
# ------------------------------------------------------------------------------------


def binnen_met(sleutel):
    client = Client()
    antwoord(client, INLOGGEN, sleutel.toont(vraag_van(client, INLOGGEN)))
    assert wie(client) == sleutel.van
    return client


def test_de_vraag_om_een_sleutel_te_maken_laat_niet_zien_wie_je_bent(w, time_machine):
    sleutel = gemaakt(w.t1)
    client = binnen_met(sleutel)
    vraag = vraag_van(client, MAKEN)
    time_machine.move_to(time.time() + 400)
    antwoord(client, NOG_EENS, sleutel.toont(vraag))
    assert client.get(STAP + "herstelcodes/").status_code == 302


@pytest.mark.parametrize("pad", [MAKEN, NOG_EENS])
def test_een_vraag_gaat_niet_mee_naar_een_ander(w, pad, time_machine):
    """What stood in the session of one person is no question to the other."""
    een, ander = gemaakt(w.t1), gemaakt(w.t3)
    bron, doel = binnen_met(een), binnen_met(ander)
    vraag, sessie = vraag_van(bron, pad), doel.session
    sessie.update(vragen_in(bron))
    sessie.save()
    if pad == MAKEN:
        doel.post(pad, {"name": "x", "credential": Sleutel(w.t3).maakt(vraag)})
        assert Authenticator.objects.filter(user=w.t3, type="webauthn").count() == 1
    else:
        time_machine.move_to(time.time() + 400)
        antwoord(doel, pad, ander.toont(vraag))
        assert doel.get(STAP + "herstelcodes/").status_code == 302


def test_een_vraag_waarvan_niet_staat_waarvoor_ze_is_geldt_nergens(w):
    """A page of allauth that asks without noting it: what stood there for another question does not count for this
    one.
    """
    sleutel, client = gemaakt(w.t1), Client()
    vraag = vraag_van(client, INLOGGEN)
    sessie = client.session
    vraag["publicKey"]["challenge"] = _b64(b"een andere vraag, van 32 tekens..")
    sessie[STAAT] = {"challenge": vraag["publicKey"]["challenge"], "user_verification": "required"}
    sessie.save()
    antwoord(client, INLOGGEN, sleutel.toont(vraag))
    assert wie(client) is None


def test_op_een_vraag_past_een_antwoord(w):
    """A wrong answer uses it up too."""
    een, ander, client = gemaakt(w.t1), gemaakt(w.t3), Client()
    vraag = vraag_van(client, INLOGGEN)
    ander.van = w.t1
    for sleutel in (ander, een):
        antwoord(client, INLOGGEN, sleutel.toont(vraag))
        assert wie(client) is None


def test_een_antwoord_werkt_ook_in_een_kopie_van_de_sessie_niet_nog_eens(w):
    """Two at the same moment each have the question in their hands: one of them is let in."""
    sleutel, een, twee = gemaakt(w.t1), Client(), Client()
    gezegd = sleutel.toont(vraag_van(een, INLOGGEN))
    twee.get("/inloggen/")
    vraag_van(twee, INLOGGEN)
    sessie = twee.session
    sessie.update(vragen_in(een))
    sessie.save()
    for client, binnen in ((een, w.t1), (twee, None)):
        antwoord(client, INLOGGEN, gezegd)
        assert wie(client) == binnen


def test_een_vraag_van_lang_geleden_geldt_niet_meer(w, time_machine):
    sleutel, client = gemaakt(w.t1), Client()
    for seconden, binnen in ((4000, None), (600, w.t1)):
        vraag = vraag_van(client, INLOGGEN)
        time_machine.move_to(time.time() + seconden)
        antwoord(client, INLOGGEN, sleutel.toont(vraag))
        assert wie(client) == binnen


def test_van_allauth_gebruiken_we_het_binnenwerk_van_deze_versie(w):
    """The entry in the session and the functions of lms.kern.sleutels.

    Another version: look again, then change the number.
    """
    from allauth.mfa.webauthn.internal.auth import STATE_SESSION_KEY, clear_state, get_state  # noqa: F401

    assert (allauth.__version__, STATE_SESSION_KEY) == ("65.21.1", STAAT)
    client = Client()
    vraag = vraag_van(client, INLOGGEN)
    assert client.session[STAAT] == {"challenge": vraag["publicKey"]["challenge"], "user_verification": "required"}
    gemaakt(w.t1)
    assert set(Authenticator.objects.get(user=w.t1, type="webauthn").data) == {"name", "credential"}
