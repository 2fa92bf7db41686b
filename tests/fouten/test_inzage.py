"""No header, method or format decides whether a look counts: who gets a text of somebody else on screen stands in
the journal.
"""

import re

import pytest
from django.db import transaction

from certificering import handelingen as certificering
from lms.kern.models import Bestand, Journaalregel, Rolvervulling
from selectie.models import Gesprek
from tests.aanval.hulp import klant, tekst_van
from tests.fabrieken import scopeverslag_van
from tests.lezen import leesbaar
from tests.rechten_tabel import ADRESSEN
from tests.rechten_wereld import ROLLEN, RechtenWereld
from tests.test_rechten import adres_van

KOPPEN = {
    "pagina": {},
    "fetch": {"HTTP_X_REQUESTED_WITH": "fetch"},
    "json": {"HTTP_ACCEPT": "application/json"},
    "htmx": {"HTTP_HX_REQUEST": "true"},
}
# brief, cv, verslag, mening, gesprek, thuisopdracht, gedeelde notitie, verslag na EK2, concept van het bureau, bestand
INHOUD = re.compile(
    "kanarie-(?:brief|cv|waarom|voorbeeld|punt|reactie|notitie|afspraak|opdracht|gedeeld|scope|concept)|%PDF-inhoud"
)
BLIK = ("inzage", "verslag_openen")


@pytest.fixture
def wereld(db):
    w = RechtenWereld()
    w.plan_gesprek(w.zaak)
    w.gesprek(w.zaak, kandidaat="past", trainers="past_niet")
    w.bestand.inhoud.storage.delete(w.bestand.inhoud.name)
    w.bestand.inhoud.save("cv", _bestand())
    return w


def _bestand():
    from django.core.files.base import ContentFile

    return ContentFile(b"%PDF-inhoud")


def _blikken(wie):
    return list(
        Journaalregel.objects.filter(door=wie, handeling__in=BLIK)
        .order_by("pk")
        .values_list("handeling", "traject", "als", "gegevens")
    )


def _bekeken(wereld, rol, adres, methode, kop):
    """(what stands in the answer, the lines it left) of one request, undone afterwards."""
    with transaction.atomic():
        voor = _blikken(wereld.mensen[rol])
        antwoord = getattr(wereld.client(rol), methode)(adres, **kop)
        tekst = tekst_van(antwoord)
        nieuw = _blikken(wereld.mensen[rol])[len(voor) :]
        transaction.set_rollback(True)
    return antwoord.status_code, sorted(set(INHOUD.findall(tekst))), nieuw


EIGEN_TEKST = "koc"  # the candidates and the coordinator, who read their own


def test_elke_pagina_met_een_tekst_van_een_ander_staat_in_het_journaal(wereld):
    """Every address × every staff role × page, fetch, json and htmx, by GET, HEAD and an empty POST: text of
    somebody else ⇒ a line in that role.
    """
    ongezien, gelezen, verschil = [], set(), []
    for naam, (argumenten, _, _) in sorted(ADRESSEN.items()):
        adres = adres_van(naam, argumenten, wereld)
        for rol in ROLLEN[1:]:
            if rol in EIGEN_TEKST:
                continue
            status, woorden, lijnen = _bekeken(wereld, rol, adres, "get", {})
            if woorden:
                gelezen.add(naam)
                for soort, kop in KOPPEN.items():
                    for methode in ("get", "head"):
                        als_pagina = _bekeken(wereld, rol, adres, methode, kop)
                        if als_pagina[2] != lijnen:
                            verschil.append((naam, rol, methode, soort, als_pagina[2]))
            if woorden and not lijnen:
                ongezien.append((naam, rol, woorden))
            if status == 200:
                _, woorden, lijnen = _bekeken(wereld, rol, adres, "post", {})
                if woorden and not lijnen:
                    ongezien.append((naam, rol, "post", woorden))
    assert (ongezien, verschil) == ([], [])
    assert {"trainer_verslag", "trainer_brief", "trainer_gesprek", "trainer_gesprek_blad", "trainer_gesprek_aanvullen",
    "trainer_opdracht", "trainer_scopeverslag",
            "bureau_aanmelding", "bureau_scope", "bureau_concept", "bureau_concept_wijzigen",
            "bestand"} <= gelezen  # fmt: skip


@pytest.mark.parametrize("kop", KOPPEN.values(), ids=KOPPEN)
@pytest.mark.parametrize("methode", ["get", "head"])
def test_elke_eerste_blik_opent_het_verslag(w, methode, kop):
    """Whatever asked for it: the candidate cannot take the report back after that."""
    traject = w.traject(6)
    verslag = traject.verslagen.get()
    getattr(klant(w.t1), methode)(f"/trainer/verslagen/{verslag.pk}/", **kop)
    verslag.refresh_from_db()
    assert (verslag.geopend_om is not None, [b[0] for b in _blikken(w.t1)]) == (True, ["verslag_openen"])


def test_een_concept_dat_zichzelf_bewaart_toont_niets_en_is_geen_blik(w):
    traject = w.traject(6)
    verslag = traject.verslagen.get()
    gegevens = {"mening": "twijfel", "reactie": "Even kijken.", "notitie": "", "wijziging": 0}
    antwoord = klant(w.t1).post(f"/trainer/verslagen/{verslag.pk}/", gegevens, HTTP_X_REQUESTED_WITH="fetch")
    assert (antwoord.status_code, sorted(antwoord.json()), INHOUD.findall(leesbaar(antwoord))) == (
        200,
        ["tekst", "wijziging"],
        [],
    )
    verslag.refresh_from_db()
    assert (verslag.geopend_om, _blikken(w.t1)) == (None, [])


def test_een_blik_is_in_de_rol_waarin_gekeken_werd(w):
    """Somebody with two roles: as trainer of the group, or as bureau of who is in another group."""
    Rolvervulling.objects.create(gebruiker=w.t1, rol="bureau", van="2020-01-01")
    eigen, ander = w.traject(6), w.traject(1)
    client = klant(w.t1)
    bestanden = [
        Bestand.objects.create(traject=t, soort="cv", naam="cv.pdf", mime="application/pdf", grootte=3)
        for t in (eigen, ander)
    ]
    for bestand in bestanden:
        bestand.inhoud.save("cv", _bestand())
        list(client.get(f"/bestand/{bestand.uuid}/"))
    client.get(f"/bureau/kandidaten/{eigen.pk}/aanmelding/")
    client.get(f"/trainer/kandidaten/{eigen.pk}/brief/")
    assert [(traject, als) for _, traject, als, _ in _blikken(w.t1)] == [
        (eigen.pk, "trainer"), (ander.pk, "bureau"), (eigen.pk, "bureau"), (eigen.pk, "trainer"),
    ]  # fmt: skip


def test_een_bestand_dat_er_niet_meer_is_is_geen_blik(w):
    traject = w.traject(6)
    bestand = Bestand.objects.create(
        traject=traject, soort="cv", naam="cv.pdf", mime="application/pdf", grootte=3, inhoud="weg/weg"
    )
    assert klant(w.t1).get(f"/bestand/{bestand.uuid}/").status_code == 404
    assert _blikken(w.t1) == []


def test_ook_met_de_klok_een_uur_terug_staat_elke_blik_er(w, time_machine):
    import datetime as dt

    from django.utils import timezone

    traject = w.traject(6)
    verslag = traject.verslagen.get()
    time_machine.move_to(timezone.now() - dt.timedelta(hours=1), tick=False)
    client = klant(w.t1)
    for _ in range(2):
        assert client.get(f"/trainer/verslagen/{verslag.pk}/").status_code == 200
    assert [b[0] for b in _blikken(w.t1)] == ["verslag_openen", "inzage"]
    verslag.refresh_from_db()
    assert verslag.geopend_om is not None


def test_de_reactie_op_een_verslag_na_ek2_die_niet_lukt_telt_ook(wereld):
    client = klant(wereld.t1)
    antwoord = client.post(f"/trainer/scopeverslagen/{wereld.scopeverslag_rij.pk}/", {})
    assert "kanarie-scope" in leesbaar(antwoord)
    assert len(_blikken(wereld.t1)) == 1
    certificering.scopeverslag_beantwoorden(scopeverslag_van(wereld.loopbaan), door=wereld.t1, tekst="Mooi.")
    assert Gesprek.objects.exists()
