"""Contact data, logo and the pointer to the safety agreements, edited in the Wagtail settings. What is unknown starts
empty.
"""

from django.core.exceptions import ValidationError
from django.db import models
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from lms.kern.telefoon import telefoon_nakijken


@register_setting(icon="mail")
class Contactgegevens(BaseGenericSetting):
    telefoon = models.CharField("telefoonnummer", max_length=30, default="038 - 422 25 26")
    email = models.EmailField("e-mailadres", default="info@eigen-kracht.nl")
    website = models.CharField("website", max_length=100, default="www.eigen-kracht.nl")
    openingstijden = models.CharField("openingstijden", max_length=200, blank=True)
    logo = models.ForeignKey(
        "wagtailimages.Image", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="eigen logo"
    )

    class Meta:
        verbose_name = "contactgegevens"

    def __str__(self):
        return "contactgegevens"

    def clean(self):
        """The number stands on every page and in every mail, as the bureau writes it; it must be one to dial."""
        super().clean()
        try:
            telefoon_nakijken(self.telefoon)
        except ValidationError as fout:
            raise ValidationError({"telefoon": fout}) from fout

    @classmethod
    def nu(cls):
        """The contact data; the defaults as long as nobody changed them.

        Unlike Wagtail's `load` it never writes: every page asks for them.
        """
        return cls.objects.first() or cls()

    @property
    def telefoon_link(self):
        """The phone number as a tel: address."""
        return "".join(teken for teken in self.telefoon if teken.isdigit() or teken == "+")


@register_setting(icon="warning")
class Veiligheidsafspraken(BaseGenericSetting):
    """Where a lesson names violence it points to these; as long as both are empty nothing is shown."""

    tekst = models.TextField(
        "tekst", blank=True, help_text="Een paar zinnen, bijvoorbeeld wie je belt. Leeg: dan staat er niets in de les."
    )
    adres = models.URLField("adres van de afspraken", blank=True)

    class Meta:
        verbose_name = "veiligheidsafspraken"

    def __str__(self):
        return "veiligheidsafspraken"

    @classmethod
    def nu(cls):
        """What stands there, or None when there is nothing to point to."""
        nu = cls.objects.first()
        return nu if nu and (nu.tekst.strip() or nu.adres) else None
