"""Planning in the Wagtail admin: listings and forms whose saving calls the acts."""
