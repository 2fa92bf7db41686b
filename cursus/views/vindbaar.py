"""To be found: the news as a feed, and the addresses of the public pages and dates for search engines."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.syndication.views import Feed
from django.urls import reverse
from wagtail.contrib.sitemaps import Sitemap as Paginasitemap

from cursus.models import NieuwsPagina, Uitvoering


class NieuwsFeed(Feed):
    """The last twenty news items."""

    title = "Nieuws van de Eigen Kracht-opleiding"
    description = "Nieuws over de opleiding tot Eigen Kracht-coördinator."
    language = "nl"

    def link(self):
        """Whole addresses, under the own name of the site: the name in the request is whatever somebody typed."""
        return f"{settings.SITE_URL}/nieuws/"

    def feed_url(self):
        return settings.SITE_URL + reverse("nieuws_rss")

    def items(self):
        return NieuwsPagina.objects.live().public().order_by("-datum", "-pk")[:20]

    def item_title(self, item):
        return item.title

    def item_description(self, item):
        return item.inleiding or item.search_description

    def item_link(self, item):
        return settings.SITE_URL + urlsplit(item.get_url() or "/nieuws/").path

    def item_pubdate(self, item):
        return item.first_published_at


class Agendasitemap(Sitemap):
    limit = 1000
    protocol, _, eigen_naam = settings.SITE_URL.partition("://")

    def get_domain(self, site=None):
        return self.eigen_naam

    def items(self):
        return Uitvoering.objects.komend()

    def location(self, item):
        return reverse("agenda_detail", args=[item.pk])


nieuws_rss = NieuwsFeed()
SITEMAPS = {"paginas": Paginasitemap, "agenda": Agendasitemap}
