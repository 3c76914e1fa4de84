"""Order books, style lists and the supply side from CSV and XLSX files."""

from oms_cli.imports.loading import (
    ImportResult,
    import_all,
    import_file,
    import_orders,
    import_styles,
)
from oms_cli.imports.mapping import FileMapping, load_mapping

__all__ = [
    "FileMapping",
    "ImportResult",
    "import_all",
    "import_file",
    "import_orders",
    "import_styles",
    "load_mapping",
]
