"""Two acts at the same moment, on real transactions: nothing is left behind the back of who ends a role."""

import pytest
from django.core.exceptions import ValidationError

from lms.kern import handelingen
from lms.kern.models import Gebruiker, Rolvervulling
from selectie import handelingen as selectie
from selectie.models import Mening
from tests.aanval.test_tegelijk import tegelijk
from tests.einde import rol_van
from tests.fabrieken import Wereld, persoon, verslag_van

pytestmark = pytest.mark.django_db(transaction=True)


def vers(mens):
    """Somebody whose roles are read before the race begins, as at the start of a request."""
    gebruiker = Gebruiker.objects.get(pk=mens.pk)
    gebruiker.rollen()
    return gebruiker


def test_twee_van_het_bureau_die_elkaars_rol_beeindigen(transactional_db):
    een, ander = persoon("een", "bureau"), persoon("ander", "bureau")
    rol_een, rol_ander, door_een, door_ander = rol_van(een), rol_van(ander), vers(een), vers(ander)
    uitkomsten = tegelijk(
        lambda: handelingen.rol_beeindigen(rol_een, door=door_ander),
        lambda: handelingen.rol_beeindigen(rol_ander, door=door_een),
    )
    assert Rolvervulling.objects.nu().filter(rol="bureau").count() == 1
    assert [type(fout) for fout in uitkomsten if isinstance(fout, Exception)] == [ValidationError]


@pytest.mark.parametrize("_", range(3))
def test_een_verslag_dat_net_wordt_gestuurd_blijft_niet_bij_wie_weg_is(transactional_db, _):
    """Either the report came first and is one thing more to hand on, or its sender hears that trainers are missing."""
    w = Wereld()
    traject = w.traject(5)
    velden = {"conclusie": "past", "waarom": "Daarom."}
    selectie.verslag_bewaren(traject, door=traject.kandidaat, antwoorden={}, velden=velden)
    rol, keuzes = rol_van(w.t1), {f"groep_{w.ek1.pk}": w.t3.pk}
    uitkomsten = tegelijk(
        lambda: selectie.verslag_sturen(verslag_van(traject), door=traject.kandidaat),
        lambda: handelingen.rol_beeindigen(rol, door=w.bureau, overdracht=keuzes),
    )
    weg = not Rolvervulling.objects.nu().filter(pk=rol.pk).exists()
    assert weg != isinstance(uitkomsten[1], Exception)
    gevraagd = Mening.objects.gevraagd().filter(verslag__traject=traject).values_list("trainer__voornaam", flat=True)
    assert sorted(gevraagd) == (["Trainer2", "Trainer3"] if weg else ["Trainer1", "Trainer2"])
