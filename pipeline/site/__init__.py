"""The public site: plain Markdown pages of a dossier, built by MkDocs and, from the same files, by Zensical."""

from pipeline.site.build import SiteError, write_site
from pipeline.site.live import serve
from pipeline.site.pages import write_pages

__all__ = ["SiteError", "serve", "write_pages", "write_site"]
