"""Static files with a hash in their name. The fonts may be missing (no npm at set-up): then the system font is used."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StatischeOpslag(CompressedManifestStaticFilesStorage):
    def hashed_name(self, name, content=None, filename=None):
        """The hashed name; a file that is not there keeps its plain name instead of stopping collectstatic."""
        try:
            return super().hashed_name(name, content, filename)
        except ValueError:
            return name
