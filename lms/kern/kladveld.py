"""What of a form is kept while somebody types: the form says it, signed, beside its one-time id.

The page knows nothing of it. What is a password, a code, a file or hidden is never named here, and a tick is a word
that is given, not typed.
"""

from django import forms
from django.core import signing
from django.forms.widgets import ChoiceWidget, DateTimeBaseInput
from django.utils.html import format_html
from django.utils.safestring import SafeString

KLAD = "klad"
_HANDTEKENING = signing.Signer(salt="lms.kern.kladveld")


def is_vrije_tekst(widget):
    """Whether somebody writes own words in it."""
    gewoon = type(widget) is forms.TextInput or isinstance(widget, forms.Textarea)
    return gewoon and widget.attrs.get("autocomplete") != "one-time-code"


def _te_bewaren(widget):
    return is_vrije_tekst(widget) or isinstance(widget, ChoiceWidget | DateTimeBaseInput | forms.NumberInput)


def vorm_van(merk):
    """(the form class that was declared, the names of its fields that may be kept). Raises BadSignature."""
    vorm, _, namen = _HANDTEKENING.unsign(merk).partition("|")
    return vorm, namen.split(",")


class KladForm(forms.Form):
    """A form that keeps what is typed: in the tab, and on the server for who is logged in.

    `kladje` is False for a form whose own draft saves itself; a field in `niet_bewaren` is kept nowhere at all.
    """

    kladje = True
    niet_bewaren: tuple[str, ...] = ()

    def kladvelden(self):
        """The names of the fields that a draft on the server may hold; none without a field for own words."""
        velden = {
            naam: veld.widget
            for naam, veld in self.fields.items()
            if naam not in self.niet_bewaren and not veld.widget.is_hidden and _te_bewaren(veld.widget)
        }
        if not self.kladje or not any(is_vrije_tekst(widget) for widget in velden.values()):
            return []
        return [self.add_prefix(naam) for naam in velden]

    @property
    def klad(self):
        """The hidden field that tells the page's script; empty for a form that has nothing to keep or to leave out."""
        namen, nooit = self.kladvelden(), ",".join(self.add_prefix(naam) for naam in self.niet_bewaren)
        if not namen and not nooit:
            return SafeString()
        vorm = f"{type(self).__module__}.{type(self).__qualname__}"
        merk = _HANDTEKENING.sign(f"{vorm}|{','.join(namen)}") if namen else ""
        return format_html('<input type="hidden" name="{}" value="{}" data-niet="{}">', KLAD, merk, nooit)


class _Verzoek(forms.BoundField):
    def as_widget(self, widget=None, attrs=None, only_initial=False):
        return super().as_widget(widget, attrs, only_initial) + self.form.klad


class Verzoekveld(forms.CharField):
    """The one-time id of a form. Where it is drawn, the form also says what is kept of it."""

    def __init__(self, **velden):
        super().__init__(widget=forms.HiddenInput, required=False, max_length=64, **velden)

    def get_bound_field(self, form, field_name):
        return _Verzoek(form, self, field_name)
