"""Ways in: the own sessions and passkeys, and what the bureau does about somebody who is locked out."""

from allauth.mfa.adapter import get_adapter
from allauth.mfa.recovery_codes.views import DownloadRecoveryCodesView
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from allauth.usersessions.adapter import get_adapter as sessie_adapter
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from lms.kern import handelingen
from lms.kern.formulieren import BevestigForm
from lms.kern.models import Gebruiker, Rol, Toegangsvoorstel
from lms.kern.schermen import gepost, rol_nodig
from lms.kern.sessies import eigen_sessie_houden
from lms.kern.tweede_stap import LAATSTE
from lms.portaal.forms import ToegangForm

Soort = Toegangsvoorstel.Soort
# per kind: title, what happens then, the button
WOORDEN = {
    Soort.TWEEDE_STAP_WEG: (
        "Tweede stap weghalen",
        "De app, de sleutels en de herstelcodes van {naam} werken dan niet meer. {voornaam} wordt overal "
        "uitgelogd en zet bij het inloggen een nieuwe tweede stap klaar.",
        "Haal de tweede stap weg",
    ),
    Soort.ADRES_WIJZIGEN: (
        "E-mailadres veranderen",
        "{naam} logt dan in met {nieuw} en krijgt alle mail op dat adres. {oud} werkt niet meer. {voornaam} "
        "wordt overal uitgelogd.",
        "Verander het adres",
    ),
    Soort.BLOKKEREN: (
        "Inloggen blokkeren",
        "{naam} kan dan niet meer inloggen en wordt meteen overal uitgelogd. Wat {voornaam} schreef, blijft bewaard.",
        "Blokkeer het inloggen",
    ),
    Soort.DEBLOKKEREN: ("Inloggen weer toestaan", "{naam} kan dan weer inloggen.", "Sta inloggen weer toe"),
}


class SleutelWeg(RemoveWebAuthnView):
    """Staff keep one second step: allauth asks this for the app, not for a passkey."""

    def form_valid(self, form):
        if not get_adapter().can_delete_authenticator(self.object):
            messages.warning(self.request, LAATSTE)
            return redirect("mfa_list_webauthn")
        return super().form_valid(form)


class HerstelcodesBewaren(DownloadRecoveryCodesView):
    """The codes as a file with a Dutch name."""

    def render_to_response(self, context, **opties):
        antwoord = super().render_to_response(context, **opties)
        antwoord["Content-Disposition"] = 'attachment; filename="herstelcodes.txt"'
        return antwoord


@login_required
def sessies(request):
    """Where somebody is logged in: end one session, or all others."""
    if request.method == "POST":
        if request.POST.get("daad") == "overal":
            eigen_sessie_houden(request, handelingen.overal_uitloggen(request.user, door=request.user))
            messages.success(request, "Je bent overal uitgelogd. Alleen hier nog niet.")
            return redirect("sessies")
        nummer = request.POST.get("sessie", "")
        if not nummer.isdecimal() or len(nummer) > 12:
            raise Http404
        sessie = get_object_or_404(
            UserSession.objects.exclude(session_key=request.session.session_key), user_id=request.user.pk, pk=nummer
        )
        sessie_adapter().end_sessions([sessie])
        messages.success(request, "Daar ben je uitgelogd.")
        return redirect("sessies")
    rijen = sorted(
        UserSession.objects.purge_and_list(request.user), key=lambda voorstel: voorstel.last_seen_at, reverse=True
    )
    return render(request, "portaal/sessies.html", {"sessies": rijen, "hier": request.session.session_key})


def _persoon(request, pk):
    return get_object_or_404(Gebruiker.objects.zichtbaar_als(request.user, Rol.BUREAU), pk=pk)


def _uitleg(soort, persoon, nieuw=""):
    titel, gevolg, knop = WOORDEN[soort]
    woorden = {
        "naam": persoon.naam,
        "voornaam": persoon.voornaam,
        "oud": persoon.email or "Het oude adres",
        "nieuw": nieuw,
    }
    return {"titel": titel, "gevolg": gevolg.format(**woorden), "knop": knop}


def _gedaan(soort, persoon, velden):
    """The sentence after the act: what is so from now on."""
    return {
        Soort.TWEEDE_STAP_WEG: "De tweede stap van {voornaam} is weggehaald.",
        Soort.ADRES_WIJZIGEN: "{voornaam} logt voortaan in met {nieuw}.",
        Soort.BLOKKEREN: "{voornaam} kan niet meer inloggen.",
        Soort.DEBLOKKEREN: "{voornaam} kan weer inloggen.",
    }[soort].format(voornaam=persoon.voornaam, nieuw=velden.get("nieuw_adres", ""))


@rol_nodig(Rol.BUREAU)
def toegang(request, pk, soort):
    """Say why (and which address), read what it means for whom, then do it or leave it to a colleague to confirm."""
    if soort not in Soort.values:
        raise Http404
    persoon, soort = _persoon(request, pk), Soort(soort)
    form = ToegangForm(gepost(request), soort=soort, persoon=persoon)
    twee = handelingen.twee_mensen_nodig(persoon)
    gelezen = request.method == "POST" and request.POST.get("daad") == "doen"
    if gelezen and form.uitvoeren(handelingen.toegang_voorstellen, persoon, door=request.user, soort=soort):
        zin = (
            "Een collega van het bureau bevestigt dit. Tot dan verandert er niets."
            if twee
            else _gedaan(soort, persoon, form.cleaned_data)
        )
        messages.success(request, zin)
        return redirect("bureau_mens", pk)
    nakijken = request.method == "POST" and not gelezen and form.is_valid()
    uitleg = _uitleg(soort, persoon, form.cleaned_data.get("nieuw_adres", "") if nakijken else "het nieuwe adres")
    return render(
        request,
        "portaal/toegang.html",
        {
            "persoon": persoon,
            "form": form,
            "twee": twee,
            "nakijken": nakijken,
            "loopt_door": soort == Soort.BLOKKEREN and persoon.rolvervullingen.nu().exists(),
            **uitleg,
        },
    )


@rol_nodig(Rol.BUREAU)
def voorstellen(request):
    """What waits for a second person of the bureau; nobody reads what is about themselves."""
    rijen = Toegangsvoorstel.objects.open().exclude(over=request.user).select_related("over", "door")
    van_mij = [voorstel for voorstel in rijen if voorstel.door_id == request.user.pk]
    voor_mij = [voorstel for voorstel in rijen if voorstel.door_id != request.user.pk]
    return render(request, "portaal/toegang_lijst.html", {"voor_mij": voor_mij, "van_mij": van_mij})


@rol_nodig(Rol.BUREAU)
def voorstel(request, pk):
    """One proposal: whom it is about, what follows, who asks it and why; confirm it or take it back.

    Afterwards: what became of it.
    """
    mensen = ("over", "door", "bevestigd_door", "ingetrokken_door")
    voorstel = get_object_or_404(Toegangsvoorstel.objects.exclude(over=request.user).select_related(*mensen), pk=pk)
    if not Toegangsvoorstel.objects.open().filter(pk=voorstel.pk).exists():
        return render(
            request,
            "portaal/toegang_afgelopen.html",
            {"voorstel": voorstel, "titel": WOORDEN[Soort(voorstel.soort)][0], "persoon": voorstel.over},
        )
    form = BevestigForm(gepost(request))
    if request.method == "POST":
        daad = (
            handelingen.toegang_bevestigen
            if request.POST.get("daad") == "bevestigen"
            else handelingen.toegang_intrekken
        )
        if form.uitvoeren(daad, voorstel.over, door=request.user, voorstel=voorstel.pk):
            gedaan = _gedaan(Soort(voorstel.soort), voorstel.over, {"nieuw_adres": voorstel.nieuw_adres})
            messages.success(
                request, gedaan if daad is handelingen.toegang_bevestigen else "Dit voorstel is ingetrokken."
            )
            return redirect("bureau_mens", voorstel.over_id)
    uitleg = _uitleg(Soort(voorstel.soort), voorstel.over, voorstel.nieuw_adres)
    return render(
        request,
        "portaal/toegang_voorstel.html",
        {"voorstel": voorstel, "form": form, "persoon": voorstel.over, **uitleg},
    )


def toegang_van(persoon):
    """For the page of a person: what may be done now, and what waits. Two queries."""
    soorten = [Soort.ADRES_WIJZIGEN, Soort.BLOKKEREN if persoon.is_active else Soort.DEBLOKKEREN]
    if persoon.authenticator_set.exists():
        soorten.insert(0, Soort.TWEEDE_STAP_WEG)
    return {
        "toegang": [(soort.value, WOORDEN[soort][0]) for soort in soorten],
        "wachtend": list(Toegangsvoorstel.objects.open().filter(over=persoon).select_related("door")),
    }
