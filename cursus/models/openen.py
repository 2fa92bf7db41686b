"""When a day or a lesson opens: a setting of the editor on the page, said to the reader in a sentence.

Reading is an aid, so a rule is never a step.
"""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from lms.kern.datums import dag, moment
from lms.kern.pad.stappen import STAPPEN

DAGEN = 3


class Opent(models.Model):
    """A page that may open later than its course."""

    class Wanneer(models.TextChoices):
        ALTIJD = "altijd", "meteen, zodra de cursus open is"
        STAP = "stap", "vanaf een stap van het traject"
        GROEPSDAG = "groepsdag", "vanaf het begin van een dag van de eigen groep"
        DATUM = "datum", "vanaf een datum"

    opent = models.CharField(
        "gaat open",
        max_length=10,
        choices=Wanneer,
        default=Wanneer.ALTIJD,
        help_text="Trainers en bureau zien altijd alles.",
    )
    opent_nr = models.PositiveSmallIntegerField(
        "welke stap of welke dag",
        null=True,
        blank=True,
        help_text="Alleen bij een stap (3 tot en met 8) of een dag van de groep (1, 2 of 3).",
    )
    opent_op = models.DateField("welke datum", null=True, blank=True, help_text="Alleen bij ‘vanaf een datum’.")

    class Meta:
        abstract = True

    def clean(self):
        super().clean()
        if self.opent == self.Wanneer.DATUM and not self.opent_op:
            raise ValidationError({"opent_op": "Kies de datum waarop deze pagina opengaat."})
        hoogste = {self.Wanneer.STAP: len(STAPPEN), self.Wanneer.GROEPSDAG: DAGEN}.get(self.opent)
        laagste = 3 if self.opent == self.Wanneer.STAP else 1
        if hoogste and not laagste <= (self.opent_nr or 0) <= hoogste:
            raise ValidationError({"opent_nr": f"Kies een getal van {laagste} tot en met {hoogste}."})

    def nog_dicht(self, toegang, soort):
        """Why this page is still closed for the person of `toegang` in course `soort`, or ""."""
        if self.opent == self.Wanneer.ALTIJD or toegang.alles:
            return ""
        if self.opent == self.Wanneer.DATUM:
            later = self.opent_op and self.opent_op > timezone.localdate()
            return f"Dit gaat open op {dag(self.opent_op)}." if later else ""
        if self.opent == self.Wanneer.STAP:
            later = toegang.traject is None or toegang.traject.stap < (self.opent_nr or 0)
            return f"Dit gaat open bij stap {self.opent_nr} van je traject." if later else ""
        return self._wacht_op_groepsdag(toegang, soort)

    def _wacht_op_groepsdag(self, toegang, soort):
        if toegang.had_training(soort):
            return ""
        dagen = toegang.groepsdagen(soort)
        if self.opent_nr not in dagen:
            return f"Dit gaat open op dag {self.opent_nr} van je groep. Je hebt nog geen groep."
        begint = dagen[self.opent_nr]
        return (
            f"Dit gaat open op dag {self.opent_nr} van je groep: {moment(begint)}."
            if begint and begint > timezone.now()
            else ""
        )


PANEEL = MultiFieldPanel(
    [FieldPanel("opent"), FieldRowPanel([FieldPanel("opent_nr"), FieldPanel("opent_op")])],
    heading="Wanneer gaat dit open?",
)
