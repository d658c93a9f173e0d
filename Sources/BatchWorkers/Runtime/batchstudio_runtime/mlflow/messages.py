"""Messages of a model and of MLflow without the rows of the input that they quote.

Failed files and their reasons go into logs and reports, which may quote one cell but not the data. Libraries put whole
frames into messages; MLflow does so when a file does not fit the signature.
"""
import re
from typing import Any, Dict, List, Optional

import pandas

LONGEST = 500  # characters of a message
ROWS_LOOKED_FOR = 100
SHORTEST_LINE = 6  # characters of a line of data that a message may not hold
LEFT_OUT = "(rows of the input are left out of this message)"

ENFORCE_SCHEMA = re.compile(r"Failed to enforce schema of data .* with schema '.*'\. Error: (.*)", re.DOTALL)
INCOMPATIBLE = re.compile(
    r"Incompatible input types for column (.+?)\. Can not safely convert (\S+) to (\S+?)\.?(?:\s|$)", re.DOTALL)
NUMPY_SCALAR = re.compile(r"\bnp\.\w+\(([^()]*)\)")  # as NumPy 2 shows the values of a list


def without_data(error: BaseException, content: Any, types: Optional[Dict[str, str]] = None) -> BaseException:
    """Returns the exception, or one like it whose text holds no rows of the content.

    - `types`: the signature's type of each column.
    """
    text = text_of(error)
    short = brief(text, content, types or {})
    cause = cause_of(error)
    short_cause = None if cause is None else without_data(cause, content, types)
    if short == text and short_cause is cause:
        return error
    # Of the same name; the exception itself holds the long text, and so does what Python prints of it.
    copy = type(type(error).__name__, (Exception,), {"__module__": type(error).__module__})(short)
    copy.__cause__ = short_cause
    copy.__suppress_context__ = True
    return copy.with_traceback(error.__traceback__)


def text_of(error: BaseException) -> str:
    try:
        return str(error)
    except Exception:
        return ""


def cause_of(error: BaseException) -> Optional[BaseException]:
    """Returns what Python prints above the exception."""
    return error.__cause__ if error.__suppress_context__ else error.__context__


def brief(text: str, content: Any, types: Dict[str, str]) -> str:
    enforced = ENFORCE_SCHEMA.search(text)
    if enforced:
        text = enforced.group(1)
    incompatible = INCOMPATIBLE.search(text)
    if incompatible:
        name, found, wanted = incompatible.groups()
        return f"column '{name}' is {found} in the file; the model's signature says {types.get(name, wanted)}"
    kept = before_data(text, content)
    if len(kept) > LONGEST:
        kept = first_sentences(kept)
    if kept == text:
        return text
    return (kept.rstrip(" :\n([{") + " " + LEFT_OUT).strip() if len(kept) < len(text) else kept


def before_data(text: str, content: Any) -> str:
    """Returns the text up to the first place where it quotes rows of the content."""
    if "\n" not in text and len(text) < SHORTEST_LINE:
        return text
    plain = NUMPY_SCALAR.sub(r"\1", text)
    places = [place for place in map(plain.find, lines_of(content)) if place >= 0]
    return plain[:min(places)] if places else text


def lines_of(content: Any) -> List[str]:
    """Returns the lines that a message would have of this content: of its text, and of rows as lists or dicts."""
    head = content[:ROWS_LOOKED_FOR] if hasattr(content, "__getitem__") and not isinstance(content, dict) else content
    texts = [str(content), str(head)]
    if isinstance(content, pandas.DataFrame):
        texts.append(head.to_string())
        if content.shape[1] > 1:
            rows = head.values.tolist()
            texts += map(str, rows + [tuple(row) for row in rows] + head.to_dict("records"))
            texts.append(str(head.values))
    lines = {line.strip().strip("[]") for text in texts for line in text.splitlines()}
    return [line for line in lines if len(line) >= SHORTEST_LINE and len(line.split()) > 1]


def first_sentences(text: str) -> str:
    """Returns the first line, or as much of it as has room, up to the end of a sentence where there is one."""
    line = text.strip().splitlines()[0][:LONGEST]
    end = max(line.rfind(". "), line.rfind("; "))
    return line[:end + 1] if end > LONGEST // 4 and len(line) == LONGEST else line
