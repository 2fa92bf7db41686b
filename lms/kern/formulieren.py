"""Forms that call an act: a one-time id against double submits, and a refusal that lands at its field."""

import secrets

from django import forms
from django.core.exceptions import ValidationError

from lms.kern.bestanden import HoudForm
from lms.kern.handelingen.weigeren import VOORBIJ, Veranderd
from lms.kern.kladveld import KladForm, Verzoekveld
from lms.kern.models import Journaalregel

TEKST_MAX = 10_000
OVER = "~"  # between the one-time id of a form and the row its page showed


class Tekstvak(forms.CharField):
    """Text of several lines, at most TEKST_MAX characters. Empty unless `required=True`."""

    def __init__(self, *, rows=4, **velden):
        velden.setdefault("max_length", TEKST_MAX)
        velden.setdefault("required", False)
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **velden)
        self.widget.attrs.pop("maxlength", None)  # too long is said in words, never cut off silently
        self.error_messages["max_length"] = f"Deze tekst is te lang. Er passen {TEKST_MAX} tekens in."


class HandelingForm(HoudForm, KladForm):
    """A form whose sending is one act. `uitvoeren` returns whether it was done; a refusal is then in `errors`.

    What is typed in it is kept until then, and a good file beside a field with an error; see KladForm and HoudForm.
    """

    verzoek_id = Verzoekveld()

    def __init__(self, *args, over=None, **kwargs):
        """`over`: the row that the page shows (or what stands for it), where the address does not name it. The
        one-time id carries it, and a page from before another took its place is refused.
        """
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.over = "" if over is None else str(getattr(over, "pk", over))
        self.fields["verzoek_id"].initial = secrets.token_urlsafe(12) + (OVER + self.over if self.over else "")
        self.uitkomst = None

    def waarden(self):
        """The cleaned values that go to the act."""
        return {naam: waarde for naam, waarde in self.cleaned_data.items() if naam != "verzoek_id"}

    def uitvoeren(self, handeling, onderwerp=None, *, door, **extra):
        """Call `handeling(onderwerp, door=…, **values)`; without a subject for an act that makes one.

        Raises Geweigerd (403); a ValidationError becomes an error of the form.
        """
        if not self.is_valid() or self._over_iets_anders(door):
            self.houden(onderwerp)
            return False
        try:
            self.uitkomst = handeling(
                onderwerp, door=door, verzoek_id=self.cleaned_data.get("verzoek_id", ""), **self.waarden(), **extra
            )
        except ValidationError as fout:
            self.neem_over(fout)
            self.houden(onderwerp)
            return False
        self.loslaten()
        return True

    def _over_iets_anders(self, door):
        """Whether the page that sent this showed another row; then it says so, and is drawn for the row of now.

        What was done already is no other row: a second submit is answered as the first.
        """
        verzoek_id = self.cleaned_data.get("verzoek_id", "")
        _, teken, getoond = verzoek_id.partition(OVER)
        if not (self.over and teken) or getoond == self.over:
            return False
        if Journaalregel.objects.filter(verzoek_id=verzoek_id, door=door).exists():
            return False
        self.data = self.data.copy()
        self.data[self.add_prefix("verzoek_id")] = self.fields["verzoek_id"].initial
        self.add_error(None, VOORBIJ)
        return True

    def neem_over(self, fout):
        """Put a ValidationError of an act at its field, or above the form when this form has no such field."""
        for naam, fouten in (fout.error_dict if hasattr(fout, "error_dict") else {"": fout.error_list}).items():
            self.add_error(naam if naam in self.fields else None, fouten)


class NakijkForm(HandelingForm):
    """A check page: its form carries the print of what it shows.

    After `uitvoeren` says no and `veranderd` is true, the page is read anew.
    """

    gezien = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    veranderd = False

    def __init__(self, *args, gezien, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["gezien"].initial = gezien

    def neem_over(self, fout):
        self.veranderd = isinstance(fout, Veranderd)
        super().neem_over(fout)


class BevestigForm(HandelingForm):
    """A confirm page: no fields but the one-time id."""
