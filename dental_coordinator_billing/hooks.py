# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).


def post_init_hook(env):
    """Give every company that keeps books already the accounts that dental billing needs."""
    env["res.company"].search([], order="parent_path")._dental_setup_accounts()


def uninstall_hook(env):
    """Leave the books as they are, but neither a right nor a price list that nobody asked for."""
    billing = env.ref("dental_coordinator.group_billing", raise_if_not_found=False)
    if billing:
        billing.implied_ids -= env.ref("account.group_account_invoice")
    env["product.pricelist"].search([("dental_fee_schedule", "=", True)]).action_archive()
