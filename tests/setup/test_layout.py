"""The house has eight rooms, and their order is the order of super()."""

import ast
import unittest
from collections import defaultdict
from pathlib import Path

CODE = Path(__file__).parents[2] / "hr_exit_interview"
ROOMS = (
    "departure",
    "settlement",
    "interview",
    "page",
    "insight",
    "privacy",
    "batch",
    "settings",
)
CENTRAL = ("hr.departure", "hr.exit.interview")
MOST_FILES = 10


def read_modules(folder):
    """Return {(room, path below the addon): syntax tree} of the rooms in a folder."""
    return {
        (room, path.relative_to(CODE)): ast.parse(path.read_text())
        for room in ROOMS
        for path in sorted((CODE / folder / room).rglob("*.py"))
        if path.name != "__init__.py"
    }


def read_models(tree):
    """Return [(model, class)] of the models that a file defines or extends."""
    found = []
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            values = {
                statement.targets[0].id: statement.value
                for statement in node.body
                if isinstance(statement, ast.Assign)
                and isinstance(statement.targets[0], ast.Name)
            }
            name = values.get("_name", values.get("_inherit"))
            if isinstance(name, ast.Constant):
                found.append((name.value, node))
    return found


def is_new(node):
    """Tell whether a class makes its model, rather than extends it."""
    values = {
        statement.targets[0].id: ast.literal_eval(statement.value)
        for statement in node.body
        if isinstance(statement, ast.Assign)
        and getattr(statement.targets[0], "id", "") in ("_name", "_inherit")
    }
    inherited = values.get("_inherit", ())
    parents = (inherited,) if isinstance(inherited, str) else inherited
    return "_name" in values and values["_name"] not in parents


def members(node):
    """Return {name: node} of the methods and fields of a class."""
    names = {}
    for statement in node.body:
        if isinstance(statement, ast.FunctionDef):
            names[statement.name] = statement
        elif (
            isinstance(statement, ast.Assign)
            and isinstance(statement.value, ast.Call)
            and isinstance(statement.targets[0], ast.Name)
        ):
            names[statement.targets[0].id] = statement
    return names


def calls_super(method):
    return any(
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "super"
        for node in ast.walk(method)
    )


class TestLayout(unittest.TestCase):
    """What docs/architecture.md promises about the folders, read from the code."""

    def setUp(self):
        self.models = read_modules("models")
        self.modules = {
            **self.models,
            **read_modules("wizard"),
            **read_modules("report"),
        }
        self.homes = {
            model: room
            for (room, _path), tree in self.modules.items()
            for model, node in read_models(tree)
            if is_new(node)
        }

    def test_every_file_is_in_a_room(self):
        """Nothing lies beside the rooms, and no room has another name."""
        for folder in ("models", "wizard", "report", "views", "data"):
            found = {
                path.name
                for path in (CODE / folder).iterdir()
                if path.is_dir() and path.name != "__pycache__"
            }
            with self.subTest(folder=folder):
                self.assertLessEqual(found, set(ROOMS))
                beside = {p.name for p in (CODE / folder).glob("*.py")}
                self.assertLessEqual(beside, {"__init__.py"})

    def test_rooms_are_imported_in_their_order(self):
        """The order of the packages is the order of super()."""
        for folder in ("models", "wizard", "report"):
            tree = ast.parse((CODE / folder / "__init__.py").read_text())
            order = [alias.name for node in tree.body for alias in node.names]
            with self.subTest(folder=folder):
                self.assertEqual(order, sorted(order, key=ROOMS.index))

    def test_no_room_imports_a_later_one(self):
        """Nor does anything in models/ import from controllers, wizard or report."""
        for (room, path), tree in self.modules.items():
            for node in ast.walk(tree):
                if not isinstance(node, ast.ImportFrom) or not node.level:
                    continue
                base = path.parts[: len(path.parts) - node.level]
                target = (*base, *(node.module or node.names[0].name).split("."))
                with self.subTest(path=str(path), line=node.lineno):
                    if path.parts[0] == "models":
                        self.assertIn(target[0], ("models", "lib", "exit_http"))
                    if target[0] != "lib" and target[1:2] and target[1] in ROOMS:
                        self.assertLessEqual(ROOMS.index(target[1]), ROOMS.index(room))

    def test_no_room_names_a_model_of_a_later_one(self):
        """In env, as a comodel or as a parent: a name is a dependency too."""
        for (room, path), tree in self.models.items():
            for node in ast.walk(tree):
                if isinstance(node, ast.Constant) and node.value in self.homes:
                    home = self.homes[node.value]
                    with self.subTest(path=str(path), line=node.lineno):
                        self.assertLessEqual(
                            ROOMS.index(home), ROOMS.index(room), node.value
                        )

    def test_a_member_is_defined_once_in_a_room(self):
        """Inside a package the order of imports decides nothing."""
        places = defaultdict(list)
        for (room, path), tree in self.models.items():
            for model, node in read_models(tree):
                for name in members(node):
                    places[room, model, name].append(str(path))
        for key, paths in places.items():
            with self.subTest(key):
                self.assertEqual(len(paths), 1, paths)

    def test_a_method_of_several_rooms_calls_super(self):
        """All but the first, so that no room silences an earlier one."""
        methods = defaultdict(list)
        for (room, _path), tree in self.models.items():
            for model, node in read_models(tree):
                for name, method in members(node).items():
                    if isinstance(method, ast.FunctionDef):
                        methods[model, name].append((ROOMS.index(room), method))
        for key, found in methods.items():
            for _room, method in sorted(found, key=lambda pair: pair[0])[1:]:
                with self.subTest(key):
                    self.assertTrue(calls_super(method))

    def test_a_model_has_one_file_in_a_room(self):
        """Named like it; a second one is a step of it and begins with its name."""
        for (_room, path), tree in self.models.items():
            if path.parent.name in ("sources", "retention"):
                continue
            for model, _node in read_models(tree):
                with self.subTest(path=str(path)):
                    self.assertTrue(path.stem.startswith(model.replace(".", "_")))

    def test_central_models_have_few_files(self):
        for central in CENTRAL:
            files = [
                str(path)
                for (_room, path), tree in self.models.items()
                if central in [model for model, _node in read_models(tree)]
            ]
            self.assertLessEqual(len(files), MOST_FILES, files)

    def test_a_constant_has_one_value(self):
        """Two constants of one name mean one thing."""
        values = defaultdict(dict)
        for (_room, path), tree in self.modules.items():
            for node in tree.body:
                if isinstance(node, ast.Assign) and isinstance(
                    node.targets[0], ast.Name
                ):
                    values[node.targets[0].id][str(path)] = ast.dump(node.value)
        for name, found in values.items():
            with self.subTest(name=name):
                self.assertTrue(name == "_logger" or len(found) == 1, list(found))
