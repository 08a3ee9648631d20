"""Types for texts. Their lengths count code points, of the text that is stored."""

from typing import Annotated

from pydantic import StringConstraints

# No control characters, which include \r and \n, and no Unicode line or paragraph separators.
SingleLine = Annotated[
    str, StringConstraints(strip_whitespace=True, pattern=r"^[^\p{Cc}\p{Zl}\p{Zp}]*$")
]

# Everything but NUL, at which SQLite's functions would end the text.
Text = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$")]
