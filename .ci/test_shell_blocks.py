"""Tests of what is taken for a command of the README."""
import unittest

from shell_blocks import commands

TEXT = """\
Words.

```sh
cargo run -p quickstart
```

```rust
fn main() {}
```

```sh
# A comment.
curl http://127.0.0.1/ \\
  -d '{}'

cargo test
```
"""


class Commands(unittest.TestCase):
    def test_blocks_of_sh_are_read_in_order(self):
        self.assertEqual(
            list(commands(TEXT)), ["cargo run -p quickstart", "curl http://127.0.0.1/ -d '{}'", "cargo test"]
        )


if __name__ == "__main__":
    unittest.main()
