"""The pages under the roof: the own path, the worklists, the people and the bureau's tools."""
