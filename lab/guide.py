"""The commands of docs/linux.md, as they stand there.

Touches nothing: it reads the page. The lab sets its pair up by what it gives.
"""

import os
import re

PAGE = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "docs/linux.md")
# The section from which on the pair serves.
GO = 8
WHERE = re.compile(r"\*\*(Both nodes|Node (a|b)):\*\*")


class Block:
    """Lines for a shell: the section they stand in, and the nodes they are for."""

    def __init__(self, section, nodes, text):
        self.section, self.nodes, self.text = section, nodes, text


def blocks(page=PAGE):
    """All that the page has a person type, in its order."""
    with open(page) as file:
        lines = file.read().split("\n")
    found, section, nodes, text = [], 0, None, None
    for line in lines:
        if text is not None:
            if line == "```":
                found.append(Block(section, nodes, "".join(text)))
                nodes = text = None
            else:
                text.append(line + "\n")
        elif line == "```sh":
            if nodes is None:
                raise ValueError(f"{page}: a block in section {section} does not say where")
            text = []
        elif match := re.match(r"## (\d+)\.", line):
            section = int(match[1])
        if text is None and (match := WHERE.search(line)):
            nodes = [match[2]] if match[2] else ["a", "b"]
    return found
