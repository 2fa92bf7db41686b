"""An editor sees the page beside its form: Wagtail frames it, so a preview may be framed by our own origin, and
nothing else may.
"""

import pytest
from wagtail.models import Page

from cursus.models import LesPagina, NieuwsPagina, StandaardPagina
from tests.aanval.hulp import klant

KOP = "Content-Security-Policy"


@pytest.fixture
def redactie(w):
    return klant(w.redacteur)


def te_lijsten(antwoord):
    """Whether a page of our own may frame this answer, with the strict policy for all else."""
    regels = dict(regel.strip().partition(" ")[::2] for regel in antwoord[KOP].split(";"))
    return (regels["frame-ancestors"], regels["script-src"], regels["style-src"], antwoord["X-Frame-Options"]) == (
        "'self'", "'self'", "'self'", "SAMEORIGIN",
    )  # fmt: skip


def bewaarde_versie(model):
    pagina = model.objects.live().first()
    pagina.title = "Nog niet gepubliceerd"
    return pagina, pagina.save_revision()


@pytest.mark.parametrize("model", [LesPagina, StandaardPagina, NieuwsPagina])
@pytest.mark.parametrize("adres", ["/beheer/pages/{pk}/view_draft/", "/beheer/pages/{pk}/revisions/{versie}/view/"])
def test_een_concept_of_oude_versie_mag_in_een_lijst_van_ons(redactie, model, adres):
    pagina, versie = bewaarde_versie(model)
    antwoord = redactie.get(adres.format(pk=pagina.pk, versie=versie.pk))
    assert "Nog niet gepubliceerd" in antwoord.content.decode()
    assert te_lijsten(antwoord)


def test_wat_geen_voorbeeld_is_komt_in_geen_lijst(w, redactie):
    """Also for an editor, and also when the address pretends."""
    for pagina in (
        Page.objects.get(url_path=LesPagina.objects.live().first().url_path),
        StandaardPagina.objects.live().first(),
    ):
        antwoord = redactie.get(pagina.url + "?in_preview_panel=true&is_preview=1", follow=True)
        assert "frame-ancestors 'none'" in antwoord[KOP]
        assert antwoord["X-Frame-Options"] == "DENY"
