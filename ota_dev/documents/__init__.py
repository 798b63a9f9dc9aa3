"""YAML and JSON documents; the only user of PyYAML.

`files` reads and writes what steers ota-dev; `yaml_nodes` and `json_nodes` read what somebody else wrote, with the
place of every value. What any key means is the business of who asks.
"""

from ota_dev.documents.document import Document, Reader, read_keys, suggestion
from ota_dev.documents.files import load_document, write_document

__all__ = ["Document", "Reader", "load_document", "read_keys", "suggestion", "write_document"]
