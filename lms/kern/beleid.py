"""What a page may load and who may frame it: the policy of all pages, and the two places where it is a little wider."""

from csp.constants import NONE, SELF, UNSAFE_INLINE

VAN_ONS = ("script-src", "style-src", "font-src", "connect-src", "media-src", "form-action")
BELEID = {
    "DIRECTIVES": {
        **dict.fromkeys(("default-src", "base-uri", "frame-ancestors"), [NONE]),
        **dict.fromkeys(VAN_ONS, [SELF]),
        "img-src": [SELF, "data:"],  # the signs of the stylesheet
    }
}
IN_BEHEER = {"style-src": [SELF, UNSAFE_INLINE], "frame-ancestors": [SELF], "frame-src": [SELF]}
IN_VOORBEELD = {"frame-ancestors": [SELF]}
