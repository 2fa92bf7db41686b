"""Print the address of a PostgreSQL server for the tests: TEST_DATABASE_URL, or one that answers on the default port.

Nothing when there is none.
"""

import getpass
import os
import sys

import psycopg


def adres():
    if os.environ.get("TEST_DATABASE_URL"):
        return os.environ["TEST_DATABASE_URL"]
    for gebruiker in dict.fromkeys((getpass.getuser(), "postgres")):
        url = f"postgres://{gebruiker}@127.0.0.1:5432/postgres"
        try:
            with psycopg.connect(url, connect_timeout=3) as verbinding:
                mag = verbinding.execute(
                    "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
                ).fetchone()
        except psycopg.Error:
            continue
        if mag and mag[0]:
            return url
    return ""


if __name__ == "__main__":
    sys.stdout.write(adres())
