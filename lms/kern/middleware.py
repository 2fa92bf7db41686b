"""Headers on every response: no-store on personal pages, the slightly wider policy of Wagtail's admin."""

from csp.constants import SELF, UNSAFE_INLINE

from lms.kern.handelingen.mensen import groepen_nalopen


class HuisMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path.startswith("/beheer/") and request.user.is_authenticated:
            groepen_nalopen(request.user)
        response = self.get_response(request)
        if request.path.startswith("/beheer/"):
            response._csp_replace = {"style-src": [SELF, UNSAFE_INLINE], "frame-ancestors": [SELF], "frame-src": [SELF]}
            response["X-Frame-Options"] = "SAMEORIGIN"
        if request.user.is_authenticated or request.path.startswith(("/aanmelden/", "/inloggen/", "/accounts/")):
            response.headers.setdefault("Cache-Control", "no-store, private")
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        return response
