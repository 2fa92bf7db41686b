"""Addresses of this app; the paths are those of the README."""

urlpatterns: list = []
