"""The large database for measuring: as many as asked, every print equal to its derivation, nobody outside the demo."""

from django.core.management import call_command

from lms.kern.models import Gebruiker, Traject
from lms.kern.pad.afleiding import afdruk_wijkt_af


def test_bulk_maakt_evenveel_mensen_als_gevraagd_en_elke_afdruk_klopt(db, settings, capsys):
    settings.DEMO = True
    call_command("demo", verbosity=0)
    demo = Traject.objects.count()
    for keer in (1, 2):  # a second time adds other people
        call_command("bulk", trajecten=60, coordinatoren=5, verbosity=0)
        assert Traject.objects.count() == demo + 65 * keer
    nieuw = Traject.objects.filter(kandidaat__email__startswith="bulk-")
    assert {t.stap for t in nieuw} == set(range(1, 10))
    assert [fout for t in nieuw if (fout := afdruk_wijkt_af(t))] == []
    assert not Gebruiker.objects.exclude(email__endswith="@demo.example").exists()
    een = nieuw.filter(deelnames__uitvoering__trainerschappen__trainer__email__startswith="bulktrainer").first()
    assert een is not None
    assert not nieuw.filter(deelnames__uitvoering__trainerschappen__trainer__email="trainer1@demo.example").exists()
