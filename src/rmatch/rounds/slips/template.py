"""The page of one slip: the template that comes along, or one of the organiser's own."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from rmatch.errors import Fault, InvalidInputError

if TYPE_CHECKING:
    from collections.abc import Mapping

GIVEN = ("language", "sections", "slip", "subject")
"""What a template is given."""


def template_of(text: str | None) -> Any:
    """Return a template that is ready to be filled.

    Parameters
    ----------
    text : str, optional
        In the language of Jinja; without it the one that comes along.

    Returns
    -------
    jinja2.Template
        It escapes what it is given.

    Raises
    ------
    InvalidInputError
        If it cannot be read, or asks for what there is not, all of it named.
    """
    from jinja2 import TemplateSyntaxError, meta

    made = _environment()
    if text is None:
        text = files("rmatch.rounds.slips").joinpath("slip.html").read_text("utf-8")
    try:
        unknown = meta.find_undeclared_variables(made.parse(text)) - set(GIVEN)
    except TemplateSyntaxError as error:
        problem = f"line {error.lineno}: {error.message}"
        raise InvalidInputError([Fault("template", "", problem, "correct it")]) from error
    if unknown:
        remedy = f"a slip has {', '.join(GIVEN)}"
        raise InvalidInputError(
            [
                Fault("template", "", f"asks for {name!r}, which there is not", remedy)
                for name in sorted(unknown)
            ]
        )
    return made.from_string(text)


def filled(template: Any, told: Mapping[str, Any]) -> str:
    """Return a filled template.

    Raises
    ------
    InvalidInputError
        If it asks for a part that there is not, or for what templates may not do.
    """
    from jinja2 import TemplateError

    try:
        page: str = template.render(told)
    except (TemplateError, TypeError, ValueError) as error:
        raise InvalidInputError(
            [Fault("template", "", f"cannot be filled: {error}", "correct it")]
        ) from error
    return page


@cache
def _environment() -> Any:
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    return ImmutableSandboxedEnvironment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
