"""Django's admin and Wagtail's: what may be seen is on a list, and who looked stands in the journal."""

import re

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import IntegrityError, models, transaction
from wagtail.models import Page, ReferenceIndex

from certificering import handelingen as certificering
from cursus.models import Belnotitie, Inlevering, LesPagina, Notitie
from lms.kern.models import Journaalregel
from lms.portaal.admin import TE_ZIEN
from selectie import handelingen as selectie
from selectie.models import Gesprek
from tests.aanval.hulp import klant, tekst_van
from tests.fabrieken import mening_van, scopeverslag_van
from tests.lezen import leesbaar
from tests.rechten_wereld import RechtenWereld

EIGEN = ("kern", "cursus", "selectie", "certificering")


def eigen_modellen():
    return [m for app in EIGEN for m in apps.get_app_config(app).get_models() if not issubclass(m, Page)]


def tekstvelden(model):
    """Every field that can hold a text: free text, JSON and file names."""
    soorten = models.CharField | models.TextField | models.JSONField | models.FileField
    return [v for v in model._meta.concrete_fields if isinstance(v, soorten) and not v.choices]


class Kanaries:
    """A word of its own in every text field of every row there is; `van` tells which field a word belongs to."""

    def __init__(self):
        self.van, self.niet = {}, set()
        for model in eigen_modellen():
            for rij in model._base_manager.order_by("pk")[:3]:
                for veld in tekstvelden(model):
                    self._plant(model, rij, veld)

    def _plant(self, model, rij, veld):
        woord = f"Zq{len(self.van):04d}x"
        lengte = veld.max_length or 99
        if lengte < len(woord) or veld.name in ("password", "code", "nummer"):  # too short; or a key that pages look up
            self.niet.add((model._meta.label, veld.name))
            return
        waarde = (
            {"x": woord}
            if isinstance(veld, models.JSONField)
            else f"{woord}@demo.example".lower()
            if isinstance(veld, models.EmailField)
            else woord
        )
        try:
            with transaction.atomic():
                model._base_manager.filter(pk=rij.pk).update(**{veld.attname: waarde})
        except IntegrityError:
            self.niet.add((model._meta.label, veld.name))
            return
        self.van[woord.lower()] = (model._meta.label, veld.name)

    def gevonden(self, tekst):
        return {self.van[woord] for woord in re.findall(r"zq\d{4}x", tekst.lower()) if woord in self.van}


@pytest.fixture
def wereld(db):
    w = RechtenWereld()
    w.plan_gesprek(w.zaak)
    w.gesprek(w.zaak, kandidaat="past", trainers="past_niet")
    selectie.gesprek_aanvullen(Gesprek.objects.get(pk=w.gesprek_rij.pk), door=w.t1, tekst="x", reden="y")
    open_zaak = w.traject(6)
    w.mening(open_zaak, w.t1)
    selectie.mening_heropenen(mening_van(open_zaak, w.t1), door=w.t1, reden="x")  # a view that was withdrawn
    Belnotitie.objects.create(traject=w.zaak, door=w.bureau, tekst="x", gesproken_op="2026-01-05")
    Notitie.objects.create(traject=w.zaak, les=w.thuisles, soort="EK1", vraag="", tekst="x")
    certificering.scopeverslag_beantwoorden(scopeverslag_van(w.loopbaan), door=w.t1, tekst="x")
    w.kanaries = Kanaries()
    return w


NODIG = {
    "cursus.Inlevering.tekst", "cursus.Notitie.tekst", "cursus.Belnotitie.tekst", "selectie.Meningversie.reactie",
    "selectie.Gesprekaanvulling.tekst",
    "selectie.Brief.motivatie", "selectie.Brief.cv", "selectie.Verslag.waarom", "selectie.Antwoord.tekst",
    "selectie.Mening.reactie", "selectie.Puntreactie.tekst",
    "selectie.Gesprek.afspraken", "selectie.Uitzoeknotitie.tekst", "selectie.Aanmeldconcept.gegevens",
    "selectie.Aanmeldbrief.tekst", "kern.Bestand.naam",
    "certificering.Scopeverslag.herstel_waarom", "certificering.Scopereactie.tekst",
    "certificering.Evaluatie.kandidaat_tekst", "kern.Gebruiker.telefoon",
}  # fmt: skip


def _adressen():
    """Every page of Django's admin, by what is registered: list, first rows, history."""
    yield "/beheer/django/"
    for app in EIGEN:
        yield f"/beheer/django/{app}/"
    for model in eigen_modellen():
        pad = f"/beheer/django/{model._meta.app_label}/{model._meta.model_name}/"
        yield pad
        yield f"{pad}add/"
        for pk in model._base_manager.order_by("pk").values_list("pk", flat=True)[:3]:
            for wat in ("change", "history", "delete"):
                yield f"{pad}{pk}/{wat}/"


def test_django_beheer_toont_alleen_wat_op_de_lijst_staat(wereld):
    """A word in every text field of every model: on any page only those of listed fields; a new model or field is
    not there by itself.
    """
    kanaries = wereld.kanaries
    geplant = {f"{label}.{veld}" for label, veld in kanaries.van.values()}
    assert NODIG - geplant == set()
    client, gezien, pagina_s = klant(wereld.beheer), set(), 0
    for adres in _adressen():
        antwoord = client.get(adres)
        pagina_s += antwoord.status_code == 200
        gezien |= kanaries.gevonden(tekst_van(antwoord))
    lijst = {(label, veld) for label, velden in TE_ZIEN.items() for veld in velden}
    assert gezien - lijst == set()
    assert pagina_s > 60
    op_lijst = {(label, veld) for label, veld in kanaries.van.values()} & lijst
    assert op_lijst - gezien == set()  # what is listed is really shown: the list is the truth


def test_elk_model_buiten_de_lijst_is_er_niet(wereld):
    client = klant(wereld.beheer)
    geregistreerd = {model._meta.label for model in admin.site._registry}
    assert geregistreerd == set(TE_ZIEN)
    for model in eigen_modellen():
        adres = f"/beheer/django/{model._meta.app_label}/{model._meta.model_name}/"
        assert (client.get(adres).status_code == 200) == (model._meta.label in TE_ZIEN), adres


def test_geen_vraag_over_een_verborgen_veld(wereld):
    """?veld__startswith=a answers yes or no: that would tell a text letter by letter."""
    client = klant(wereld.beheer)
    for vraag in ("kern/gebruiker/?password__startswith=md5", "certificering/conferentie/?telt_reden__contains=Zq",
    "kern/gebruiker/?telefoon__startswith=Z",
                  "selectie/aanmelding/?brief__motivatie__contains=Zq", "kern/traject/?verslagen__waarom__contains=Zq",
                  "kern/gebruiker/?q=Zq", "kern/gebruiker/?o=99"):  # fmt: skip
        antwoord = client.get(f"/beheer/django/{vraag}")
        assert antwoord.status_code in (200, 302, 400), vraag
        if "__" in vraag:
            assert antwoord.status_code == 400 or "e=1" in antwoord.url, vraag


def _blikken(wie):
    return list(
        Journaalregel.objects.filter(door=wie, handeling="inzage").order_by("pk").values_list("als", "over", "gegevens")
    )


@pytest.mark.parametrize("kop", [{}, {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"}, {"HTTP_ACCEPT": "application/json"}])
@pytest.mark.parametrize("methode", ["get", "head"])
def test_elke_blik_in_django_beheer_staat_in_het_journaal(wereld, methode, kop):
    """A list, a row and its history: one line each, as beheer; the person of the row reads who looked."""
    client, traject = klant(wereld.beheer), wereld.zaak
    for adres in (
        "kern/traject/",
        f"kern/traject/{traject.pk}/change/",
        f"kern/gebruiker/{traject.kandidaat_id}/change/",
        f"kern/traject/{traject.pk}/history/",
        "kern/traject/0/change/",
    ):
        getattr(client, methode)(f"/beheer/django/{adres}", **kop)
    rij = {"wat": "beheer", "model": "kern.Traject", "pk": traject.pk}
    assert _blikken(wereld.beheer) == [
        ("beheer", None, {"wat": "beheer", "model": "kern.Traject"}),
        ("beheer", traject.kandidaat_id, rij),
        ("beheer", traject.kandidaat_id, {"wat": "beheer", "model": "kern.Gebruiker", "pk": traject.kandidaat_id}),
        ("beheer", traject.kandidaat_id, rij),
    ]
    assert "Bea Heerma bekeek je gegevens in het beheer" in leesbaar(klant(traject.kandidaat).get("/mijn/gegevens/"))


def test_wie_geen_superuser_is_kijkt_niet_en_schrijft_niets_op(wereld):
    for wie in (wereld.bureau, wereld.redacteur, wereld.t1):
        assert klant(wie).get(f"/beheer/django/kern/traject/{wereld.zaak.pk}/change/").status_code == 403
        assert _blikken(wie) == []


# --- Wagtail ----------------------------------------------------------------------------------------------------------

WAGTAIL = (
    "/beheer/", "/beheer/reports/site-history/", "/beheer/reports/locked/", "/beheer/reports/aging-pages/",
    "/beheer/reports/page-types-usage/", "/beheer/reports/workflow/",
    "/beheer/reports/workflow_tasks/", "/beheer/search/?q=Zq", "/beheer/pages/search/?q=Zq", "/beheer/images/",
    "/beheer/documents/", "/beheer/forms/",
    "/beheer/uitvoering/", "/beheer/locatie/", "/beheer/settings/cursus/contactgegevens/", "/beheer/profielcodes/",
)  # fmt: skip


@pytest.mark.parametrize("rol", ["e", "b", "B"])
def test_wagtail_toont_geen_tekst_van_mensen(wereld, rol):
    """Reports, search, and "used in" of every page: nothing that somebody wrote, and not who wrote at a lesson."""
    ReferenceIndex.objects.all().delete()
    for rij in [*Notitie.objects.all(), *Inlevering.objects.all()]:
        rij.save()
    client = klant(wereld.mensen[rol])
    lessen = [
        adres
        for pk in LesPagina.objects.values_list("pk", flat=True)[:4]
        for adres in (f"/beheer/pages/{pk}/usage/", f"/beheer/pages/{pk}/history/", f"/beheer/pages/{pk}/edit/")
    ]
    gelukt = 0
    mag = {("cursus.Contactgegevens", v) for v in ("telefoon", "email", "website", "openingstijden")} | {
        ("cursus.Uitvoering", "titel"), ("cursus.Uitvoering", "wie_zoeken_we"),
        *(("cursus.Locatie", v) for v in ("naam", "plaats", "adres", "ov", "parkeren", "lunch")),
        ("kern.Regio", "naam"), ("kern.Gebruiker", "voornaam"), ("kern.Gebruiker", "email"),
        ("kern.Gebruiker", "achternaam"),
        ("kern.Gebruiker", "tussenvoegsel"),
    }  # fmt: skip
    for adres in (*WAGTAIL, *lessen, f"/beheer/pages/{wereld.thuisles.pk}/usage/"):
        antwoord = client.get(adres)
        gelukt += antwoord.status_code == 200
        tekst = tekst_van(antwoord)
        assert wereld.kanaries.gevonden(tekst) - mag == set(), adres
        if "/usage/" in adres:
            assert ("otitie" in tekst, "nlevering" in tekst) == (False, False), adres
    assert gelukt > 10


def test_wat_mensen_schrijven_staat_niet_in_de_lijst_van_verwijzingen(wereld):
    eigen = {
        m._meta.label for m in ReferenceIndex.tracked_models if m._meta.app_label in EIGEN and not issubclass(m, Page)
    }
    assert eigen <= {"cursus.Contactgegevens", "cursus.Veiligheidsafspraken"}
