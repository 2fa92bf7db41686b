"""Two people at the same application at the same moment, on real transactions; with the negative control that shows
the race is real.
"""

from django.core.exceptions import ValidationError
from django.db import transaction

from lms.kern.handelingen import VOORBIJ, rol_geven
from lms.kern.models import Gebruiker, Regio, Rol, Traject
from selectie import handelingen
from selectie.handelingen.antwoorden import _schrijven
from selectie.handelingen.namens import afdruk
from selectie.models import Aanmeldconcept, Aanmelding
from tests.aanval.test_tegelijk import tegelijk
from tests.fabrieken import Wereld, namens, persoon


def _tweede(w):
    ander = persoon("bureau2")
    rol_geven(ander, door=w.bureau, rol=Rol.BUREAU)
    return Gebruiker.objects.get(pk=ander.pk)


def test_twee_medewerkers_antwoorden_in_dezelfde_seconde(transactional_db):
    w = Wereld()
    traject, ander = w.traject(0), _tweede(w)
    uit = tegelijk(
        lambda: handelingen.aanmelding_beantwoorden(traject.aanmelding, door=w.bureau, tekst="Van de een"),
        lambda: handelingen.aanvulling_vragen(traject.aanmelding, door=ander, tekst="Van de ander"),
        lambda: handelingen.aanmelding_beantwoorden(traject.aanmelding, door=ander, tekst="Nog een keer"),
    )
    uitnodigingen = traject.aanmeldbrieven.filter(soort="uitnodigen")
    assert uitnodigingen.count() == 1
    fouten = [str(u.messages[0]) for u in uit if isinstance(u, ValidationError)]
    assert set(fouten) == {VOORBIJ}


def test_zonder_slot_zouden_er_twee_uitnodigingen_zijn(transactional_db):
    """Negative control: the kernels alone, each reading before the other has written."""
    w = Wereld()
    traject, ander = w.traject(0), _tweede(w)
    with transaction.atomic():
        assert [Aanmelding.objects.nu().filter(traject=traject).exists() for _ in range(2)] == [True, True]
        for door in (w.bureau, ander):
            _schrijven(traject, "uitnodigen", "Dag", door=door)
        assert traject.aanmeldbrieven.count() == 2
        transaction.set_rollback(True)


def test_twee_keer_bevestigen_in_dezelfde_seconde_maakt_een_traject(transactional_db):
    w = Wereld()
    gegevens = {"voornaam": "Nel", "achternaam": "Vos", "email": "nel@demo.example", "motivatie": "b", "cv": "c"}
    concept = namens(w.bureau, {**gegevens, "regio": Regio.objects.first().pk})
    handelingen.namens_sturen(concept, door=w.bureau)
    concept = Aanmeldconcept.objects.get()
    velden = {"gelezen": afdruk(concept), "onafhankelijk": "ja"}
    uit = tegelijk(*[lambda: handelingen.namens_bevestigen(concept, door=None, **velden)] * 2)
    assert sorted(type(u).__name__ for u in uit) == ["Traject", "ValidationError"]
    assert Traject.objects.count() == 1
