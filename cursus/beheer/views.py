"""Views of the planning in the Wagtail admin. Saving calls an act; what the act refuses comes back in the form."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.generic import FormView
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import CreateView, EditView, IndexView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets.button import Button

from cursus.beheer.forms import AfgelastForm
from cursus.handelingen import (
    afgelasten_met_mensen,
    bijwerken_na_planning,
    locatie_maken,
    locatie_wijzigen,
    uitvoering_maken,
    uitvoering_wijzigen,
)
from cursus.models import Uitvoering
from lms.kern.datums import moment


class DoorHandeling:
    """Validation includes the act: a form is valid when the act was done."""

    def is_valid(self, form):
        self.form = form
        if not super().is_valid(form):
            return False
        try:
            self.bewaard = self.bewaar(form)
        except ValidationError as fout:
            form.neem_over(fout)
            self.produced_error_code, self.produced_error_message = "validation_error", self.get_error_message()
            return False
        return True

    def save_instance(self):
        return self.bewaard


class LocatieMaken(DoorHandeling, CreateView):
    def bewaar(self, form):
        return locatie_maken(door=self.request.user, **form.waarden())


class LocatieWijzigen(DoorHandeling, EditView):
    def bewaar(self, form):
        locatie_wijzigen(self.object, door=self.request.user, **form.waarden())
        return self.object


class UitvoeringMaken(DoorHandeling, CreateView):
    """A new session; with ?kopie=<pk> everything of an earlier one but its dates."""

    def get_form_kwargs(self):
        nummer = self.request.GET.get("kopie", "")
        bron = Uitvoering.objects.filter(pk=nummer).first() if nummer.isdecimal() and len(nummer) < 19 else None
        return super().get_form_kwargs() | {"kopie": bron}

    def bewaar(self, form):
        return uitvoering_maken(door=self.request.user, **form.waarden())


class UitvoeringWijzigen(DoorHandeling, EditView):
    def bewaar(self, form):
        try:
            uitvoering_wijzigen(
                self.object, door=self.request.user, versie=form.cleaned_data["versie"], **form.waarden()
            )
        except ValidationError as fout:
            if getattr(fout, "code", "") != "botsing":
                raise
            raise ValidationError([fout, *form.neem_versie_over(Uitvoering.objects.get(pk=self.object.pk))]) from fout
        bijwerken_na_planning(self.object)
        return self.object

    @property
    def header_more_buttons(self):
        knoppen = super().header_more_buttons
        knoppen.append(
            Button(
                "Mensen en aanwezigheid",
                url=reverse("trainer_groep", args=[self.object.pk]),
                icon_name="group",
                priority=5,
            )
        )
        knoppen.append(Button("Kopieer", url=kopieeradres(self.object), icon_name="copy", priority=10))
        if not self.object.afgelast_om:
            adres = reverse("uitvoering:afgelasten", args=[self.object.pk])
            knoppen.append(Button("Gaat niet door", url=adres, icon_name="cross", priority=40))
        return knoppen


def kopieeradres(uitvoering):
    return f"{reverse('uitvoering:add')}?kopie={uitvoering.pk}"


class UitvoeringLijst(IndexView):
    """The sessions with their first date and places; the last planned first."""

    def get_list_more_buttons(self, instance):
        knoppen = super().get_list_more_buttons(instance)
        if self.add_url:
            knoppen.append(Button("Kopieer", url=kopieeradres(instance), icon_name="copy", priority=20))
        return knoppen

    def get_base_queryset(self):
        return Uitvoering.objects.met_data().select_related("locatie", "regio")

    def order_queryset(self, queryset):
        return super().order_queryset(queryset) if self.ordering else queryset.order_by("-begint_om", "-pk")


class Wanneer(Column):
    def get_value(self, instance):
        return moment(instance.begint_om)


class Plekken(Column):
    def get_value(self, instance):
        return "gaat niet door" if instance.afgelast_om else f"{instance.bezet} van {instance.capaciteit}"


class Afgelasten(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):
    """Confirm page: cancel a session and tell everybody who had a place."""

    model = Uitvoering
    permission_required = "change"
    form_class = AfgelastForm
    template_name = "cursus/beheer/afgelasten.html"
    page_title = "Gaat niet door"
    header_icon = "cross"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.object = get_object_or_404(Uitvoering, pk=kwargs["pk"])

    def get_page_subtitle(self):
        return self.object.titel

    def get_context_data(self, **kwargs):
        geplaatst = self.object.deelnames.filter(afgemeld_om=None).count() + self.object.agendaplekken.nu().count()
        adres = reverse("uitvoering:edit", args=[self.object.pk])
        return super().get_context_data(**kwargs) | {"uitvoering": self.object, "geplaatst": geplaatst, "terug": adres}

    def form_valid(self, form):
        try:
            afgelasten_met_mensen(self.object, door=self.request.user, waarom=form.cleaned_data["waarom"])
        except ValidationError as fout:
            form.add_error(None, fout)
            return self.form_invalid(form)
        messages.success(self.request, "Deze bijeenkomst gaat niet door. Iedereen met een plek krijgt een mail.")
        return redirect("uitvoering:index")
