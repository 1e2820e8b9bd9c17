"""Data flows forward: a module imports only from those before it, and never from training."""

import ast
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent / "coder"
ORDER = [
    "errors", "limits", "records", "ontology", "dates", "dateline", "addresses", "files", "rows", "articles",
    "partitions", "syndication", "segment", "words",
    "tabari", "actor_files", "actors", "places", "toponyms", "roles", "senses", "nouns", "units", "things",
    "appositions", "anaphors", "tails", "persons", "bases", "phrases", "ranks", "memory", "turns", "lands", "nearest", "it", "pairs", "pronouns", "nations", "references", "belonging", "named", "context",
    "whereabouts", "bystanders", "setting", "mentions", "unknown", "gate", "network", "syntax", "features",
    "clauses", "dyads", "day_words", "when", "where", "scenes", "events", "one_a_day", "stata",
    "dataset", "actor_code", "geo", "layouts", "layout_reader",
    "event_reader", "convert", "tallies", "aggregate", "figures", "plot", "world_map", "labels",
    "spans", "corrections", "sampling", "report", "classify", "weights", "model_check", "model",
    "pipeline", "resume", "parallel", "child", "worker", "cluster", "evaluate", "mention_score", "scorecard", "explain",
    "commands_data", "commands_review", "cli", "__main__",
]  # fmt: skip


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
        elif isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
    return found


def test_every_module_has_its_place_in_the_order():
    modules = {p.stem for p in PACKAGE.glob("*.py")} - {"__init__"}
    assert modules == set(ORDER)


def test_modules_import_only_what_comes_before_them():
    wrong = []
    for position, name in enumerate(ORDER):
        before = {f"coder.{m}" for m in ORDER[:position]}
        for module in imports(PACKAGE / f"{name}.py"):
            if module.startswith("coder.") and module not in before:
                wrong.append(f"{name} imports {module}")
    assert wrong == []


def test_the_coder_never_imports_training():
    for path in PACKAGE.glob("*.py"):
        assert not any(m.split(".")[0] == "training" for m in imports(path)), path.name
