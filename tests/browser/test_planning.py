"""Planning, agenda items and visitors in Chromium: copy a group, sign up, ticks that survive a lost connection,
opt-in by mail, the weight of home.
"""

import datetime as dt
import re

from django.utils import timezone

from cursus.models import Aanwezigheid, Belangstellende, Uitvoering
from lms.kern.models import Regio
from tests.browser.conftest import SCHERM, TELEFOON, nagekeken
from tests.post import bezorgd

ZWAARST = 300_000  # bytes of home on a phone, fonts included


def _workshop():
    return Uitvoering.objects.get(titel="Online workshop: vragen die openen")


def test_een_groep_kopieren_en_data_kiezen(site):
    """From the list: copy, three dates, save. Everything else stands there already."""
    pagina, bron = site.als("bureau", SCHERM), Uitvoering.objects.get(titel="EK1 voorjaar Utrecht")
    pagina.goto(f"/beheer/uitvoering/edit/{bron.pk}/", wait_until="networkidle")
    pagina.locator("#w-slim-header-buttons button").click()
    pagina.get_by_role("link", name="Kopieer").click()
    pagina.wait_for_url(lambda adres: "kopie=" in adres, wait_until="networkidle")
    begin = timezone.localdate() + dt.timedelta(days=120)
    for n in range(3):
        pagina.locator(f"[name=dag{n + 1}]").fill((begin + dt.timedelta(days=7 * n)).isoformat())
    pagina.locator("[name=titel]").fill("EK1 zomer Utrecht")
    pagina.keyboard.press("Enter")
    pagina.wait_for_url(lambda adres: "/new/" not in adres)
    assert pagina.klachten == []
    nieuw = Uitvoering.objects.get(titel="EK1 zomer Utrecht")
    assert (nieuw.locatie, nieuw.bijeenkomsten.count(), nieuw.trainerschappen.count()) == (bron.locatie, 3, 2)


def test_aanmelden_wachtlijst_en_afmelden(site, gezien, breedte):
    u = _workshop()
    pagina = site.als("stap4", breedte)
    pagina.goto("/mijn/agenda/")
    pagina.get_by_role("link", name=u.titel, exact=True).click()
    nagekeken(pagina, gezien, breedte)
    pagina.get_by_role("button", name="Zet mij op de wachtlijst").click()
    pagina.get_by_text("Je staat op de wachtlijst.").first.wait_for()
    nagekeken(pagina, gezien, breedte)
    pagina.get_by_role("link", name="Ik kan niet, meld mij af").click()
    nagekeken(pagina, gezien, breedte)
    pagina.get_by_role("button", name="Meld mij af").click()
    pagina.get_by_role("heading", name="Jouw agenda", level=1).wait_for()
    nagekeken(pagina, gezien, breedte)
    ander = site.als("wacht", breedte)
    ander.goto(f"/agenda/{Uitvoering.objects.get(titel__startswith='Terugkomdag').pk}/")
    ander.get_by_text("Dit is voor wie wacht op een eerste conferentie.").wait_for()
    nagekeken(ander, gezien, breedte)


def test_laat_afmelden_vraagt_het_nog_een_keer(site, gezien):
    """The group of today: the first day is recorded, so use a session of tomorrow."""
    u, pagina = _workshop(), site.als("stap5", TELEFOON)
    dag = u.bijeenkomsten.get()
    verschil = dag.eindigt_om - dag.begint_om
    dag.begint_om = timezone.now() + dt.timedelta(days=1)
    dag.eindigt_om = dag.begint_om + verschil
    dag.save()
    pagina.goto(f"/agenda/{u.pk}/afmelden/")
    pagina.get_by_role("button", name="Meld mij af").click()
    pagina.locator("[data-fouten]").wait_for()
    nagekeken(pagina, gezien)
    pagina.get_by_label("Ik weet dat het laat is. Ik kan echt niet komen.").check()
    pagina.get_by_role("button", name="Meld mij af").click()
    pagina.get_by_text("Je bent afgemeld.").wait_for()
    bureau = site.als("bureau", TELEFOON)
    bureau.goto(f"/bureau/agenda/{u.pk}/")
    bureau.get_by_text("Laat afgemeld").wait_for()
    nagekeken(bureau, gezien)


def _bewaard(pagina):
    return pagina.evaluate(
        "() => Object.entries(localStorage).filter(([k]) => k.startsWith('presentie:')).map(([, v]) => v).join()"
    )


def test_kruisjes_blijven_staan_zonder_internet(site, gezien):
    groep = Uitvoering.objects.get(titel="EK1 Utrecht")
    rij = Aanwezigheid.objects.get(bijeenkomst__uitvoering=groep, nr=2)
    pagina = site.als("trainer1", TELEFOON)
    pad = f"/trainer/groepen/{groep.pk}/dag/2/"
    pagina.goto(pad)
    stand = pagina.locator("[data-stand]")
    assert not stand.is_visible()
    pagina.locator(f"[name=rij-{rij.pk}][value=deels]").check()
    assert stand.inner_text() == "Nog niet verstuurd. Je kruisjes staan op dit apparaat."
    pagina.context.set_offline(True)
    pagina.get_by_role("button", name="Bewaar wie er was").click()
    assert stand.inner_text().startswith("Geen internet. Je kruisjes staan op dit apparaat.")
    assert str(rij.pk) in _bewaard(pagina)
    assert rij.traject.kandidaat.voornaam not in _bewaard(pagina)  # numbers and ticks only
    pagina.context.set_offline(False)
    pagina.goto(pad)
    assert re.match(r"We hebben je kruisjes van \d\d\.\d\d uur teruggezet\.", stand.inner_text())
    assert pagina.locator(f"[name=rij-{rij.pk}][value=deels]").is_checked()
    nagekeken(pagina, gezien)
    pagina.get_by_role("button", name="Bewaar wie er was").click()
    pagina.get_by_text("Iedereen is ingevuld.").wait_for()
    rij.refresh_from_db()
    assert (rij.resultaat, _bewaard(pagina)) == ("deels", "")
    pagina.get_by_role("button", name="Ongedaan maken").first.click()
    pagina.get_by_role("button", name="Bewaar wie er was").wait_for()
    assert not pagina.locator(f"[name=rij-{rij.pk}][value=deels]").is_checked()


def test_op_de_hoogte_blijven(site, gezien, breedte):
    pagina = site.als("", breedte)
    pagina.goto("/agenda/")
    pagina.get_by_role("main").get_by_role("link", name="Houd me op de hoogte").click()
    pagina.get_by_label("Je e-mailadres").fill(f"kees{breedte}@demo.example")
    pagina.get_by_label("Je regio").select_option(label=Regio.objects.first().naam)
    pagina.get_by_role("button", name="Houd me op de hoogte").click()
    pagina.get_by_role("heading", name="Kijk in je mail").wait_for()
    nagekeken(pagina, gezien, breedte)
    brief = bezorgd()[-1]
    pad = re.search(r"https?://[^/]+(/op-de-hoogte/bevestigen/\S+)", brief.body).group(1)
    pagina.goto(pad)
    nagekeken(pagina, gezien, breedte)
    pagina.get_by_role("button", name="Ja, houd me op de hoogte").click()
    pagina.get_by_role("heading", name="Dank je wel").wait_for()
    nagekeken(pagina, gezien, breedte)
    assert Belangstellende.objects.get().bevestigd_om
    pagina.goto(re.search(r"<https?://[^/]+(/\S+)>", brief.extra_headers["List-Unsubscribe"]).group(1))
    nagekeken(pagina, gezien, breedte)
    pagina.get_by_role("button", name="Ja, stop met deze mails").click()
    pagina.get_by_role("heading", name="Je krijgt geen mails meer").wait_for()
    nagekeken(pagina, gezien, breedte)
    assert not Belangstellende.objects.exists()


def test_home_is_licht_op_een_telefoon(site):
    """Everything that home brings, cache off, fonts included; the server of the tests compresses nothing."""
    pagina = site.als("", TELEFOON)
    lijn, bytes_ = pagina.context.new_cdp_session(pagina), []
    lijn.send("Network.enable")
    lijn.send("Network.setCacheDisabled", {"cacheDisabled": True})
    lijn.on("Network.loadingFinished", lambda bericht: bytes_.append(bericht["encodedDataLength"]))
    pagina.goto("/", wait_until="networkidle")
    assert len(bytes_) >= 3  # the page, the stylesheet, the script
    assert sum(bytes_) <= ZWAARST
