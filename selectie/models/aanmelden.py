"""Application, own choice, notes of talks and the gate: steps 1, 3, 5 and the two facts before step 8."""

from django.db import models
from django.db.models import CASCADE, PROTECT, CheckConstraint, Q, UniqueConstraint
from django.utils import timezone

from lms.kern.models import Bestand, Gebruiker, Herroepbaar, Rol, Traject

AKKOORD_VERSIE = 1  # of the sentence in which an applicant gives consent; a changed sentence is asked anew


class AanmeldconceptQuerySet(models.QuerySet):
    def te_doen_als(self, gebruiker, rol):
        """A visitor has what the own key or link opened; who is logged in the draft of a visitor; the bureau what it
        typed.
        """
        if rol == Rol.BEZOEKER:
            return self
        if rol not in gebruiker.rollen():
            return self.none()
        return self.filter(bureau__isnull=rol == Rol.KANDIDAAT) if rol in (Rol.KANDIDAAT, Rol.BUREAU) else self.none()


class Aanmeldconcept(models.Model):
    """An application that was not sent yet: no person, no traject. Only hashes of its two keys are stored.

    `token_hash`: of the one browser that works on it. `link_hash`: of the link that was mailed to its address, to go on
    (or, typed by the bureau, to confirm). Opening the link gives that browser a key of its own, and ends the key of
    whoever only typed the address.
    """

    VELDEN = (
        "voornaam", "tussenvoegsel", "achternaam", "email", "telefoon", "woonplaats", "regio", "motivatie", "cv",
        "onafhankelijk", "toelichting",
    )  # fmt: skip

    token_hash = models.CharField(max_length=64, unique=True)
    link_hash = models.CharField(max_length=64, blank=True, db_index=True)
    gegevens = models.JSONField(default=dict)
    brief_bestand = models.ForeignKey(Bestand, models.SET_NULL, null=True, blank=True, related_name="+")
    cv_bestand = models.ForeignKey(Bestand, models.SET_NULL, null=True, blank=True, related_name="+")
    code_hash = models.CharField(max_length=128, blank=True)
    code_om = models.DateTimeField(null=True, blank=True)
    code_pogingen = models.PositiveSmallIntegerField(default=0)
    # typed on behalf, by this person
    bureau = models.ForeignKey(Gebruiker, PROTECT, null=True, blank=True, related_name="+")
    # the link to confirm went out; empty again after a change
    gestuurd_om = models.DateTimeField(null=True, blank=True)
    gemaakt_om = models.DateTimeField(default=timezone.now)
    gewijzigd_om = models.DateTimeField(auto_now=True)
    objects = AanmeldconceptQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "aanmelding in concept", "aanmeldingen in concept"

    def __str__(self):
        return f"concept {self.pk}"

    @property
    def naam(self):
        return " ".join(filter(None, (self.gegevens.get(veld) for veld in ("voornaam", "tussenvoegsel", "achternaam"))))

    @property
    def ingevuld(self):
        """Every field of an application, empty where nothing was filled in yet."""
        return {**dict.fromkeys(self.VELDEN, ""), **self.gegevens}

    @property
    def email(self):
        return self.gegevens.get("email", "")


class AanmeldingQuerySet(models.QuerySet):
    def nu(self):
        """Those that can be answered: nobody was invited yet. Who heard "nu nog niet" can come back."""
        return self.exclude(antwoord=Aanmelding.Antwoord.UITNODIGEN)


class Aanmelding(models.Model):
    class Antwoord(models.TextChoices):
        OPEN = "", "nog niet beantwoord"
        UITNODIGEN = "uitnodigen", "uitgenodigd"
        NU_NOG_NIET = "nu_nog_niet", "nu nog niet"

    traject = models.OneToOneField(Traject, CASCADE, related_name="aanmelding")
    ingediend_om = models.DateTimeField(default=timezone.now)
    onafhankelijk = models.BooleanField("onafhankelijk", null=True, blank=True)
    gewenste_uitvoering = models.ForeignKey(
        "cursus.Uitvoering", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    antwoord = models.CharField(max_length=12, blank=True, choices=[c for c in Antwoord.choices if c[0]])
    op_papier_op = models.DateField("bevestigd op papier", null=True, blank=True)
    beantwoord_om = models.DateTimeField(null=True, blank=True)
    beantwoord_door = models.ForeignKey(Gebruiker, PROTECT, null=True, blank=True, related_name="+")
    traject_pad = "traject"
    objects = AanmeldingQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "aanmelding", "aanmeldingen"
        constraints = [
            CheckConstraint(
                condition=Q(antwoord="", beantwoord_om__isnull=True) | ~Q(antwoord="") & Q(beantwoord_om__isnull=False),
                name="antwoord_heeft_moment",
            ),
        ]

    def __str__(self):
        return f"aanmelding van traject {self.traject_id}"


class BriefQuerySet(models.QuerySet):
    def zichtbaar_voor(self, gebruiker):
        """Letter and cv: candidate, own trainers, bureau (regels §6)."""
        if not gebruiker.is_authenticated:
            return self.none()
        q = Q(aanmelding__traject__in=Traject.objects.als_trainer_van(gebruiker, "EK1").values("pk"))
        for rol in (Rol.KANDIDAAT, Rol.BUREAU):
            q |= Q(aanmelding__traject__in=Traject.objects.zichtbaar_als(gebruiker, rol).values("pk"))
        return self.filter(q)


class Brief(models.Model):
    """Content apart from the fact: retention deletes this row, the Aanmelding stays and step 1 stays done."""

    aanmelding = models.OneToOneField(Aanmelding, CASCADE, related_name="brief")
    motivatie = models.TextField("motivatie", blank=True)
    cv = models.TextField("cv", blank=True)
    motivatie_bestand = models.ForeignKey(Bestand, models.SET_NULL, null=True, blank=True, related_name="+")
    cv_bestand = models.ForeignKey(Bestand, models.SET_NULL, null=True, blank=True, related_name="+")
    toelichting_onafhankelijk = models.TextField(blank=True)
    objects = BriefQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "brief en cv", "brieven en cv's"

    def __str__(self):
        return f"brief bij {self.aanmelding_id}"


class Deelnamebesluit(Herroepbaar):
    class Keuze(models.TextChoices):
        JA = "ja", "ja, ik doe mee"
        LATER = "later", "ik kies later"
        NEE = "nee", "nee, dit is niets voor mij"

    traject = models.ForeignKey(Traject, CASCADE, related_name="deelnamebesluiten")
    keuze = models.CharField(max_length=5, choices=Keuze)
    terug_op = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = "deelnamebesluit", "deelnamebesluiten"
        constraints = [
            UniqueConstraint(
                fields=["traject"], condition=Q(herroepen_om__isnull=True), name="een_geldig_deelnamebesluit"
            ),
            CheckConstraint(
                condition=Q(keuze="later", terug_op__isnull=False) | ~Q(keuze="later") & Q(terug_op__isnull=True),
                name="later_heeft_datum",
            ),
        ]

    def __str__(self):
        return self.keuze


class Uitzoeknotitie(models.Model):
    """A short note of a talk that was held (step 5): visible to candidate and own trainers, never a condition."""

    traject = models.ForeignKey(Traject, CASCADE, related_name="uitzoeknotities")
    om = models.DateTimeField(default=timezone.now)
    door = models.ForeignKey(Gebruiker, PROTECT, related_name="+")
    tekst = models.TextField(blank=True)

    class Meta:
        verbose_name, verbose_name_plural = "notitie", "notities"
        ordering = ["om", "pk"]

    def __str__(self):
        return f"notitie {self.pk}"


class PoortpuntQuerySet(models.QuerySet):
    def nu(self):
        """Those that hold."""
        return self.filter(herroepen_om__isnull=True)


class Poortpunt(Herroepbaar):
    class Punt(models.TextChoices):
        VOG = "vog", "VOG gezien"
        ONAFHANKELIJK = "onafhankelijk", "onafhankelijkheid bevestigd"

    traject = models.ForeignKey(Traject, CASCADE, related_name="poortpunten")
    punt = models.CharField(max_length=15, choices=Punt)
    afgegeven_op = models.DateField("VOG afgegeven op", null=True, blank=True)
    traject_pad = "traject"
    objects = PoortpuntQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "punt van de poort", "punten van de poort"
        constraints = [
            UniqueConstraint(
                fields=["traject", "punt"], condition=Q(herroepen_om__isnull=True), name="poortpunt_een_keer"
            )
        ]

    def __str__(self):
        return self.punt
