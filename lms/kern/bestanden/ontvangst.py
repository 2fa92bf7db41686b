"""What comes in over the line: kept up to the limit and no further, and a full disk is a sentence at the field
instead of an error page.
"""

import logging
from io import BytesIO

from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import StopUpload, TemporaryFileUploadHandler

from lms.kern.instellingen import instelling

logger = logging.getLogger("lms.bestanden")
BEHEER_MB = 200  # films of the lessons
AFBREKEN = 20  # times the limit: the line is closed


class Ontvangst(TemporaryFileUploadHandler):
    """Large uploads on disk.

    Past the limit nothing is written any more, only counted: the form can say how big it was.
    """

    def new_file(self, *args, **kwargs):
        self.vol, self.grens = False, self._grens()
        try:
            super().new_file(*args, **kwargs)
        except OSError:
            self._niet_gelukt()
            self.file = InMemoryUploadedFile(
                BytesIO(), self.field_name, self.file_name, self.content_type, 0, self.charset
            )

    def _grens(self):
        beheer = (
            self.request.path.startswith("/beheer/") and getattr(self.request, "user", AnonymousUser()).is_authenticated
        )
        return (BEHEER_MB if beheer else instelling("bestand_mb")) * 1024 * 1024

    def _niet_gelukt(self):
        self.vol = True
        logger.exception("een upload kon niet op de schijf")

    def receive_data_chunk(self, raw_data, start):
        """Write this chunk, unless the file is past the limit or the disk is full."""
        if start > AFBREKEN * self.grens:
            raise StopUpload(connection_reset=True)
        if start + len(raw_data) > self.grens + 1 or self.vol:
            return
        try:
            self.file.write(raw_data)
            self.file.flush()
        except OSError:
            self._niet_gelukt()

    def upload_interrupted(self):
        """Broken off: the temporary file goes, where there is one."""
        if hasattr(getattr(self, "file", None), "temporary_file_path"):
            super().upload_interrupted()

    def file_complete(self, file_size):
        self.file.seek(0)
        self.file.size = file_size
        if self.vol or file_size > self.grens:
            self.file.niet_binnen = "te_groot" if file_size > self.grens else "vol"
        return self.file
