"""The one page to log in: a code by mail first, beneath it the password, each a form of its own.

allauth does the work. What is ours: both forms on one page, and a code that cannot be one costs no try.
"""

from allauth.account.views import ConfirmLoginCodeView, LoginView, RequestLoginCodeView
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic.edit import FormView

from lms.kern.codes import CIJFERS, code_uit
from lms.kern.inlogforms import CodeVragenForm, InlogForm

SJABLOON = "account/login.html"


def _leeg(soort, request, adres=""):
    """The other form of the page: with the address that was typed in this one, without errors."""
    if soort is InlogForm:
        return InlogForm(request=request, initial={"login": adres}, auto_id="id_wachtwoord_%s")
    return CodeVragenForm(initial={"email": adres})


class Codevraag(RequestLoginCodeView):
    """The first form. Its own address is that of old links: they lead to the page with both."""

    template_name = SJABLOON

    def get(self, request, *args, **kwargs):
        return redirect(self.passthrough_next_url(reverse("account_login")))

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        form = context["form"]
        adres = form.data.get("email", "")[:254]
        return context | {"code_form": form, "form": _leeg(InlogForm, self.request, adres), "fout_form": form}


class Inloggen(LoginView):
    template_name = SJABLOON

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"auto_id": "id_wachtwoord_%s"}

    def post(self, request, *args, **kwargs):
        if "email" in request.POST and not {"login", "password"} & set(request.POST):
            return Codevraag.as_view()(request, *args, **kwargs)
        return super().post(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        form = context["form"]
        return context | {
            "code_form": _leeg(CodeVragenForm, self.request, form.data.get("login", "")[:254]),
            "fout_form": form,
        }


class Code(ConfirmLoginCodeView):
    def get_context_data(self, **kwargs):
        anders = self.passthrough_next_url(f"{reverse('account_login')}?anders=1")
        return super().get_context_data(**kwargs) | {"anders_inloggen": anders}

    def form_invalid(self, form):
        """Counts as a try only what can be a code; how often somebody may knock is limited at the door."""
        if not code_uit(self.request.POST.get("code", ""), CIJFERS):
            return FormView.form_invalid(self, form)
        return super().form_invalid(form)
