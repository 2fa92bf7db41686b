"""Dates and moments in plain Dutch, for sentences and pages."""

import datetime as dt

from django.utils import formats, timezone


def _lokaal(waarde):
    return timezone.localtime(waarde) if isinstance(waarde, dt.datetime) and timezone.is_aware(waarde) else waarde


def dag(waarde):
    """A date as 'vrijdag 12 februari', with the year when it is not this year. Empty for nothing."""
    if not waarde:
        return ""
    waarde = _lokaal(waarde)
    return formats.date_format(waarde, "l j F" if waarde.year == timezone.localdate().year else "l j F Y")


def datum(waarde):
    """A date as '12 februari 2027'."""
    return formats.date_format(_lokaal(waarde), "j F Y") if waarde else ""


def data(waarden):
    """Dates as '2 maart, 3 maart en 9 maart 2027': the year only once."""
    *eerdere, laatste = waarden
    kort = ", ".join(formats.date_format(_lokaal(waarde), "j F") for waarde in eerdere)
    return f"{kort} en {datum(laatste)}" if kort else datum(laatste)


def tijd(waarde):
    """A moment as '19.30 uur'."""
    return formats.date_format(_lokaal(waarde), "G.i") + " uur" if waarde else ""


def moment(waarde):
    """A moment as 'vrijdag 12 februari, 19.30 uur'."""
    return f"{dag(waarde)}, {tijd(waarde)}" if waarde else ""


def van_tot(begin, eind):
    """A meeting as 'vrijdag 12 februari, 9.30-16.30 uur', with both days when it ends on another one."""
    if _lokaal(begin).date() != _lokaal(eind).date():
        return f"{moment(begin)} tot {moment(eind)}"
    return f"{dag(begin)}, {formats.date_format(_lokaal(begin), 'G.i')}–{tijd(eind)}"


def grens(waarde):
    """A term for after 'vóór': 'vrijdag 12 februari' when it is the end of a day, else with the hour."""
    if isinstance(waarde, dt.datetime) and _lokaal(waarde).time() != dt.time.min:
        return moment(waarde)
    return dag(waarde)


def geleden(waarde):
    """A moment near now as 'vandaag, 14.32 uur' or 'gisteren, …'; further away as a date."""
    if not waarde:
        return ""
    verschil = (timezone.localdate() - timezone.localdate(waarde)).days
    if verschil in (0, 1):
        return f"{'vandaag' if verschil == 0 else 'gisteren'}, {tijd(waarde)}"
    return datum(waarde)


def dagen_geleden(waarde):
    """Whole days since a moment or date, at least 0."""
    if not waarde:
        return 0
    dag_toen = timezone.localdate(waarde) if isinstance(waarde, dt.datetime) else waarde
    return max((timezone.localdate() - dag_toen).days, 0)


def tel(aantal, woorden):
    """A number with its noun: tel(1, "dag,dagen") is '1 dag'. `aantal`: a number, or what has that many in it."""
    if not isinstance(aantal, int):
        aantal = int(aantal) if str(aantal).isdigit() else len(aantal)
    een, meer = woorden.split(",")
    return f"{aantal} {een if aantal == 1 else meer}"


def bestaat(moment_zonder_zone):
    """Whether this naive moment exists here: in the night the clock goes forward an hour does not."""
    bewust = timezone.make_aware(moment_zonder_zone)
    return timezone.make_naive(bewust.astimezone(dt.UTC)) == moment_zonder_zone


def wanneer(waarde):
    """A moment that was, inside a sentence: 'vandaag', 'gisteren' or 'op vrijdag 12 februari'."""
    verschil = (timezone.localdate() - timezone.localdate(waarde)).days
    return {0: "vandaag", 1: "gisteren"}.get(verschil) or f"op {dag(waarde)}"
