"""What a bug report needs to know of a machine: versions, encodings, folders, events, ports, servers, keys.

Makes and removes files of its own for a moment, listens on a port for a moment, and asks the servers that were
announced on this machine. Tells of secrets only that they are there, and says `~` for the home folder.
"""

from ota_dev.diagnosis.examination import Probe, Section, examine
from ota_dev.diagnosis.facts import Fact, without_home
from ota_dev.diagnosis.folders import folders
from ota_dev.diagnosis.ports import port
from ota_dev.diagnosis.servers import servers
from ota_dev.diagnosis.surroundings import keys, system, terminal, variables, versions
from ota_dev.diagnosis.watching import watching

__all__ = [
    "Fact",
    "Probe",
    "Section",
    "examine",
    "folders",
    "keys",
    "port",
    "servers",
    "system",
    "terminal",
    "variables",
    "versions",
    "watching",
    "without_home",
]
