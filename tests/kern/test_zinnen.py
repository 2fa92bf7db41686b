"""No sentence of Django or allauth reaches anybody: every form and every page, empty and with nonsense."""

import gettext
import html
import re
from pathlib import Path

import django
import pytest
from django import forms
from django.apps import apps
from django.core import validators
from django.urls import reverse

from lms.kern.zinnen import ALGEMEEN, KIES, TE_LANG, VELDEN, fouten_van
from tests.rechten_tabel import ADRESSEN
from tests.rechten_wereld import RechtenWereld

# Django's own, and those of every package that is installed: the last one wins for a sentence that several have
CATALOGI = [
    pad
    for map_ in (Path(django.__file__).parent / "conf", *(Path(app.path) for app in apps.get_app_configs()))
    for pad in map_.glob("locale/nl/LC_MESSAGES/django.mo")
]
PLEK = re.compile(r"%\(\w+\)[a-z]|%[a-z]|\{\w+\}")


def _catalogus():
    """Every sentence of theirs, English and Dutch, as a pattern. Single words say nothing."""
    zinnen = set()
    for pad in CATALOGI:
        with pad.open("rb") as bestand:
            for van, naar in gettext.GNUTranslations(bestand)._catalog.items():
                zinnen |= {van[0] if isinstance(van, tuple) else van, naar}
    return [zin for zin in zinnen if len(PLEK.sub("", zin)) > 14 and zin.count(" ") > 1 and "\n" not in zin]


def _patroon(zin):
    return r".+".join(re.escape(deel) for deel in PLEK.split(zin)).rstrip("\\.")


VREEMD = re.compile("|".join(sorted(map(_patroon, _catalogus()), key=len, reverse=True)))
SCHERM = re.compile(
    r'<div class="errors".*?</ul>|class="msg-error"[^>]*>.*?</div>|<p[^>]*class="note[^>]*melding"[^>]*>.*?</p>',
    re.DOTALL,
)
ROMMEL = {
    "": "", "nul": "a\x00b", "lang": "x" * 12_000, "vreemd": "31-02-2027", "nummer": "-999999999999999999999",
}  # fmt: skip


def van_een_ander(tekst):
    treffer = VREEMD.search(tekst)
    return treffer and treffer.group()


def test_de_proef_herkent_ze():
    assert len(CATALOGI) > 10
    assert van_een_ander("Dit is een verplicht veld.")
    assert van_een_ander("Selecteer een geldige keuze. x is geen beschikbare keuze.")
    assert van_een_ander("This password is too short.") or van_een_ander("This field is required.")
    assert not van_een_ander("Vul iets in bij ‘Woonplaats’.")
    assert not van_een_ander("We mailden je een code.")


def test_elke_zin_van_een_veld_of_regel_is_van_ons():
    """Of every field and validator that Django has, also those that no form of ours uses yet."""

    def soorten(begin):
        for soort in begin.__subclasses__():
            yield soort
            yield from soorten(soort)

    zinnen = [str(zin) for soort in (forms.Field, *soorten(forms.Field)) if soort.__module__.startswith("django.forms")
              for zin in getattr(soort, "default_error_messages", {}).values()]  # fmt: skip
    zinnen += [str(regel.message) for regel in vars(validators).values() if hasattr(regel, "message")]
    assert len(zinnen) > 40
    assert [zin for zin in zinnen if van_een_ander(zin)] == []
    assert {zin for soort in VELDEN.values() for zin in soort.values()} <= ALGEMEEN


class ProefForm(forms.Form):
    woonplaats = forms.CharField(label="Woonplaats", max_length=3)
    regio = forms.ChoiceField(label="In welke regio woon je?", choices=[("a", "A"), ("b", "B")])
    keuze = forms.ChoiceField(label="Doe je mee?", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    akkoord = forms.BooleanField(label="Ja, dat mag.")
    cv = forms.FileField(label="Je cv")
    dag = forms.DateField(label="Dag")


def test_een_fout_noemt_het_veld_en_helpt():
    leeg = ProefForm({})
    assert [fouten_van(leeg[naam]) for naam in leeg.fields] == [
        ["Vul iets in bij ‘Woonplaats’."], ["Kies iets bij ‘In welke regio woon je?’."],
        ["Kies iets bij ‘Doe je mee?’."],
        ["Zet een vinkje bij ‘Ja, dat mag’."], ["Kies een bestand bij ‘Je cv’."], ["Vul iets in bij ‘Dag’."],
    ]  # fmt: skip
    fout = ProefForm({"woonplaats": "Zwolle", "regio": "z", "dag": "31-02-2027"})
    assert fouten_van(fout["woonplaats"]) == [TE_LANG % {"limit_value": 3, "show_value": 6}]
    assert fouten_van(fout["regio"]) == [KIES]
    assert fouten_van(fout["dag"], ook=True) == ["Dag: deze datum klopt niet. Schrijf hem zoals 31-12-2027."]


def _render(sjabloon, **context):
    from django.template import Context, Template  # noqa: PLC0415

    return Template(sjabloon).render(Context(context))


def test_een_groep_hoort_bij_haar_fout_en_de_fout_leidt_naar_de_eerste_keuze():
    form = ProefForm({})
    form.fields["keuze"].help_text = "Je mag later anders kiezen."
    uit = _render("{% foutenoverzicht form %}{% veld form.keuze %}", form=form)
    assert 'href="#id_keuze_0"' in uit
    assert uit.count('id="id_keuze_0"') == 1
    assert 'aria-describedby="id_keuze_helptext id_keuze_error"' in uit
    assert uit.count('id="id_keuze_error"') == uit.count('id="id_keuze_helptext"') == 1
    assert "<legend>Doe je mee?</legend>" in uit


@pytest.fixture(scope="module")
def wereld(django_db_setup, django_db_blocker):
    from django.db import transaction  # noqa: PLC0415

    with django_db_blocker.unblock(), transaction.atomic():
        yield RechtenWereld()
        transaction.set_rollback(True)


ROLLEN = "akoctTrRbeB"


def _is_pagina(antwoord):
    return not antwoord.streaming and antwoord.headers.get("Content-Type", "").startswith("text/html")


@pytest.mark.parametrize("naam", sorted(naam for naam in ADRESSEN if not naam.startswith("beheer/")))
def test_geen_pagina_zegt_een_zin_van_een_ander(wereld, naam):
    """Each address, as who may send it: empty, and every field that its page names with nonsense."""
    from django.db import transaction  # noqa: PLC0415

    argumenten, _, schrijven = ADRESSEN[naam]
    adres = reverse(naam, args=argumenten(wereld) if argumenten else [])
    for rol in [rol for rol, teken in zip(ROLLEN, schrijven, strict=True) if teken in "23" and rol in "akctrb"][:2]:
        client = wereld.client(rol)
        with transaction.atomic():
            pagina = client.get(adres)
            namen = set(re.findall(r'name="(\w[\w-]*)"', pagina.content.decode())) if _is_pagina(pagina) else set()
            transaction.set_rollback(True)
        for soort, waarde in ROMMEL.items():
            with transaction.atomic():
                velden = dict.fromkeys(namen - {"verzoek_id", "csrfmiddlewaretoken", "klad", "gezien"}, waarde)
                antwoord = client.post(adres, velden, follow=True)
                scherm = antwoord.content.decode() if _is_pagina(antwoord) else ""
                transaction.set_rollback(True)
            tekst = html.unescape(" ".join(re.sub(r"<[^>]+>", " ", deel) for deel in SCHERM.findall(scherm)))
            assert not van_een_ander(tekst), (rol, soort, van_een_ander(tekst))
