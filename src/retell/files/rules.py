"""The rules that a file keeps whatever is written in it: plain text, plain YAML, of a size that a story needs."""

from __future__ import annotations

from retell.problems import HELP_TEXT, Rule

NOT_YAML = Rule("not-yaml", "A file is UTF-8 text and YAML.", message="this is not YAML: {meaning}", help="{help}")
UNREADABLE = NOT_YAML.saying("this file cannot be read: {reason}")
NOT_TEXT = NOT_YAML.saying("this file is {reason}", "{help}")

TOO_LARGE = Rule(
    "too-large",
    "No file, list or text is larger than a story needs.",
    message="{what}",
    help="a story never needs so many: share them out among files",
)
FILE_TOO_LARGE = TOO_LARGE.saying("this file cannot be read: {reason}")
TEXT_TOO_LONG = TOO_LARGE.saying(
    "this text has more than {most:,} characters", "share it out among several beats or scenes"
)
TOO_MANY_WORDS = TOO_LARGE.saying("this list has more than {most} words", "keep those that matter most")

YAML_EXTRA = Rule(
    "yaml-extra",
    "A file has no tags and no aliases: it is plain data.",
    message="a text that starts with '{first}' is {what} in YAML, and a story has none",
    help=f"delete it, or {HELP_TEXT}",
)
DUPLICATE_KEY = Rule(
    "duplicate-key",
    "A field stands once.",
    message="'{key}' stands here a second time",
    help="the first is in line {line}",
)
COMMENT_IN_TEXT = Rule(
    "comment-in-text",
    "No word of a text is lost as a comment.",
    level="warning",
    message="this '#' begins a comment, which is not told",
    help=f"if it belongs to the text, {HELP_TEXT}; if not, write '# ' with a space",
)
UNPRINTABLE_CHARACTER = Rule(
    "unprintable-character",
    "Every character can be seen.",
    message="{what} ({name})",
    help="delete it",
)
WRONG_TYPE = Rule("wrong-type", "Every value is of its field's type.")
NAME_NO_WORD = WRONG_TYPE.saying("the name of a field is a word", f"if this is a text, {HELP_TEXT}")
NAMELESS = WRONG_TYPE.saying("a field without a name", "write a name before the colon")
