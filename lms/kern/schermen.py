"""What every view needs: the login and role doors."""

from functools import wraps

from django.contrib.auth.decorators import login_required

from lms.kern.handelingen import NIET_HIER, Geweigerd


def rol_nodig(*rollen):
    """A view for people who have one of `rollen`: anonymous goes to the login page, others get a 403 with its reason."""

    def versier(view):
        @login_required
        @wraps(view)
        def bewaakt(request, *args, **kwargs):
            if not request.user.rollen().intersection(rollen):
                raise Geweigerd(NIET_HIER)
            return view(request, *args, **kwargs)

        bewaakt.rollen = rollen
        return bewaakt

    return versier
