"""YAML as content authors write it: every value keeps its line, and only ``true`` and ``false`` are booleans."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

Path_ = tuple["str | int", ...]

_CUT_OFF = re.compile(r"^\s*- [^\"'#|>]*[^\"'#|>\s]\s+(#.*)$")
"""An item of a list that YAML reads only up to its ``#``."""


@dataclass(frozen=True)
class Mistake:
    """Something wrong in a content file: where, what, and what to do. ``line`` counts from 1; 0 where there is none."""

    file: str
    line: int
    key: str
    message: str
    remedy: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        key = f" {self.key}:" if self.key else ""
        return f"{place}:{key} {self.message}. {self.remedy}"


@dataclass
class Document:
    """A YAML file with the line of each of its values."""

    name: str
    value: Any = None
    lines: dict[Path_, int] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)

    def mistake(self, at: Sequence[str | int], message: str, remedy: str) -> Mistake:
        """A mistake at the value that ``at`` leads to, or at the nearest value around it."""
        path = tuple(at)
        while path and path not in self.lines:
            path = path[:-1]
        return Mistake(self.name, self.lines.get(path, 1), _dotted(at), message.rstrip("."), remedy)

    def explain(self, error: ValidationError) -> list[Mistake]:
        """What pydantic found, in words, at the lines where it stands."""
        problems = error.errors()
        places = [problem["loc"] for problem in problems]
        # A list that lost its only item to a mistake is reported as too short too, which would mislead.
        return [
            self._explain_one(dict(problem))
            for problem in problems
            if problem["type"] != "too_short" or not any(_inside(place, problem["loc"]) for place in places)
        ]

    def _explain_one(self, problem: dict[str, Any]) -> Mistake:
        at: tuple[str | int, ...] = tuple(part for part in problem["loc"] if part != "[key]")
        kind, message = str(problem["type"]), str(problem["msg"]).removeprefix("Value error, ")
        if kind == "missing":
            return self.mistake(at, "this key is missing", f"Add '{at[-1]}:' here.")
        if kind == "extra_forbidden":
            return self.mistake(at, "nobody knows this key", "Correct its spelling, or remove it.")
        found = problem.get("input")
        if found is None:
            return self.mistake(at, "this key has no value", "Write one, or remove the key.")
        if kind in ("model_type", "dict_type"):
            return self.mistake(at, "this should be keys with values", "Write it as 'key: value' lines.")
        if kind in ("tuple_type", "list_type"):
            return self.mistake(at, "this should be a list", "Begin each of its items with '- '.")
        if kind == "string_type":
            return self.mistake(at, f"this should be text (found {found!r})", "Put it in quotes.")
        shown = f" (found {found!r})" if isinstance(found, (str, int, float, bool)) else ""
        return self.mistake(at, f"{message}{shown}", "Change the value.")


def read_yaml(path: Path, name: str) -> Document:
    """Read one file. What cannot be read becomes a mistake in the document, never an exception."""
    return parse_yaml(path.read_bytes(), name)


def parse_yaml(body: bytes, name: str) -> Document:
    """Read the ``body`` of a file. What cannot be read becomes a mistake in the document, never an exception."""
    document = Document(name)
    try:
        node = yaml.compose(body.decode("utf-8"), Loader=yaml.CSafeLoader)
    except UnicodeDecodeError as error:
        remedy = "Save the file as UTF-8."
        document.mistakes.append(Mistake(name, 0, "", f"byte {error.start} is not UTF-8 text", remedy))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        message = f"this is not valid YAML: {error.problem or error}"
        document.mistakes.append(Mistake(name, line, "", message, "Check indentation, quotes and colons near here."))
    except yaml.YAMLError as error:
        document.mistakes.append(
            Mistake(name, 0, "", f"this is not valid YAML: {error}", "Retype the named character.")
        )
    else:
        if node is None:
            document.mistakes.append(Mistake(name, 1, "", "the file is empty", "Fill it in, or remove it."))
        else:
            document.value = _build(node, (), document, set())
            document.mistakes += _cut_off(body.decode("utf-8"), name)
    return document


def _cut_off(text: str, name: str) -> Iterator[Mistake]:
    for number, line in enumerate(text.splitlines(), 1):
        if found := _CUT_OFF.match(line):
            message = f"to YAML, '{found[1]}' is a comment and not a part of the text before it"
            yield Mistake(name, number, "", message, "Put the text in quotes; put a comment on a line of its own.")


def yaml_text(value: object) -> str:
    """Plain values as YAML that ``parse_yaml`` reads back as the same values."""
    text: str = yaml.dump(value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110)
    return text


def block_yaml(value: object) -> str:
    """The same as ``yaml_text``, laid out as authors write it: long text in blocks, lists indented, None left empty."""
    text: str = yaml.dump(value, Dumper=_BlockDumper, sort_keys=False, allow_unicode=True, width=WIDTH)
    return text


_INTEGER = re.compile(r"[-+]?\d+$")
_NUMBER = re.compile(r"[-+]?(\d+\.\d*|\.\d+|\d+)([eE][-+]?\d+)?$")


def _scalar(node: yaml.ScalarNode) -> object:
    """Plain words stay text, so an unquoted ``no`` or ``on`` is a word and not a switch."""
    text: str = node.value
    if node.style:
        return text
    if text in ("true", "false"):
        return text == "true"
    if text in ("", "~", "null"):
        return None
    if _INTEGER.match(text):
        return int(text)
    return float(text) if _NUMBER.match(text) else text


def _build(node: yaml.Node, at: Path_, document: Document, seen: set[int]) -> object:
    """``seen`` are the parts that were built: one that stands in several places could grow without end."""
    document.lines[at] = node.start_mark.line + 1
    if isinstance(node, yaml.ScalarNode):
        return _scalar(node)
    if id(node) in seen or len(at) > DEEPEST:
        what = "this repeats another part by its name" if id(node) in seen else "this is nested far too deeply"
        document.mistakes.append(document.mistake(at, what, "Write it out, as in the files that come with ii-vendor."))
        return None
    seen.add(id(node))
    if isinstance(node, yaml.SequenceNode):
        return [_build(item, (*at, index), document, seen) for index, item in enumerate(node.value)]
    assert isinstance(node, yaml.MappingNode)
    built: dict[object, object] = {}
    for key_node, value_node in node.value:
        key = _scalar(key_node) if isinstance(key_node, yaml.ScalarNode) else str(key_node.value)
        here = (*at, key if isinstance(key, (int, str)) else str(key))
        if key in built:
            remedy = "Keep one of the two."
            line = key_node.start_mark.line + 1
            document.mistakes.append(Mistake(document.name, line, _dotted(here), "this key stands here twice", remedy))
        built[key] = _build(value_node, here, document, seen)
        document.lines[here] = key_node.start_mark.line + 1
    return built


DEEPEST = 40
"""As many parts may stand inside each other: content needs fewer than ten."""

WIDTH, ONE_LINE = 108, 90
"""Characters in a line of a file, and those of a text that stays on the line of its key."""

_PLAIN_LINES = re.compile(r"[^\s](?:[^\t\r\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]*[^\s])?")
"""Text that a block gives back: no odd white space, none at its ends."""

_LOOKS_CUT_OFF = re.compile(r"(^|\s)- .*\s#", re.S)
"""Text whose lines, in a block, would look like a list with comments."""

_RARE_BREAKS = re.compile("[\x85\u2028\u2029]")
"""Line ends that YAML would fold; only double quotes keep them."""


class _Dumper(yaml.SafeDumper):
    """Quotes every word that the rules above would take for a number, and what would not come back otherwise."""


def _words(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = '"' if _RARE_BREAKS.search(text) else "'" if _NUMBER.match(text) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _words)


class _BlockDumper(_Dumper):
    """Lays text out in blocks wherever that gives it back to the letter."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002 - PyYAML's own
        super().increase_indent(flow, False)


def _block(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    if _LOOKS_CUT_OFF.search(text):
        return dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"')
    if _PLAIN_LINES.fullmatch(text) and (len(text) > ONE_LINE or "\n" in text):
        return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else ">")
    return _words(dumper, text)


def _nothing(dumper: yaml.SafeDumper, _: None) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:null", "")


_BlockDumper.add_representer(str, _block)
_BlockDumper.add_representer(type(None), _nothing)


def _inside(place: Sequence[str | int], outer: Sequence[str | int]) -> bool:
    return len(place) > len(outer) and tuple(place[: len(outer)]) == tuple(outer)


def _dotted(at: Sequence[str | int]) -> str:
    """``sections[1].questions[3].text``: positions count from 1, as a reader does."""
    text = ""
    for part in at:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if text else part
    return text
