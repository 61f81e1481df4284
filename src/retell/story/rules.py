"""The rules that are kept or broken while a story is read: names of files, fields, values, citations and marks."""

from __future__ import annotations

import msgspec

from retell.files.rules import WRONG_TYPE
from retell.problems import Rule

FILE_NAME = Rule("file-name", "Files and folders are named so that they are read, and no two name one scene.")
HELP_NAME = "name it in small letters, digits and hyphens, as in {example}"
NAME_ENDING = FILE_NAME.saying("the name of this file ends in {ending}", "{help}")
NO_SCENE_NAME = FILE_NAME.saying("this is no name for a scene's file{refused}", HELP_NAME)
NO_CARD_NAME = FILE_NAME.saying("this is no name for a card's file{refused}", HELP_NAME)
NO_KIND = FILE_NAME.saying("no kind of card is named '{name}'", "{nearest}")
MISPLACED_CARD = FILE_NAME.saying("a card stands in the folder of its kind, not in cards/ itself", "move it to {goal}")
SECOND_FILE = FILE_NAME.saying("the scene '{scene}' has a file already: {file}", "rename one of the two")

MAY_BE_TOLD = msgspec.structs.replace(FILE_NAME, level="warning")
SECOND_COPY = MAY_BE_TOLD.saying(
    "this is a second copy of {file}, as an editor, a browser or a synchronised folder makes one",
    "move it away, once nothing in it is newer; it is not read",
)
REFUSED_NAME = MAY_BE_TOLD.saying(
    "no file can have this name on Windows, which keeps it for a device", "name it {better}"
)

MISSING_FILE = Rule(
    "missing-file",
    "story/story.yaml is there, and each folder can be read.",
    message="a story needs this file: title, phases, scene order",
)
UNREADABLE_FOLDER = MISSING_FILE.saying("cannot be read: {reason}")

SHIPPED_DOCUMENT = Rule(
    "shipped-document",
    "What stands in documents/ is the text of a source in the public domain, as KEY.txt.",
    message="'{key}' is not in the public domain, as its card has it, so its text does not travel with the story",
    help="if it belongs to nobody, write 'rights: public-domain' in its card; if not, keep it among your own copies",
)
NO_DOCUMENT = SHIPPED_DOCUMENT.saying(
    "this is no name for a document's text", "name it by its source's card, in plain text: KEY{ending}"
)
DOCUMENT_OF_NOTHING = SHIPPED_DOCUMENT.saying("no source has the name '{key}', which this text has", "{nearest}")

NEWER_FORMAT = Rule(
    "newer-format",
    "The story is written in a format that this retell reads.",
    message="this story is written in format {named}, for a newer retell; this one reads format {known}",
    help="get the newest retell, and open the story with it",
)

UNKNOWN_FIELD = Rule(
    "unknown-field", "Every field is one that retell knows.", message="{form} has no '{name}'", help="{help}"
)
UNKNOWN_BEAT = UNKNOWN_FIELD.saying("a beat is one of: {kinds}", "{help}")

MISSING_FIELD = Rule(
    "missing-field",
    "Every field that is needed is there.",
    message="{form} needs '{name}'",
    help="add a line '{name}: …'",
)
NEITHER_FIELD = MISSING_FIELD.saying("{form} needs '{names}'", "add one of them")
EMPTY_FIELD = MISSING_FIELD.saying("'{name}' is empty", "write its value after the colon")
EMPTY_FIELDS = MISSING_FIELD.saying("{number} fields are empty: {names}", "write the value of each after its colon")
EMPTY_LIST = EMPTY_FIELD.saying(
    EMPTY_FIELD.message, "write its items instead of '[]', each on a line of its own that starts with '- '"
)

NOT_OF_ITS_TYPE = WRONG_TYPE.saying("this should be {wanted}, not {given}", "{help}")
NO_LIST = WRONG_TYPE.saying("this should be {wanted}")
NO_GROUP = WRONG_TYPE.saying("{form} is a group of fields, each 'name: value'")
EMPTY_FILE = WRONG_TYPE.saying("this file {has}", "write its fields, such as '{first}: …'")
TWO_BEATS = WRONG_TYPE.saying("this beat is two at once: {kinds}", "start each beat with '- ' on a line of its own")
NO_DATE = WRONG_TYPE.saying("{reason}")

MALFORMED_CITATION = Rule("malformed-citation", "A citation can be read.")
NO_CITATION = MALFORMED_CITATION.saying("'{part}' is no citation", "{help}")
EMPTY_CITATION = MALFORMED_CITATION.saying("here a citation should stand", "{help}")
NO_PARAGRAPH = MALFORMED_CITATION.saying("'{named}' names no paragraph", "{help}")
TOO_MANY_PARAGRAPHS = MALFORMED_CITATION.saying(
    "this citation names more than {most} paragraphs", "cite those that say it, or the source as a whole, as in [@key]"
)
UNCLOSED_CITATION = MALFORMED_CITATION.saying("this citation is never closed", "add the ']'")
NOTHING_BEFORE = MALFORMED_CITATION.saying("this citation has no text before it")
NO_WORD_BEFORE = MALFORMED_CITATION.saying("this citation has no word before it", "write what the source says")
STRAY_CITATION = MALFORMED_CITATION.saying("this looks like a citation, but is not written as one", "{help}")

CITATION_AS_TEXT = MALFORMED_CITATION.saying(
    "this field takes no citation: readers would see it as it is typed",
    "say it in words, as in “paragraph 6 of the diary”, or tell it in a 'say:' with its citation",
)

UNCLOSED_MARK = Rule(
    "unclosed-mark",
    "Each quotation and each emphasis that opens is closed.",
    message="this quotation is never closed",
    help="each mark that opens has one that closes it, before the citation; a backslash before it makes it plain",
)
UNOPENED_MARK = UNCLOSED_MARK.saying("this mark closes no quotation", UNCLOSED_MARK.help)
UNCLOSED_EMPHASIS = UNCLOSED_MARK.saying("this emphasis is never closed", UNCLOSED_MARK.help)

CLAIM_WITHOUT_CITATION = Rule(
    "claim-without-citation",
    "Every stretch of narration, of a position and of an answer is cited.",
    message="nothing is cited for “{start}”",
    help="end it with a citation such as [@key, para. 6]",
)
QUOTE_WITHOUT_CITATION = CLAIM_WITHOUT_CITATION.saying("this quotation cites nothing", "add 'cite:'")
ROW_WITHOUT_CITATION = CLAIM_WITHOUT_CITATION.saying("this claim cites nothing", "add 'says:'")
QUOTATION_WITHOUT_SPEAKER = Rule(
    "quotation-without-speaker",
    "A quotation in the narration names who speaks.",
    message="nobody is named who says {quotation}",
    help="name the speaker, by a name or alias of a voice card, in the same text, before the quotation's citation",
)
QUOTE_WITHOUT_SPEAKER = QUOTATION_WITHOUT_SPEAKER.saying("this quotation has no speaker", "add 'by:' and a voice card")
