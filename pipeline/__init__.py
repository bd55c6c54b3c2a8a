"""CCHC: from the Markdown files of a commune to checked scores, a website and the official report."""

__version__ = "0.1.0"
