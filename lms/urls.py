"""The addresses of the whole site. Wagtail's pages come last."""

from allauth.account.views import LogoutView
from django.conf import settings
from django.contrib import admin
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from lms.kern import fouten
from lms.portaal.views.inloggen import Code, Codevraag, Inloggen

login_elders = RedirectView.as_view(pattern_name="account_login", query_string=True)
account_hier = RedirectView.as_view(pattern_name="account")
wachtwoord_hier = RedirectView.as_view(pattern_name="account_change_password")

handler400, handler403, handler404, handler500 = (f"lms.kern.fouten.fout_{status}" for status in (400, 403, 404, 500))
handler429 = fouten.fout_429  # allauth asks for it here

urlpatterns = [
    # one login door: Wagtail's and Django's own login pages lead to it
    path("beheer/login/", login_elders),
    path("beheer/django/login/", login_elders),
    path("_util/login/", login_elders),
    # a person and an address change through acts, on the account page here
    path("beheer/account/", account_hier),
    path("beheer/failwhale/", fouten.fout_404),  # Wagtail's own alarm test
    path("accounts/email/", account_hier),
    path("accounts/confirm-email/", account_hier),
    re_path(r"^accounts/confirm-email/[-:\w]+/$", account_hier),
    path("beheer/django/password_change/", wachtwoord_hier),
    path("beheer/django/password_change/done/", wachtwoord_hier),
    path("beheer/django/", admin.site.urls),
    path("beheer/", include(wagtailadmin_urls)),
    # pictures in the sizes that pages use; originals and documents are not served this way
    re_path(r"^media/(?P<path>images/[^/]+\.(?:jpe?g|png|webp))$", serve, {"document_root": settings.MEDIA_ROOT}),
    path("documenten/", include(wagtaildocs_urls)),
    # before allauth's own: one page to log in, and a code that counts as a try only when it can be one
    path("accounts/login/", login_elders),
    path("accounts/login/code/", Codevraag.as_view(), name="account_request_login_code"),
    path("accounts/login/code/confirm/", Code.as_view(), name="account_confirm_login_code"),
    path("accounts/", include("allauth.account.urls")),
    path("account/tweede-stap/", include("lms.portaal.tweede_stap_urls")),
    # after allauth's own, so that reverse() gives this one
    path("inloggen/", Inloggen.as_view(), name="account_login"),
    path("uitloggen/", LogoutView.as_view(), name="account_logout"),
    path("", include("lms.portaal.urls")),
    path("", include("cursus.urls")),
    path("", include("selectie.urls")),
    path("", include("certificering.urls")),
    path("", include(wagtail_urls)),
]
