"""Templates for print: in a language of choice, with the times of an edition, outside requests too."""

from typing import Any

from flask import current_app, g

from expo.languages import direction
from expo.web.language import speaking


def paper_html(template: str, edition: Any, language: str, **values: Any) -> str:
    """A print template as HTML; needs an application, not a request."""
    before = g.get("edition")
    g.edition = edition
    try:
        with speaking(language):
            return current_app.jinja_env.get_template(template).render(
                locale=language, direction=direction(language), edition=edition, **values
            )
    finally:
        g.edition = before
