"""Markdown in small pieces."""

from collections.abc import Iterable, Sequence


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table; without rows, nothing."""
    lines = ["| " + " | ".join(_cell(cell) for cell in row) + " |" for row in rows]
    if not lines:
        return ""
    return "\n".join(["| " + " | ".join(headings) + " |", "|---" * len(headings) + "|", *lines])


def code(text: str) -> str:
    """Write a piece of code within a line."""
    return f"`{' '.join(text.split())}`" if text else ""


def mermaid(*lines: str) -> str:
    """Write a picture."""
    return "\n".join(["```mermaid", *lines, "```"])


def roles(names: Iterable[str]) -> str:
    """Name roles without the prefix that they share."""
    return ", ".join(sorted(name.removeprefix("oms_") for name in names))


def paragraphs(parts: Iterable[str]) -> str:
    """Join what there is, an empty line between."""
    return "\n\n".join(part for part in parts if part)


def _cell(text: str) -> str:
    return text.replace("|", r"\|")
