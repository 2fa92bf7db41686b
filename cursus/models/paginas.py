"""The pages of the site. A page never holds a planning fact: it shows what the plain models say."""

# ruff: noqa: DJ008 - every page has the __str__ of Wagtail's Page

from django.apps import apps
from django.core.paginator import Paginator
from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from cursus.blocks import INHOUD, KORT
from cursus.models.agenda import agenda, agenda_filter, keuzes

NIEUWS_PER_PAGINA = 10
DIEP = {3: "DagPagina", 4: "LesPagina"}  # how many parts of an address lead to a page of the course


class Inleiding(models.Model):
    """A page that opens with a few plain sentences."""

    inleiding = models.TextField("inleiding", blank=True)
    content_panels = [*Page.content_panels, FieldPanel("inleiding")]

    class Meta:
        abstract = True


class MetInhoud(Inleiding):
    inhoud = StreamField(INHOUD, verbose_name="inhoud", blank=True)
    content_panels = [*Inleiding.content_panels, FieldPanel("inhoud")]

    class Meta:
        abstract = True


class HomePage(MetInhoud, Page):
    """Who we look for, when to come, and the eight steps."""

    welkom = models.CharField("tweede regel", max_length=200, blank=True)
    past_kop = models.CharField("kop boven de punten", max_length=80, default="Is dit iets voor jou?")
    past_punten = models.TextField("punten", blank=True, help_text="Elk punt op een eigen regel.")
    weten = RichTextField("goed om te weten", blank=True, features=KORT)
    content_panels = [
        *Inleiding.content_panels,
        FieldPanel("welkom"),
        FieldPanel("inhoud"),
        FieldPanel("past_kop"),
        FieldPanel("past_punten"),
        FieldPanel("weten"),
    ]
    template = "cursus/home.html"
    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["cursus.StandaardPagina", "cursus.NieuwsIndex", "cursus.AgendaPagina", "cursus.CursusIndex"]

    class Meta:
        verbose_name = "voorpagina"

    def route(self, request, path_components):
        """Find a day or lesson in one query instead of two per part of its address."""
        naam = DIEP.get(len(path_components))
        pad = f"{self.url_path}{'/'.join(path_components)}/"
        pagina = apps.get_model("cursus", naam).objects.live().filter(url_path=pad).first() if naam else None
        return RouteResult(pagina) if pagina else super().route(request, path_components)

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["rijen"] = agenda(agenda_filter({}))[:4]
        context["filter"] = agenda_filter({})
        context["keuzes"] = keuzes(request.user)
        context["punten"] = [regel.strip() for regel in self.past_punten.splitlines() if regel.strip()]
        return context


class StandaardPagina(MetInhoud, Page):
    toon_contact = models.BooleanField("telefoon en e-mail laten zien", default=False)
    content_panels = [*MetInhoud.content_panels, FieldPanel("toon_contact")]
    template = "cursus/standaard.html"
    parent_page_types = ["cursus.HomePage", "cursus.StandaardPagina"]
    subpage_types = ["cursus.StandaardPagina"]

    class Meta:
        verbose_name, verbose_name_plural = "gewone pagina", "gewone pagina's"


class NieuwsIndex(Inleiding, Page):
    template = "cursus/nieuws.html"
    max_count = 1
    parent_page_types = ["cursus.HomePage"]
    subpage_types = ["cursus.NieuwsPagina"]

    class Meta:
        verbose_name = "nieuwsoverzicht"

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        berichten = NieuwsPagina.objects.child_of(self).live().order_by("-datum", "-pk")
        context["bladzij"] = Paginator(berichten, NIEUWS_PER_PAGINA).get_page(request.GET.get("page"))
        return context


class NieuwsPagina(MetInhoud, Page):
    datum = models.DateField("datum")
    content_panels = [*Page.content_panels, FieldPanel("datum"), FieldPanel("inleiding"), FieldPanel("inhoud")]
    template = "cursus/nieuwsbericht.html"
    parent_page_types = ["cursus.NieuwsIndex"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name, verbose_name_plural = "nieuwsbericht", "nieuwsberichten"


class AgendaPagina(Inleiding, Page):
    """The sessions to come, with places left and whom we look for; the filter is in the address."""

    template = "cursus/agenda.html"
    max_count = 1
    parent_page_types = ["cursus.HomePage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = "agenda"

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["filter"] = agenda_filter(request.GET)
        context["bladzij"] = Paginator(agenda(context["filter"]), 20).get_page(request.GET.get("page"))
        context["keuzes"] = keuzes(request.user)
        return context
