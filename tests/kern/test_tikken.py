"""The ticks asked from compiled SQL are those of the derivation, for one and for many, in any order."""

from lms.kern.models import Traject
from lms.kern.pad.afleiding import tikken_van
from lms.kern.pad.stappen import STAPPEN, VERVOLG


def test_tikken_uit_gebakken_sql_zijn_die_van_de_afleiding(w):
    alle = [w.traject(tot) for tot in range(10)]
    verwacht = {
        t.pk: (
            {s.nr for s in STAPPEN if getattr(t, f"gedaan_{s.nr}")},
            {s.nr for s in VERVOLG if getattr(t, f"verder_{s.nr}")},
        )
        for t in Traject.objects.met_tikken()
    }
    assert [len(verwacht[t.pk][0]) for t in alle] == [0, 1, 2, 3, 4, 5, 6, 7, 8, 8]
    assert tikken_van(t.pk for t in reversed(alle)) == verwacht
    assert {t.pk: tikken_van([t.pk])[t.pk] for t in alle} == verwacht
    assert tikken_van([]) == {}
    assert tikken_van([0]) == {}
