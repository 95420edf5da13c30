"""Print which fields and methods the registry has, and where they come from."""

import json
import sys

ADDON = "odoo.addons.hr_exit_interview."
ATTRIBUTES = ("type", "string", "store", "required", "readonly", "related", "groups")


def check(env, _addons):
    models = {}
    for name, model in env.registry.items():
        methods = {}
        for cls in model.__mro__:
            if cls.__module__.startswith(ADDON):
                room = cls.__module__.removeprefix(ADDON).split(".")[1]
                for method, value in vars(cls).items():
                    if callable(value) and not method.startswith("__"):
                        methods.setdefault(method, []).append(room)
        if methods:
            fields = {
                name: [str(getattr(field, attribute)) for attribute in ATTRIBUTES]
                for name, field in model._fields.items()
            }
            models[name] = {"methods": methods, "fields": fields}
    sys.stdout.write(json.dumps(models) + "\n")
