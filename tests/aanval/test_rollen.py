"""Sessions, roles and the two admins: what ended gives no rights, and nobody climbs."""

import datetime as dt

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from django.utils import timezone

from lms.kern.handelingen import rol_beeindigen, rol_geven, traject_stoppen
from lms.kern.handelingen.mensen import groepen_bijwerken
from lms.kern.models import Gebruiker, Rolvervulling
from tests.aanval.hulp import klant
from tests.fabrieken import WACHTWOORD, mening_van, persoon


@pytest.fixture
def beheer(w):
    for mens in (w.bureau, w.redacteur):
        groepen_bijwerken(mens)
    return Gebruiker.objects.create_superuser("beheer@demo.example", WACHTWOORD, voornaam="Bea", achternaam="Heerma")


def test_een_rol_die_vandaag_eindigt_geeft_vandaag_niets_meer(w):
    """In a session that was already open; also the Wagtail admin closes, and the menu follows."""
    traject = w.traject(6)
    paginas = {w.t1: "/trainer/", w.rm: "/regio/kandidaten/", w.bureau: "/bureau/"}
    groepen_bijwerken(w.bureau)
    klanten = {mens: klant(mens) for mens in paginas}
    tweede = persoon("tweede", "bureau")
    verslag = f"verslag_{mening_van(traject, w.t1).pk}"
    keuzes = {w.t1: {f"groep_{w.ek1.pk}": w.t3.pk, verslag: w.t3.pk}, w.rm: {f"regio_{w.noord.pk}": w.rm2.pk}}
    assert klanten[w.bureau].get("/beheer/").status_code == 200
    for mens, pad in paginas.items():
        assert klanten[mens].get(pad).status_code == 200
        klanten[mens].post("/account/rol/", {"rol": mens.rolvervullingen.get().rol})
        rol_beeindigen(mens.rolvervullingen.get(), door=tweede, overdracht=keuzes.get(mens))
        assert klanten[mens].get(pad).status_code == 403
        assert klanten[mens].get("/start/").url == "/mijn/"
        assert klanten[mens].get("/account/").status_code == 200
    assert klanten[w.t1].get(f"/trainer/verslagen/{traject.verslagen.get().pk}/").status_code == 403
    assert klanten[w.bureau].get("/beheer/").status_code == 403
    assert klanten[w.bureau].get("/beheer/uitvoering/").status_code == 403


def test_een_rol_met_een_einddatum_sluit_ook_wagtail_vanzelf(w):
    """A role with a date ahead ends by itself at that day: the group of the admin does not outlive it."""
    Rolvervulling.objects.filter(gebruiker__in=[w.bureau, w.redacteur]).update(
        tot=timezone.localdate() + dt.timedelta(days=1)
    )
    for mens in (w.bureau, w.redacteur):
        groepen_bijwerken(mens)
        assert klant(mens).get("/beheer/").status_code == 200
    Rolvervulling.objects.filter(gebruiker__in=[w.bureau, w.redacteur]).update(tot=timezone.localdate())
    for mens in (w.bureau, w.redacteur):
        assert klant(mens).get("/beheer/").status_code == 403, mens


def test_een_rol_die_nog_moet_beginnen_geeft_niets(w):
    mens = persoon("later")
    Rolvervulling.objects.create(gebruiker=mens, rol="bureau", van=timezone.localdate() + dt.timedelta(days=1))
    groepen_bijwerken(mens)
    assert [klant(mens).get(p).status_code for p in ("/bureau/", "/beheer/")] == [403, 403]


def test_wie_uit_staat_is_meteen_weg_en_komt_niet_binnen(w, mailoutbox):
    traject = w.traject(6)
    for mens, pad in ((w.t1, "/trainer/"), (traject.kandidaat, "/mijn/"), (w.bureau, "/bureau/")):
        client = klant(mens)
        assert client.get(pad).status_code == 200
        Gebruiker.objects.filter(pk=mens.pk).update(is_active=False)
        assert client.get(pad).url.startswith("/inloggen/")
        nieuw = klant()
        nieuw.post("/inloggen/", {"login": mens.email, "password": WACHTWOORD})
        assert nieuw.get(pad).url.startswith("/inloggen/")
        nieuw.post("/accounts/login/code/", {"email": mens.email})
        assert nieuw.get(pad).url.startswith("/inloggen/")


def test_een_gesloten_traject_is_te_lezen_en_nergens_te_veranderen(w):
    traject = w.traject(6)
    traject_stoppen(traject, door=traject.kandidaat)
    client = klant(traject.kandidaat)
    for pad in (
        "/mijn/",
        "/mijn/verslag/",
        "/mijn/besluit/",
        "/mijn/poort/",
        "/mijn/notities/",
        "/mijn/gegevens/",
        "/mijn/gebeurd/",
    ):
        assert client.get(pad).status_code == 200, pad
    voor = traject.journaal.count()
    for pad in (
        "/mijn/verslag/terughalen/",
        "/mijn/besluit/andere-momenten/",
        "/mijn/besluit/afronden/",
        "/mijn/notities/",
        "/mijn/poort/",
        "/mijn/stoppen/",
    ):
        assert client.post(pad, {"tekst": "x"}).status_code in (200, 302, 403), pad
    assert traject.journaal.count() == voor


@pytest.mark.parametrize(
    "rol", ["bureau", "trainer", "regiomanager", "redacteur", "coordinator", "systeem", "superuser", "\x00"]
)
def test_wissel_van_rol_geeft_nooit_een_recht(w, rol):
    client = klant(w.traject(6).kandidaat)
    assert client.post("/account/rol/", {"rol": rol}).status_code == 404
    sessie = client.session
    sessie["rol"] = rol  # as if it had been stored while the role still held
    sessie.save()
    assert [client.get(p).status_code for p in ("/bureau/", "/trainer/", "/regio/", "/bureau/mensen/")] == [403] * 4
    assert client.get("/mijn/").status_code == 200


def test_er_is_een_deur(w):
    """Wagtail's own login for readers, and both admins', lead to the one that counts tries."""
    for pad in ("/_util/login/", "/beheer/login/", "/beheer/django/login/", "/beheer/password_reset/"):
        client = klant()
        antwoord = client.post(pad, {"username": w.t1.email, "login": w.t1.email, "password": WACHTWOORD})
        assert antwoord.status_code in (302, 404), pad
        assert "_auth_user_id" not in client.session, pad


def test_een_andere_sessie_na_inloggen(w):
    client = klant()
    client.get("/aanmelden/")
    client.session["x"] = 1
    voor = client.session.session_key
    client.post("/inloggen/", {"login": w.t1.email, "password": WACHTWOORD})
    assert client.session.session_key != voor


# --- own account pages
# ----------------------------------------------------------------------------------------------------


def test_een_eigen_emailadres_verandert_alleen_via_het_bureau(w):
    """Somebody who could add an address could catch the code of a person who is not known yet."""
    traject = w.traject(2)
    client = klant(traject.kandidaat)
    for pad in ("/accounts/email/", "/accounts/signup/", "/beheer/account/"):
        client.post(pad, {"action_add": "", "email": "slachtoffer@demo.example", "password1": "een-lang-wachtwoord"})
    assert not EmailAddress.objects.filter(email="slachtoffer@demo.example").exists()
    traject.kandidaat.refresh_from_db()
    assert traject.kandidaat.email.startswith("kandidaat")


def test_wagtails_eigen_accountpagina_verandert_geen_persoon(beheer, w):
    """Name and address of a person change through acts, not through the admin's account page."""
    for mens in (w.bureau, w.redacteur, beheer):
        client = klant(mens)
        assert client.get("/beheer/account/").url == "/account/"
        client.post(
            "/beheer/account/",
            {
                "name_email-first_name": "X",
                "name_email-last_name": "Y",
                "name_email-email": "ander@demo.example",
                "email": "ander@demo.example",
            },
        )
        voor = mens.email, mens.voornaam
        mens.refresh_from_db()
        assert (mens.email, mens.voornaam) == voor


# --- the Wagtail admin
# ----------------------------------------------------------------------------------------------------


MENSEN = (
    "/beheer/users/", "/beheer/users/new/", "/beheer/users/edit/{pk}/", "/beheer/users/delete/{pk}/",
    "/beheer/users/history/{pk}/", "/beheer/users/copy/{pk}/",
    "/beheer/groups/", "/beheer/groups/new/",
)  # fmt: skip


def test_redacteur_en_bureau_komen_niet_bij_mensen_en_rechten(beheer, w):
    for mens in (w.redacteur, w.bureau):
        client = klant(mens)
        for pad in MENSEN:
            assert client.get(pad.format(pk=w.t1.pk)).status_code in (302, 403, 404), (mens, pad)
        for pad in (
            "/beheer/sites/",
            "/beheer/collections/",
            "/beheer/workflows/list/",
            "/beheer/reports/site-history/",
            "/beheer/django/",
            "/beheer/django/kern/gebruiker/",
        ):
            antwoord = client.get(pad)
            tekst = antwoord.content.decode() if antwoord.status_code == 200 else ""
            assert w.t1.email not in tekst, (mens, pad)
            assert w.rm.email not in tekst, (mens, pad)


def test_ook_een_superuser_verandert_mensen_en_groepen_niet_buiten_een_handeling_om(beheer, w):
    """Roles, people and the groups that follow from roles are written by acts; an admin that also writes them makes
    two truths.
    """
    client, groep = klant(beheer), Group.objects.get(name="Bureau")
    rechten = set(groep.permissions.values_list("pk", flat=True))
    for pad, velden in (
        ("/beheer/users/new/", {"email": "nieuw@demo.example", "first_name": "N", "last_name": "N",
        "password1": "een-lang-wachtwoord", "password2": "een-lang-wachtwoord", "is_superuser": "on"}),
        (f"/beheer/users/edit/{w.redacteur.pk}/", {"email": w.redacteur.email, "is_superuser": "on", "is_active": "on",
        "groups": [groep.pk]}),
        (f"/beheer/users/delete/{w.redacteur.pk}/", {}),
        (f"/beheer/groups/edit/{groep.pk}/", {"name": "Bureau",
        "permissions": list(Permission.objects.values_list("pk", flat=True)[:5])}),
        (f"/beheer/groups/delete/{groep.pk}/", {}),
        ("/beheer/django/auth/group/add/", {"name": "Sluiproute"}),
        (f"/beheer/django/account/emailaddress/{EmailAddress.objects.get(user=w.t1).pk}/change/",
        {"user": w.t1.pk, "email": "ander@demo.example", "verified": "on"}),
        (f"/beheer/django/account/emailaddress/{EmailAddress.objects.get(user=w.t1).pk}/delete/", {"post": "yes"}),
    ):  # fmt: skip
        assert client.post(pad, velden).status_code in (302, 403, 404, 405), pad
    assert not Gebruiker.objects.filter(email="nieuw@demo.example").exists()
    w.redacteur.refresh_from_db()
    assert (w.redacteur.is_superuser, list(w.redacteur.groups.values_list("name", flat=True))) == (False, ["Redactie"])
    groep.refresh_from_db()
    assert set(groep.permissions.values_list("pk", flat=True)) == rechten
    assert not Group.objects.filter(name="Sluiproute").exists()
    assert EmailAddress.objects.get(user=w.t1).email == w.t1.email


def test_djangos_beheer_leest_alleen_en_noemt_geen_inhoud(beheer, w):
    """Whatever model is in it: nothing to add, change or delete; letters, reports, views and passwords are not in
    it.
    """
    w.traject(7)
    client = klant(beheer)
    for model in admin.site._registry:
        naam = f"{model._meta.app_label}_{model._meta.model_name}"
        assert client.get(reverse(f"admin:{naam}_changelist")).status_code == 200, naam
        assert client.get(reverse(f"admin:{naam}_add")).status_code == 403, naam
        rij = model._default_manager.first()
        if rij is None:
            continue
        pad = reverse(f"admin:{naam}_change", args=[rij.pk])
        tekst = client.get(pad).content.decode()
        assert not [woord for woord in ("kanarie", "md5$", "pbkdf2", 'name="_save"') if woord in tekst], naam
        assert client.post(pad, {}).status_code == 403, naam
        assert client.post(reverse(f"admin:{naam}_delete", args=[rij.pk]), {"post": "yes"}).status_code == 403, naam
    for mens in (w.bureau, w.redacteur, w.t1):
        assert klant(mens).get("/beheer/django/").status_code == 403


def test_geen_model_van_een_persoon_is_een_snippet_of_in_wagtails_zoeken():
    from wagtail.search.index import class_is_indexed
    from wagtail.snippets.models import get_snippet_models

    eigen = [m for app in ("kern", "selectie", "certificering") for m in apps.get_app_config(app).get_models()]
    assert not set(eigen) & set(get_snippet_models())
    assert [m for m in eigen if class_is_indexed(m)] == []


def test_een_bureaumedewerker_geeft_zichzelf_geen_rol(w):
    """Nobody is the subject of the own act as staff; and a role with a made-up code does not exist."""
    assert (
        klant(w.bureau).post(f"/bureau/mensen/{w.bureau.pk}/", {"daad": "geven", "rol": "trainer"}).status_code == 404
    )
    with pytest.raises(Exception, match="hier niet doen"):
        rol_geven(w.bureau, door=w.bureau, rol="trainer")
    klant(w.bureau).post(f"/bureau/mensen/{w.t1.pk}/", {"daad": "geven", "rol": "superuser"})
    assert list(w.t1.rolvervullingen.values_list("rol", flat=True)) == ["trainer"]


# --- documents and pictures of the course
# ----------------------------------------------------------------------------------


def test_een_document_met_een_verborgen_verzameling_is_niet_openbaar(beheer, w):
    from django.core.files.base import ContentFile
    from wagtail.documents import get_document_model
    from wagtail.models import Collection, CollectionViewRestriction

    verborgen = Collection.get_first_root_node().add_child(name="Intern")
    CollectionViewRestriction.objects.create(collection=verborgen, restriction_type="login")
    document = get_document_model()(title="intern", collection=verborgen)
    document.file.save("intern.html", ContentFile(b"<script>alert(1)</script>"))
    antwoord = klant().get(document.url)
    assert (antwoord.status_code, "/inloggen/" in antwoord.headers.get("Location", "")) == (302, True)
    antwoord = klant(w.t1).get(document.url)
    assert antwoord["Content-Disposition"].startswith("attachment")
    assert (
        "script-src" in antwoord["Content-Security-Policy"]
        or "default-src 'none'" in antwoord["Content-Security-Policy"]
    )
    for sluit in antwoord._resource_closers:
        sluit()
    assert klant().get("/media/" + document.file.name).status_code == 404
