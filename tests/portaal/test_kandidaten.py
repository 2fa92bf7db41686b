"""The Kandidatenlijst: filters against a brute-force answer, and a spreadsheet of exactly what is filtered."""

import datetime as dt
import io

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from lms.kern import handelingen
from lms.kern.berichten import versturen
from lms.kern.models import Bericht, Beurt, Gebruiker, Traject
from lms.portaal.onderhoud import ronde
from tests.lezen import leesbaar


def als(gebruiker):
    client = Client()
    client.force_login(gebruiker)
    return client


def namen(antwoord):
    return [record.kandidaat.naam for record in antwoord.context["tabel"].page.object_list.data]


@pytest.fixture
def mensen(w):
    """People at several steps, one stopped, one in another region; names with letters that fold."""
    alle = [w.traject(tot) for tot in (0, 2, 3, 5, 6, 6)] + [w.traject(5, regio=w.zuid)]
    for traject, achternaam in zip(
        alle, ("Öz", "Bakker", "Wiśniewska", "Çelik", "de Boer", "Bakker", "Bakker"), strict=True
    ):
        persoon = traject.kandidaat
        handelingen.gegevens_wijzigen(persoon, door=persoon, voornaam=persoon.voornaam, achternaam=achternaam)
    handelingen.traject_stoppen(alle[1], door=alle[1].kandidaat)
    return alle


VRAGEN = [
    ("", lambda t: t.is_lopend), ("naam=bakker", lambda t: t.is_lopend and "Bakker" in t.kandidaat.naam),
    ("naam=oz", lambda t: t.kandidaat.achternaam == "Öz"), ("naam=WISNIEWSKA",
    lambda t: t.kandidaat.achternaam == "Wiśniewska"),
    ("stap=7", lambda t: t.is_lopend and t.stap == 7), ("stap=4", lambda t: t.is_lopend and t.stap == 4),
    ("aan_zet=trainer", lambda t: t.is_lopend and t.beurten.filter(rol="trainer").exists()),
    ("aan_zet=kandidaat", lambda t: t.is_lopend and t.beurten.filter(rol="kandidaat").exists()),
    ("gestopt=ja", lambda t: not t.is_lopend), ("stap=7&aan_zet=trainer&naam=bakker",
    lambda t: t.is_lopend and t.stap == 7 and "Bakker" in t.kandidaat.naam),
    ("naam=xyz", lambda t: False),
]  # fmt: skip


@pytest.mark.parametrize(("vraag", "hoort"), VRAGEN)
def test_filter_geeft_precies_wie_erbij_hoort_en_de_excel_ook(w, mensen, vraag, hoort):
    client = als(w.bureau)
    verwacht = sorted(t.kandidaat.naam for t in Traject.objects.select_related("kandidaat") if hoort(t))
    assert sorted(namen(client.get(f"/bureau/kandidaten/?{vraag}"))) == verwacht
    antwoord = client.get(f"/bureau/kandidaten/xlsx/?{vraag}")
    blad = load_workbook(io.BytesIO(b"".join(antwoord.streaming_content))).active
    kop, *rijen = blad.iter_rows(values_only=True)
    assert kop == ("Naam", "Stap", "Aan zet", "Groep", "Regio", "Wacht")
    assert sorted(rij[0] for rij in rijen) == verwacht


def test_regio_filter_en_eigen_rijen(w, mensen):
    noord, zuid = (namen(als(g).get("/regio/kandidaten/")) for g in (w.rm, w.rm2))
    assert (len(noord), len(zuid)) == (5, 1)
    assert namen(als(w.bureau).get(f"/bureau/kandidaten/?regio={w.zuid.pk}")) == zuid


@pytest.mark.parametrize(
    "vraag",
    [
        "stap=99",
        "stap=x",
        "regio=99999999",
        "aan_zet=%00",
        "page=0",
        "page=x",
        "sort=-bestaatniet",
        "naam=" + "x" * 5000,
        "stap=7&stap=3",
    ],
)
def test_kapotte_parameters_zijn_geen_fout(w, mensen, vraag):
    assert als(w.bureau).get(f"/bureau/kandidaten/?{vraag}").status_code == 200


def test_volgorde_op_stap(w, mensen):
    stappen = [
        r.stap for r in als(w.bureau).get("/bureau/kandidaten/?sort=-stap").context["tabel"].page.object_list.data
    ]
    assert stappen == sorted(stappen, reverse=True)


@pytest.fixture
def wachtenden(w, mensen):
    """The same people, whose turns began 0, 10, 20 … days ago."""
    nu = timezone.now()
    for nr, traject in enumerate(mensen):
        toen = nu - dt.timedelta(days=10 * nr, minutes=1)
        Beurt.objects.filter(traject=traject).update(sinds=toen)
        Traject.objects.filter(pk=traject.pk).update(stap_sinds=toen)
    return mensen


@pytest.mark.parametrize("dagen", [7, 14, 28, 90])
def test_wachten_filtert_op_de_oudste_open_beurt(w, wachtenden, dagen):
    grens = timezone.now() - dt.timedelta(days=dagen)
    vandaag = timezone.localdate()
    verwacht = [
        t
        for t in Traject.objects.lopend()
        if min((b.sinds for b in t.beurten.open_op(vandaag)), default=timezone.now()) <= grens
    ]
    assert sorted(namen(als(w.bureau).get(f"/bureau/kandidaten/?wacht={dagen}"))) == sorted(
        t.kandidaat.naam for t in verwacht
    )


def test_langst_wachtend_bovenaan(w, wachtenden):
    pagina = als(w.bureau).get("/bureau/kandidaten/?sort=sinds").context["tabel"].page.object_list.data
    assert [r.pk for r in pagina] == [t.pk for t in reversed(wachtenden) if t.pk != wachtenden[1].pk]


def test_groep_filtert_op_wie_er_nu_in_zit_en_een_trainer_kiest_uit_de_eigen_groepen(w, mensen):
    in_groep = Traject.objects.lopend().filter(deelnames__uitvoering=w.ek1, deelnames__afgemeld_om=None)
    assert sorted(namen(als(w.bureau).get(f"/bureau/kandidaten/?groep={w.ek1.pk}"))) == sorted(
        t.kandidaat.naam for t in in_groep
    )
    keuzes = als(w.t1).get("/trainer/kandidaten/").context["filter"].form.fields["groep"].choices
    assert {pk for pk, _ in keuzes} == {"", str(w.ek1.pk), str(w.ek2.pk)}
    # not a choice: no filter, no other people
    assert als(w.t1).get(f"/trainer/kandidaten/?groep={w.ek1b.pk}").status_code == 200


def test_stilgevallen_is_wie_de_laatste_herinnering_voorbij_liet_gaan(w, mensen):
    """Only candidates; trainers who are late are on another list. It is a list: nobody is stopped."""
    schrijft, leest = mensen[3], mensen[4]
    for traject in mensen:
        Beurt.objects.filter(traject=traject).update(uiterlijk_op=timezone.localdate() - dt.timedelta(days=27))
    assert namen(als(w.bureau).get("/bureau/kandidaten/?gestopt=stil")) == []
    Beurt.objects.filter(traject__in=[schrijft, leest]).update(
        uiterlijk_op=timezone.localdate() - dt.timedelta(days=28)
    )
    assert namen(als(w.bureau).get("/bureau/kandidaten/?gestopt=stil")) == [
        Gebruiker.objects.get(pk=schrijft.kandidaat_id).naam
    ]
    assert "Stilgevallen (1)" in leesbaar(als(w.bureau).get("/bureau/"))
    ronde()
    assert Traject.objects.get(pk=schrijft.pk).is_lopend


def test_stappen_in_een_oogopslag_met_woorden_bij_de_tekens(w):
    traject = w.traject(4)
    cel = str(als(w.bureau).get("/bureau/kandidaten/").context["tabel"].rows[0].get_cell("stap"))
    assert "5 van de 8" not in cel
    assert 'aria-label="4 van de 8 stappen klaar, nu stap 5 en 6"' in cel
    assert cel.count('class="klaar"') == 4
    assert cel.count('class="straks"') == 2
    regio = str(als(w.rm).get("/regio/kandidaten/").context["tabel"].rows[0].get_cell("stap"))
    assert 'aria-label="4 van de 8 stappen klaar, nu stap 5"' in regio
    assert traject.stap == 5


def test_wachten_van_een_regiomanager_telt_de_stap_en_niet_de_beurt(w):
    """The turns of step 7 change with what trainers do; the step does not."""
    traject = w.traject(6)
    Traject.objects.filter(pk=traject.pk).update(stap_sinds=timezone.now() - dt.timedelta(days=9))
    for sort in ("", "?sort=sinds", "?wacht=7"):
        rij = als(w.rm).get(f"/regio/kandidaten/{sort}").context["tabel"].rows[0]
        assert rij.get_cell("sinds") == "9 dagen"
    w.mening(traject, w.t1)
    w.mening(traject, w.t2, "past_niet")
    assert als(w.rm).get("/regio/kandidaten/").context["tabel"].rows[0].get_cell("sinds") == "9 dagen"


def samen(w, mensen, daad, client=None, **velden):
    velden = {"daad": daad, "kies": [t.pk for t in mensen], "verzoek_id": "een", "zeker": "ja", **velden}
    return (client or als(w.bureau)).post("/bureau/kandidaten/samen/", velden)


def test_uitnodigen_voor_meer_mensen_geeft_per_persoon_een_antwoord_en_een_keer_een_mail(w):
    nieuw, al_verder = w.traject(0), w.traject(2)
    client = als(w.bureau)
    vraag = samen(w, [nieuw, al_verder], "uitnodigen", client, zeker="")
    assert "Dit gaat over 2 mensen" in leesbaar(vraag)
    assert Traject.objects.get(pk=nieuw.pk).stap == 1  # only asked
    for _ in range(2):  # the second time nothing happens twice
        uitslag = samen(w, [nieuw, al_verder], "uitnodigen", client).context["uitslag"]
        assert [(t.pk, gelukt, zin) for t, gelukt, zin in uitslag] == [
            (nieuw.pk, True, "Gedaan."), (al_verder.pk, False, "Deze aanmelding is al beantwoord."),
        ]  # fmt: skip
    assert Traject.objects.get(pk=nieuw.pk).stap == 2
    assert Bericht.objects.filter(traject=nieuw, soort="beurt_bijeenkomst_kiezen").count() == 1


def test_plek_geven_aan_meer_mensen_stopt_bij_vol(w):
    een, twee = w.traject(3, naam="anna"), w.traject(3, naam="bram")
    groep = w.groep("EK1", 3, [w.t1, w.t2], capaciteit=1, over=20)
    assert "Kies een groep." in leesbaar(samen(w, [een, twee], "plaatsen"))
    uitslag = samen(w, [een, twee], "plaatsen", uitvoering=groep.pk).context["uitslag"]
    assert [zin for _, _, zin in uitslag] == ["Gedaan.", "Vol: op de wachtlijst gezet."]


def test_herinneren_hoogstens_een_keer_per_dag_en_alleen_wie_aan_de_beurt_is(w):
    schrijft, wacht = w.traject(5, naam="anna"), w.traject(6, naam="bram")
    uitslag = samen(w, [schrijft, wacht], "herinneren").context["uitslag"]
    assert [zin for _, _, zin in uitslag] == ["Gedaan.", "Deze kandidaat is nu niet aan de beurt."]
    assert [zin for _, _, zin in samen(w, [schrijft], "herinneren", verzoek_id="twee").context["uitslag"]] == [
        "Vandaag is er al een herinnering gestuurd."
    ]
    assert Bericht.objects.filter(soort="herinner").count() == 1


@pytest.mark.parametrize(
    "velden",
    [
        {"daad": ""},
        {"daad": "weg"},
        {"daad": "herinneren", "kies": ["x", "\x00", "9" * 30, "0"]},
        {"daad": "plaatsen", "uitvoering": "99999"},
    ],
)
def test_kapotte_keuze_doet_niets_en_is_geen_fout(w, velden):
    w.traject(0)
    assert samen(w, [], **({"kies": [Traject.objects.get().pk]} | velden)).status_code == 200
    assert Traject.objects.get().stap == 1


def test_mails_staan_in_het_dossier_voor_wie_het_mag_en_bij_de_kandidaat_alleen_wat_verstuurd_is(w, altijd_mail):
    traject = w.traject(6)
    mails = list(Bericht.objects.filter(aan=traject.kandidaat))
    assert len(mails) > 3
    for wie, deur, aantal in ((w.bureau, "bureau", len(mails)), (w.t1, "trainer", len(mails)), (w.rm, "regio", 0)):
        assert len(als(wie).get(f"/{deur}/kandidaten/{traject.pk}/").context.get("mails", [])) == aantal
    assert list(als(traject.kandidaat).get("/mijn/gebeurd/").context["mails"]) == []
    versturen()
    verstuurd = [m.onderwerp for m in als(traject.kandidaat).get("/mijn/gebeurd/").context["mails"]]
    assert "Je verslag is bij Trainer1 en Trainer2" in verstuurd
    assert all(verstuurd)
