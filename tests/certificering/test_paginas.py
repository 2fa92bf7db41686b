"""The pages over HTTP: who sees what, what a form does, what odd input gives."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from certificering import handelingen as H
from certificering.models import Certificaat, Conferentie, Evaluatie, Registratiestand
from tests.certificering.hulp import stuur, tekst
from tests.fabrieken import evaluatie_van, registratie_van, scopeverslag_van

VANDAAG = timezone.localdate


# --- the whole way, by form -------------------------------------------------------------------------------------------


def test_from_gate_to_certificate_in_the_browser(w, als):
    t = w.traject(7)
    w.poort(t)
    vragen = reverse("regio_conferentie_vragen", args=[t.pk])
    antwoord = als(w.rm).post(
        vragen, {"referentie": "EKC-77", "variant": "familie", "ingeschakeld_op": VANDAAG()}, follow=True
    )
    rij = Conferentie.objects.get()
    assert antwoord.redirect_chain[-1][0] == reverse("regio_conferentie", args=[rij.pk])
    mijn, regio, evaluatie = (
        reverse("mijn_conferentie", args=[1]),
        reverse("regio_conferentie", args=[rij.pk]),
        reverse("regio_evaluatie", args=[rij.pk]),
    )
    antwoord = stuur(
        als(t.kandidaat), mijn, "vastleggen", uitkomst="met_plan", gehouden_op=VANDAAG(), kring=9, uren="22,5"
    )
    assert "Bewaard" in tekst(antwoord)
    stuur(als(w.rm), regio, "tellen", telt_mee="ja")
    stuur(als(t.kandidaat), mijn, "terugblik", tekst="Ik moest op mijn handen zitten.", taak_T01="gedaan")
    stuur(als(w.rm), evaluatie, "stem", tekst="kanarie-rm", taak_T01="groeit")
    stuur(als(w.rm), evaluatie, "gesprek", gesprek_op=VANDAAG(), voorstel="positief")
    stuur(als(t.kandidaat), mijn, "akkoord", eens="ja")
    antwoord = stuur(als(w.rm), evaluatie, "afronden")
    certificaat = Certificaat.objects.get()
    assert "De evaluatie is afgerond" in tekst(antwoord)
    pagina = tekst(als(t.kandidaat).get(reverse("mijn_certificaat")))
    assert certificaat.nummer in pagina
    pdf = als(t.kandidaat).get(reverse("mijn_certificaat_pdf"))
    assert (pdf["Content-Type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")


def test_regiomanagers_part_waits_for_the_conversation(w, als):
    """Invariant 4: the text is there and must not reach any page of the candidate before the talk is recorded."""
    t = w.traject(8)
    w.stemmen(t)
    paden = [reverse("mijn_conferenties"), reverse("mijn_conferentie", args=[1]), reverse("mijn_certificaat")]
    for pad in paden:
        pagina = als(t.kandidaat).get(pad)
        assert pagina.status_code == 200
        assert "kanarie-regiomanager" not in pagina.content.decode()
        assert "groeit" not in pagina.content.decode().lower()
    w.evaluatiegesprek(t)
    pagina = tekst(als(t.kandidaat).get(paden[1]))
    assert "kanarie-regiomanager" in pagina
    assert "kanarie-afspraak" in pagina


def test_regiomanager_reads_the_candidate_after_the_own_voice(w, als):
    t = w.traject(8)
    H.evaluatie_kandidaat(evaluatie_van(t), door=t.kandidaat, taken={}, tekst="kanarie-kandidaat")
    adres = reverse("regio_evaluatie", args=[t.conferenties.get().pk])
    assert "kanarie-kandidaat" not in tekst(als(w.rm).get(adres))
    stuur(als(w.rm), adres, "stem", tekst="Mijn eigen kijk.")
    assert "kanarie-kandidaat" in tekst(als(w.rm).get(adres))


def test_bureau_sees_where_the_evaluation_stands_not_what_was_written(w, als):
    t = w.traject(8)
    w.stemmen(t)
    w.evaluatiegesprek(t, "nog_niet")
    adres = reverse("regio_evaluatie", args=[t.conferenties.get().pk])
    pagina = tekst(als(w.bureau).get(adres))
    assert "leest nu wat jullie bespraken" in pagina
    for woord in ("kanarie", "Het ging goed."):
        assert woord not in pagina
        assert woord in tekst(als(w.rm).get(adres))


def test_disagreement_by_form_keeps_going(w, als):
    t = w.traject(8)
    w.stemmen(t)
    w.evaluatiegesprek(t, "nog_niet")
    mijn = reverse("mijn_conferentie", args=[1])
    antwoord = stuur(als(t.kandidaat), mijn, "akkoord", eens="nee")
    assert "Schrijf op waar je het niet mee eens bent." in tekst(antwoord)
    stuur(als(t.kandidaat), mijn, "akkoord", eens="nee", tekst="Ik zie het anders.")
    adres = reverse("regio_evaluatie", args=[t.conferenties.get().pk])
    assert "ziet het anders" in tekst(als(w.rm).get(adres))
    antwoord = stuur(als(w.rm), adres, "gesprek", gesprek_op=VANDAAG(), voorstel="positief")
    assert "wie was er nog bij" in tekst(antwoord).lower()
    stuur(als(w.rm), adres, "gesprek", gesprek_op=VANDAAG(), voorstel="positief", derde="Collega")
    assert Evaluatie.objects.get().derde == "Collega"


# --- refusals keep the text -------------------------------------------------------------------------------------------


def test_refused_text_stays_on_screen(w, als):
    t = w.traject(8)
    w.stemmen(t)
    w.evaluatiegesprek(t)
    antwoord = stuur(als(t.kandidaat), reverse("mijn_conferentie", args=[1]), "terugblik", tekst="kanarie-te-laat")
    assert antwoord.status_code == 200
    assert "Jullie gesprek is al geweest" in tekst(antwoord)
    assert "kanarie-te-laat" in antwoord.content.decode()
    assert Evaluatie.objects.get().kandidaat_tekst == "Het ging goed."


@pytest.mark.parametrize(
    ("zin", "wat"),
    [
        ("Bel 06 12345678 maar.", "telefoonnummer"),
        ("Bel +31 6 1234 5678 maar.", "telefoonnummer"),
        ("Nummer 111222333 hoort erbij.", "burgerservicenummer"),
        ("Mail oma@example.nl gerust.", "e-mailadres"),
        ("Zij is geboren op 12-03-2015.", "geboortedatum"),
    ],
)
def test_details_of_a_family_are_pointed_at_once(w, als, zin, wat):
    t = w.traject(8)
    mijn = reverse("mijn_conferentie", args=[1])
    antwoord = stuur(als(t.kandidaat), mijn, "terugblik", tekst=zin)
    assert wat in tekst(antwoord)
    assert Evaluatie.objects.get().kandidaat_om is None
    stuur(als(t.kandidaat), mijn, "terugblik", tekst=zin, toch="on")
    assert Evaluatie.objects.get().kandidaat_tekst == zin


@pytest.mark.parametrize(
    "zin", ["We spraken af op 12-02-2027 om 19.30 uur.", "Er waren 9 mensen, 123456789 keer gelachen."]
)
def test_plain_text_is_not_pointed_at(w, als, zin):
    t = w.traject(8)
    stuur(als(t.kandidaat), reverse("mijn_conferentie", args=[1]), "terugblik", tekst=zin)
    assert Evaluatie.objects.get().kandidaat_tekst == zin


def test_form_sent_twice_counts_once(w, als):
    t = w.traject(7)
    w.poort(t)
    velden = {"referentie": "EKC-1", "variant": "familie", "ingeschakeld_op": VANDAAG(), "verzoek_id": "zelfde"}
    for _ in range(2):
        assert als(w.rm).post(reverse("regio_conferentie_vragen", args=[t.pk]), velden).status_code == 302
    assert Conferentie.objects.count() == 1


@pytest.mark.parametrize("waarde", ["\x00", "x" * 400_000, "99999999999", "2026-13-45", "-1", "1e400"])
def test_odd_values_are_said_at_the_field(w, als, waarde):
    t = w.traject(7)
    w.poort(t)
    H.conferentie_vragen(t, door=w.rm, referentie="EKC-1")
    velden = dict.fromkeys(("uitkomst", "gehouden_op", "kring", "kinderen", "beroepskrachten", "uren"), waarde)
    antwoord = als(t.kandidaat).post(reverse("mijn_conferentie", args=[1]), {"wat": "vastleggen", **velden})
    assert (antwoord.status_code, Conferentie.objects.get().vastgelegd_om) == (200, None)
    assert "Je bent er bijna" in tekst(antwoord)


def test_stopped_candidate_reads_but_changes_nothing(w, als):
    from lms.kern.handelingen import traject_stoppen

    t = w.traject(8)
    traject_stoppen(t, door=t.kandidaat)
    adres = reverse("mijn_conferentie", args=[1])
    pagina = als(t.kandidaat).get(adres)
    assert (pagina.status_code, 'name="wat"' in pagina.content.decode()) == (200, False)
    assert als(t.kandidaat).post(adres, {"wat": "terugblik", "tekst": "toch"}).status_code == 403


def test_unknown_form_changes_nothing(w, als):
    t = w.traject(8)
    for wat in ("", "onzin", "afronden"):
        assert stuur(als(t.kandidaat), reverse("mijn_conferentie", args=[1]), wat).status_code == 200
    t.refresh_from_db()
    assert t.is_lopend


# --- who may see ------------------------------------------------------------------------------------------------------


def test_other_people_get_404_or_403(w, als):
    t, ander = w.na_ek2(), w.traject(9)
    rij, registratie, nummer = t.conferenties.first(), t.registratie, Certificaat.objects.get(traject=t).nummer
    H.scopeverslag_bewaren(t, door=t.kandidaat, herstel=False, groep=False)
    verslag = H.scopeverslag_sturen(scopeverslag_van(t), door=t.kandidaat)
    regio = [reverse("regio_conferentie", args=[rij.pk]), reverse("regio_evaluatie", args=[rij.pk])]
    vragen = reverse("regio_conferentie_vragen", args=[t.pk])
    trainer = reverse("trainer_scopeverslag", args=[verslag.pk])
    scope, certificaat = reverse("bureau_scope", args=[t.pk]), reverse("bureau_certificaat", args=[nummer])
    register = [
        reverse("regio_register"),
        reverse("regio_register_xlsx"),
        reverse("regio_registratie", args=[registratie.pk]),
    ]

    def staten(mens, adressen):
        return [als(mens).get(adres).status_code for adres in adressen]

    assert staten(w.rm, [*regio, vragen, *register, trainer, scope, certificaat]) == [200] * 6 + [403] * 3
    assert staten(w.rm2, [*regio, vragen, *register]) == [404, 404, 404, 200, 200, 200]
    assert staten(w.bureau, [*regio, *register, scope, certificaat, vragen, trainer]) == [200] * 7 + [403] * 2
    assert staten(w.t1, [trainer, *regio, *register, scope, certificaat]) == [200] + [403] * 7
    assert staten(w.t3, [trainer]) == [404]
    assert staten(ander.kandidaat, [*regio, vragen, *register, trainer, scope, certificaat]) == [403] * 9
    assert staten(w.redacteur, [*regio, *register]) == [403] * 5


def test_anonymous_goes_to_the_login_page(w, client):
    for naam in (
        "mijn_conferenties",
        "mijn_certificaat",
        "mijn_certificaat_pdf",
        "mijn_verslag_ek2",
        "regio_register",
        "regio_register_xlsx",
    ):
        antwoord = client.get(reverse(naam))
        assert (antwoord.status_code, antwoord.url.split("?")[0]) == (302, reverse("account_login"))


def test_own_pages_show_only_the_own(w, als):
    t, ander = w.traject(8), w.traject(7)
    assert als(ander.kandidaat).get(reverse("mijn_conferentie", args=[1])).status_code == 404
    assert als(t.kandidaat).get(reverse("mijn_conferentie", args=[2])).status_code == 404
    assert als(ander.kandidaat).get(reverse("mijn_certificaat_pdf")).status_code == 404
    assert t.conferenties.get().referentie not in tekst(als(ander.kandidaat).get(reverse("mijn_conferenties")))


def test_regiomanager_of_another_region_reads_no_reason(w, als):
    t = w.traject(9)
    H.registratiestand_zetten(registratie_van(t), door=w.rm, stand="slapend", waarom="kanarie-reden")
    adres = reverse("regio_registratie", args=[t.registratie.pk])
    assert "kanarie-reden" in tekst(als(w.rm).get(adres))
    pagina = als(w.rm2).get(adres)
    assert (pagina.status_code, "kanarie-reden" in pagina.content.decode()) == (200, False)
    assert als(w.rm2).post(adres, {"wat": "stand", "stand": "geregistreerd", "waarom": "x"}).status_code == 403
    assert Registratiestand.objects.get(tot=None).stand == "slapend"


def test_nobody_finds_or_follows_oneself(w, als):
    from lms.kern.models import Rolvervulling

    t = w.traject(9)
    Rolvervulling.objects.create(gebruiker=t.kandidaat, rol="regiomanager", regio=w.noord, van=dt.date(2020, 1, 1))
    rij = t.conferenties.get()
    assert als(t.kandidaat).get(reverse("regio_conferentie", args=[rij.pk])).status_code == 404
    assert als(t.kandidaat).get(reverse("regio_registratie", args=[t.registratie.pk])).status_code == 404
    assert "0 coördinatoren" in tekst(als(t.kandidaat).get(reverse("regio_register")))


@pytest.mark.parametrize("pk", [0, 999999, 99999999999999999999999999])
def test_unknown_numbers_are_404(w, als, pk):
    for naam in ("regio_conferentie", "regio_evaluatie", "regio_conferentie_vragen", "regio_registratie"):
        assert als(w.rm).get(reverse(naam, args=[pk])).status_code == 404
    assert als(w.bureau).get(reverse("bureau_scope", args=[pk])).status_code == 404
    assert als(w.t1).get(reverse("trainer_scopeverslag", args=[pk])).status_code == 404
    assert als(w.traject(8).kandidaat).get(reverse("mijn_conferentie", args=[pk])).status_code == 404
