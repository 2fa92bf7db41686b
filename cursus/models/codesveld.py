"""The codes of the profile as a list to choose from; what is kept stays the text 'T01 V03'."""

from django import forms
from wagtail.admin.forms import WagtailAdminPageForm

from cursus.models.profielcodes import KOPPEN, NAMEN, codes


def _keuzes():
    """The codes in groups, each with its short name."""
    return [
        (kop, [(code, f"{code} {naam}") for code, naam in NAMEN.items() if code[0] == letter])
        for letter, kop in KOPPEN.items()
    ]


class Codesveld(forms.MultipleChoiceField):
    """Tick boxes for a text of codes."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **velden):
        super().__init__(choices=_keuzes(), required=False, **velden)

    def prepare_value(self, value):
        return codes(value) if isinstance(value, str) else value

    def clean(self, value):
        gekozen = super().clean(value)
        return " ".join(code for code in NAMEN if code in gekozen)

    def has_changed(self, initial, data):
        return set(codes(initial or "")) != set(data or [])


class LesPaginaForm(WagtailAdminPageForm):
    profielcodes = Codesveld(
        label="profielcodes", help_text="Welke code bij welke les hoort, staat ook bij Rapporten, Profielcodes."
    )
