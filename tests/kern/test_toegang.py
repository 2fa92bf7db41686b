"""Somebody's way in: one person of the bureau for others, two for the team, the server for who is alone."""

import datetime as dt

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from lms.kern import handelingen
from lms.kern.berichten import opmaken
from lms.kern.models import Bericht, Gebruiker, Journaalregel, Rolvervulling, Toegangsvoorstel
from tests.fabrieken import WACHTWOORD, persoon
from tests.lezen import leesbaar

NIEUW = "nieuw@demo.example"
SOORTEN = ("tweede_stap_weg", "adres_wijzigen", "blokkeren", "deblokkeren")


@pytest.fixture
def w(w):
    w.bureau2 = persoon("bureau2", "bureau")
    return w


def klaar_voor(mens, soort):
    """Make it possible: a second step to take away, a block to lift."""
    if soort == "tweede_stap_weg":
        Authenticator.objects.create(user=mens, type="totp", data={"secret": "x"})
    if soort == "deblokkeren":
        Gebruiker.objects.filter(pk=mens.pk).update(is_active=False)


def voorstellen(mens, soort, *, door, nieuw=NIEUW, reden="Telefoon kwijt, ik belde op het nummer dat we hadden."):
    nieuw = nieuw if soort == "adres_wijzigen" else ""
    return handelingen.toegang_voorstellen(mens, door=door, soort=soort, waarom=reden, nieuw_adres=nieuw)


def toestand(mens):
    mens = Gebruiker.objects.get(pk=mens.pk)
    adressen = list(EmailAddress.objects.filter(user=mens).values_list("email", flat=True))
    return (mens.email, mens.is_active, adressen, Authenticator.objects.filter(user=mens).count(), mens.sessiezout)


# --- how many people
# ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("soort", SOORTEN)
def test_over_een_kandidaat_is_een_medewerker_genoeg(w, soort):
    mens = w.traject(2).kandidaat
    klaar_voor(mens, soort)
    voor = toestand(mens)
    rij = voorstellen(mens, soort, door=w.bureau)
    na = toestand(mens)
    assert na[4] != voor[4]  # every session ends
    verwacht = {
        "tweede_stap_weg": (voor[0], True, voor[2], 0), "adres_wijzigen": (NIEUW, True, [NIEUW], 0),
        "blokkeren": (voor[0], False, voor[2], 0), "deblokkeren": (voor[0], True, voor[2], 0),
    }  # fmt: skip
    assert na[:4] == verwacht[soort]
    assert (rij.bevestigd_om is not None, rij.bevestigd_door) == (True, None)
    regels = Journaalregel.objects.filter(over=mens, handeling__startswith="toegang").values_list(
        "handeling", "als", "door"
    )
    assert sorted(regels) == [
        ("toegang_uitgevoerd", "bureau", w.bureau.pk),
        ("toegang_voorstellen", "bureau", w.bureau.pk),
    ]
    bericht = Bericht.objects.get(adres=verwacht[soort][0], soort=f"toegang_{soort}")
    assert "Klopt dit niet? Bel ons dan meteen" in opmaken(bericht)[1]


@pytest.mark.parametrize("soort", SOORTEN)
@pytest.mark.parametrize("wie", ["t1", "rm", "redacteur", "bureau2", "beheer"])
def test_over_iemand_van_het_team_beslissen_twee_mensen(w, soort, wie):
    w.beheer = Gebruiker.objects.create_superuser(
        "beheer@demo.example", WACHTWOORD, voornaam="Bea", achternaam="Heerma"
    )
    derde, mens = persoon("bureau3", "bureau"), getattr(w, wie)
    klaar_voor(mens, soort)
    voor = toestand(mens)
    rij = voorstellen(mens, soort, door=w.bureau)
    assert toestand(mens) == voor
    assert Bericht.objects.filter(adres=mens.email, soort="toegang_voorgesteld").count() == 1
    with pytest.raises(ValidationError, match="Een collega van het bureau bevestigt"):
        handelingen.toegang_bevestigen(mens, door=w.bureau, voorstel=rij.pk)
    if wie == "bureau2":
        with pytest.raises(PermissionDenied):
            handelingen.toegang_bevestigen(mens, door=mens, voorstel=rij.pk)
    assert toestand(mens) == voor
    handelingen.toegang_bevestigen(mens, door=derde, voorstel=rij.pk)
    assert toestand(mens) != voor
    rij.refresh_from_db()
    assert (rij.door, rij.bevestigd_door) == (w.bureau, derde)
    with pytest.raises(ValidationError, match="er niet meer"):
        handelingen.toegang_bevestigen(mens, door=derde, voorstel=rij.pk)


@pytest.mark.parametrize("wie", ["t1", "rm", "redacteur"])
def test_alleen_het_bureau_gaat_hierover(w, wie):
    mens, rij = w.traject(2).kandidaat, voorstellen(w.t2, "blokkeren", door=w.bureau)
    with pytest.raises(PermissionDenied):
        voorstellen(mens, "blokkeren", door=getattr(w, wie))
    for act in (handelingen.toegang_bevestigen, handelingen.toegang_intrekken):
        with pytest.raises(PermissionDenied):
            act(w.t2, door=getattr(w, wie), voorstel=rij.pk)


def test_niemand_doet_dit_bij_zichzelf(w):
    with pytest.raises(PermissionDenied):
        voorstellen(w.bureau, "blokkeren", door=w.bureau)
    for velden in ({"over": w.bureau, "door": w.bureau}, {"over": w.t1, "door": w.bureau, "bevestigd_door": w.bureau}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Toegangsvoorstel.objects.create(soort="blokkeren", tot=timezone.now(), reden="x", afdruk="x", **velden)


# --- no way around the second person
# ----------------------------------------------------------------------------------------------


def test_eerst_de_rol_eindigen_is_geen_omweg(w):
    """Ending the role of a colleague and taking the account over the same month still takes two."""
    handelingen.rol_beeindigen(w.t1.rolvervullingen.get(), door=w.bureau)
    voorstellen(w.t1, "adres_wijzigen", door=w.bureau)
    assert toestand(w.t1)[0] == "trainer1@demo.example"
    w.t1.rolvervullingen.update(tot=timezone.localdate() - dt.timedelta(days=31))
    voorstellen(w.t1, "adres_wijzigen", door=w.bureau)
    assert toestand(w.t1)[0] == NIEUW


def test_een_collega_voor_de_gelegenheid_bevestigt_niet(w):
    """Who makes a colleague today does not have a second pair of eyes by that."""
    rij = voorstellen(w.t1, "adres_wijzigen", door=w.bureau)
    nieuw = handelingen.medewerker_maken(
        door=w.bureau, voornaam="Nep", achternaam="Vos", email="nep@demo.example", rol="bureau"
    )
    with pytest.raises(ValidationError, match="nog geen week"):
        handelingen.toegang_bevestigen(w.t1, door=nieuw, voorstel=rij.pk)
    Rolvervulling.objects.filter(gebruiker=nieuw).update(van=timezone.localdate() - dt.timedelta(days=7))
    handelingen.toegang_bevestigen(w.t1, door=Gebruiker.objects.get(pk=nieuw.pk), voorstel=rij.pk)
    assert toestand(w.t1)[0] == NIEUW


def _ander_adres(w):
    Gebruiker.objects.filter(pk=w.t1.pk).update(email="anders@demo.example")


def _geblokkeerd(w):
    Gebruiker.objects.filter(pk=w.t1.pk).update(is_active=False)


def _nieuwe_stap(w):
    Authenticator.objects.create(user=w.t1, type="webauthn", data={"name": "x", "credential": {}})


def _voorsteller_weg(w):
    w.bureau.rolvervullingen.update(tot=timezone.localdate())


def _voorsteller_uit(w):
    Gebruiker.objects.filter(pk=w.bureau.pk).update(is_active=False)


def _verlopen(w):
    Toegangsvoorstel.objects.update(tot=timezone.now())


def _bezet(w):
    persoon("nieuw")


def _ingetrokken(w):
    handelingen.toegang_intrekken(w.t1, door=w.bureau2, voorstel=Toegangsvoorstel.objects.get().pk)


def _ingehaald(w):
    voorstellen(w.t1, "adres_wijzigen", door=w.bureau, nieuw="laatste@demo.example")


@pytest.mark.parametrize(
    "intussen",
    [
        _ander_adres,
        _geblokkeerd,
        _nieuwe_stap,
        _voorsteller_weg,
        _voorsteller_uit,
        _verlopen,
        _bezet,
        _ingetrokken,
        _ingehaald,
    ],
)
def test_wat_bevestigd_wordt_is_precies_wat_voorgesteld_was(w, intussen):
    rij = voorstellen(w.t1, "adres_wijzigen", door=w.bureau)
    intussen(w)
    voor = toestand(w.t1)
    with pytest.raises(ValidationError):
        handelingen.toegang_bevestigen(w.t1, door=w.bureau2, voorstel=rij.pk)
    assert toestand(w.t1) == voor


def test_een_voorstel_over_een_ander_past_niet(w):
    rij = voorstellen(w.t1, "blokkeren", door=w.bureau)
    with pytest.raises(ValidationError):
        handelingen.toegang_bevestigen(w.t2, door=w.bureau2, voorstel=rij.pk)
    assert (toestand(w.t1)[1], toestand(w.t2)[1]) == (True, True)


# --- refusals
# ---------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("soort", "velden", "zin"),
    [
        ("koning", {}, "Kies wat je wilt doen"), ("blokkeren", {"waarom": "  "}, "Schrijf op waarom"),
        ("blokkeren", {"waarom": "x" * 1001}, "te lang"),
        ("deblokkeren", {}, "Dat is al zo"), ("tweede_stap_weg", {}, "geen tweede stap"),
        ("adres_wijzigen", {"nieuw_adres": "geen adres"}, "Dit e-mailadres klopt niet"),
        ("adres_wijzigen", {"nieuw_adres": ""}, "Vul een e-mailadres in"),
        ("adres_wijzigen", {"nieuw_adres": "KANDIDAAT1@demo.example"}, "er al staat"),
        ("adres_wijzigen", {"nieuw_adres": "Trainer1@demo.example"}, "hoort al bij iemand anders"),
    ],
)  # fmt: skip
def test_wat_niet_kan_wordt_gezegd(w, soort, velden, zin):
    mens = w.traject(2).kandidaat
    voor = toestand(mens)
    with pytest.raises(ValidationError, match=zin):
        handelingen.toegang_voorstellen(mens, door=w.bureau, soort=soort, **{"waarom": "x", **velden})
    assert (toestand(mens), Toegangsvoorstel.objects.count()) == (voor, 0)


def test_een_mailserver_die_weigert_houdt_niets_tegen(w, settings, django_capture_on_commit_callbacks):
    settings.EMAIL_BACKEND = "tests.post.Kapot"
    mens = w.traject(2).kandidaat
    with django_capture_on_commit_callbacks(execute=True):
        voorstellen(mens, "adres_wijzigen", door=w.bureau)
    assert toestand(mens)[0] == NIEUW


def test_wie_geen_adres_had_krijgt_er_een(w):
    mens = Gebruiker.objects.create(voornaam="Op", achternaam="Papier")
    voorstellen(mens, "adres_wijzigen", door=w.bureau)
    assert toestand(mens)[:3] == (NIEUW, True, [NIEUW])


# --- the pages
# --------------------------------------------------------------------------------------------------------------------


def klant(mens):
    client = Client()
    client.force_login(mens)
    return client


def test_de_paginas_van_voorstel_tot_bevestiging(w):
    een, twee, zelf = klant(w.bureau), klant(w.bureau2), klant(w.t1)
    pad = f"/bureau/mensen/{w.t1.pk}/toegang/adres_wijzigen/"
    assert "E-mailadres veranderen" in leesbaar(een.get(f"/bureau/mensen/{w.t1.pk}/"))
    velden = {"nieuw_adres": NIEUW, "waarom": "kanarie-reden"}
    nakijken = leesbaar(een.post(pad, {**velden, "daad": "nakijken"}))
    assert "Trainer1 Jansen logt dan in met nieuw@demo.example" in nakijken
    assert "Trainer1 hoort bij het team. Daarom bevestigt een collega" in nakijken
    assert Toegangsvoorstel.objects.count() == 0
    assert een.post(pad, {**velden, "daad": "doen", "verzoek_id": "v1"}).url == f"/bureau/mensen/{w.t1.pk}/"
    een.post(pad, {**velden, "daad": "doen", "verzoek_id": "v1"})
    rij = Toegangsvoorstel.objects.get()
    assert "er wacht één voorstel" in leesbaar(twee.get("/bureau/"))
    assert "E-mailadres veranderen: Trainer1 Jansen" in leesbaar(twee.get("/bureau/toegang/"))
    assert "Jij stelde dit voor" in leesbaar(een.get(f"/bureau/toegang/{rij.pk}/"))
    assert "Een collega van het bureau bevestigt" in leesbaar(
        een.post(f"/bureau/toegang/{rij.pk}/", {"daad": "bevestigen"})
    )
    assert "kanarie-reden" in leesbaar(twee.get(f"/bureau/toegang/{rij.pk}/"))
    assert twee.post(f"/bureau/toegang/{rij.pk}/", {"daad": "bevestigen"}).url == f"/bureau/mensen/{w.t1.pk}/"
    assert toestand(w.t1)[0] == NIEUW
    assert zelf.get("/trainer/").url.startswith("/inloggen/")
    assert "er wacht" not in leesbaar(twee.get("/bureau/"))
    assert "Bevestigd door Bureau2 Jansen" in leesbaar(twee.get(f"/bureau/toegang/{rij.pk}/"))


def test_wie_het_betreft_ziet_het_voorstel_niet(w):
    derde = persoon("bureau3", "bureau")
    rij = voorstellen(derde, "blokkeren", door=w.bureau)
    client = klant(derde)
    assert client.get(f"/bureau/toegang/{rij.pk}/").status_code == 404
    assert (
        "er wacht" in leesbaar(client.get("/bureau/")),
        "Bureau3" in leesbaar(client.get("/bureau/toegang/")).split("<main")[1],
    ) == (False, False)


def test_een_soort_die_er_niet_is_is_er_niet(w):
    assert klant(w.bureau).get(f"/bureau/mensen/{w.t1.pk}/toegang/koning/").status_code == 404
    assert klant(w.bureau).get("/bureau/mensen/987654321/toegang/blokkeren/").status_code == 404


def test_intrekken(w):
    rij = voorstellen(w.t1, "blokkeren", door=w.bureau)
    klant(w.bureau2).post(f"/bureau/toegang/{rij.pk}/", {"daad": "intrekken"})
    assert (Toegangsvoorstel.objects.open().count(), toestand(w.t1)[1]) == (0, True)


# --- the server
# -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("optie", "soort"),
    [
        (["--tweede-stap-weg"], "tweede_stap_weg"),
        (["--adres", NIEUW], "adres_wijzigen"),
        (["--blokkeren"], "blokkeren"),
        (["--deblokkeren"], "deblokkeren"),
    ],
)
def test_vanaf_de_opdrachtregel(w, optie, soort):
    klaar_voor(w.bureau, soort)
    voor = toestand(w.bureau)
    call_command("toegang", "Bureau@demo.example", *optie, verbosity=0)
    assert toestand(w.bureau) != voor
    regel = Journaalregel.objects.get(over=w.bureau, handeling="toegang_uitgevoerd")
    assert (regel.als, regel.door, regel.gegevens) == ("systeem", None, {"soort": soort})
    assert Bericht.objects.filter(adres=toestand(w.bureau)[0], soort=f"toegang_{soort}").exists()


@pytest.mark.parametrize(
    "opdracht",
    [
        ["niemand@demo.example", "--blokkeren"],
        ["bureau@demo.example"],
        ["bureau@demo.example", "--adres", "trainer1@demo.example"],
        ["bureau@demo.example", "--adres", "x", "--blokkeren"],
    ],
)
def test_de_opdrachtregel_zegt_wat_niet_kan(w, opdracht):
    with pytest.raises(CommandError):
        call_command("toegang", *opdracht)
    assert toestand(w.bureau)[:2] == ("bureau@demo.example", True)


def test_een_collega_voor_de_gelegenheid_stelt_ook_niet_voor(w):
    """The other order: one person makes a second bureau account, lets that one propose, and confirms oneself."""
    nieuw = persoon("nieuweling")
    handelingen.rol_geven(nieuw, door=w.bureau, rol="bureau")
    rij = voorstellen(w.t1, "blokkeren", door=nieuw)
    with pytest.raises(ValidationError, match="werkt nog geen week"):
        handelingen.toegang_bevestigen(w.t1, door=w.bureau, voorstel=rij.pk)
    w.t1.refresh_from_db()
    assert w.t1.is_active
