"""The `oms` command: local stack, database, imports, demo."""
