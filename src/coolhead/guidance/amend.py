"""Changes one entry in a playbook's text; every other line, and every comment, stays as it was written.

An entry is plain data here (dicts, lists, words), so that one with mistakes can be kept in a draft too.
"""

from __future__ import annotations

from collections.abc import Mapping
from io import StringIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from coolhead.errors import ConflictError
from coolhead.guidance.document import Document
from coolhead.guidance.playbook import Entry

Plain = dict[str, Any]

WIDEST = 4096
INDENT = 4


def entries_in(text: str) -> list[Plain]:
    """The entries as plain data, in order; those that are no blocks of keys are left out.

    Raises:
        DocumentError: the text is not YAML.
    """
    return [plain(each) for each in _listed(Document("playbook", text)) if isinstance(each, dict)]


def settings_in(text: str) -> Plain:
    """The keys of the playbook as a whole.

    Raises:
        DocumentError: the text is not YAML.
    """
    root = Document("playbook", text).root
    return {k: plain(v) for k, v in root.items() if k != "entries"} if isinstance(root, dict) else {}


def plain(node: Any) -> Any:
    """What was read, as plain dicts, lists and scalars."""
    if isinstance(node, Mapping):
        return {str(key): plain(value) for key, value in node.items()}
    if isinstance(node, list | tuple):
        return [plain(value) for value in node]
    return str(node) if isinstance(node, str) else node


def replace_entry(text: str, was: Plain, entry: Plain) -> str:
    """The text with `entry` in the place of `was`.

    Raises:
        DocumentError: the text is not YAML.
        ConflictError: `was` does not stand there (any more).
    """
    lines, blocks = _laid_out(text)
    block = _find(blocks, was)
    if entry == was:
        return text
    node = _read(lines, block)
    _merge(node, entry)
    return _join(lines[: block.start], _written(node, block.lead), lines[block.end :])


def add_entry(text: str, entry: Plain) -> str:
    """The text with `entry` after the last one.

    Raises:
        DocumentError: the text is not YAML.
        ConflictError: there is an entry of that name.
    """
    lines, blocks = _laid_out(text)
    if any(block.plain.get("name") == entry.get("name") for block in blocks):
        raise ConflictError(f"There is an entry called {entry.get('name')!r}.", hint="Choose another name.")
    node = CommentedMap()
    _merge(node, entry)
    if not blocks:
        return _join([*_without_entries(lines), "entries:", ""], _written(node, "  - "), [])
    last = blocks[-1]
    return _join([*lines[: last.end], ""], _written(node, last.lead), lines[last.end :])


def remove_entry(text: str, was: Plain) -> str:
    """The text without the entry `was`.

    Raises:
        DocumentError: the text is not YAML.
        ConflictError: `was` does not stand there (any more).
    """
    lines, blocks = _laid_out(text)
    block = _find(blocks, was)
    after = lines[block.end :]
    if block.start and not lines[block.start - 1].strip() and after and not after[0].strip():
        after = after[1:]
    return _join(lines[: block.start], [], after)


def change_settings(text: str, settings: Plain) -> str:
    """The text with these keys of the playbook as a whole.

    Raises:
        DocumentError: the text is not YAML.
    """
    root = Document("playbook", text).root
    if not isinstance(root, CommentedMap):
        return text
    first = min((line for key in root if key == "entries" for line in [root.lc.key(key)[0]]), default=None)
    lines = text.split("\n")
    head = _yaml().load("\n".join(lines[:first])) if first else None
    if isinstance(head, CommentedMap) and first is not None:
        _merge(head, settings, drop=False)
        blank = [""] if not lines[first - 1].strip() else []
        return _join(_dumped(head), blank, lines[first:])
    _merge(root, settings, drop=False)
    return "\n".join(_dumped(root)) + "\n"


class _Block:
    """The lines of one entry: from its dash to its last line, without the comments before the next one."""

    def __init__(self, start: int, end: int, lead: str, node: Mapping[str, Any]) -> None:
        self.start, self.end, self.lead = start, end, lead
        self.plain: Plain = plain(node)


def _listed(document: Document) -> list[Any]:
    entries = document.root.get("entries") if isinstance(document.root, dict) else None
    return entries if isinstance(entries, list) else []


def _laid_out(text: str) -> tuple[list[str], list[_Block]]:
    """The lines of the text, and where each entry stands; written anew as blocks where it is not."""
    lines, entries = text.split("\n"), _listed(Document("playbook", text))
    if not isinstance(entries, CommentedSeq):
        return lines, []
    if all(_is_block(lines, entries, index) for index in range(len(entries))):
        return lines, _blocks(lines, entries)
    root = _yaml().load(text)
    whole = {k: v for k, v in plain(root).items() if k != "entries"}
    written = [*_dumped(whole), "", "entries:", ""]
    for entry in entries:
        node = CommentedMap()
        _merge(node, plain(entry))
        written += [*_written(node, "  - "), ""]
    return _laid_out("\n".join(written))


def _is_block(lines: list[str], entries: CommentedSeq, index: int) -> bool:
    line, column = entries.lc.item(index)
    entry = entries[index]
    alone = set(lines[line][:column]) <= set(" -") and "-" in lines[line][:column]
    return alone and isinstance(entry, CommentedMap) and not entry.fa.flow_style()


def _blocks(lines: list[str], entries: CommentedSeq) -> list[_Block]:
    starts = [entries.lc.item(index) for index in range(len(entries))]
    blocks = []
    for index, (line, column) in enumerate(starts):
        limit = starts[index + 1][0] if index + 1 < len(starts) else _end(lines, line, column)
        end = limit
        while end > line + 1 and (not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#")):
            end -= 1
        blocks.append(_Block(line, end, lines[line][:column], entries[index]))
    return blocks


def _end(lines: list[str], first: int, column: int) -> int:
    """The line after the last entry: the next one that begins left of its keys, or the end."""
    for number in range(first + 1, len(lines)):
        line = lines[number]
        if line.strip() and not line.lstrip().startswith("#") and len(line) - len(line.lstrip()) < column:
            return number
    return len(lines)


def _find(blocks: list[_Block], was: Plain) -> _Block:
    for block in blocks:
        if block.plain == was:
            return block
    same = next((block for block in blocks if block.plain.get("name") == was.get("name")), None)
    what = f"The entry {was.get('name')!r} was {'changed' if same else 'removed or renamed'} meanwhile."
    raise ConflictError(what, hint="Look at it as it is now, then make your change again.")


def _read(lines: list[str], block: _Block) -> CommentedMap:
    """The entry by itself, at the left margin, as it will be written."""
    first = lines[block.start][len(block.lead) :]
    others = [
        line[len(block.lead) :] if not line[: len(block.lead)].strip() else line.lstrip()
        for line in lines[block.start + 1 : block.end]
    ]
    node: CommentedMap = _yaml().load("\n".join([first, *others]) + "\n")
    return node


def _written(node: CommentedMap, lead: str) -> list[str]:
    first, *others = _dumped(node)
    return [lead + first, *(" " * len(lead) + line if line.strip() else line for line in others)]


def _dumped(node: Any) -> list[str]:
    stream = StringIO()
    _yaml().dump(node, stream)
    return stream.getvalue().rstrip("\n").split("\n")


def _yaml() -> YAML:
    yaml = YAML(typ="rt")
    yaml.preserve_quotes = True
    yaml.width = WIDEST
    yaml.indent(mapping=2, sequence=INDENT, offset=2)
    return yaml


def _merge(node: CommentedMap, wanted: Plain, *, drop: bool = True, inner: bool = False) -> None:
    """Makes `node` say `wanted`, touching only what differs; `inner` blocks stand in one line."""
    styled = _inline if inner else _styled
    for key in [key for key in node if drop and key not in wanted]:
        del node[key]
    order = [*Entry.model_fields]
    for key, value in wanted.items():
        if key in node and plain(node[key]) == value:
            continue
        old = node.get(key)
        if isinstance(old, CommentedMap) and isinstance(value, dict):
            _merge(old, value, inner=True)
        elif isinstance(old, CommentedSeq) and isinstance(value, list) and not old.fa.flow_style():
            _merge_items(old, value)
        elif key in node or key not in order:
            node[key] = styled(value)
        else:
            place = sum(1 for each in node if each in order and order.index(each) < order.index(key))
            node.insert(place, key, styled(value))


def _merge_items(node: CommentedSeq, wanted: list[Any]) -> None:
    for index, value in enumerate(wanted):
        if index >= len(node):
            node.append(_styled(value))
        elif plain(node[index]) != value:
            node[index] = _styled(value)
    del node[len(wanted) :]


def _styled(value: Any) -> Any:
    """Words in one line, sentences one a line and in quotes, as the shipped playbook is written."""
    if isinstance(value, str) and " " in value:
        return DoubleQuotedScalarString(value)
    if isinstance(value, list):
        items = CommentedSeq([_styled(each) for each in value])
        if not any(isinstance(each, DoubleQuotedScalarString) for each in items):
            items.fa.set_flow_style()
        return items
    if isinstance(value, dict):
        return CommentedMap({key: _inline(each) for key, each in value.items()})
    return _kept(value)


def _inline(value: Any) -> Any:
    if isinstance(value, dict):
        block = CommentedMap({key: _kept(each) for key, each in value.items()})
        block.fa.set_flow_style()
        return block
    return _styled(value) if isinstance(value, list) else _kept(value)


def _kept(value: Any) -> Any:
    """In quotes where ruamel would write a word bare that it then reads as a key ("?so")."""
    return DoubleQuotedScalarString(value) if isinstance(value, str) and value.startswith("?") else value


def _without_entries(lines: list[str]) -> list[str]:
    return [line for line in lines if not line.startswith("entries:")]


def _join(before: list[str], between: list[str], after: list[str]) -> str:
    return "\n".join([*before, *between, *after])
