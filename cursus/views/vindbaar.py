"""To be found: the news as a feed, and the addresses of the public pages and dates for search engines."""

from django.contrib.sitemaps import Sitemap
from django.contrib.syndication.views import Feed
from django.urls import reverse
from wagtail.contrib.sitemaps import Sitemap as Paginasitemap

from cursus.models import NieuwsPagina, Uitvoering


class NieuwsFeed(Feed):
    """The last twenty news items."""

    title, link = "Nieuws van de Eigen Kracht-opleiding", "/nieuws/"
    description = "Nieuws over de opleiding tot Eigen Kracht-coördinator."
    language = "nl"

    def items(self):
        return NieuwsPagina.objects.live().public().order_by("-datum", "-pk")[:20]

    def item_title(self, item):
        return item.title

    def item_description(self, item):
        return item.inleiding or item.search_description

    def item_link(self, item):
        return item.get_url(getattr(self, "request", None)) or "/nieuws/"

    def item_pubdate(self, item):
        return item.first_published_at


class Agendasitemap(Sitemap):
    limit = 1000

    def items(self):
        return Uitvoering.objects.komend()

    def location(self, item):
        return reverse("agenda_detail", args=[item.pk])


nieuws_rss = NieuwsFeed()
SITEMAPS = {"paginas": Paginasitemap, "agenda": Agendasitemap}
