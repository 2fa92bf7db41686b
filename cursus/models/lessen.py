"""The pages of the course: the tree of course, day and lesson, the door in front of it, and how far somebody is."""

# ruff: noqa: DJ008 - every page has the __str__ of Wagtail's Page

from django.contrib.auth.views import redirect_to_login
from django.db import models
from django.db.models import Max, OuterRef, Subquery, UniqueConstraint
from django.http import Http404
from django.template.response import TemplateResponse
from django.utils.functional import cached_property
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageViewRestriction
from wagtail.url_routing import RouteResult

from cursus.leestijd import leestijd
from cursus.lesblokken import LES, ROLLENSPELLEN
from cursus.models.codesveld import LesPaginaForm
from cursus.models.invullen import les_invullen
from cursus.models.openen import PANEEL, Opent
from cursus.models.paginas import Inleiding, MetInhoud
from cursus.models.profielcodes import controleer, namen
from cursus.models.toegang import Toegang


def toegang_van(request):
    """The Toegang of who asks, one per request."""
    if not hasattr(request, "toegang"):
        request.toegang = Toegang(request.user)
    return request.toegang


class Leespagina(models.Model):
    """A page of the course: only for who is logged in and may read it. Others read when it opens (403)."""

    # the door of the course is stricter than Wagtail's own, so that one is not offered here
    private_page_options: list[str] = []

    class Meta:
        abstract = True

    def get_view_restrictions(self):
        return PageViewRestriction.objects.none()

    def get_sitemap_urls(self, request=None):
        """Behind the login: nothing for a search engine."""
        return []

    @cached_property
    def cursus(self):
        """The CursusPagina this page belongs to, or None."""
        return CursusPagina.objects.ancestor_of(self, inclusive=True).first()

    def stand(self, request):
        """The leesstand of this page's course for who asks, read once per request."""
        if not hasattr(request, "leesstand"):
            request.leesstand = {"cursus": self.cursus} | leesstand(
                self.cursus.soort if self.cursus else "", toegang_van(request)
            )
        return request.leesstand

    def waarom_dicht(self, request):
        """Why this page is closed for who asks, or ""."""
        return toegang_van(request).cursus_dicht(self.cursus.soort) if self.cursus else ""

    def serve(self, request, *args, **kwargs):
        if not request.user.is_authenticated:
            return redirect_to_login(request.path)
        dicht = self.waarom_dicht(request)
        if dicht:
            cursus_open = not toegang_van(request).cursus_dicht(self.cursus.soort)
            context = {"page": self, "cursus": self.cursus, "waarom": dicht, "cursus_open": cursus_open}
            return TemplateResponse(request, "cursus/nog_dicht.html", context, status=403)
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
        pagina = les_op_adres(self, path_components)
        if pagina is None:
            raise Http404
        return RouteResult(pagina)

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        cursussen = CursusPagina.objects.child_of(self).live()
        context["cursussen"] = [(cursus, toegang_van(request).cursus_dicht(cursus.soort)) for cursus in cursussen]
        return context


def les_op_adres(index, delen):
    """The live course, day or lesson at this address below `index`, or None. One query."""
    model = {1: CursusPagina, 2: DagPagina, 3: LesPagina}.get(len(delen))
    pad = f"{index.url_path}{'/'.join(delen)}/"
    return model.objects.descendant_of(index).live().filter(url_path=pad).first() if model else None


class CursusPagina(Leespagina, MetInhoud, Page):
    class Cursus(models.TextChoices):
        EK1 = "EK1", "EK1"
        EK2 = "EK2", "EK2"

    soort = models.CharField("cursus", max_length=3, choices=Cursus)
    vragen = StreamField(
        [("vraag", blocks.CharBlock(label="vraag", max_length=200))], verbose_name="vragen na de laatste dag",
        blank=True, max_num=3,
        help_text="Deelnemers antwoorden zonder naam. Trainers en bureau lezen het vanaf vijf antwoorden.",
    )  # fmt: skip
    content_panels = [
        *Page.content_panels,
        FieldPanel("soort"),
        FieldPanel("inleiding"),
        FieldPanel("inhoud"),
        FieldPanel("vragen"),
    ]
    template = "cursus/cursus.html"
    parent_page_types = ["cursus.CursusIndex"]
    subpage_types = ["cursus.DagPagina"]

    class Meta:
        verbose_name, verbose_name_plural = "cursus", "cursussen"
        constraints = [
            UniqueConstraint(
                fields=["soort"], name="een_cursuspagina_per_soort", violation_error_message="Deze cursus is er al."
            )
        ]

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | self.stand(request)


class DagPagina(Opent, Leespagina, Inleiding, Page):
    nr = models.PositiveSmallIntegerField("dag", help_text="Het nummer van de dag in de training: 1, 2 of 3.")
    rollenspellen = StreamField(ROLLENSPELLEN, verbose_name="rollenspellen om te printen", blank=True)
    content_panels = [
        *Page.content_panels,
        FieldPanel("nr"),
        FieldPanel("inleiding"),
        FieldPanel("rollenspellen"),
        PANEEL,
    ]
    template = "cursus/dag.html"
    parent_page_types = ["cursus.CursusPagina"]
    subpage_types = ["cursus.LesPagina"]

    class Meta:
        verbose_name, verbose_name_plural = "dag", "dagen"

    def waarom_dicht(self, request):
        dicht = super().waarom_dicht(request)
        return dicht or (self.nog_dicht(toegang_van(request), self.cursus.soort) if self.cursus else "")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs) | self.stand(request)
        context["lessen"] = next((lessen for dag, lessen in context["dagen"] if dag.pk == self.pk), [])
        context["spellen"] = list(enumerate(self.rollenspellen, 1))
        context["terugblik"] = self._terugblik(context["lessen"])
        return context

    @staticmethod
    def _terugblik(lessen):
        """The address of the three questions for oneself, in the last of these lessons that has them and is open."""
        open_nu = [les.pk for les in lessen if not les.dicht]
        for les in LesPagina.objects.filter(pk__in=open_nu).order_by("-path"):
            if any(blok["type"] == "terugblik" for blok in les.inhoud.raw_data):
                return f"{les.url}#terugblik"
        return ""


class LesPagina(Opent, Leespagina, MetInhoud, Page):
    inhoud = StreamField(LES, verbose_name="inhoud", blank=True)
    thuis = models.BooleanField(
        "thuisopdracht",
        default=False,
        help_text="Wie de training volgt kan het antwoord inleveren. Een trainer van de groep antwoordt.",
    )
    profielcodes = models.CharField(
        "profielcodes", max_length=200, blank=True, validators=[controleer]
    )  # fmt: skip
    base_form_class = LesPaginaForm
    content_panels = [
        *Inleiding.content_panels,
        MultiFieldPanel(
            [FieldPanel("thuis"), FieldPanel("profielcodes")],
            heading="Over deze les",
        ),
        FieldPanel("inhoud"),
        PANEEL,
    ]
    template = "cursus/les.html"
    parent_page_types = ["cursus.DagPagina"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name, verbose_name_plural = "les", "lessen"

    @property
    def tijd(self):
        """How long this lesson takes, counted from its words and exercises."""
        return leestijd(self)

    def profielpunten(self):
        """The short names of the codes; a whole group of the profile is said in one word."""
        return namen(self.profielcodes)

    def waarom_dicht(self, request):
        """The course is closed, else the day, else this lesson."""
        dicht = super().waarom_dicht(request)
        if dicht or self.cursus is None or toegang_van(request).alles:
            return dicht
        zelf = next((les for les in self.stand(request)["alle"] if les.pk == self.pk), None)
        return zelf.dicht if zelf else self.nog_dicht(toegang_van(request), self.cursus.soort)

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        stand = self.stand(request)
        alle = stand["alle"]
        plek = next((n for n, les in enumerate(alle) if les.pk == self.pk), 0)
        context |= stand | {"les_nr": plek + 1, "aantal": len(alle)}
        context["dag"] = next((dag for dag, lessen in stand["dagen"] if self.pk in {les.pk for les in lessen}), None)
        context["vorige"] = alle[plek - 1] if plek else None
        context["volgende"] = alle[plek + 1] if plek + 1 < len(alle) else None
        context |= {"fouten": [], "botsing": None}
        return context | les_invullen(self, toegang_van(request).traject, proef=getattr(request, "is_preview", False))


def _laatst(relatie, veld, **van):
    """The last moment of this person at each lesson, as a sub-query."""
    model = LesPagina._meta.get_field(relatie).related_model
    rijen = model._base_manager.filter(les=OuterRef("pk"), **van).order_by().values("les")
    return Subquery(rijen.annotate(laatst=Max(veld)).values("laatst"))


def _in_cursus(pagina_s, soort):
    """The live pages below the course of `soort`, in order."""
    pad = CursusPagina.objects.live().filter(soort=soort).values("path")[:1]
    return pagina_s.live().filter(path__startswith=Subquery(pad)).order_by("path")


def _lessen_van(soort, toegang):
    """The lessons of a course with `klaar_om` and `geschreven_om` of this person. One query."""
    return _in_cursus(LesPagina.objects.defer("inhoud"), soort).annotate(
        klaar_om=_laatst("voortgang", "klaar_om", gebruiker=toegang.gebruiker.pk),
        geschreven_om=_laatst("notities", "bewaard_om", traject=toegang.traject.pk if toegang.traject else None),
    )


def leesstand(soort, toegang):
    """The days and lessons of a course with what this person has done: dagen [(dag, [les, …])], alle, klaar (how many),
    verder (where to go on).

    Each les gets `klaar` and `dicht` (why it is still closed, or ""). Two queries, however many lessons.
    """
    dagen = [(dag, []) for dag in _in_cursus(DagPagina.objects, soort)]
    for dag, _ in dagen:
        dag.dicht = dag.nog_dicht(toegang, soort)
    for les in _lessen_van(soort, toegang):
        les.klaar = les.klaar_om is not None
        for dag, van_dag in dagen:
            if les.path.startswith(dag.path):
                les.dicht = dag.dicht or les.nog_dicht(toegang, soort)
                van_dag.append(les)
    alle = [les for _, van_dag in dagen for les in van_dag]
    return {"dagen": dagen, "alle": alle, "klaar": sum(les.klaar for les in alle), "verder": verder(alle)}


def verder(alle):
    """Where somebody was: the lesson written at last and not done, else the one after the last done, else the first
    that is open. None when all are done.
    """
    te_doen = [les for les in alle if not les.klaar and not les.dicht]
    if not te_doen:
        return None
    laatste = max((les for les in alle if les.klaar), key=lambda les: les.klaar_om, default=None)
    bezig = max((les for les in te_doen if les.geschreven_om), key=lambda les: les.geschreven_om, default=None)
    if bezig and (laatste is None or bezig.geschreven_om > laatste.klaar_om):
        return bezig
    erna = [les for les in te_doen if laatste and les.path > laatste.path]
    return (erna or te_doen)[0]
