"""A large, realistic, seeded database for measuring: every row is a copy of one that the demo made through the acts.

A copied traject takes everything that hangs on it along, in a group of its own with its own trainers, moved back in
time as a whole. So the stored print of each copy equals its derivation, as it does in the demo.
"""

import copy
import datetime as dt
import random

from django.db import models, transaction

from cursus.models import Aanwezigheid, Bijeenkomst, Deelname, Trainerschap, Uitvoering
from lms.kern.models import Bericht, Beurt, Gebruiker, Regio, Rolvervulling, Taal, Taalkennis, Traject
from lms.kern.pad.voorwaarden import model_van
from lms.kern.zoeken import vouw
from lms.portaal.demo import DOMEIN

# how many of a hundred trajecten stand where: few in each open step, many that ended, as after some years
VERDELING = {
    "stap1": 3, "stap2": 5, "stap3": 4, "stap4": 7, "stap5": 4, "stap6": 6, "stap7": 2, "wacht": 3, "overleg": 1,
    "verschil": 1, "stap8": 6,
    "gestopt": 38, "gecertificeerd": 14, "ek2": 6,
}  # fmt: skip
COORDINATOR = "coordinator"
LANG_GELEDEN = ("gestopt", "gecertificeerd", "ek2", COORDINATOR)
PER_GROEP, PER_BLOK = 12, 600
VOORNAMEN = [
    "Ömer",
    "Sanne",
    "Fatima",
    "Łucja",
    "Jan",
    "Elif",
    "Noor",
    "Çağla",
    "Tigist",
    "Bram",
    "Aïcha",
    "Søren",
    "Mehmet",
    "Ivo",
    "Zoë",
    "Rania",
    "Koen",
    "Desta",
]
ACHTERNAMEN = [
    "Jansen", "Öztürk", "de Vries", "Yılmaz", "Bakker", "El Amrani", "Wiśniewska", "Visser", "Haile", "Smit", "Çelik",
    "Mulder", "Nguyen", "Bos",
    "Kovačević", "Peters", "Tesfaye", "Dekker", "van Dam", "Koster", "Sahin", "Willems", "Abdi", "Groen",
]  # fmt: skip


def vullen(trajecten, coordinatoren, *, zaad=1):
    """Add `trajecten` copies of the demo's candidates and `coordinatoren` of its coordinator.

    The demo must be there. Same `zaad`, same people.
    """
    rng = random.Random(f"{zaad}:{Traject.objects.count()}")  # noqa: S311 - a repeatable database, nothing secret
    voorbeelden = {
        naam: _Voorbeeld(Traject.objects.get(kandidaat__email=f"{naam}@{DOMEIN}")) for naam in (*VERDELING, COORDINATOR)
    }
    keuze = rng.choices([*VERDELING], weights=VERDELING.values(), k=trajecten) + [COORDINATOR] * coordinatoren
    keuze.sort(key=lambda naam: naam in LANG_GELEDEN)  # a group is of one time
    kopieur = _Kopieur(rng, _trainers(rng, max(4, trajecten // 100)), voorbeelden.values())
    for begin in range(0, len(keuze), PER_BLOK):
        deel = keuze[begin : begin + PER_BLOK]
        with transaction.atomic():
            kopieur.blok([voorbeelden[naam] for naam in deel], [naam in LANG_GELEDEN for naam in deel])


def _mensen(rng, aantal, voorvoegsel, begin=0):
    mensen = []
    for nr in range(begin, begin + aantal):
        voornaam, achternaam = rng.choice(VOORNAMEN), rng.choice(ACHTERNAMEN)
        mensen.append(
            Gebruiker(
                email=f"{voorvoegsel}{nr}@{DOMEIN}",
                voornaam=voornaam,
                achternaam=f"{achternaam} {nr}",
                password="!",  # noqa: S106 - nobody can log in with it
                zoek=vouw(f"{achternaam} {nr} {voornaam}"),
            )
        )
    return Gebruiker.objects.bulk_create(mensen)


def _trainers(rng, aantal):
    eerder = Gebruiker.objects.filter(email__startswith="bulktrainer").count()
    trainers = _mensen(rng, aantal, "bulktrainer", eerder)
    Rolvervulling.objects.bulk_create(
        [Rolvervulling(gebruiker=t, rol="trainer", van=dt.date(2020, 1, 1)) for t in trainers]
    )
    return trainers


class _Voorbeeld:
    """One traject of the demo with all rows that hang on it, model by model, parents first."""

    OVERSLAAN = (Bericht,)

    def __init__(self, traject):
        self.traject = traject
        self.rijen = {Traject: {traject.pk: traject}}
        wachtrij = [Traject]
        while wachtrij:
            model = wachtrij.pop(0)
            for relatie in model._meta.get_fields(include_hidden=True):
                if (
                    relatie.auto_created
                    and not relatie.concrete
                    and relatie.related_model not in self.OVERSLAAN
                    and (relatie.one_to_many or relatie.one_to_one)
                ):
                    kind = relatie.related_model
                    if (
                        kind._meta.label in ("kern.Gebruiker", "kern.Traject")
                        or not kind._meta.managed
                        or relatie.field.model is not kind
                    ):
                        continue
                    gevonden = kind._base_manager.filter(**{f"{relatie.field.name}__in": self.rijen[model]})
                    nieuw = {r.pk: r for r in gevonden if r.pk not in self.rijen.get(kind, {})}
                    if nieuw:
                        self.rijen.setdefault(kind, {}).update(nieuw)
                        wachtrij.append(kind)
        self.modellen = _ouders_eerst(self.rijen)


def _ouders_eerst(rijen):
    """The models so that a row always comes after the rows it points to (but for rows of its own model)."""
    volgorde, over = [], list(rijen)
    while over:
        klaar = next(
            m for m in over if not {f.related_model for f in m._meta.concrete_fields if f.is_relation} & set(over) - {m}
        )
        volgorde.append(klaar)
        over.remove(klaar)
    return volgorde


class _Kopieur:
    """Copies in blocks: all rows of one model at once, with their keys, people, groups and dates mapped."""

    def __init__(self, rng, trainers, voorbeelden):
        self.rng, self.trainers = rng, trainers
        self.regios, self.talen = list(Regio.objects.all()), list(Taal.objects.all())
        nodig = {rij.uitvoering_id for v in voorbeelden for rij in v.rijen.get(Deelname, {}).values()}
        nodig |= {
            rij.bijeenkomst.uitvoering_id
            for v in voorbeelden
            for rij in v.rijen.get(Aanwezigheid, {}).values()
            if rij.bijeenkomst
        }
        self.uitvoeringen = list(
            Uitvoering.objects.filter(pk__in=nodig).prefetch_related("bijeenkomsten", "trainerschappen")
        )

    def blok(self, voorbeelden, lang_geleden):
        begin = Gebruiker.objects.filter(email__startswith="bulk-").count()
        mensen = _mensen(self.rng, len(voorbeelden), "bulk-", begin)
        talen = [Taalkennis(gebruiker=mens, taal=taal) for mens in mensen for taal in self.rng.sample(self.talen, 2)]
        Taalkennis.objects.bulk_create(talen)
        groepen = [self._groep(lang_geleden[n]) for n in range(0, len(voorbeelden), PER_GROEP)]
        self._vul_groepen(groepen)
        kopieen = [
            _Kopie(v, mens, groepen[n // PER_GROEP], self.rng)
            for n, (v, mens) in enumerate(zip(voorbeelden, mensen, strict=True))
        ]
        for kopie in kopieen:
            kopie.regio = self.rng.choice(self.regios)
        modellen = _ouders_eerst({model: None for v in voorbeelden for model in v.modellen})
        modellen.sort(key=lambda model: model is Beurt)  # a turn names a row of any of them
        for model in modellen:
            self._maak(model, kopieen)

    def _maak(self, model, kopieen):
        oud_en_nieuw = [
            (kopie, oud, kopie.van(oud)) for kopie in kopieen for oud in kopie.voorbeeld.rijen.get(model, {}).values()
        ]
        model._base_manager.bulk_create([nieuw for _, _, nieuw in oud_en_nieuw], batch_size=2000)
        for kopie, oud, nieuw in oud_en_nieuw:
            kopie.nieuw[model, oud.pk] = nieuw.pk
        zelf = [f for f in model._meta.concrete_fields if f.is_relation and f.related_model is model]
        wijzen = [(kopie, oud, nieuw, f) for kopie, oud, nieuw in oud_en_nieuw for f in zelf if getattr(oud, f.attname)]
        for kopie, oud, nieuw, f in wijzen:
            setattr(nieuw, f.attname, kopie.nieuw[model, getattr(oud, f.attname)])
        if wijzen:
            model._base_manager.bulk_update(
                {n.pk: n for _, _, n, _ in wijzen}.values(),
                [f.attname.removesuffix("_id") for f in zelf],
                batch_size=2000,
            )

    def _groep(self, lang_geleden):
        """A group of its own: how many days back, and who trains it in the place of whom."""
        terug = self.rng.randint(90, 1500) if lang_geleden else self.rng.randint(0, 60)
        paar = iter(self.rng.sample(self.trainers, 4))
        oud = {t.trainer_id for u in self.uitvoeringen for t in u.trainerschappen.all()}
        return {"terug": dt.timedelta(days=terug), "nieuw": {(Gebruiker, pk): next(paar).pk for pk in sorted(oud)}}

    def _vul_groepen(self, groepen):
        paren = [(groep, u) for groep in groepen for u in self.uitvoeringen]
        nieuw = Uitvoering.objects.bulk_create([_kopieer(u, groep["terug"]) for groep, u in paren])
        for (groep, u), kopie in zip(paren, nieuw, strict=True):
            groep["nieuw"][Uitvoering, u.pk] = kopie.pk
        dagen = [(groep, b, u) for groep, u in paren for b in u.bijeenkomsten.all()]
        nieuw = Bijeenkomst.objects.bulk_create(
            [_kopieer(b, g["terug"], uitvoering_id=g["nieuw"][Uitvoering, u.pk]) for g, b, u in dagen]
        )
        for (groep, b, _), kopie in zip(dagen, nieuw, strict=True):
            groep["nieuw"][Bijeenkomst, b.pk] = kopie.pk
        Trainerschap.objects.bulk_create(
            _kopieer(
                t,
                g["terug"],
                uitvoering_id=g["nieuw"][Uitvoering, u.pk],
                trainer_id=g["nieuw"][Gebruiker, t.trainer_id],
            )
            for g, u in paren
            for t in u.trainerschappen.all()
        )


class _Kopie:
    """One copy in the making: what each old row became."""

    def __init__(self, voorbeeld, mens, groep, rng):
        self.voorbeeld, self.mens, self.groep, self.rng = voorbeeld, mens, groep, rng
        self.nieuw = {(Gebruiker, voorbeeld.traject.kandidaat_id): mens.pk}
        self.regio = None

    def van(self, oud):
        velden = {}
        for veld in oud._meta.concrete_fields:
            waarde = getattr(oud, veld.attname)
            if veld.is_relation and waarde is not None:
                sleutel = (veld.related_model, waarde)
                velden[veld.attname] = (
                    None
                    if veld.related_model is type(oud)
                    else self.nieuw.get(sleutel, self.groep["nieuw"].get(sleutel, waarde))
                )
                if veld.related_model is Regio:
                    velden[veld.attname] = self.regio.pk
            elif veld.unique and not veld.primary_key:
                velden[veld.attname] = self._eigen(veld)
        if type(oud)._meta.label == "kern.Journaalregel":
            velden["verzoek_id"] = None
        if isinstance(oud, Beurt) and oud.feit:
            sleutel = (model_van(Traject, oud.aanzet.feit), oud.feit)
            velden["feit"] = self.nieuw.get(sleutel) or self.groep["nieuw"][sleutel]
        return _kopieer(oud, self.groep["terug"], **velden)

    def _eigen(self, veld):
        """A value of its own for a unique field: a certificate number, or a random id."""
        if veld.name == "nummer":
            delen = ["".join(self.rng.choices("23456789ABCDEFGHJKMNPQRSTUVWXYZ", k=4)) for _ in range(2)]
            return f"EK-{delen[0]}-{delen[1]}"
        return veld.get_default()


def _kopieer(oud, terug, **velden):
    """A new row like `oud`, every date and moment `terug` earlier."""
    nieuw = copy.copy(oud)
    nieuw._state = copy.copy(oud._state)
    nieuw._state.adding, nieuw._state.fields_cache = True, {}
    nieuw._prefetched_objects_cache = {}
    nieuw.pk = None
    for veld in oud._meta.concrete_fields:
        waarde = getattr(oud, veld.attname)
        if isinstance(veld, models.DateField) and waarde is not None:
            setattr(nieuw, veld.attname, waarde - terug)
    for naam, waarde in velden.items():
        setattr(nieuw, naam, waarde)
    return nieuw
