"""What officers write, between its Markdown and the formats it is rendered to."""

from pipeline.markup.read import Markup, heading_text, read_markup

__all__ = ["Markup", "heading_text", "read_markup"]
