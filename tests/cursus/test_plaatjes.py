"""Pictures of the pages: the sizes that pages use are served, originals and everything else under media are not."""

import gc
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.images import ImageFile
from django.test import RequestFactory
from django.urls import resolve
from django.views.static import serve
from PIL import Image as Plaat
from wagtail.images.models import Image


@pytest.fixture
def plaat(db):
    inhoud = BytesIO()
    Plaat.new("RGB", (40, 30), "purple").save(inhoud, "PNG")
    yield Image.objects.create(title="Een kring", file=ImageFile(inhoud, name="kring.png"))
    gc.collect()  # what Wagtail left open is collected in this test, not in the next


# Wagtail leaves its temporary file to the collector
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_een_maat_van_een_plaatje_is_te_zien_en_het_origineel_niet(client, plaat):
    maat = plaat.get_rendition("width-20")
    map_ = Path(settings.MEDIA_ROOT)
    assert (map_ / maat.file.name).exists()
    assert maat.url.startswith("/media/images/")
    weg = resolve(maat.url)
    assert weg.func is serve
    assert (
        serve(RequestFactory().get(maat.url), weg.kwargs["path"], document_root=settings.MEDIA_ROOT).status_code == 200
    )
    assert client.get(f"/media/{plaat.file.name}").status_code == 404
    assert client.get("/media/images/../original_images/kring.png").status_code == 404
    assert client.get("/media/images/niets.png").status_code == 404
