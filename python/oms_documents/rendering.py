"""A Typst template and what it says, made into PDF or a picture: same data, same bytes."""

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from importlib import resources
from pathlib import Path

import typst
from typst import TypstError

from oms_client.wire import dumps
from oms_documents.errors import UnreadableTextError

TEMPLATES = Path(__file__).parent / "templates"
FONT_PACKAGES = ("manimgx_fonts", "manimgx_fonts_cjk")
PPI = 144  # legible on a screen, and a page wide in print


def render_pdf(template: str, data: Mapping[str, object], *, dated: datetime) -> bytes:
    """Make the PDF; `dated` is all that it says of when it was made."""
    compiler = _compiler(template, data)
    try:
        # Readable in decades, and by a screen reader. Both refuse text that no font has.
        pdf = compiler.compile(
            format="pdf",
            pdf_standards=["a-2a", "ua-1"],
            timestamp=dated.astimezone(UTC).replace(microsecond=0),
        )
    except TypstError as error:
        if "could not be displayed" in error.message:
            raise UnreadableTextError(
                f"{error.message}; add a folder with one to OMS_FONT_PATH."
            ) from error
        raise
    if not isinstance(pdf, bytes):
        raise TypeError(f"Typst made {type(pdf).__name__}, not a PDF.")
    return pdf


def render_png(template: str, data: Mapping[str, object], *, ppi: float = PPI) -> bytes:
    """Make a picture of a template's one page."""
    png = _compiler(template, data).compile(format="png", ppi=ppi)
    if not isinstance(png, bytes):
        raise TypeError(f"Typst made {type(png).__name__}, not one picture.")
    return png


def _compiler(template: str, data: Mapping[str, object]) -> typst.Compiler:
    return typst.Compiler(
        TEMPLATES / f"{template}.typ",
        root=TEMPLATES,
        font_paths=_fonts(os.environ.get("OMS_FONT_PATH", "")),
        sys_inputs={"data": dumps(data)},
    )


@cache
def _fonts(more: str) -> typst.Fonts:
    """Load the fonts of the packages and of the folders in `more`; never the machine's own."""
    packaged = [str(resources.files(name)) for name in FONT_PACKAGES]
    folders = [folder for folder in more.split(os.pathsep) if folder]
    return typst.Fonts(include_system_fonts=False, font_paths=folders + packaged)
