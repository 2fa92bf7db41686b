"""Forms about certificates: the public check, and ending one with a reason."""

import re

from django import forms

from certificering.handelingen.certificaat import TEKENS
from lms.kern.doorgeven import OverdrachtForm
from lms.kern.formulieren import HandelingForm, NakijkForm, Tekstvak

_TEKEN = f"[{TEKENS}]{{4}}"
VORM = re.compile(f"EK-({_TEKEN})-({_TEKEN})")


def netjes(nummer):
    """A typed number in its printed form (ek 7q4m2xkd → EK-7Q4M-2XKD), or "" when it cannot be one."""
    kaal = re.sub(r"[^A-Z0-9]", "", nummer.upper()[:40])
    vol = f"{kaal[:2]}-{kaal[2:6]}-{kaal[6:]}"
    return vol if VORM.fullmatch(vol) else ""


class ControleForm(forms.Form):
    nummer = forms.CharField(
        label="Nummer op het certificaat", max_length=40,
        help_text="Bijvoorbeeld EK-7Q4M-2XKD. Kleine letters mogen ook.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Vul het nummer in dat op het certificaat staat."},
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)


class RedenForm(HandelingForm):
    """Ending or replacing a certificate: always with a reason."""

    waarom = Tekstvak(
        label="Waarom?", required=True, help_text="Dit staat in de geschiedenis. Alleen het bureau leest het."
    )


class EindeForm(OverdrachtForm, RedenForm):
    """Ending a registration, with what runs."""


class VervangForm(RedenForm, NakijkForm):
    """With what the new paper will say, as it was read."""
