"""Typed values of the domain: no files, no terminal."""
