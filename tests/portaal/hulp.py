"""What the tests of retention share: days in Amsterdam, a path that is as full as it gets, and looking everywhere."""

import datetime as dt
from pathlib import Path

import time_machine
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import connection
from django.utils import timezone

from cursus.models import Inlevering, LesPagina, Notitie, Trainingswens
from lms.kern import handelingen
from lms.kern.handelingen.kladjes import kladje_bewaren
from lms.kern.models import Agendaregel, Bestand, Bewaartermijn, Gebruiker

Soort = Bewaartermijn.Soort
# what the person, or somebody about the person, wrote; never a word of the fixtures
KANARIE = ("kanarie", "Ik stond te trillen", "Dat zie ik mezelf doen", "Een goed gesprek.", "Het ging goed.")


def om(dag, uur=0, minuut=5):
    """A moment of this day in Amsterdam."""
    return dt.datetime.combine(dag, dt.time(uur, minuut), tzinfo=timezone.get_default_timezone())


def op(dag, uur=0, minuut=5):
    return time_machine.travel(om(dag, uur, minuut), tick=False)


def stoppen(traject):
    handelingen.traject_stoppen(traject, door=traject.kandidaat)
    return klok(traject)


def klok(traject):
    return Bewaartermijn.objects.klok().filter(traject=traject).order_by("pk").last()


def termijn(traject, soort):
    return Bewaartermijn.objects.filter(traject=traject, soort=soort).last()


def alle_tekst():
    """Every value of every column of every table of this database, as one text."""
    delen = []
    with connection.cursor() as cursor:
        for tabel in connection.introspection.table_names(cursor):
            if tabel.startswith(("wagtailsearch", "wagtailcore", "django_content")) or tabel.endswith("pagina"):
                continue  # pages and their index: nobody writes about a person there
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(tabel)}")  # noqa: S608 - names of our own tables
            delen += [f"{tabel}: {rij}" for rij in cursor.fetchall()]
    return "\n".join(delen)


def staat_nog(*woorden):
    """The lines of the database in which one of these words stands."""
    return [regel for regel in alle_tekst().splitlines() if any(woord.lower() in regel.lower() for woord in woorden)]


def bestand_van(traject, soort):
    bestand = Bestand(traject=traject, soort=soort, naam=f"kanarie-{soort}.pdf", mime="application/pdf", grootte=7)
    bestand.inhoud.save("x", ContentFile(b"kanarie"), save=True)
    return Path(settings.BESTANDEN_ROOT) / bestand.inhoud.name


def vol(w, traject):
    """Everything that can be written around a path that is still going."""
    mens, les = traject.kandidaat, LesPagina.objects.live().first()
    paden = [bestand_van(traject, soort) for soort in ("brief", "cv", "opdracht_EK1")]
    Notitie.objects.create(traject=traject, les=les, soort="EK1", tekst="kanarie-lesnotitie")
    Inlevering.objects.create(traject=traject, les=les, soort="EK1", tekst="kanarie-opdracht")
    Trainingswens.objects.create(traject=traject, soort="EK1", talen="kanarie-taal", wensen="kanarie-wens")
    traject.aanmeldbrieven.create(soort="vragen", tekst="kanarie-vraag", antwoord="kanarie-antwoord", door=w.bureau)
    traject.belnotities.create(tekst="kanarie-bel", gesproken_op=timezone.localdate(), door=w.bureau)
    kladje_bewaren(door=mens, adres="/mijn/kanarie/", vorm="x", welk="", velden=[["tekst", "kanarie-kladje"]])
    Agendaregel.objects.create(persoon=mens, soort="bijeenkomst", nummer=1, titel="kanarie-titel", plek="kanarie-plek")
    Gebruiker.objects.filter(pk=mens.pk).update(
        voornaam="Kanarievoornaam", achternaam="Kanarienaam", woonplaats="Kanariedorp", telefoon="0612kanarie",
        naam_op_certificaat="Kanarie Papier", zoek="kanarienaam",
    )  # fmt: skip
    return paden
