"""Certificate after issue, registration, regions, scope report, coordinators from before the system: invariants 1,
6 and 9.
"""

import datetime as dt
import re

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from certificering import handelingen as H
from certificering.models import (
    Certificaat,
    Registratie,
    Registratiestand,
    Scope,
    Scopereactie,
    Scopeverslag,
    Werkgebied,
)
from cursus import handelingen as cursus
from lms.kern.handelingen import VOORBIJ, Botsing, Geweigerd
from lms.kern.models import Bericht, Traject
from tests.aanval.hulp import klant
from tests.fabrieken import certificaat_van, persoon, registratie_van, scopeverslag_van, staat

VANDAAG = timezone.localdate
NAZORG = "nazorg_doen:kandidaat"


@pytest.fixture
def c(w):
    """A certified coordinator with one conference."""
    return w.traject(9)


def scopes(traject):
    return set(Scope.objects.filter(registratie__traject=traject, tot=None).values_list("soort", flat=True))


# --- certificate ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("act", "einde"), [("certificaat_intrekken", "ingetrokken"), ("certificaat_beeindigen", "beeindigd")]
)
def test_end_closes_certificate_registration_and_traject(w, c, act, einde):
    getattr(H, act)(certificaat_van(c), door=w.bureau, waarom="kanarie-reden")
    c.refresh_from_db()
    certificaat = Certificaat.objects.get()
    assert (certificaat.einde, certificaat.einde_reden, c.afsluiting) == (einde, "kanarie-reden", "uitgeschreven")
    assert Registratiestand.objects.get(tot=None).stand == "uitgeschreven"
    assert (staat(c), Registratie.objects.geregistreerd().count()) == ((9, []), 0)


@pytest.mark.parametrize("act", ["certificaat_intrekken", "certificaat_beeindigen", "certificaat_vervangen"])
def test_end_needs_a_reason_and_the_bureau(w, c, act):
    with pytest.raises(ValidationError, match="waarom"):
        getattr(H, act)(certificaat_van(c), door=w.bureau, waarom=" ")
    for wie in (w.rm, c.kandidaat, w.t1):
        with pytest.raises(Geweigerd):
            getattr(H, act)(certificaat_van(c), door=wie, waarom="reden")
    assert Certificaat.objects.get().einde == ""


def test_replace_gives_a_new_number_and_keeps_the_old_paper(w, c):
    oud = Certificaat.objects.get()
    c.kandidaat.naam_op_certificaat = "Nieuwe Naam"
    c.kandidaat.save()
    nieuw = H.certificaat_vervangen(certificaat_van(c), door=w.bureau, waarom="naam veranderd")
    bewaard = Certificaat.objects.get(pk=oud.pk)
    assert (bewaard.einde, bewaard.gegevens) == ("vervangen", oud.gegevens)
    assert (nieuw.gegevens["naam"], nieuw.einde, nieuw.evaluatie) == ("Nieuwe Naam", "", oud.evaluatie)
    assert nieuw.nummer != oud.nummer
    assert Registratiestand.objects.get(tot=None).stand == "geregistreerd"


def test_two_valid_certificates_are_impossible(c):
    oud = Certificaat.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Certificaat.objects.create(
            traject=c, evaluatie=oud.evaluatie, herkomst="systeem", nummer="EK-AAAA-AAAA", gegevens={}
        )


def test_registered_coordinator_cannot_stop_the_traject_alone(c):
    from lms.kern.handelingen import traject_stoppen

    with pytest.raises(ValidationError, match="Bel ons"):
        traject_stoppen(c, door=c.kandidaat)


# --- registration -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stand", "in_zoeken", "einde"),
    [("slapend", False, ""), ("geschorst", False, ""), ("uitgeschreven", False, "beeindigd")],
)
def test_state_and_what_it_does(w, c, stand, in_zoeken, einde):
    """Invariant 9: only who is registered now is found; only uitgeschreven ends the certificate."""
    assert Registratie.objects.geregistreerd().count() == 1
    H.registratiestand_zetten(registratie_van(c), door=w.rm, stand=stand, waarom="na een gesprek")
    assert Registratie.objects.geregistreerd().exists() is in_zoeken
    assert Certificaat.objects.get().einde == einde
    assert list(Registratiestand.objects.order_by("pk").values_list("stand", "tot")) == [
        ("geregistreerd", VANDAAG()),
        (stand, None),
    ]


def test_back_from_dormant_keeps_history(w, c):
    H.registratiestand_zetten(registratie_van(c), door=w.rm, stand="slapend", waarom="na een gesprek")
    H.registratiestand_zetten(registratie_van(c), door=w.bureau, stand="geregistreerd", waarom="weer actief")
    assert (Registratie.objects.geregistreerd().count(), Registratiestand.objects.count()) == (1, 3)


def test_state_needs_reason_region_and_change(w, c):
    with pytest.raises(ValidationError, match="waarom"):
        H.registratiestand_zetten(registratie_van(c), door=w.rm, stand="slapend", waarom="")
    with pytest.raises(ValidationError, match="al zo"):
        H.registratiestand_zetten(registratie_van(c), door=w.rm, stand="geregistreerd", waarom="zo")
    for wie in (w.rm2, c.kandidaat, w.t1):
        with pytest.raises(Geweigerd):
            H.registratiestand_zetten(registratie_van(c), door=wie, stand="slapend", waarom="zo")


def test_unregistered_person_has_no_state(w):
    assert registratie_van(w.traject(8)) is None


def test_availability(w, c):
    with pytest.raises(ValidationError, match="welke dag"):
        H.beschikbaarheid_zetten(registratie_van(c), door=c.kandidaat, beschikbaar="vanaf")
    H.beschikbaarheid_zetten(
        registratie_van(c), door=c.kandidaat, beschikbaar="vanaf", beschikbaar_vanaf=dt.date(2027, 2, 22)
    )
    assert (Registratie.objects.get().beschikbaar, Registratie.objects.get().beschikbaar_vanaf) == (
        "vanaf",
        dt.date(2027, 2, 22),
    )
    H.beschikbaarheid_zetten(registratie_van(c), door=w.rm, beschikbaar="nee", beschikbaar_vanaf=dt.date(2027, 2, 22))
    assert (Registratie.objects.get().beschikbaar, Registratie.objects.get().beschikbaar_vanaf) == ("nee", None)


def test_move_of_region_keeps_history(w, c):
    H.werkgebied_toevoegen(registratie_van(c), door=w.rm, regio=w.zuid)
    with pytest.raises(ValidationError, match="staat er al"):
        H.werkgebied_toevoegen(registratie_van(c), door=w.rm, regio=w.zuid)
    assert Traject.objects.zichtbaar_voor(w.rm2).filter(pk=c.pk).exists()
    H.thuisregio_zetten(registratie_van(c), door=w.rm, regio=w.zuid)
    assert list(Werkgebied.objects.filter(tot=None).values_list("regio", "thuis")) == [(w.zuid.pk, True)]
    assert Werkgebied.objects.count() == 3
    c.refresh_from_db()
    assert c.regio == w.zuid
    assert not Traject.objects.zichtbaar_voor(w.rm).filter(pk=c.pk).exists()


def test_extra_region_can_end_but_home_cannot(w, c):
    H.werkgebied_toevoegen(registratie_van(c), door=w.bureau, regio=w.zuid)
    with pytest.raises(ValidationError, match="thuisregio"):
        H.werkgebied_beeindigen(registratie_van(c), door=w.bureau, regio=w.noord)
    H.werkgebied_beeindigen(registratie_van(c), door=w.bureau, regio=w.zuid)
    assert not Traject.objects.zichtbaar_voor(w.rm2).filter(pk=c.pk).exists()


# --- EK2 and the scope report -----------------------------------------------------------------------------------------


def test_no_ek2_before_two_counted_conferences(w, c):
    with pytest.raises(ValidationError, match="twee conferenties"):
        cursus.deelname_aanvragen(c, door=w.bureau, uitvoering=w.ek2)
    w.conferentie(c)
    assert {"ek2_kiezen:bureau", "ek2_kiezen:kandidaat"} <= set(staat(c)[1])


def test_no_scope_report_before_ek2(w, c):
    """Invariant 6, by act and by constraint."""
    w.conferentie(c)
    with pytest.raises(ValidationError, match="na de training EK2"):
        H.scopeverslag_bewaren(c, door=c.kandidaat, herstel=True, herstel_waarom="kan ik")
    draft = c.scopeverslagen.create(versie=1, herstel=True, herstel_waarom="kan ik", groep=False)
    with pytest.raises(ValidationError, match="na de training EK2"):
        H.scopeverslag_sturen(draft, door=c.kandidaat)
    with pytest.raises(IntegrityError), transaction.atomic():
        Scope.objects.create(registratie=c.registratie, soort="herstel")
    assert scopes(c) == {"familie"}


def test_scope_report_whole_way(w):
    t = w.na_ek2()
    assert "scopeverslag_schrijven:kandidaat" in staat(t)[1]
    H.scopeverslag_bewaren(t, door=t.kandidaat, herstel=True, herstel_waarom="Ik kan beide kringen zien.", groep=False)
    H.scopeverslag_sturen(scopeverslag_van(t), door=t.kandidaat)
    assert {"scope_registreren:bureau", "scopeverslag_beantwoorden:trainer"} <= set(staat(t)[1])
    H.scopeverslag_beantwoorden(scopeverslag_van(t), door=w.t1, tekst="Mooi.")
    assert "scopeverslag_beantwoorden:trainer" not in staat(t)[1]
    H.scope_registreren(scopeverslag_van(t), door=w.bureau)
    assert (staat(t), scopes(t)) == ((9, [NAZORG]), {"familie", "herstel"})
    assert Bericht.objects.filter(aan=t.kandidaat, soort="scope_geregistreerd").count() == 1


def test_families_only_asks_no_reason(w):
    t = w.na_ek2()
    H.scopeverslag_bewaren(t, door=t.kandidaat, herstel=False, groep=False)
    H.scopeverslag_sturen(scopeverslag_van(t), door=t.kandidaat)
    H.scope_registreren(scopeverslag_van(t), door=w.bureau)
    assert scopes(t) == {"familie"}


@pytest.mark.parametrize(
    ("velden", "zin"),
    [
        ({"herstel": True, "herstel_waarom": "", "groep": False}, "waarom herstel"),
        ({"herstel": False, "groep": True, "groep_waarom": " "}, "waarom groep"),
        ({"herstel": False}, "Kies of groep"),
        ({"groep": False}, "Kies of herstel"),
    ],
)
def test_report_asks_two_answers_and_why_for_a_yes(w, velden, zin):
    t = w.na_ek2()
    H.scopeverslag_bewaren(t, door=t.kandidaat, **velden)
    with pytest.raises(ValidationError, match=zin):
        H.scopeverslag_sturen(scopeverslag_van(t), door=t.kandidaat)
    assert Scopeverslag.objects.get().verstuurd_om is None


def test_draft_in_two_tabs_keeps_both_texts(w):
    t = w.na_ek2()
    H.scopeverslag_bewaren(t, door=t.kandidaat, herstel_waarom="eerste")
    with pytest.raises(Botsing) as fout:
        H.scopeverslag_bewaren(t, door=t.kandidaat, herstel_waarom="tweede", wijziging=0)
    assert fout.value.bewaard["herstel_waarom"] == "eerste"


def test_same_text_saved_twice_is_no_clash(w):
    """The page saves itself while somebody presses the button: the same text with an old number."""
    t = w.na_ek2()
    for _ in range(2):
        rij = H.scopeverslag_bewaren(t, door=t.kandidaat, herstel=True, herstel_waarom="zelfde", wijziging=0)
    assert (rij.wijziging, rij.herstel_waarom) == (1, "zelfde")


def test_no_veto_no_double_and_only_ek2_trainers(w):
    t = w.na_ek2()
    H.scopeverslag_bewaren(t, door=t.kandidaat, herstel=False, groep=False)
    with pytest.raises(Geweigerd):
        H.scopeverslag_beantwoorden(scopeverslag_van(t), door=w.t1, tekst="te vroeg")
    H.scopeverslag_sturen(scopeverslag_van(t), door=t.kandidaat)
    H.scopeverslag_beantwoorden(scopeverslag_van(t), door=w.t1, tekst="Ik zie het anders.")
    with pytest.raises(ValidationError, match="al gereageerd"):
        H.scopeverslag_beantwoorden(scopeverslag_van(t), door=w.t1, tekst="nog een keer")
    with pytest.raises(Geweigerd):
        H.scopeverslag_beantwoorden(scopeverslag_van(t), door=w.t3, tekst="niet mijn groep")
    for wie in (w.rm, w.t1, t.kandidaat):
        with pytest.raises(Geweigerd):
            H.scope_registreren(scopeverslag_van(t), door=wie)
    H.scope_registreren(scopeverslag_van(t), door=w.bureau)
    assert Scopereactie.objects.count() == 1


def test_ek1_trainer_does_not_answer_the_ek2_report(w):
    t = w.na_ek2()
    t3 = w.t3
    cursus.uitvoering_wijzigen(
        w.ek1b,
        door=w.bureau,
        trainers=[t3],
        dagen=[(b.begint_om, b.eindigt_om) for b in w.ek1b.bijeenkomsten.order_by("nr")],
    )
    H.scopeverslag_bewaren(t, door=t.kandidaat, herstel=False, groep=False)
    verslag = H.scopeverslag_sturen(scopeverslag_van(t), door=t.kandidaat)
    assert set(Scopeverslag.objects.zichtbaar_voor(t3)) == set()
    assert set(Scopeverslag.objects.zichtbaar_voor(w.t1)) == {verslag}
    assert set(Scopeverslag.objects.zichtbaar_voor(w.rm)) == set()


def test_scope_given_back_and_widened_later(w):
    t = w.na_ek2()
    for herstel, groep, verwacht in ((True, False, {"familie", "herstel"}), (False, True, {"familie", "groep"})):
        wijziging = 0
        H.scopeverslag_bewaren(
            t, door=t.kandidaat, herstel=herstel, groep=groep, herstel_waarom="x", groep_waarom="y", wijziging=wijziging
        )
        H.scopeverslag_sturen(scopeverslag_van(t), door=t.kandidaat)
        H.scope_registreren(scopeverslag_van(t), door=w.bureau)
        assert scopes(t) == verwacht
    assert list(Scope.objects.filter(soort="herstel").values_list("tot", flat=True)) == [VANDAAG()]
    assert Scope.objects.count() == 3


def test_wider_certificate_only_on_request(w):
    t = w.na_ek2()
    oud = Certificaat.objects.get().gegevens["voor"]
    H.scopeverslag_bewaren(t, door=t.kandidaat, herstel=True, groep=True, herstel_waarom="x", groep_waarom="y")
    H.scopeverslag_sturen(scopeverslag_van(t), door=t.kandidaat)
    H.scope_registreren(scopeverslag_van(t), door=w.bureau)
    assert Certificaat.objects.get().gegevens["voor"] == oud
    nieuw = H.certificaat_vervangen(certificaat_van(t), door=w.bureau, waarom="bredere inzet op papier")
    assert nieuw.gegevens["voor"] == "conferenties voor families en individuen, herstel en groep of buurt"


# --- from before the system -------------------------------------------------------------------------------------------


def test_import_has_no_steps_and_no_mail(w):
    t = w.ouder()
    assert (staat(t), Bericht.objects.count()) == ((9, ["tweede_conferentie:regiomanager"]), 0)
    certificaat = Certificaat.objects.get()
    assert (certificaat.herkomst, certificaat.evaluatie, certificaat.is_gedrukt) == ("ouder", None, False)


def test_import_with_history(w):
    assert staat(w.ouder(geteld=7)) == (9, ["ek2_kiezen:bureau", "ek2_kiezen:kandidaat"])
    t = w.ouder(geteld=7, ek2=True, scopes=["herstel"], extra=[w.zuid])
    assert (staat(t), scopes(t)) == ((9, []), {"familie", "herstel"})
    assert Traject.objects.zichtbaar_voor(w.rm).filter(pk=t.pk).exists()
    assert Traject.objects.zichtbaar_voor(w.rm2).filter(pk=t.pk).exists()


def test_import_counts_on_with_new_conferences(w):
    t = w.ouder()
    w.conferentie(t)
    w.conferentie(t)
    assert staat(t) == (9, ["ek2_kiezen:bureau", "ek2_kiezen:kandidaat", NAZORG])
    assert not t.conferenties.filter(evaluatie__isnull=False).exists()


def test_import_by_others_or_twice_is_refused(w):
    mens = persoon("nieuw")
    with pytest.raises(Geweigerd):
        H.coordinator_importeren(door=w.rm, kandidaat=mens, regio=w.noord)
    H.coordinator_importeren(door=None, kandidaat=mens, regio=w.noord)
    with pytest.raises(ValidationError, match="al een traject"):
        H.coordinator_importeren(door=w.bureau, kandidaat=mens, regio=w.noord)
    with pytest.raises(ValidationError, match="kennen we niet"):
        H.coordinator_importeren(door=w.bureau, kandidaat=persoon("nieuw2"), regio=w.noord, scopes=["onzin"])


def test_ended_import_never_falls_back_to_step_1(w):
    t = w.ouder()
    H.certificaat_beeindigen(certificaat_van(t), door=w.bureau, waarom="stopt")
    assert staat(t) == (9, [])


def test_het_bureau_registreert_het_verslag_dat_er_stond(w):
    """A colleague registered the first report; the page that showed it does not register the next one unread."""
    t = w.na_ek2()
    client, pad = klant(w.bureau), f"/bureau/kandidaten/{t.pk}/scope/"
    for herstel in (True, False):
        H.scopeverslag_bewaren(
            t, door=t.kandidaat, herstel=herstel, herstel_waarom="Ik zie beide kringen.", groep=False
        )
        H.scopeverslag_sturen(scopeverslag_van(t), door=t.kandidaat)
        if herstel:
            oud = re.search(r'name="verzoek_id" value="([^"]*)"', client.get(pad).content.decode()).group(1)
            H.scope_registreren(scopeverslag_van(t), door=w.bureau)
    assert VOORBIJ in client.post(pad, {"verzoek_id": oud}).content.decode()
    assert scopes(t) == {"familie", "herstel"}
