"""Fields that several forms share."""

from django import forms

from certificering.opvallend import opvallend

ZONDER_NAMEN = "Schrijf geen namen en geen details waaraan iemand de familie herkent."
JA_NEE = (("ja", "Ja"), ("nee", "Nee"))


class Datum(forms.DateField):
    """A day, with the browser's own date picker."""

    def __init__(self, **velden):
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **velden)
        self.input_formats = ["%Y-%m-%d", "%d-%m-%Y", "%d-%m-%y"]
        self.error_messages["invalid"] = "Vul een datum in, bijvoorbeeld 12-02-2027."
        self.error_messages["required"] = "Vul de datum in."


class Keuze(forms.ChoiceField):
    """One of a few answers, as radio buttons."""

    def __init__(self, *, choices, leeg="Kies een antwoord.", **velden):
        super().__init__(choices=choices, widget=forms.RadioSelect, **velden)
        self.error_messages["required"] = self.error_messages["invalid_choice"] = leeg


class JaNee(Keuze):
    """Yes or no; the cleaned value is True, False or None."""

    def __init__(self, *, ja="Ja", nee="Nee", **velden):
        super().__init__(choices=[("ja", ja), ("nee", nee)], **velden)

    def clean(self, value):
        return {"ja": True, "nee": False, "": None}[super().clean(value)]


class Getal(forms.IntegerField):
    def __init__(self, **velden):
        super().__init__(min_value=0, max_value=999, required=False, **velden)
        self.widget.attrs |= {"inputmode": "numeric"}
        self.error_messages["invalid"] = "Vul een getal in."


class ZonderNamen:
    """Mixin: a warning when a free text looks like details of a person. Sent a second time with the tick, it passes."""

    vrije_tekst = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["toch"] = forms.BooleanField(
            required=False, label="Dit zijn geen gegevens van de familie. Het mag zo."
        )
        self.gewaarschuwd = False

    def clean(self):
        gegevens = super().clean()
        if not gegevens.get("toch"):
            for naam in self.vrije_tekst:
                wat = opvallend(gegevens.get(naam) or "")
                if wat:
                    self.gewaarschuwd = True
                    self.add_error(
                        naam,
                        f"Hierin staat iets dat op {wat} lijkt. Haal het weg, of zet onderaan een vinkje dat het mag.",
                    )
        return gegevens

    def waarden(self):
        waarden = super().waarden()
        waarden.pop("toch", None)
        return waarden
