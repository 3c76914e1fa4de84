"""Order books and style lists from CSV and XLSX files."""

from oms_cli.imports.loading import ImportResult, import_orders, import_styles
from oms_cli.imports.mapping import FileMapping, load_mapping

__all__ = ["FileMapping", "ImportResult", "import_orders", "import_styles", "load_mapping"]
