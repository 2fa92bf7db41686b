"""The one field for a file, in every form: what it accepts, how big, and the check of what came in."""

from django import forms
from django.utils.html import format_html

from lms.kern.bestanden.nagekeken import DOCX, Nagekeken, nakijken
from lms.kern.instellingen import instelling

ACCEPT = (
    ".pdf,.docx,.jpg,.jpeg,.jfif,.png,.webp,.heic,.heif,application/pdf,"
    f"{DOCX},image/jpeg,image/png,image/webp,image/heic"
)


def houdnaam(form, naam):
    """The hidden field that says which file was held for this one."""
    return form.add_prefix(f"gehouden_{naam}")


class _Bestandskeuze(forms.BoundField):
    """With the file that was held for it, beside another field with an error (HoudForm)."""

    def as_widget(self, widget=None, attrs=None, only_initial=False):
        invoer = super().as_widget(widget, attrs, only_initial)
        if self.name not in getattr(self.form, "gehouden", {}):
            return invoer
        bestand, merk = self.form.gehouden[self.name]
        return format_html(
            '<p class="saved">Bewaard: <b>{}</b></p>{}<input type="hidden" name="{}" value="{}">',
            bestand.naam, invoer, houdnaam(self.form, self.name), merk,
        )  # fmt: skip


class Bestandsveld(forms.FileField):
    """A file that may be left out. Cleans to a Nagekeken; the browser hears what is accepted and how big it may be."""

    widget = forms.FileInput

    def __init__(self, *, hulp="", **velden):
        velden.setdefault("required", False)
        super().__init__(allow_empty_file=True, **velden)
        self.hulp = hulp
        self.widget.attrs["accept"] = ACCEPT

    def get_bound_field(self, form, field_name):
        """The limit of this moment, asked once a form: a setting can change while the site runs."""
        grens = form.__dict__.get("grens_mb") or instelling("bestand_mb")
        form.grens_mb = grens
        self.help_text = f"{self.hulp or 'Een pdf, Word-bestand of foto.'} Maximaal {grens} MB."
        self.widget.attrs["data-max-mb"] = grens
        return _Bestandskeuze(form, self, field_name)

    def clean(self, data, initial=None):
        """The checked file, or None.

        Raises ValidationError with the reason. Checks here, so that no lock is held meanwhile.
        """
        upload = super().clean(data, initial)
        return nakijken(upload) if upload and not isinstance(upload, Nagekeken) else upload
