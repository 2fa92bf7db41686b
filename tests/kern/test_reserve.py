"""Strangers who ask for code after code keep nobody out: a network that did not ask for this address today has a
small share of its own.
"""

import re

import pytest
from django.test import Client

from lms.kern.bezoek import MAIL, RESERVE_PER_UUR
from tests.kern.test_deur import FOUT, inloggen, vergrendel
from tests.post import bezorgd

CODE, RESET = "/accounts/login/code/", "/accounts/password/reset/"


@pytest.fixture(autouse=True)
def _productie(settings):
    settings.BEZOEKERS_PER_ADRES = 1


def bestoken(wie, pad=CODE, keer=40):
    for nr in range(keer):
        Client(REMOTE_ADDR=f"10.9.0.{nr}").post(pad, {"email": wie.email})


@pytest.mark.parametrize("eigen", ["10.8.0.1", "2001:db8:7::1"])
def test_de_eigenaar_op_een_nieuw_toestel_komt_binnen_als_alles_vol_is(w, eigen):
    """A locked password and all codes and mails asked away by strangers; then the owner comes, with a browser that
    was never here.
    """
    vergrendel(w.t1, 8)
    bestoken(w.t1)
    bestoken(w.t1, RESET)
    voor = len(bezorgd())
    client = Client(REMOTE_ADDR=eigen)
    assert "Mail mij een code" in inloggen(client, w.t1, FOUT).content.decode()
    assert client.post(CODE, {"email": w.t1.email}).status_code == 302
    code = re.search(r"Je code is ([\w-]+)", bezorgd()[-1].body).group(1)
    assert client.post("/accounts/login/code/confirm/", {"code": code}).status_code == 302
    assert len(bezorgd()) == voor + 1
    assert client.get("/account/").status_code == 200


def test_een_netwerk_krijgt_een_keer_uit_de_reserve(w):
    bestoken(w.t1)
    voor = len(bezorgd())
    # one network twice, its neighbour, the network of the strangers
    for adres in ("10.8.0.1", "10.8.0.1", "10.8.0.77", "10.9.0.200"):
        Client(REMOTE_ADDR=adres).post(CODE, {"email": w.t1.email})
    for adres in ("2001:db8:7:1::1", "2001:db8:7:2::1"):  # one household can have a whole /48
        Client(REMOTE_ADDR=adres).post(CODE, {"email": w.t1.email})
    assert len(bezorgd()) == voor + 2


def test_ook_uit_veel_netwerken_wordt_niemands_mailbox_gevuld(w):
    for nr in range(120):
        Client(REMOTE_ADDR=f"10.{nr}.0.1").post(CODE, {"email": w.t1.email})
    assert len(bezorgd()) <= MAIL["code"][0] + RESERVE_PER_UUR


@pytest.mark.parametrize("pad", ["/inloggen/", CODE, RESET])
def test_elke_pagina_bij_de_deur_noemt_het_nummer(w, pad):
    assert "038 - 422 25 26" in Client().get(pad, follow=True).content.decode().split("<main")[1].split("</main")[0]
