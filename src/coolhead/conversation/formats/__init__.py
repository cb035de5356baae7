"""How files hold conversations: one file a form, and one way in for all of them.

Knows nothing of what a turn means; labels that a file holds are never read.
"""

from coolhead.conversation.formats.codebook_jsonl import codebook_object, write_codebook
from coolhead.conversation.formats.files import find_files
from coolhead.conversation.formats.options import Field, Format, ReadOptions
from coolhead.conversation.formats.read import read_conversations
from coolhead.conversation.formats.table import write_csv
from coolhead.conversation.formats.vcon_writer import vcon_object, write_vcon
from coolhead.conversation.formats.webvtt import write_webvtt

__all__ = [
    "Field",
    "Format",
    "ReadOptions",
    "codebook_object",
    "find_files",
    "read_conversations",
    "vcon_object",
    "write_codebook",
    "write_csv",
    "write_vcon",
    "write_webvtt",
]
