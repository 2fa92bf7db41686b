"""Check pages: what was read through is what is sent, counted or printed.

A thing that changed in between is read again first.
"""

import re

import pytest
from django.test import Client

from certificering import handelingen as certificering
from certificering.models import Certificaat, Evaluatie, Scopeverslag
from lms.kern.handelingen import HANDELINGEN, Veranderd, gegevens_wijzigen
from selectie import handelingen as selectie
from selectie.models import Mening, Verslag
from tests.fabrieken import evaluatie_van, mening_van, verslag_van


class Pagina:
    def __init__(self, persoon, pad, **velden):
        self.client, self.pad, self.velden = Client(), pad, velden
        self.client.force_login(persoon)

    def openen(self):
        """The hidden fields of the form as the page shows it now."""
        html = self.client.get(self.pad).content.decode()
        deel = html[html.index(f'name="wat" value="{self.velden["wat"]}"') :] if "wat" in self.velden else html
        return {naam: re.search(rf'name="{naam}" value="([^"]*)"', deel).group(1) for naam in ("gezien",)}

    def sturen(self, verborgen):
        return self.client.post(self.pad, {**verborgen, **self.velden}, follow=True).content.decode()


def verslag(w):
    traject = w.traject(5)
    velden = {"conclusie": "past", "waarom": "omdat"}
    selectie.verslag_bewaren(traject, door=traject.kandidaat, velden=velden)

    def veranderen():
        selectie.verslag_bewaren(traject, door=traject.kandidaat, velden={"waarom": "iets heel anders"})

    pagina = Pagina(traject.kandidaat, "/mijn/verslag/nakijken/")
    return pagina, veranderen, lambda: Verslag.objects.filter(verstuurd_om__isnull=False).exists()


def verslag_andere_lezer(w):
    pagina, _, gedaan = verslag(w)
    traject = Verslag.objects.get().traject
    groep = traject.deelnames.get(soort="EK1").uitvoering

    def veranderen():
        rij = groep.trainerschappen.filter(tot=None).first()
        groep.trainerschappen.create(trainer=w.t3, van=rij.van)

    return pagina, veranderen, gedaan


def mening(w):
    traject = w.traject(6)
    rij = traject.verslagen.get()
    velden = {"mening": "past", "reactie": "Mooi verslag.", "notitie": "", "punten": {}}
    selectie.mening_bewaren(mening_van(traject, w.t1), door=w.t1, wijziging=0, **velden)

    def veranderen():
        selectie.mening_bewaren(mening_van(traject, w.t1), door=w.t1, wijziging=1, **{**velden, "mening": "past_niet"})

    pagina = Pagina(w.t1, f"/trainer/verslagen/{rij.pk}/nakijken/")
    return pagina, veranderen, lambda: Mening.objects.filter(trainer=w.t1, gegeven_om__isnull=False).exists()


def scopeverslag(w):
    traject = w.na_ek2()
    velden = {"herstel": True, "herstel_waarom": "Past bij mij.", "groep": False, "groep_waarom": ""}
    certificering.scopeverslag_bewaren(traject, door=traject.kandidaat, **velden)

    def veranderen():
        certificering.scopeverslag_bewaren(traject, door=traject.kandidaat, wijziging=1, **{**velden, "herstel": False})

    pagina = Pagina(traject.kandidaat, "/mijn/verslag-ek2/nakijken/")
    return pagina, veranderen, lambda: Scopeverslag.objects.filter(verstuurd_om__isnull=False).exists()


def akkoord(w):
    traject = w.traject(8)
    w.stemmen(traject)
    w.evaluatiegesprek(traject, "positief")

    def veranderen():
        Evaluatie.objects.update(afspraken="Heel andere afspraken")

    pagina = Pagina(traject.kandidaat, "/mijn/conferenties/1/", wat="akkoord", eens="ja")
    return pagina, veranderen, lambda: Evaluatie.objects.get().akkoord_om is not None


def afronden(w):
    traject = w.traject(8)
    w.stemmen(traject)
    w.evaluatiegesprek(traject, "positief")
    certificering.evaluatie_akkoord(evaluatie_van(traject), door=traject.kandidaat, eens=True)

    def veranderen():
        gegevens_wijzigen(traject.kandidaat, door=traject.kandidaat, naam_op_certificaat="Een Heel Andere Naam")

    pad = f"/regio/conferenties/{traject.conferenties.get().pk}/evaluatie/"
    return Pagina(w.rm, pad, wat="afronden"), veranderen, lambda: Certificaat.objects.exists()


def vervangen(w):
    traject = w.traject(9)

    def veranderen():
        gegevens_wijzigen(traject.kandidaat, door=traject.kandidaat, naam_op_certificaat="Een Heel Andere Naam")

    pad = f"/bureau/certificaten/{traject.certificaten.get().nummer}/"
    return (
        Pagina(w.bureau, pad, wat="vervangen", waarom="Getrouwd"),
        veranderen,
        lambda: Certificaat.objects.count() == 2,
    )


@pytest.mark.parametrize("geval", [verslag, verslag_andere_lezer, mening, scopeverslag, akkoord, afronden, vervangen])
def test_wat_na_het_nakijken_veranderde_wordt_eerst_weer_gelezen(w, geval):
    pagina, veranderen, gedaan = geval(w)
    oud = pagina.openen()
    veranderen()
    assert "Er is net iets veranderd" in pagina.sturen(oud)
    assert not gedaan()
    assert "Er is net iets veranderd" in pagina.sturen({})  # a page that shows nothing proves nothing
    pagina.sturen(pagina.openen())
    assert gedaan()


def test_elke_handeling_met_nakijken_heeft_hier_een_pagina():
    einden = {  # what hands on duties: tests/portaal/test_doorgeven.py and test_doorgeven_rollen.py
        "rol_beeindigen", "rollen_beeindigen", "trainersplek_beeindigen", "certificaat_beeindigen",
        "certificaat_intrekken", "registratiestand_zetten",
    }  # fmt: skip
    met = {naam for naam, act in HANDELINGEN.items() if act.regels.nagekeken} - einden
    assert met == {
        "verslag_sturen", "mening_geven", "mening_wijzigen", "scopeverslag_sturen", "evaluatie_akkoord",
        "evaluatie_afronden", "certificaat_vervangen",
    }  # fmt: skip


def test_de_handeling_zelf_vergelijkt_onder_het_slot(w):
    traject = w.traject(5)
    selectie.verslag_bewaren(traject, door=traject.kandidaat, velden={"conclusie": "past", "waarom": "omdat"})
    with pytest.raises(Veranderd):
        selectie.verslag_sturen(verslag_van(traject), door=traject.kandidaat, gezien="oud")
    selectie.verslag_sturen(
        verslag_van(traject),
        door=traject.kandidaat,
        gezien=selectie.verslag_sturen.afdruk(verslag_van(traject), traject.kandidaat),
    )
    assert traject.verslagen.get().verstuurd_om
