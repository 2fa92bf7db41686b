"""All settings, in one file, read from the environment, safe by default.

Without any variable the site runs in production mode and refuses to start without a secret.
`make run` sets LMS_DEMO=1, which is the only way to get the demo accounts and the readable mail page.
"""

from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

from lms.kern.beleid import BELEID as CONTENT_SECURITY_POLICY  # noqa: F401 - it is a setting
from lms.kern.log import LOGGING

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

DEMO, DEBUG = env.bool("LMS_DEMO", default=False), env.bool("LMS_DEBUG", default=False)
VAR_DIR = Path(env("LMS_VAR", default=str(BASE_DIR / "var"))).resolve()
(VAR_DIR / "static").mkdir(parents=True, exist_ok=True)
SITE_URL = env("LMS_URL", default="http://127.0.0.1:8000" if DEMO else "https://opleiding.example")
SECRET_KEY = env("LMS_SECRET", default="")
if env("LMS_FOUTEN", default=""):
    from lms.kern.melden import melden_aan

    melden_aan(env("LMS_FOUTEN"), LOGGING)
SECRET_KEY_FALLBACKS = env.list("LMS_SECRET_OUD", default=[])
if not SECRET_KEY:
    raise ImproperlyConfigured("Zet LMS_SECRET: zonder eigen geheim start de site niet.")
ALLOWED_HOSTS = env.list("LMS_HOSTS", default=["127.0.0.1", "localhost", "testserver"] if DEMO else [])
CSRF_TRUSTED_ORIGINS = env.list("LMS_ORIGINS", default=[])

INSTALLED_APPS = [
    "lms.kern", "cursus", "selectie", "certificering", "lms.portaal",
    "allauth", "allauth.account", "allauth.mfa", "allauth.usersessions", "django_tables2", "django_filters", "csp",
    "wagtail.contrib.forms", "wagtail.contrib.redirects", "wagtail.contrib.settings", "wagtail.embeds", "wagtail.sites",
    "cursus.beheer.apps.MensenViaHandelingen", "wagtail.snippets", "wagtail.documents", "wagtail.images",
    "wagtail.search", "wagtail.admin", "wagtail", "modelcluster", "taggit",
    "lms.portaal.beheerconfig.LeesbeheerConfig", "django.contrib.auth", "django.contrib.contenttypes",
    "django.contrib.sessions", "django.contrib.messages", "django.contrib.staticfiles", "django.contrib.humanize",
    "django.contrib.sitemaps", "django.forms",
]  # fmt: skip
MIDDLEWARE = [
    "lms.kern.middleware.FoutenMiddleware", "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware", "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware", "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware", "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware", "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware", "lms.kern.middleware.HuisMiddleware",
    "lms.kern.aangekomen.AangekomenMiddleware", "lms.kern.deur.DeurMiddleware", "lms.kern.toegangswacht.Toegangswacht",
]  # fmt: skip
ROOT_URLCONF, WSGI_APPLICATION = "lms.urls", "lms.wsgi.application"
CSRF_FAILURE_VIEW = "lms.kern.fouten.csrf_geweigerd"
TEMPLATES = [{
    "BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": [BASE_DIR / "templates"], "APP_DIRS": True,
    "OPTIONS": {
        "builtins": ["lms.kern.templatetags.ekc", "certificering.templatetags.certificering"], "context_processors": [
            "django.template.context_processors.request", "django.contrib.auth.context_processors.auth",
            "django.contrib.messages.context_processors.messages", "lms.portaal.context.huis",
        ]},
}]  # fmt: skip
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
DJANGO_TABLES2_TEMPLATE = "onderdelen/tabel.html"

# Database: SQLite in var/ unless DATABASE_URL names another one. IMMEDIATE: a writer waits instead of failing.
if env("DATABASE_URL", default=""):
    _connection = {"CONN_MAX_AGE": env.int("LMS_CONN_MAX_AGE", default=60), "OPTIONS": {"options": "-c jit=off"}}
    DATABASES = {"default": env.db("DATABASE_URL") | _connection}
else:
    _pragmas = ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "cache_size=-20000")
    _init = " ".join(f"PRAGMA {pragma};" for pragma in _pragmas)
    _options = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": _init}
    _sqlite = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(VAR_DIR / "lms.sqlite3"), "OPTIONS": _options}
    DATABASES = {"default": _sqlite}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# What is only quick stands in "gewoon" and may be lost; limits and locks stand in a table that never culls
GRENZEN_PAD = VAR_DIR / "grenzen.sqlite3"
CACHES = {
    "default": {"BACKEND": "lms.kern.grenzen.cache.Huiscache", "OPTIONS": {"achter": "gewoon"}},
    "gewoon": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}
if env("REDIS_URL", default=""):
    CACHES["gewoon"] = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": env("REDIS_URL")}
else:
    CACHES["gewoon"] = {"BACKEND": "lms.kern.bestandscache.Bestandscache", "LOCATION": str(VAR_DIR / "cache")}

# People and the one login door
AUTH_USER_MODEL = "kern.Gebruiker"
AUTHENTICATION_BACKENDS = ["lms.kern.inlogdeur.Inlogdeur"]
LOGIN_URL = WAGTAILADMIN_LOGIN_URL = WAGTAIL_FRONTEND_LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL, LOGOUT_REDIRECT_URL = "start", "/"
ACCOUNT_ADAPTER = "lms.kern.accounts.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED, ACCOUNT_LOGIN_BY_CODE_TIMEOUT = True, 900
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_FORMS = {
    "login": "lms.kern.inlogforms.InlogForm", "request_login_code": "lms.kern.inlogforms.CodeVragenForm",
    "change_password": "lms.kern.inlogforms.WachtwoordVeranderen",
    "set_password": "lms.kern.inlogforms.WachtwoordKiezen", "reset_password": "lms.kern.inlogforms.NieuwWachtwoordForm",
    "reset_password_from_key": "lms.kern.inlogforms.WachtwoordUitLink",
    "confirm_login_code": "lms.kern.inlogforms.CodeForm",
}  # fmt: skip
# lms/kern/deur.py counts these; allauth's "login_failed" is left for second factors only
ACCOUNT_RATE_LIMITS = {"login_failed": "5/5m/key"} | dict.fromkeys(
    ("login", "request_login_code", "reset_password", "reset_password_from_key", "change_password", "reauthenticate")
)
BEZOEKERS_PER_ADRES = 10 if DEMO else 1  # how many people come from one network address
WACHTWOORDEN_PER_MINUUT = 300  # of strangers, all together; as many of browsers that logged in before
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "lms.kern.resetlink.Resetlink"  # noqa: S105 - a path
CONTROLE_PER_MINUUT = 30  # looks at a certificate, per address
# The second step. In production always required for staff; elsewhere only where LMS_TWEEDE_STAP asks for it.
_PRODUCTION = not (DEMO or DEBUG)
LMS_TWEEDE_STAP = _PRODUCTION or env.bool("LMS_TWEEDE_STAP", default=False)
MFA_ADAPTER = "lms.kern.tweede_stap.MfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = ACCOUNT_PREVENT_ENUMERATION = True
MFA_PASSKEY_SIGNUP_ENABLED = MFA_TRUST_ENABLED = False
MFA_TOTP_ISSUER = "Eigen Kracht-opleiding"
MFA_WEBAUTHN_USER_VERIFICATION = "required"  # a key that somebody found opens nothing without finger, face or pin
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not _PRODUCTION  # on localhost a passkey works without https
MFA_FORMS = {
    "authenticate": "lms.kern.inlogforms.StapTonen", "reauthenticate": "lms.kern.inlogforms.StapNogEens",
    "activate_totp": "lms.kern.inlogforms.AppAan",
    "add_webauthn": "lms.kern.sleutels.SleutelMaken", "reauthenticate_webauthn": "lms.kern.sleutels.SleutelNogEens",
    "authenticate_webauthn": "lms.kern.sleutels.SleutelTonen", "login_webauthn": "lms.kern.sleutels.SleutelInloggen",
}  # fmt: skip
MFA_RATE_LIMITS = {"webauthn_login": "30/m/ip" if _PRODUCTION else "1000/m/ip"}  # asking and answering both count
USERSESSIONS_TRACK_ACTIVITY = False  # lms.kern.sessies notes it, at most once in five minutes
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "lms.kern.wachtwoorden.Lijkt", "OPTIONS": {"user_attributes": ["email", "voornaam", "achternaam"]}},
    {"NAME": "lms.kern.wachtwoorden.Lengte", "OPTIONS": {"min_length": 12}},
    {"NAME": "lms.kern.wachtwoorden.Bekend"}, {"NAME": "lms.kern.wachtwoorden.Cijfers"},
]  # fmt: skip
PASSWORD_HASHERS = ["lms.kern.hashers.Argon2", "lms.kern.hashers.Pbkdf2"]

LANGUAGE_CODE, TIME_ZONE = "nl", "Europe/Amsterdam"

# Static and private files. Private files live outside the media root and are served only by a view that checks.
STATIC_URL, MEDIA_URL = "/static/", "/media/"
STATIC_ROOT, MEDIA_ROOT, BESTANDEN_ROOT = (VAR_DIR / naam for naam in ("static", "media", "bestanden"))
STATICFILES_DIRS = [BASE_DIR / "lms" / "static"]
_PLAIN_STATIC = "django.contrib.staticfiles.storage.StaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _PLAIN_STATIC if DEBUG else "lms.kern.opslag.StatischeOpslag"},
}
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler", "lms.kern.bestanden.ontvangst.Ontvangst",
]  # fmt: skip
DATA_UPLOAD_MAX_NUMBER_FILES, DATA_UPLOAD_MAX_MEMORY_SIZE = 10, 3_000_000

# Mail: our own outbox hands over to this backend
EMAIL_CONFIG = env.email("EMAIL_URL", default="dummymail://" if DEMO else "smtp://localhost:25")
vars().update(EMAIL_CONFIG)
if EMAIL_CONFIG["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend":
    EMAIL_BACKEND = "lms.kern.berichten.post.Post"
EMAIL_TIMEOUT = env.int("LMS_MAIL_WACHTTIJD", default=10)  # seconds, for each step of a hand-over
DEFAULT_FROM_EMAIL = env("LMS_AFZENDER", default="Eigen Kracht-opleiding <opleiding@demo.example>")

# what the apps say of their messages: when they are true, what goes with them
BERICHTEN = ["lms.kern.berichten.gaan", "cursus.berichten", "selectie.berichten", "certificering.berichten"]
# the kinds of duty that are handed on when a role, a trainer's place or a registration ends
PLICHTEN = [f"{app}.handelingen.plichten.PLICHTEN" for app in ("cursus", "selectie", "certificering", "lms.kern")]
BERICHT_TELEFOON = "lms.portaal.context.telefoon"  # the number that mails name

WAGTAIL_SITE_NAME = "Eigen Kracht-opleiding"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAIL_ENABLE_UPDATE_CHECK = WAGTAIL_ENABLE_WHATS_NEW_BANNER = WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_USER_TIME_ZONES = ["Europe/Amsterdam"]
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "mp4", "mp3", "vtt"]
WAGTAILDOCS_INLINE_CONTENT_TYPES: list[str] = []  # a document is a file to keep, never a page of ours
WAGTAILDOCS_DOCUMENT_FORM_BASE = "cursus.beheer.bestanden.DocumentForm"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_IMAGE_FORM_BASE = "cursus.beheer.bestanden.PlaatjeForm"
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 50_000_000
WAGTAILADMIN_PERMITTED_LANGUAGES = [("nl", "Nederlands")]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES = [("nl", "Nederlands")]

# Headers
if _PRODUCTION and (len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 5 or SECRET_KEY.startswith("django-insecure-")):
    raise ImproperlyConfigured("LMS_SECRET is te kort of bekend: neem minstens 50 willekeurige tekens.")
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _PRODUCTION
SECURE_HSTS_SECONDS = 31_536_000 if _PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = _PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("LMS_ACHTER_PROXY", default=False) else None
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if SECURE_PROXY_SSL_HEADER else 0
SESSION_SERIALIZER = "lms.kern.geheim.Sessieslot"
SESSIE_STIL_TEAM = 60 * 60 * 2  # seconds without a request after which a session ends: staff, others
SESSIE_STIL = SESSION_COOKIE_AGE = 60 * 60 * 12
if _PRODUCTION:  # a cookie that no other host and no plain http can set
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessie", "__Host-csrf"
