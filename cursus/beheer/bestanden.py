"""What editors upload: documents of a few kinds, judged by content as every upload is; pictures written anew, so
without place and camera.
"""

import logging
from io import BytesIO

from django.core.exceptions import ValidationError
from django.forms import FileField
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from lms.kern.bestanden import nakijken
from lms.kern.bestanden.nagekeken import geweigerd
from lms.kern.bestanden.ontvangst import BEHEER_MB
from lms.kern.keuring import Afgekeurd
from lms.kern.keuring.herkennen import KOP, soort_van

logger = logging.getLogger("lms.bestanden")
DOCUMENTEN = ["pdf", "docx", "mp4", "mp3", "vtt"]
MB = 20
ANDERS = "Kies een pdf, een Word-bestand (docx), een film (mp4), geluid (mp3) of ondertitels (vtt)."


def _vervang(upload, nagekeken):
    """Put the cleaned content in the upload itself: Wagtail keeps a hold of it when another field has an error. Raises
    ValidationError: no room.

    A large upload is a temporary file, and the storage moves that file by its path: its content is replaced, not the
    file.
    """
    inhoud = nagekeken.inhoud.read()
    if hasattr(upload, "temporary_file_path"):
        try:
            upload.file.seek(0)
            upload.file.truncate()
            upload.file.write(inhoud)
            upload.file.flush()
        except OSError as fout:
            logger.exception("een upload kon niet op de schijf")
            raise geweigerd(Afgekeurd("vol"), upload) from fout
        upload.file.seek(0)
    else:
        upload.file = BytesIO(inhoud)
    upload.size, upload.name, upload.content_type = len(inhoud), nagekeken.naam, nagekeken.mime
    return upload


class DocumentForm(BaseDocumentForm):
    def clean_file(self):
        """A pdf or Word file is written anew; a film, sound or subtitles must be what their name says.

        Raises ValidationError.
        """
        upload = self.cleaned_data.get("file")
        if not upload or "file" not in self.changed_data:
            return upload
        if getattr(upload, "niet_binnen", ""):  # past the limit of a film, or no room: what is there is not all of it
            raise geweigerd(Afgekeurd(upload.niet_binnen), upload, grens=BEHEER_MB)
        extensie = upload.name.rpartition(".")[2].lower()
        upload.seek(0)
        soort = soort_van(upload.read(KOP))
        upload.seek(0)
        if extensie not in DOCUMENTEN or {"zip": "docx"}.get(soort, soort) != extensie:
            raise ValidationError(ANDERS)
        return _vervang(upload, nakijken(upload, mb=MB)) if extensie in ("pdf", "docx") else upload

    def add_error(self, field, error):
        """The model asks for the extension of a file also where none is there: refused already, or kept aside by a
        form without the field.
        """
        if ("file" in self.errors or "file" not in self.fields) and "file" in getattr(error, "error_dict", {}):
            over = {naam: fouten for naam, fouten in error.error_dict.items() if naam != "file"}
            if not over:
                return
            error = ValidationError(over)
        super().add_error(field, error)


class Plaatjesveld(WagtailImageField):
    def to_python(self, data):
        """The picture, written anew before anything else here looks at it. Raises ValidationError."""
        upload = FileField.to_python(self, data)
        return super().to_python(_vervang(upload, nakijken(upload, mb=MB, plaat=True)) if upload else upload)


class PlaatjeForm(BaseImageForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            oud = self.fields["file"]
            self.fields["file"] = Plaatjesveld(label=oud.label, required=oud.required, widget=oud.widget)
