"""Django's rules for a new password, with sentences of our own."""

from django.contrib.auth import password_validation as regels


class Lengte(regels.MinimumLengthValidator):
    def get_error_message(self):
        return f"Dit wachtwoord is te kort. Neem minstens {self.min_length} tekens."

    def get_help_text(self):
        return f"Neem minstens {self.min_length} tekens, bijvoorbeeld drie losse woorden."


class Bekend(regels.CommonPasswordValidator):
    def get_error_message(self):
        return "Dit wachtwoord gebruiken veel mensen. Bedenk een ander."

    def get_help_text(self):
        return "Neem geen wachtwoord dat veel mensen gebruiken."


class Cijfers(regels.NumericPasswordValidator):
    def get_error_message(self):
        return "Gebruik niet alleen cijfers."

    def get_help_text(self):
        return "Gebruik niet alleen cijfers."


class Lijkt(regels.UserAttributeSimilarityValidator):
    def get_error_message(self):
        return "Dit wachtwoord lijkt te veel op je naam of je e-mailadres. Bedenk een ander."

    def get_help_text(self):
        return "Neem iets wat niet op je naam of je e-mailadres lijkt."
