"""Who may open a document: everybody when a public page shows it, else who may open a lesson in which it stands."""

from django.apps import apps
from wagtail.documents import get_document_model

from cursus.models.paginas import MetInhoud


def _noemt(pagina, document):
    """Whether the published content of this page refers to the document."""
    velden = (veld for veld in pagina._meta.get_fields() if hasattr(veld, "extract_references"))
    for veld in velden:
        for model, pk, *_ in veld.extract_references(veld.value_from_object(pagina)):
            if issubclass(model, get_document_model()) and str(pk) == str(document.pk):
                return True
    return False


def paginas_met(document):
    """The live pages in which this document stands. Read from what is published: an index also knows drafts."""
    for model in apps.get_app_config("cursus").get_models():
        if issubclass(model, MetInhoud):
            yield from (pagina for pagina in model.objects.live() if _noemt(pagina, document))
