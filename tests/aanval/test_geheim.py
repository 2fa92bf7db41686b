"""Invariant 4: before release nothing of the trainers reaches the candidate, and nothing tells what they are doing."""

import datetime as dt
import re

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from certificering import handelingen as certificering
from cursus import handelingen as cursus
from lms.kern.berichten import opmaken
from lms.kern.handelingen import inzage_noteren, traject_stoppen
from lms.kern.models import Bericht, Rolvervulling
from selectie import handelingen
from selectie.models import Besluit, Gesprek, Mening
from tests.aanval.hulp import alle_adressen, gelezen, klant
from tests.fabrieken import besluit_van, dag_nr, dag_van, evaluatie_van, gesprek_van, mening_van, verslag_van

GEHEIM = ("kanarie-reactie", "kanarie-notitie", "kanarie-punt", "kanarie-concept", "kanarie-reden")
WOORDEN = ("wie-je-bent", "EK1", "verslag")


def nummers(w, *trajecten):
    """Every number somebody could guess: of all that hangs on these trajecten."""
    alle = {1, 2}
    for traject in trajecten:
        alle |= {traject.pk, traject.kandidaat_id}
        alle |= set(traject.verslagen.values_list("pk", flat=True))
        alle |= set(Gesprek.objects.filter(verslag__traject=traject).values_list("pk", flat=True))
        alle |= set(Bericht.objects.filter(traject=traject).values_list("pk", flat=True)[:3])
        alle |= set(traject.beurten.values_list("pk", flat=True))
    return sorted(alle | {w.ek1.pk})


def gelijk(client, begin, naam):
    """Nothing that could be read changed. The pages that were closed are looked at too, at the end of a walk."""
    adressen = [
        a for a, (status, _) in begin.items() if status == 200 or a.startswith("/mijn/") or naam.startswith("derde")
    ]
    nu = gelezen(client, adressen)
    assert [adres for adres in adressen if nu[adres] != begin[adres]] == [], naam


def lekken(gezien, geheim=GEHEIM):
    return sorted({(adres, woord) for adres, (_, tekst) in gezien.items() for woord in geheim if woord in tekst})


def mails_aan(persoon):
    return "\n".join(
        " ".join(opmaken(b)) + b.onderwerp
        for b in Bericht.objects.filter(aan=persoon).select_related("aan", "traject__kandidaat")
    )


def oneens(w, traject):
    """Both views given and different: in overleg."""
    w.mening(traject, w.t1, "past")
    w.mening(traject, w.t2, "past_niet")


def concept(traject, trainer):
    velden = {
        "mening": "past",
        "reactie": "kanarie-concept",
        "notitie": "kanarie-concept",
        "punten": {"V08": "kanarie-concept"},
    }
    wijziging = Mening.objects.gevraagd().get(verslag__traject=traject, trainer=trainer).wijziging
    handelingen.mening_bewaren(mening_van(traject, trainer), door=trainer, wijziging=wijziging, **velden)


class Stappen:
    """What trainers and bureau do between the sending and the release, one thing after the other."""

    def __init__(self, w, traject):
        self.w, self.t = w, traject
        self.verslag = traject.verslagen.get()

    def open(self, trainer):
        client = klant(trainer)
        assert client.get(f"/trainer/verslagen/{self.verslag.pk}/").status_code == 200

    def gelezen(self):
        self.open(self.w.t1)

    def nog_eens_gelezen(self):
        self.open(self.w.t1)
        self.open(self.w.t2)

    def concept(self):
        concept(self.t, self.w.t1)

    def een(self):
        self.w.mening(self.t, self.w.t1, "past")

    def teruggenomen(self):
        handelingen.mening_heropenen(mening_van(self.t, self.w.t1), door=self.w.t1, reden="kanarie-reden")

    def opnieuw_een(self):
        self.w.mening(self.t, self.w.t1, "past")

    def overleg(self):
        self.w.mening(self.t, self.w.t2, "past_niet")

    def gewijzigd_overleg(self):
        concept(self.t, self.w.t2)
        handelingen.mening_wijzigen(
            mening_van(self.t, self.w.t2),
            door=self.w.t2,
            mening="past_niet",
            reactie="kanarie-reactie",
            notitie="kanarie-notitie",
        )

    def derde_erbij(self):
        handelingen.trainer_toevoegen(
            verslag_van(self.t), door=self.w.bureau, trainer=self.w.t3, waarom="kanarie-reden"
        )

    def derde_leest(self):
        self.open(self.w.t3)
        inzage_noteren(self.t, door=self.w.t3, als="trainer", wat="cv")

    def derde_klaar(self):
        self.w.mening(self.t, self.w.t3, "past")


WAT_ER_GEBEURT = ("nog_eens_gelezen", "concept", "een", "teruggenomen", "opnieuw_een", "overleg", "gewijzigd_overleg")


def test_tot_het_besluit_is_er_aan_geen_enkele_pagina_iets_te_zien(w):
    """0, 1 and 2 views, a draft, in overleg, a third trainer asked, reading and ready: the candidate's pages,
    answers and mails stay the same.
    """
    traject = w.traject(6, conclusie="past")
    stap = Stappen(w, traject)
    stap.gelezen()  # from here on recalling is over: that is the one thing a candidate may notice
    adressen = alle_adressen(nummers(w, traject), WOORDEN)
    client = klant(traject.kandidaat)
    begin, mails = gelezen(client, adressen), mails_aan(traject.kandidaat)
    for naam in (*WAT_ER_GEBEURT, "derde_erbij", "derde_leest", "derde_klaar"):
        getattr(stap, naam)()
        gelijk(client, begin, naam)
        assert mails_aan(traject.kandidaat) == mails, naam
    assert not Besluit.objects.exists()


def test_ook_een_handeling_van_de_kandidaat_zegt_niet_hoe_ver_de_trainers_zijn(w):
    traject = w.traject(6)
    stap, client = Stappen(w, traject), klant(traject.kandidaat)
    stap.gelezen()
    posts = [
        f"/mijn/{pad}/"
        for pad in (
            "besluit",
            "besluit/andere-momenten",
            "besluit/afronden",
            "verslag/terughalen",
            "poort",
            "verslag/nakijken",
        )
    ]

    def antwoorden():
        return [
            (a.status_code, a.headers.get("Location"), gelezen(client, ["/mijn/"]))
            for a in (client.post(p) for p in posts)
        ]

    begin = antwoorden()
    for naam in ("een", "overleg", "derde_erbij"):
        getattr(stap, naam)()
        assert antwoorden() == begin, naam


@pytest.mark.parametrize("conclusie", ["past", "past_niet", "twijfel"])
def test_voor_de_vrijgave_leest_niemand_buiten_de_trainers_een_woord(w, conclusie):
    """The candidate, another candidate, regiomanagers, the bureau, an editor, a trainer of another group: all own
    addresses, all guessed numbers.
    """
    traject, ander = w.traject(6, conclusie=conclusie), w.traject(6)
    concept(traject, w.t1)
    oneens(w, traject)
    handelingen.trainer_toevoegen(verslag_van(traject), door=w.bureau, trainer=w.t3, waarom="kanarie-reden")
    adressen = alle_adressen(nummers(w, traject, ander), WOORDEN)
    for persoon in (
        (traject.kandidaat, ander.kandidaat, w.rm, w.bureau, None) if conclusie == "past" else (traject.kandidaat, w.rm)
    ):
        assert lekken(gelezen(klant(persoon), adressen)) == [], persoon
    for bericht in Bericht.objects.select_related("aan", "traject__kandidaat"):
        assert not [woord for woord in (*GEHEIM, "kanarie-waarom") if woord in " ".join(opmaken(bericht))]


def test_na_het_besluit_dat_verschilt_leest_de_kandidaat_nog_niets(w):
    """A gesprek is asked, planned, re-planned: no text and no side. Only its record releases."""
    traject = w.verschil(conclusie="past", mening="past_niet")
    adressen, client = alle_adressen(nummers(w, traject), WOORDEN), klant(traject.kandidaat)
    zijden = ("Trainers zeggen", "Past (nog) niet", "past (nog) niet")
    assert lekken(gelezen(client, adressen), GEHEIM + zijden) == []
    w.plan_gesprek(traject)
    assert lekken(gelezen(client, adressen), GEHEIM + zijden) == []
    assert lekken({"mail": (0, mails_aan(traject.kandidaat))}, GEHEIM + zijden) == []
    w.gesprek(traject, kandidaat="past", trainers="past_niet")
    na = gelezen(client, ["/mijn/besluit/"])["/mijn/besluit/"][1]
    assert [
        woord for woord in ("kanarie-reactie", "kanarie-punt") if woord not in na
    ] == []  # negative control: the walk would have seen it
    assert "kanarie-notitie" not in na


def test_na_het_gesprek_komt_er_geen_mening_bij_die_meteen_te_lezen_is(w):
    """What lay there before the record is released; a view that is changed or given after it would be read at once. The
    first decision stays where it is, the trainers propose what they say now.
    """
    traject = w.verschil(conclusie="past", mening="past_niet")
    w.plan_gesprek(traject)
    w.gesprek(traject, kandidaat="past", trainers="past_niet")
    w.herroep(besluit_van(traject), door=w.t1, reden="kanarie-reden")
    with pytest.raises(ValidationError, match="praatten er al samen over"):
        handelingen.besluit_herroepen(besluit_van(traject), door=w.t1, waarom="kanarie-reden")
    velden = {"mening": "past", "reactie": "kanarie-nieuw", "notitie": "kanarie-notitie"}
    with pytest.raises(ValidationError, match="als jullie in overleg zijn"):
        handelingen.mening_wijzigen(mening_van(traject, w.t1), door=w.t1, **velden)
    handelingen.trainer_toevoegen(traject.verslagen.get(), door=w.bureau, trainer=w.t3, waarom="Erbij.")
    with pytest.raises(ValidationError, match="eens bent met het voorstel"):
        handelingen.mening_geven(mening_van(traject, w.t3), door=w.t3, **velden)
    client = klant(traject.kandidaat)
    geheim = ("kanarie-nieuw", "kanarie-reden", "kanarie-notitie")
    assert lekken(gelezen(client, alle_adressen(nummers(w, traject), WOORDEN)), geheim) == []


def test_een_besluit_dat_voor_het_gesprek_terugging_geeft_nieuwe_meningen_niet_vrij(w):
    traject = w.verschil(conclusie="past", mening="past_niet")
    w.plan_gesprek(traject)
    w.herroep(besluit_van(traject), door=w.t1, reden="kanarie-reden")
    for trainer in (w.t1, w.t2):
        handelingen.mening_geven(mening_van(traject, trainer), door=trainer, mening="twijfel", reactie="kanarie-nieuw")
    assert Besluit.objects.geldig().get().vervolg == "gesprek"  # a new gesprek is asked
    client = klant(traject.kandidaat)
    adressen = alle_adressen(nummers(w, traject), WOORDEN)
    assert lekken(gelezen(client, adressen), (*GEHEIM, "kanarie-nieuw")) == []
    w.plan_gesprek(traject)
    w.gesprek(traject, kandidaat="past", trainers="past")
    assert "kanarie-nieuw" in gelezen(client, ["/mijn/besluit/"])["/mijn/besluit/"][1]


def test_het_blad_en_wat_wordt_aangevuld_zijn_er_voor_de_vrijgave_alleen_voor_de_trainers(w):
    """The addresses of the sheet, the additions and the reopening: closed to candidate, regiomanager and bureau;
    the trainers' own read them.
    """
    traject = w.verschil()
    gesprek, verslag = Gesprek.objects.get(), traject.verslagen.get()
    adressen = [f"/trainer/gesprekken/{gesprek.pk}/{wat}/" for wat in ("blad", "aanvullen")] + [
        f"/trainer/verslagen/{verslag.pk}/heropenen/"
    ]
    # the walks above pass here too
    assert [set(adressen) - set(alle_adressen(nummers(w, traject), WOORDEN))] == [set()]
    for persoon in (traject.kandidaat, w.rm, w.bureau, w.redacteur, w.t3, None):
        gezien = gelezen(klant(persoon), adressen)
        assert ([adres for adres, (status, _) in gezien.items() if status == 200], lekken(gezien)) == ([], []), persoon
    assert lekken(gelezen(klant(w.t1), adressen)) != []  # negative control
    w.plan_gesprek(traject)
    w.gesprek(traject, kandidaat="past", trainers="past_niet")
    handelingen.gesprek_aanvullen(gesprek, door=w.t1, tekst="kanarie-erbij", reden="kanarie-reden")
    assert "kanarie-erbij" in gelezen(klant(traject.kandidaat), ["/mijn/besluit/"])["/mijn/besluit/"][1]
    buiten = alle_adressen(nummers(w, traject), WOORDEN)
    for persoon in (w.rm, w.bureau, w.t3):
        assert lekken(gelezen(klant(persoon), buiten), (*GEHEIM, "kanarie-erbij")) == [], persoon


def test_alleen_het_verslag_van_het_gesprek_terugnemen_laat_staan_wat_al_gelezen_is(w):
    traject = w.verschil()
    w.plan_gesprek(traject)
    w.gesprek(traject, kandidaat="past", trainers="past_niet")
    w.herroep(besluit_van(traject), door=w.t1, reden="Verkeerd opgeschreven.")
    assert "kanarie-reactie" in gelezen(klant(traject.kandidaat), ["/mijn/besluit/"])["/mijn/besluit/"][1]


def test_na_de_vrijgave_staat_erbij_wie_keek(w):
    traject = w.traject(6)
    stap = Stappen(w, traject)
    stap.gelezen()
    stap.nog_eens_gelezen()
    client = klant(traject.kandidaat)
    assert "Trainer1 Jansen bekeek" not in gelezen(client, ["/mijn/gegevens/"])["/mijn/gegevens/"][1]
    w.mening(traject, w.t1)
    w.mening(traject, w.t2)
    assert "Trainer1 Jansen bekeek" in gelezen(client, ["/mijn/gegevens/"])["/mijn/gegevens/"][1]


# --- trainers among each other ----------------------------------------------------------------------------------------


def test_een_trainer_die_nog_niet_gaf_ziet_van_een_collega_alleen_klaar(w):
    traject = w.traject(6)
    verslag = traject.verslagen.get()
    adressen = alle_adressen(nummers(w, traject), WOORDEN)
    klant(w.t2).get(f"/trainer/verslagen/{verslag.pk}/")
    voor = gelezen(klant(w.t2), adressen)
    concept(traject, w.t1)
    na_concept = gelezen(klant(w.t2), adressen)
    anders = [a for a in adressen if na_concept[a] != voor[a] and a != f"/trainer/kandidaten/{traject.pk}/"]
    assert anders == []
    assert "werkte aan een mening" not in na_concept[f"/trainer/kandidaten/{traject.pk}/"][1]
    w.mening(traject, w.t1, "past")
    gezien = gelezen(klant(w.t2), adressen)
    assert lekken(gezien) == []
    assert "is klaar" in gezien[f"/trainer/verslagen/{verslag.pk}/"][1]
    w.mening(traject, w.t2, "past")
    assert lekken(gelezen(klant(w.t2), [f"/trainer/verslagen/{verslag.pk}/"])) != []  # negative control


def test_een_derde_trainer_begint_ook_blind(w):
    traject = w.traject(6)
    oneens(w, traject)
    handelingen.trainer_toevoegen(verslag_van(traject), door=w.bureau, trainer=w.t3, waarom="kanarie-reden")
    adressen = alle_adressen(nummers(w, traject), WOORDEN)
    assert lekken(gelezen(klant(w.t3), adressen)) == []
    assert lekken({"mail": (0, mails_aan(w.t3))}) == []


EK1_PAPIER = ("kanarie-waarom", "kanarie-voorbeeld", "kanarie-brief", "kanarie-cv", "Een goed gesprek", *GEHEIM)


def test_een_trainer_van_een_andere_groep_leest_niets(w):
    traject = w.traject(6)
    w.mening(traject, w.t1)
    assert lekken(gelezen(klant(w.t3), alle_adressen(nummers(w, traject), WOORDEN)), EK1_PAPIER) == []


def test_een_trainer_van_alleen_ek2_leest_niets_van_ek1(w):
    w.ek2.trainerschappen.create(trainer=w.t3)
    traject = w.na_ek2()
    gezien = gelezen(klant(w.t3), alle_adressen(nummers(w, traject), WOORDEN))
    assert gezien[f"/trainer/kandidaten/{traject.pk}/"][0] == 200
    assert lekken(gezien, EK1_PAPIER) == []


def test_een_gasttrainer_van_een_inhaaldag_ziet_naam_en_vinkje(w):
    traject = w.traject(3)
    cursus.deelname_aanvragen(traject, door=w.bureau, uitvoering=w.ek1)
    for dag, resultaat in zip(w.ek1.bijeenkomsten.order_by("nr"), ("ja", "nee", "ja"), strict=True):
        cursus.aanwezigheid_vastleggen(dag_van(traject, dag), door=w.bureau, resultaat=resultaat)
    cursus.dag_inhalen(dag_nr(traject, "EK1", 2), door=w.bureau, bijeenkomst=w.ek1b.bijeenkomsten.get(nr=2))
    handelingen.uitzoeken_noteren(traject, door=w.t1, tekst="Een goed gesprek.")
    adressen = alle_adressen([*nummers(w, traject), w.ek1b.pk], WOORDEN)
    gezien = gelezen(klant(w.t3), adressen)
    naam = traject.kandidaat.naam
    met_naam = sorted(adres for adres, (_, tekst) in gezien.items() if naam in tekst)
    groep = f"/trainer/groepen/{w.ek1b.pk}/"
    assert met_naam == [groep, f"{groep}dag/2/", f"{groep}lijst/"]  # also on the list to sign: name only
    assert lekken(gezien, (*EK1_PAPIER, traject.kandidaat.email)) == []
    assert gezien[f"/trainer/kandidaten/{traject.pk}/"][0] == 404


# --- one person, two roles
# ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rol", ["trainer", "bureau", "regiomanager"])
def test_wie_zelf_kandidaat_is_ziet_als_medewerker_niets_van_het_eigen_traject(w, rol):
    """Nobody acts or reads as staff on the own traject: no list, no message, no page tells about the trainers."""
    traject = w.traject(6)
    mens = traject.kandidaat
    Rolvervulling.objects.create(
        gebruiker=mens, rol=rol, regio=w.noord if rol == "regiomanager" else None, van=dt.date(2020, 1, 1)
    )
    if rol == "trainer":
        w.ek1.trainerschappen.create(trainer=mens)
    stap = Stappen(w, traject)
    stap.gelezen()
    adressen = alle_adressen(nummers(w, traject), WOORDEN)
    client = klant(mens)
    begin = gelezen(client, adressen)
    for naam in ("nog_eens_gelezen", "een", "overleg", "derde_erbij"):
        getattr(stap, naam)()
        gelijk(client, begin, naam)
    assert lekken(begin) == []


# --- what regiomanagers may not know
# -------------------------------------------------------------------------------------


def test_een_regiomanager_ziet_van_stap_7_geen_kant_en_geen_uitkomst(w):
    """Reading, in overleg, a gesprek on either side's turn, both no: only the step and "gesprek".

    The filter "aan zet" tells no sides either.
    """
    lezen = w.traject(6)
    overleg = w.traject(6)
    oneens(w, overleg)
    niet = w.traject(7, conclusie="past_niet", mening="past_niet")  # the candidate's turn: round off
    praten = w.verschil()
    kiezen = w.verschil()
    handelingen.gesprek_voorstellen(
        gesprek_van(kiezen), door=w.t1, momenten=[(timezone.now() + dt.timedelta(days=2), "Telefoon")]
    )
    client = klant(w.rm)

    def rijen(adres):
        tekst = gelezen(client, [adres])[adres][1]
        return {t.pk for t in (lezen, overleg, niet, praten, kiezen) if f"/regio/kandidaten/{t.pk}/" in tekst}

    for rol in ("kandidaat", "trainer", "regiomanager", "bureau"):
        gevonden = rijen(f"/regio/kandidaten/?aan_zet={rol}")
        assert gevonden in (set(), {lezen.pk, overleg.pk, niet.pk, praten.pk, kiezen.pk}), rol
    tekst = gelezen(client, ["/regio/kandidaten/"])["/regio/kandidaten/"][1]
    per_rij = [
        re.sub(r"<[^>]+>", " ", rij) for rij in re.findall(r"<tr.*?</tr>", tekst, re.S) if "Samen besluiten" in rij
    ]
    assert len(per_rij) == 5
    assert [
        woord for rij in per_rij for woord in ("Kandidaat ", "Trainers", "Bureau", "Niemand") if f" {woord}" in rij
    ] == []
    assert sum("Gesprek" in rij for rij in per_rij) == 2


def test_een_regiomanager_leest_niet_dat_beiden_nee_zeiden(w):
    """Stopped alone and rounded off together look the same before step 8."""
    samen, alleen = w.traject(7, conclusie="past_niet", mening="past_niet"), w.traject(6)
    handelingen.afronden_bevestigen(besluit_van(samen), door=samen.kandidaat)
    traject_stoppen(alleen, door=alleen.kandidaat)
    client = klant(w.rm)
    lijst = gelezen(client, ["/regio/kandidaten/?gestopt=ja"])["/regio/kandidaten/?gestopt=ja"][1]
    assert (lijst.count("Loopt niet meer"), "amen afgerond" in lijst) == (2, False)
    for traject in (samen, alleen):
        adres = f"/regio/kandidaten/{traject.pk}/"
        dossier = gelezen(client, [adres])[adres][1]
        assert ("Loopt niet meer" in dossier, "amen afgerond" in dossier) == (True, False)
    assert (
        "Samen afgerond"
        in gelezen(klant(w.bureau), ["/bureau/kandidaten/?gestopt=ja"])["/bureau/kandidaten/?gestopt=ja"][1]
    )


# --- the evaluation
# ------------------------------------------------------------------------------------------------------


def test_de_stem_van_de_regiomanager_wacht_op_elk_gesprek(w):
    """Also after the candidate disagreed: what the regiomanager writes anew waits for the new conversation."""
    traject = w.traject(8)
    adressen, client = [a for a in alle_adressen([1, 2], WOORDEN) if a.startswith("/mijn/")], klant(traject.kandidaat)
    w.stemmen(traject)
    assert lekken(gelezen(client, adressen), ("kanarie-regiomanager", "groeit")) == []
    w.evaluatiegesprek(traject)
    assert lekken(gelezen(client, adressen), ("kanarie-regiomanager",)) != []
    certificering.evaluatie_akkoord(
        evaluatie_van(traject), door=traject.kandidaat, eens=False, tekst="Zo was het niet."
    )
    certificering.evaluatie_regiomanager(
        evaluatie_van(traject), door=w.rm, taken={"T01": "bespreken"}, tekst="kanarie-tweede"
    )
    assert lekken(gelezen(client, adressen), ("kanarie-tweede",)) == []
    w.evaluatiegesprek(traject, derde="Iemand erbij")
    assert lekken(gelezen(client, adressen), ("kanarie-tweede",)) != []
