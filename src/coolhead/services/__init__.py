"""What people and programs can do: one use case a method, one transaction each.

Knows storage and the engine; knows no HTTP, no HTML and no command line.
"""
