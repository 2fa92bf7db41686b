"""The addresses of the whole site. Wagtail's pages come last."""

from allauth.account.views import LoginView, LogoutView
from django.conf import settings
from django.contrib import admin
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

login_elders = RedirectView.as_view(pattern_name="account_login", query_string=True)
account_hier = RedirectView.as_view(pattern_name="account")

urlpatterns = [
    # one login door: Wagtail's and Django's own login pages lead to it
    path("beheer/login/", login_elders),
    path("beheer/django/login/", login_elders),
    path("_util/login/", login_elders),
    # a person and an address change through acts, on the account page here
    path("beheer/account/", account_hier),
    path("accounts/email/", account_hier),
    path("beheer/django/", admin.site.urls),
    path("beheer/", include(wagtailadmin_urls)),
    # pictures in the sizes that pages use; originals and documents are not served this way
    re_path(r"^media/(?P<path>images/[^/]+)$", serve, {"document_root": settings.MEDIA_ROOT}),
    path("documenten/", include(wagtaildocs_urls)),
    path("accounts/", include("allauth.urls")),
    path("inloggen/", LoginView.as_view(), name="account_login"),  # after allauth's own, so that reverse() gives this one
    path("uitloggen/", LogoutView.as_view(), name="account_logout"),
    path("", include("lms.portaal.urls")),
    path("", include("cursus.urls")),
    path("", include("selectie.urls")),
    path("", include("certificering.urls")),
    path("", include(wagtail_urls)),
]
