"""What the people of the demo wrote, and how they log in."""

WACHTWOORD = "demo-eigen-kracht"
DOMEIN = "demo.example"
BRIEF = (
    "In mijn straat regelden we altijd alles samen. Toen mijn moeder ziek werd, zaten we met zijn negenen aan tafel. "
    "Iedereen deed wat hij kon. Dat gun ik andere mensen ook. Ik wil graag leren hoe ik dat voor elkaar krijg, "
    "zonder het over te nemen."
)
CV = (
    "2009-2021 verzorgende in de thuiszorg (gestopt).\n2015-nu vrijwilliger bij het buurthuis.\nIk voedde drie "
    "kinderen op en zorgde vier jaar voor mijn moeder."
)
WAAROM = (
    "Ik vind het mooi dat je niet hoeft te helpen. In mijn familie regelden we ook alles aan tafel, met eten "
    "erbij. Ik wil nog oefenen met voor een groep staan."
)
ANTWOORDEN = {
    "O01": ("4", ""), "O02": ("4", "Ik zorgde vier jaar voor mijn moeder. Ik leerde vragen om hulp."),
    "O03": ("3", ""), "O05": ("3", ""), "O06": ("3", ""), "O07": ("2", ""),
    "O04": ("3", "Ik heb acht maanden gebeld om een plek te krijgen op een school voor mijn zoon. Ik gaf niet op."),
    "V03": ("4", "Bij de koffie in de buurtkamer liet ik iedereen uitpraten. Ik vroeg door. Zo hoorde ik iets "
"nieuws van iemand die ik al jaren ken."),
    "V04": ("3", ""),
}  # fmt: skip
REST = {
    "V08": ("2", "Op dag 3 stond ik te trillen. Maar na vijf minuten ging het."),
    "V01": ("3", ""),
    "V05": ("3", ""),
    "P01": ("nog_niet", ""),
    "P02": ("ja", ""),
    "P05": ("ja", ""),
}
REACTIES = [
    ("Zelf spelen dat je niets weet.", "Meer tijd voor het stuk over kinderen.", "Rustig. Ik durfde alles te vragen."),
    ("De besloten tijd naspelen.", "", "Wij lachten veel, en ook als het moeilijk was bleef het veilig."),
    ("Open vragen oefenen met echte verhalen.", "De middag van dag 2 was lang.", "Fijn. Iedereen kwam aan de beurt."),
    ("Dat ik mijn eigen kring tekende.", "Een voorbeeld van een heel plan.", ""),
    ("Horen waar anderen over twijfelen.", "", "De trainers vroegen veel en zeiden weinig. Dat paste."),
]
