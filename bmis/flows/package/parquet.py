"""The package as Parquet, a file a table; the library is an extra."""

from io import BytesIO
from typing import Any

from bmis.flows.errors import ParquetMissingError
from bmis.flows.package.fields import described
from bmis.flows.package.resource import FlowPackage, Resource
from bmis.flows.package.text import words_about
from bmis.kernel.telling import Telling


def parquet_files(package: FlowPackage, told: Telling) -> dict[str, bytes]:
    """Return the files (zstd), each with what must be known of it as its description.

    Raises:
        ParquetMissingError: pyarrow is not installed.
    """
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        raise ParquetMissingError from error
    types = {"integer": pyarrow.int64(), "number": pyarrow.float64()}
    files = {}
    for resource in package.resources:
        out = BytesIO()
        table = _table(resource, told, pyarrow, types).replace_schema_metadata({"description": words_about(package)})
        parquet.write_table(table, out, compression="zstd")
        files[f"{resource.name}.parquet"] = out.getvalue()
    return files


def _table(resource: Resource, told: Telling, pyarrow: Any, types: dict[str, Any]) -> Any:
    fields = described(resource)
    schema = pyarrow.schema([(one.name, types.get(one.type, pyarrow.string())) for one in fields])
    columns = list(zip(*told.over(resource.rows), strict=True)) or [()] * len(fields)
    arrays = [pyarrow.array(list(column), schema.field(at).type) for at, column in enumerate(columns)]
    return pyarrow.Table.from_arrays(arrays, schema=schema)
