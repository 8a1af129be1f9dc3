"""The words of the domain as types. Imports nothing else of ours."""
