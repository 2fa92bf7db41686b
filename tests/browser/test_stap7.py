"""The side roads of step 7 in Chromium: the bureau plans by phone and passes on an answer, the trainers ask for a third
one and take a decision back together; and what stands where papers were erased.
"""

import datetime as dt
import re

from django.utils import timezone

from lms.kern.models import Bewaartermijn, Traject
from lms.portaal.handelingen import bewaartermijnen_wissen
from selectie.handelingen import mening_geven
from selectie.models import Gesprek, Mening, Trainervraag, Voorstel
from tests.browser.conftest import TELEFOON, nagekeken


def _traject(naam):
    return Traject.objects.select_related("kandidaat").get(kandidaat__email=f"{naam}@demo.example")


def test_het_bureau_plant_een_gesprek_en_geeft_het_antwoord_door(site, gezien, breedte):
    traject = _traject("verschil")
    bureau = site.als("bureau", breedte)
    bureau.goto(f"/bureau/kandidaten/{traject.pk}/")
    bureau.get_by_role("link", name="Het gesprek over het verslag").click()
    nagekeken(bureau, gezien, breedte)
    bureau.get_by_role("button", name="Zet dit moment vast").click()
    bureau.locator("[data-fouten]").wait_for()
    nagekeken(bureau, gezien, breedte)
    dag = timezone.localdate() + dt.timedelta(days=3)
    bureau.get_by_label("Dag").fill(dag.isoformat())
    bureau.get_by_label("Tijd").fill("19:30")
    bureau.get_by_label("Plek, telefoon of online").fill("Telefoon")
    bureau.get_by_role("button", name="Zet dit moment vast").click()
    bureau.get_by_text("Gepland", exact=True).wait_for()
    nagekeken(bureau, gezien, breedte)
    kandidaat = site.als("verschil", breedte)
    kandidaat.goto("/mijn/")
    kandidaat.get_by_role("heading", name="Gesprek over je verslag").wait_for()
    assert "19.30 uur" in kandidaat.get_by_role("main").inner_text()
    nagekeken(kandidaat, gezien, breedte)

    trainer = site.als("trainer1", breedte)
    gesprek = Gesprek.objects.get(verslag__traject=traject)
    trainer.goto(f"/trainer/gesprekken/{gesprek.pk}/vastleggen/")
    trainer.get_by_label("Wie waren erbij?").fill("Wij drieën")
    trainer.get_by_label("Wat spraken jullie af?").fill("Je gaat ervoor.")
    trainer.get_by_label("Het past", exact=True).check()
    trainer.get_by_role("button", name="Nakijken").click()
    trainer.get_by_text("Het gesprek staat gepland op").wait_for()
    nagekeken(trainer, gezien, breedte)
    trainer.get_by_role("button", name="Leg het gesprek vast").click()
    trainer.get_by_text("Gesprek geweest").wait_for()

    bureau.goto(f"/bureau/kandidaten/{traject.pk}/gesprek/")
    assert "Je gaat ervoor." not in bureau.content()
    bureau.get_by_label("Het past bij mij", exact=True).check()
    bureau.get_by_role("button", name="Leg dit antwoord vast").click()
    bureau.get_by_text("gaf al een antwoord").wait_for()
    nagekeken(bureau, gezien, breedte)


def test_een_derde_trainer_vragen(site, gezien):
    verslag = _traject("overleg").verslagen.get()
    trainer = site.als("trainer1", TELEFOON)
    trainer.goto(f"/trainer/verslagen/{verslag.pk}/")
    trainer.get_by_text("Vraag het bureau om een derde trainer").click()
    trainer.get_by_label("Waarom vragen jullie een derde trainer?").fill("We komen er niet uit.")
    trainer.get_by_role("button", name="Vraag om een derde trainer").click()
    trainer.get_by_text("Het bureau krijgt je vraag.").wait_for()
    nagekeken(trainer, gezien)
    bureau = site.als("bureau", TELEFOON)
    bureau.goto("/bureau/?wat=trainer_erbij")
    bureau.get_by_role("link", name=re.compile("^Vraag een trainer")).click()
    bureau.get_by_text("We komen er niet uit.").wait_for()
    nagekeken(bureau, gezien)
    assert Trainervraag.objects.nu().count() == 1


def test_een_besluit_samen_terugnemen(site, gezien):
    """The candidate saw it, so the colleague is asked."""
    traject = _traject("stap7")
    eigen = Mening.objects.get(verslag__traject=traject, trainer__email="trainer1@demo.example")
    besluit = mening_geven(eigen, door=eigen.trainer, mening="past", reactie="Mooi.")
    assert besluit.vervolg == "poort"
    site.als("stap7", TELEFOON).goto("/mijn/besluit/")
    trainer, collega = site.als("trainer1", TELEFOON), site.als("trainer2", TELEFOON)
    adres = f"/trainer/verslagen/{besluit.verslag_id}/herroepen/"
    trainer.goto(adres)
    nagekeken(trainer, gezien)
    trainer.get_by_label("Waarom neem je dit terug?").fill("We vergaten dag 2.")
    trainer.get_by_role("button", name="Stel dit voor aan mijn collega’s").click()
    trainer.get_by_text("Kijk wie het ermee eens is").wait_for()
    nagekeken(trainer, gezien)
    collega.goto(adres)
    nagekeken(collega, gezien)
    collega.get_by_label("Ja, dit klopt").check()
    collega.get_by_role("button", name="Geef mijn antwoord").click()
    collega.get_by_text("Je antwoord is bewaard.").wait_for()
    nagekeken(collega, gezien)
    assert Voorstel.objects.get(besluit=besluit).aangenomen_om


def test_waar_papieren_gewist_zijn_staat_een_zin(site, gezien):
    brieven = Bewaartermijn.objects.filter(soort=Bewaartermijn.Soort.BRIEF, gewist_om=None)
    termijn = brieven.filter(traject__aanmelding__isnull=False).select_related("traject__kandidaat").first()
    Bewaartermijn.objects.filter(pk=termijn.pk).update(wissen_op=timezone.localdate())
    bewaartermijnen_wissen()
    pagina = site.als(termijn.traject.kandidaat.email.partition("@")[0], TELEFOON)
    pagina.goto("/mijn/brief/")
    pagina.get_by_text("gewist").first.wait_for()
    nagekeken(pagina, gezien)


def test_nee_zeggen_kijkt_eerst_na(site, gezien):
    pagina = site.als("stap3", TELEFOON)
    pagina.goto("/mijn/keuze/")
    pagina.get_by_label("Nee, dit is niets voor mij").check()
    pagina.get_by_role("button").filter(has_text=re.compile("keuze|Verder|Bewaar", re.IGNORECASE)).first.click()
    pagina.wait_for_url("**/mijn/keuze/nee/")
    nagekeken(pagina, gezien)
    pagina.locator("main form button").first.click()
    pagina.wait_for_url("**/mijn/bewaren/")
    nagekeken(pagina, gezien)
