"""Words: a template and facts, made into a subject, HTML with its styles inlined, and text."""

import html
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Literal

import css_inline
from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal
from jinja2 import FileSystemLoader, StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from oms_jobs.mail.plain import plain_text

TEMPLATES = Path(__file__).parent / "templates"
FALLBACK = "en"
LOCALES = {"en": Locale("en", "GB"), "de": Locale("de", "DE")}
LANGUAGES = tuple(LOCALES)
MOST_CHARACTERS = 500_000
LONGEST_SUBJECT = 200
INLINER = css_inline.CSSInliner(
    load_remote_stylesheets=False, keep_style_tags=False, keep_at_rules=True
)


class RenderingError(Exception):
    """A template cannot be rendered; trying again changes nothing."""


@dataclass(frozen=True)
class Letter:
    """What is said, in the three ways in which a message says it."""

    subject: str
    html: str
    text: str


@dataclass(frozen=True)
class Override:
    """An organization's own words."""

    subject: str
    html: str
    text: str | None


def render(
    template: str, language: str, facts: Mapping[str, Any], override: Override | None = None
) -> Letter:
    """Write a letter; one that we have no words for in a language is written in English."""
    written_in = language if language in LOCALES else FALLBACK
    environment = _environment(written_in)
    context = {**facts, "language": written_in}
    text: str | None = None
    try:
        if override is None:
            page = environment.get_template(f"{written_in}/{template}.html")
            body = page.render(context)
            subject = "".join(page.blocks["subject"](page.new_context(context)))
        else:
            subject = environment.from_string(override.subject).render(context)
            body = environment.from_string(_page(override.html)).render(context)
            if override.text is not None:
                text = html.unescape(environment.from_string(override.text).render(context))
    except MemoryError:
        raise RenderingError("The template takes too much memory.") from None
    except (
        TemplateError,
        ArithmeticError,
        TypeError,
        ValueError,
        LookupError,
        AttributeError,
        RecursionError,
    ) as error:
        raise RenderingError(f"{type(error).__name__}: {error}") from error
    if max(len(body), len(text or "")) > MOST_CHARACTERS:
        raise RenderingError(f"The letter has more than {MOST_CHARACTERS:,} characters.")
    # Escaped as everything is; but a subject is no HTML.
    line = " ".join(html.unescape(subject).split())[:LONGEST_SUBJECT]
    if not line:
        raise RenderingError("The subject is empty.")
    return Letter(line, INLINER.inline(body), plain_text(body) if text is None else text)


def _page(own: str) -> str:
    """Put an organization's words into our letter, unless they are a whole page."""
    if own.lstrip()[:9].lower().startswith(("<!doctype", "<html")):
        return own
    return '{% extends "letter.html" %}{% block body %}' + own + "{% endblock %}"


@cache
def _environment(language: str) -> ImmutableSandboxedEnvironment:
    locale = LOCALES[language]
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )

    def day(value: object, length: Literal["long", "medium"] = "long") -> str:
        """Write a date in the language of the letter; medium: as it goes into a table."""
        if value is None:
            return ""
        moment = date.fromisoformat(value[:10]) if isinstance(value, str) else value
        if not isinstance(moment, date | datetime):
            raise TypeError(f"{value} is no date.")
        return format_date(moment, length, locale)

    def pieces(value: object) -> str:
        """Write a quantity."""
        return format_decimal(Decimal(str(value)), "#,##0.######", locale)

    environment.filters |= {"day": day, "pieces": pieces}
    return environment
