"""Digests of files, and the lines that checksum files are made of.

Reads the files it is given, each once, and remembers nothing: `store` does. It signs nothing.
"""

from ota_dev.hashing.checksum_lines import Checksum, format_checksum, format_digest, parse_checksums, quote_name
from ota_dev.hashing.digests import ALGORITHMS, Algorithm, digest_stream
from ota_dev.hashing.files import HashedFile, UnhashedFile, digest_file, digest_files, explain_unreadable
from ota_dev.hashing.sources import digest_sources, read_checksum_text, total_size

__all__ = [
    "ALGORITHMS",
    "Algorithm",
    "Checksum",
    "HashedFile",
    "UnhashedFile",
    "digest_file",
    "digest_files",
    "digest_sources",
    "digest_stream",
    "explain_unreadable",
    "format_checksum",
    "format_digest",
    "parse_checksums",
    "quote_name",
    "read_checksum_text",
    "total_size",
]
