"""YAML and JSON documents; the only user of PyYAML.

`files` reads and writes what steers ota-dev; `yaml_nodes` and `json_nodes` read what somebody else wrote, with the
place of every value.
"""

from ota_dev.documents.files import Document, Reader, load_document, read_keys, suggestion, write_document

__all__ = ["Document", "Reader", "load_document", "read_keys", "suggestion", "write_document"]
