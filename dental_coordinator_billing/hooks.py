# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).


def post_init_hook(env):
    """Give every company that keeps books already the accounts that dental billing needs."""
    env["res.company"].search([], order="parent_path")._dental_setup_accounts()
