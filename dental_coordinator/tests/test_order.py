# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import inspect

from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestOrder(TransactionCase):
    def test_no_method_hides_another_of_its_addon(self):
        """Whoever adds to a method goes on to the others, whatever is imported first."""
        hidden = [
            f"{name}.{method}: {where} hides that of {other}"
            for name, model in self.env.registry.models.items()
            for method, where, other in self._hidden(model)
        ]
        self.assertEqual(hidden, [])

    def _hidden(self, model):
        """(method, class that does not go on, class that is never reached)"""
        ends = {}
        for cls in model.__mro__:
            module = getattr(cls, "_module", None) or ""
            if not module.startswith("dental_coordinator") or not cls.__module__.startswith("odoo"):
                continue
            for method, found in vars(cls).items():
                function = inspect.unwrap(getattr(found, "__func__", found))
                if not inspect.isfunction(function) or method.startswith("__"):
                    continue
                key = (module, cls._name, method)
                if key in ends:
                    yield method, ends[key], cls.__module__
                elif "super" not in function.__code__.co_names:
                    ends[key] = cls.__module__
