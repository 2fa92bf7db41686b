"""Every form of ours keeps what is typed, because the base form does it: none is forgotten, none says too much.

What is not kept on the server, or nowhere at all, stands here with its reason.
"""

import inspect
import re

import pytest
from django import forms
from django.db import transaction
from django.template import Context, Template
from django.urls import get_resolver

from cursus.forms import ZorgForm
from lms.kern.formulieren import HandelingForm, Tekstvak
from lms.kern.kladveld import KladForm, is_vrije_tekst, vorm_van
from lms.kern.velden import Regelveld, soms_nodig
from tests.rechten_tabel import ADRESSEN
from tests.rechten_wereld import ROLLEN
from tests.test_rechten import EIGEN, _eigen_map, adres_van, wereld  # noqa: F401 - fixtures

# the tab keeps them, or they hold no words to lose
GEEN_KLADJE = {
    "cursus.forms.BelangstellingForm": "an address and a region, of a visitor",
    "cursus.lesforms.LesForm": "its own draft saves itself",
    "selectie.forms.verslag.VerslagForm": "its own draft saves itself",
    "selectie.forms.trainer.MeningForm": "its own draft saves itself",
    "certificering.forms.scope.ScopeverslagForm": "its own draft saves itself",
    "selectie.forms.aanmelden.OverJouForm": "of a visitor: the tab, and the draft of the application",
    "selectie.forms.aanmelden.BriefForm": "of a visitor: the draft of the application saves itself",
    "selectie.forms.aanmelden.OnafhankelijkForm": "of a visitor: the tab, and the draft of the application",
    "selectie.forms.namens.BevestigenForm": "of a visitor: one choice and a tick",
    "selectie.forms.aanmelden.CodeForm": "a code",
    "certificering.forms.certificaat.ControleForm": "a number, in a search",
}
NERGENS = {
    "cursus.forms.ZorgForm": "diet and access stand in their own table only",
    "cursus.lesforms.ReactieForm": "an answer without a name; a draft would have one",
}
ANDERE_DEUR = (
    "lms.kern.inlogforms",  # passwords and codes
    "lms.kern.sleutels",  # passkeys
    "cursus.beheer",  # Wagtail's own admin, with its own pages
    "lms.kern.velden",  # a part of a form
)


def naam_van(vorm):
    return f"{vorm.__module__}.{vorm.__qualname__}"


def eigen_formulieren():
    """Every form class of ours that is no base of others only."""

    def onder(klasse):
        for vorm in klasse.__subclasses__():
            yield vorm
            yield from onder(vorm)

    assert get_resolver().url_patterns  # all views, and with them all forms, are loaded
    gevonden = {vorm for vorm in onder(forms.BaseForm) if vorm.__module__.split(".")[0] in EIGEN}
    return sorted((vorm for vorm in gevonden if not vorm.__module__.startswith(ANDERE_DEUR)), key=naam_van)


def heeft_woorden(vorm):
    """A field for own words, also one that is made per instance."""
    van_zichzelf = any(is_vrije_tekst(veld.widget) for veld in vorm.base_fields.values())
    return van_zichzelf or bool(re.search(r"\b(Tekstvak|Regelveld|Naamveld|CharField)\(", inspect.getsource(vorm)))


def test_elk_formulier_met_woorden_wordt_bewaard_of_staat_op_de_lijst():
    vergeten, genoemd = [], set()
    for vorm in eigen_formulieren():
        if naam_van(vorm) in GEEN_KLADJE | NERGENS:
            genoemd.add(naam_van(vorm))
        elif heeft_woorden(vorm) and not (issubclass(vorm, KladForm) and vorm.kladje and not vorm.niet_bewaren):
            if vorm.__subclasses__() and not issubclass(vorm, HandelingForm):
                continue  # a base, looked at in what is made of it
            vergeten.append(naam_van(vorm))
    assert vergeten == []
    assert genoemd == set(GEEN_KLADJE | NERGENS)


def test_wat_nergens_bewaard_wordt_zijn_velden_die_bestaan():
    for vorm in eigen_formulieren():
        assert set(getattr(vorm, "niet_bewaren", ())) <= set(vorm.base_fields), naam_van(vorm)
    assert set(ZorgForm.base_fields) - {"verzoek_id"} == set(ZorgForm.niet_bewaren)
    assert 'value="" data-niet="dieet,dieet_mag,toegang,toegang_mag"' in str(ZorgForm()["verzoek_id"])


class Proefformulier(HandelingForm):
    """As a colleague would write one: nothing said about keeping."""

    tekst = Tekstvak(label="Jouw verhaal")
    kort = Regelveld(label="In een zin")
    keuze = forms.ChoiceField(choices=[("a", "A")])
    dag = forms.DateField(widget=forms.DateInput())
    vinkje = forms.BooleanField()
    wachtwoord = forms.CharField(widget=forms.PasswordInput)
    code = forms.CharField(widget=forms.TextInput(attrs={"autocomplete": "one-time-code"}))
    adres = forms.EmailField()
    bestand = forms.FileField()
    verborgen = forms.CharField(widget=forms.HiddenInput)
    geloof = forms.CharField()
    niet_bewaren = ("geloof",)


def test_een_nieuw_formulier_bewaart_vanzelf_woorden_en_keuzes_en_niets_anders():
    getekend = str(Proefformulier(prefix="p")["verzoek_id"])
    merk, nooit = re.search(r'name="klad" value="([^"]+)" data-niet="([^"]*)"', getekend).groups()
    assert vorm_van(merk) == (naam_van(Proefformulier), ["p-tekst", "p-kort", "p-keuze", "p-dag"])
    assert nooit == "p-geloof"


def test_een_formulier_zonder_woorden_zegt_niets():
    class Vinkje(HandelingForm):
        zeker = forms.BooleanField()

    getekend = Template("{{ form.verzoek_id }}").render(Context({"form": Vinkje()}))
    assert getekend.startswith('<input type="hidden" name="verzoek_id"')
    assert "klad" not in getekend


# --- on the page
# ------------------------------------------------------------------------------------------------------

FORMULIER = re.compile(r'<form\b[^>]*method="post".*?</form>', re.DOTALL)


def _vergeten(html):
    """The forms of this page that somebody writes in and that do not say what is kept."""
    delen = [deel for deel in FORMULIER.findall(html) if re.search(r"<textarea|type=\"(?:text|tel)\"", deel)]
    return [deel[:300] for deel in delen if not re.search(r'name="klad"|data-bewaar="|data-rijen', deel)]


def test_elke_pagina_met_een_formulier_om_in_te_schrijven_bewaart_het(wereld):  # noqa: F811
    fout, gezien = [], 0
    for naam, (argumenten, tekens, _) in ADRESSEN.items():
        if naam.startswith(("beheer/", "mfa_", "aanmelden")):
            continue
        adres = adres_van(naam, argumenten, wereld)
        for rol in [rol for rol, teken in zip(ROLLEN, tekens, strict=False) if teken == "2"][-3:]:
            with transaction.atomic():
                antwoord = wereld.client(rol).get(adres)
                if "html" in antwoord.get("Content-Type", ""):
                    html = antwoord.content.decode()
                    gezien += html.count('name="klad"')
                    fout += [(adres, rol, deel) for deel in _vergeten(html)]
                for sluit in antwoord._resource_closers:
                    sluit()
                transaction.set_rollback(True)
    assert fout == []
    assert gezien > 20


# --- what may stay empty says so, and nothing else
# ---------------------------------------------------------------------------------------------

MAG_LEEG = "(mag leeg blijven)"
SOMS_NODIG = {
    "certificering.forms.conferentie.TellenForm": {"waarom"},
    "certificering.forms.conferentie.VastleggenForm": {"gehouden_op"},
    "certificering.forms.evaluatie.AkkoordForm": {"tekst"},
    "certificering.forms.evaluatie.GesprekForm": {"afspraken"},
    "certificering.forms.registratie.BeschikbaarForm": {"beschikbaar_vanaf"},
    "cursus.lesforms.InleverForm": {"tekst", "bestand"},
    "lms.portaal.forms.GegevensForm": {"achternaam"},
    "selectie.forms.trainer.InstemForm": {"waarom"},
    "lms.portaal.forms.MedewerkerForm": {"achternaam", "regio"},
    "lms.portaal.forms.RolForm": {"regio"},
    "lms.portaal.forms.SamenForm": {"uitvoering"},
    "selectie.forms.aanmelden.BriefForm": {"motivatie", "brief_bestand", "cv", "cv_bestand"},
    "selectie.forms.aanmelden.OverJouForm": {"achternaam"},
    "selectie.forms.kandidaat.KeuzeForm": {"terug_op"},
    "selectie.forms.namens.AanvulForm": {"antwoord", "bestand"},
    "selectie.forms.namens.NamensForm": {"achternaam"},
}


def _label(veld):
    vorm = type("Vorm", (forms.Form,), {"veld": veld})()
    return Template("{% veld form.veld %}").render(Context({"form": vorm}))


@pytest.mark.parametrize("vorm", eigen_formulieren(), ids=naam_van)
def test_mag_leeg_blijven_staat_alleen_waar_het_waar_is(db, vorm):
    """A required field never says it; one that an act asks for sometimes does not say it either."""
    for naam, veld in vorm.base_fields.items():
        if not veld.widget.is_hidden and getattr(veld, "queryset", True) is not None:
            zegt = MAG_LEEG in _label(veld)
            assert not (zegt and (veld.required or getattr(veld, "soms_nodig", False))), naam
    soms = {naam for naam, veld in vorm.base_fields.items() if getattr(veld, "soms_nodig", False)}
    assert soms == SOMS_NODIG.get(naam_van(vorm), set())


def test_mag_leeg_blijven_staat_er_wel_waar_het_waar_is():
    assert MAG_LEEG in _label(Tekstvak(label="Vertel"))
    assert MAG_LEEG not in _label(soms_nodig(Tekstvak(label="Vertel")))
    assert MAG_LEEG not in _label(Tekstvak(label="Vertel", required=True))
