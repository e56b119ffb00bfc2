"""The commands that a Markdown text tells its readers to type."""
import re

# A fence opens a block of a language and a bare one of the same kind closes it.
BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def commands(markdown):
    """The commands in its blocks of `sh`, in order; a line that ends in a backslash goes on."""
    for block in BLOCK.findall(markdown):
        for command in re.sub(r"\s*\\\n\s*", " ", block).splitlines():
            if command.strip() and not command.lstrip().startswith("#"):
                yield command.strip()
