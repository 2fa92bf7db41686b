"""A good file beside a field with an error: held, so that nobody has to look it up again.

It stays with the form that was sent, by a signed mark that names its one-time id, until that form is taken; otherwise
HOUDT. Nobody but the person of the path sees it.
"""

import contextlib
import datetime as dt
from functools import reduce

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils import timezone

from lms.kern.bestanden.nagekeken import Nagekeken
from lms.kern.bestanden.opslaan import bewaren, weghalen
from lms.kern.bestanden.veld import Bestandsveld, houdnaam
from lms.kern.models import Bestand, Traject

SOORT, HOUDT = "gehouden", dt.timedelta(days=7)
_HANDTEKENING = signing.Signer(salt="lms.kern.bestanden.houden")


def _merk(bestand, verzoek_id):
    return _HANDTEKENING.sign(f"{bestand.uuid}|{verzoek_id}")


def _gehouden(merk, verzoek_id):
    """The Bestand of this mark, None when it is not of this form or is gone."""
    with contextlib.suppress(signing.BadSignature):
        uuid, _, van = _HANDTEKENING.unsign(merk).partition("|")
        if van and van == verzoek_id:
            return Bestand.objects.filter(uuid=uuid, soort=SOORT).first()
    return None


def _opnieuw(bestand):
    with bestand.inhoud.open("rb") as inhoud:
        return Nagekeken(bestand.naam, bestand.mime, ContentFile(inhoud.read()))


def gehouden_verlopen():
    """Held files whose form was not sent for HOUDT."""
    return Bestand.objects.filter(soort=SOORT, opgeslagen_om__lte=timezone.now() - HOUDT)


def gehouden_opruimen():
    """Remove them. Returns how many."""
    oud = list(gehouden_verlopen())
    for bestand in oud:
        weghalen(bestand)
    return len(oud)


class HoudForm(forms.Form):
    """A form that holds its good files while something else in it is not good yet."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.gehouden = {}  # per field the Bestand and its mark

    def clean(self):
        gegevens = super().clean()
        for naam in self._bestandsvelden():
            self._terughalen(naam, self.data.get(self.add_prefix("verzoek_id"), ""))
        return gegevens

    def _bestandsvelden(self):
        return [naam for naam, veld in self.fields.items() if isinstance(veld, Bestandsveld)]

    def _terughalen(self, naam, verzoek_id):
        bestand = _gehouden(self.data.get(houdnaam(self, naam), ""), verzoek_id)
        if bestand is None:
            return
        self.gehouden[naam] = bestand, _merk(bestand, verzoek_id)
        if not self.cleaned_data.get(naam) and naam not in self.errors:
            self.cleaned_data[naam] = _opnieuw(bestand)

    def houden(self, onderwerp):
        """Keep what is good; a file that does not fit any more is asked again."""
        verzoek_id = self.data.get(self.add_prefix("verzoek_id"), "")[:64]
        pad = getattr(onderwerp, "traject_pad", "")
        traject = reduce(getattr, pad.split("__"), onderwerp) if pad else onderwerp
        for naam in self._bestandsvelden():
            upload = self.files.get(self.add_prefix(naam)) and self.cleaned_data.get(naam)
            if upload and verzoek_id and naam not in self.errors and isinstance(traject, Traject):
                upload.inhoud.seek(0)
                with contextlib.suppress(ValidationError):
                    bestand = bewaren(upload, soort=SOORT, traject=traject)
                    self._loslaten(naam)
                    self.gehouden[naam] = bestand, _merk(bestand, verzoek_id)

    def loslaten(self):
        """The form was taken: what was held for it goes."""
        for naam in list(self.gehouden):
            self._loslaten(naam)

    def _loslaten(self, naam):
        bestand, _ = self.gehouden.pop(naam, (None, ""))
        weghalen(bestand)
