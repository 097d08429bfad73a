"""The habits that a test can hold: imports run one way, files stay small, start-up stays light."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import contested

PACKAGE = Path(contested.__file__).parent
FILES = sorted(PACKAGE.rglob("*.py"))
#: Each layer may import what stands before it, and itself.
ORDER = (
    ("errors", "config"), ("spelling",), ("statement",), ("schema",), ("intake",), ("fetching",), ("lexicon",),
    ("gazetteer", "register"), ("text",), ("reading", "models"),
    ("record",), ("batch",), ("views",), ("checks",), ("cli",),
)  # fmt: skip
RANK = {name: rank for rank, names in enumerate(ORDER) for name in names}
LONGEST = 400


def name(path):
    return str(path.relative_to(PACKAGE.parent))


def imported(path):
    """The modules of the package that `path` imports, wherever in it, as parts: `("contested", "text", "layout")`."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name(path)}:{node.lineno}: imports are written in full"
            found = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        yield from (tuple(module.split(".")) for module in found if module.split(".")[0] == "contested")


@pytest.mark.parametrize("path", [path for path in FILES if path != PACKAGE / "__init__.py"], ids=name)
def test_imports_run_one_way(path):
    layer = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    assert layer in RANK, f"{layer} is not in the order of layers"
    for module in imported(path):
        if module[1] in RANK:
            assert RANK[module[1]] <= RANK[layer], f"{layer} imports {'.'.join(module)}"
        else:
            assert layer in ("cli", "checks"), f"{layer} imports {'.'.join(module)} from the public face"


@pytest.mark.parametrize("path", [*FILES, *sorted(Path(__file__).parent.rglob("*.py"))], ids=lambda path: path.stem)
def test_no_file_is_long_without_a_reason(path):
    text = path.read_text("utf-8")
    reason = any("long because" in line for line in text.splitlines()[:20])
    assert text.count("\n") <= LONGEST or reason, f"{name(path)}: split it, or say at its top: long because …"


@pytest.mark.parametrize("path", [path for path in FILES if path.parent.name in ("reading", "text")], ids=name)
def test_the_reading_holds_no_word_lists(path):
    """More than a dozen plain words in one list are a lexicon, unless they are codes or labels."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.List | ast.Tuple | ast.Set):
            words = [e.value for e in node.elts if isinstance(e, ast.Constant) and isinstance(e.value, str)]
            plain = [word for word in words if word.isalpha() and word.islower()]
            assert len(plain) <= 12, f"{name(path)}:{node.lineno}: {', '.join(plain[:5])} … belong into the lexicon"


def test_the_public_face():
    assert contested.__all__ == ["Report", "Statement", "open_record", "read"]
    assert all(hasattr(contested, public) for public in contested.__all__)


def test_help_loads_nothing_heavy():
    heavy = (
        "onnxruntime",
        "numpy",
        "tokenizers",
        "trafilatura",
        "htmldate",
        "lxml",
        "rich",
        "yaml",
        "contested.reading",
        "sqlalchemy",
        "alembic",
        "contested.record",
        "contested.fetching",
        "httpx",
        "warcio",
    )
    code = f"""
import sys
from contested.cli import main
main(["--help"], standalone_mode=False)
print([name for name in {heavy!r} if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_every_module_says_what_it_is():
    for path in FILES:
        tree = ast.parse(path.read_text("utf-8"))
        assert not tree.body or ast.get_docstring(tree), f"{name(path)} has no docstring"
