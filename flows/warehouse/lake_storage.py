"""Loads the extensions that a lake needs, from Python packages, and opens its S3 bucket."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import duckdb

from flows.errors import ConfigError
from flows.settings import load_settings

S3: Final = "s3://"
_DEFAULT_REGION: Final = "us-east-1"


def load_extension(connection: duckdb.DuckDBPyConnection, lake: str, name: str) -> None:
    """Load the extension from its Python package: nothing is downloaded or installed. Raises ConfigError, naming the
    package, when that is missing."""
    module, package = f"duckdb_extension_{name}", f"duckdb-extension-{name.replace('_', '-')}=={duckdb.__version__}"
    try:
        folder = Path(str(import_module(module).__file__)).parent / "extensions" / f"v{duckdb.__version__}"
    except ImportError as error:
        raise ConfigError(
            f"{lake} ([warehouse] lake, or --lake): a package is missing: run `pip install {package}`"
        ) from error
    connection.load_extension(str(folder / f"{name}.duckdb_extension"))


def open_s3(connection: duckdb.DuckDBPyConnection, lake: str) -> None:
    """Let the connection read and write s3:// at the endpoint of config, with the credentials of the AWS tools if there
    are any. Raises ConfigError when a package is missing."""
    load_extension(connection, lake, "httpfs")
    try:
        from botocore.session import Session
    except ImportError as error:
        raise ConfigError(f"{lake}: s3:// needs the package botocore: pip install 'newsvane[lake]'") from error
    session = Session()
    options = {"region": session.get_config_variable("region") or _DEFAULT_REGION}
    if credentials := session.get_credentials():
        frozen = credentials.get_frozen_credentials()
        options |= {"key_id": frozen.access_key, "secret": frozen.secret_key}
        options |= {"session_token": frozen.token} if frozen.token else {}
    if endpoint := load_settings().remote.s3_endpoint:
        parts = urlsplit(endpoint)
        options |= {"endpoint": parts.netloc, "url_style": "path", "use_ssl": str(parts.scheme == "https").lower()}
    values = ", ".join(f"{name} {literal(value)}" for name, value in options.items())
    connection.execute(f"create or replace secret lake_bucket (type s3, {values})")


def literal(text: str) -> str:
    """A text as a literal of SQL, for statements that take no parameter."""
    return "'" + text.replace("'", "''") + "'"
