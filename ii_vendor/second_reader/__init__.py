"""An optional second reader: a language model behind an OpenAI-compatible endpoint. Off unless it is configured.

Whatever it says, only quotes that stand in the answer and red flags that the rubric knows get through.
"""

from ii_vendor.second_reader.reading import Asked, Reading, read_answers
from ii_vendor.second_reader.settings import Reader, configured

__all__ = ["Asked", "Reader", "Reading", "configured", "read_answers"]
