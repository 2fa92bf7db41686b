"""The pages of the site. A page never holds a planning fact: it shows what the plain models say."""

# ruff: noqa: DJ008 - every page has the __str__ of Wagtail's Page

from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.db import models
from django.db.models import UniqueConstraint
from django.http import Http404
from django.template.response import TemplateResponse
from django.utils.functional import cached_property
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from cursus.blocks import INHOUD, KORT
from cursus.models.agenda import agenda, agenda_filter, keuzes
from cursus.models.profielcodes import controleer, namen
from cursus.models.toegang import cursus_dicht

NIEUWS_PER_PAGINA = 10


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


class Leespagina(models.Model):
    """A page of the course: only for who is logged in and may read it. Others read when it opens (403)."""

    class Meta:
        abstract = True

    @cached_property
    def cursus(self):
        """The CursusPagina this page belongs to, or None."""
        return CursusPagina.objects.ancestor_of(self, inclusive=True).first()

    def serve(self, request, *args, **kwargs):
        if not request.user.is_authenticated:
            return redirect_to_login(request.path)
        dicht = cursus_dicht(request.user, self.cursus.soort) if self.cursus else ""
        if dicht:
            return TemplateResponse(request, "cursus/nog_dicht.html", {"page": self, "cursus": self.cursus, "waarom": dicht}, status=403)
        return super().serve(request, *args, **kwargs)


class CursusIndex(Leespagina, Inleiding, Page):
    template = "cursus/cursussen.html"
    max_count = 1
    parent_page_types = ["cursus.HomePage"]
    subpage_types = ["cursus.CursusPagina"]

    class Meta:
        verbose_name = "overzicht van de cursussen"

    def route(self, request, path_components):
        """Find the page below in one query instead of two per step of the address."""
        if not path_components:
            return super().route(request, path_components)
        model = {1: CursusPagina, 2: DagPagina, 3: LesPagina}.get(len(path_components))
        pad = f"{self.url_path}{'/'.join(path_components)}/"
        pagina = model.objects.descendant_of(self).live().filter(url_path=pad).first() if model else None
        if pagina is None:
            raise Http404
        return RouteResult(pagina)

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        cursussen = CursusPagina.objects.child_of(self).live()
        context["cursussen"] = [(cursus, cursus_dicht(request.user, cursus.soort)) for cursus in cursussen]
        return context


class CursusPagina(Leespagina, MetInhoud, Page):
    class Cursus(models.TextChoices):
        EK1 = "EK1", "EK1"
        EK2 = "EK2", "EK2"

    soort = models.CharField("cursus", max_length=3, choices=Cursus)
    content_panels = [*Page.content_panels, FieldPanel("soort"), FieldPanel("inleiding"), FieldPanel("inhoud")]
    template = "cursus/cursus.html"
    parent_page_types = ["cursus.CursusIndex"]
    subpage_types = ["cursus.DagPagina"]

    class Meta:
        verbose_name, verbose_name_plural = "cursus", "cursussen"
        constraints = [UniqueConstraint(fields=["soort"], name="een_cursuspagina_per_soort")]

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        return context | leesstand(self, request.user)


class DagPagina(Leespagina, Inleiding, Page):
    nr = models.PositiveSmallIntegerField("dag")
    content_panels = [*Page.content_panels, FieldPanel("nr"), FieldPanel("inleiding")]
    template = "cursus/dag.html"
    parent_page_types = ["cursus.CursusPagina"]
    subpage_types = ["cursus.LesPagina"]

    class Meta:
        verbose_name, verbose_name_plural = "dag", "dagen"

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs) | leesstand(self.cursus, request.user)
        context["lessen"] = next((lessen for dag, lessen in context["dagen"] if dag.pk == self.pk), [])
        return context


class LesPagina(Leespagina, MetInhoud, Page):
    minuten = models.PositiveSmallIntegerField("leestijd in minuten", default=8)
    thuis = models.BooleanField("voor thuis", default=False)
    profielcodes = models.CharField(
        "profielcodes", max_length=200, blank=True, validators=[controleer], help_text="Bijvoorbeeld: T01 V03 V07b"
    )
    content_panels = [
        *Inleiding.content_panels,
        FieldPanel("minuten"),
        FieldPanel("thuis"),
        FieldPanel("inhoud"),
        FieldPanel("profielcodes"),
    ]
    template = "cursus/les.html"
    parent_page_types = ["cursus.DagPagina"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name, verbose_name_plural = "les", "lessen"

    def profielpunten(self):
        """The short names of the codes; a whole group of the profile is said in one word."""
        return namen(self.profielcodes)

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        stand = leesstand(self.cursus, request.user)
        alle = [les for _, lessen in stand["dagen"] for les in lessen]
        plek = next((n for n, les in enumerate(alle) if les.pk == self.pk), 0)
        context |= stand | {"les_nr": plek + 1, "aantal": len(alle)}
        context["dag"] = next((dag for dag, lessen in stand["dagen"] if self.pk in {les.pk for les in lessen}), None)
        context["vorige"] = alle[plek - 1] if plek else None
        context["volgende"] = alle[plek + 1] if plek + 1 < len(alle) else None
        return context


def leesstand(cursus, gebruiker):
    """The days and lessons of a course with what this person has done: dagen [(dag, [les, …])], klaar {pk}, verder (first lesson not done).

    Each les gets `klaar`. Four queries, however many lessons.
    """
    dagen = [(dag, []) for dag in DagPagina.objects.child_of(cursus).live().order_by("path")] if cursus else []
    lessen = LesPagina.objects.descendant_of(cursus).live().order_by("path").defer("inhoud") if cursus else []
    klaar = set(gebruiker.voortgang.values_list("les", flat=True)) if gebruiker.is_authenticated else set()
    for les in lessen:
        les.klaar = les.pk in klaar
        for dag, van_dag in dagen:
            if les.path.startswith(dag.path):
                van_dag.append(les)
    alle = [les for _, van_dag in dagen for les in van_dag]
    return {
        "cursus": cursus,
        "dagen": dagen,
        "alle": alle,
        "klaar": sum(les.klaar for les in alle),
        "verder": next((les for les in alle if not les.klaar), None),
    }
