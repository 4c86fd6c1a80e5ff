# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging
import os
import time
from itertools import count
from pathlib import Path

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .. import x12

_logger = logging.getLogger(__name__)
READ, REFUSED = "read", "refused"
# Seconds for which a file that ends in the middle is taken for one that is still being written.
WRITING = 600


class DentalExchangeRoute(models.Model):
    """By which way files go to some payers and come from them.

    A folder of the server is the way that is built in; an addon that knows another one adds a
    transport and overrides `_deliver` and `_collect`.
    """

    _name = "dental.exchange.route"
    _description = "Way to payers and back"
    _order = "sequence, id"

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    payer_ids = fields.Many2many(
        "res.partner",
        string="Payers",
        domain=[("dental_payer", "=", True)],
        help="Empty: all payers that have no way of their own.",
    )
    transport = fields.Selection(
        [("folder", "Folder of the server")], required=True, default="folder"
    )
    out_folder = fields.Char(string="Files go to", help="Full path of a folder of the server.")
    in_folder = fields.Char(
        string="Files come from",
        help="Full path of a folder of the server. What was read is moved to its subfolder read, "
        "what cannot be used to refused.",
    )
    receiver_name = fields.Char(help="Empty: as in the settings.", string="Receiver name")
    receiver_id = fields.Char(string="Receiver's id", help="Empty: as in the settings.")
    receiver_qualifier = fields.Char(string="Receiver's qualifier", size=2)

    problem = fields.Char(compute="_compute_problem", compute_sudo=True, string="What is wrong")

    # Computes

    @api.depends("out_folder", "in_folder", "transport")
    def _compute_problem(self):
        for route in self:
            paths = (route.in_folder, route.out_folder) if route.transport == "folder" else ()
            closed = [path for path in paths if path and not os.access(path, os.W_OK)]
            route.problem = (
                self.env._("The server cannot write to %s", ", ".join(closed)) if closed else False
            )

    # Constraints

    @api.constrains("out_folder", "in_folder", "transport")
    def _check_folders(self):
        for route in self.filtered(lambda one: one.transport == "folder"):
            for path in filter(None, (route.out_folder, route.in_folder)):
                if not os.path.isabs(path):
                    raise ValidationError(
                        self.env._(
                            "%(route)s: %(path)s is no full path of the server, such as "
                            "/srv/claims/out.",
                            route=route.name,
                            path=path,
                        )
                    )
            if route.out_folder and route.out_folder == route.in_folder:
                raise ValidationError(
                    self.env._(
                        "%s: files would be read back from where they are put. Choose two folders.",
                        route.name,
                    )
                )

    # Business

    @api.model
    def _by_payer(self, company, payers):
        """{payer: route}; payers without one are left out."""
        routes = self.sudo().search([("company_id", "=", company.id)])
        rest = routes.filtered(lambda route: not route.payer_ids)[:1]
        found = {}
        for payer in payers:
            own = routes.filtered(lambda route, payer=payer: payer in route.payer_ids)[:1]
            if own or rest:
                found[payer] = own or rest
        return found

    def _send_file(self, exchange):
        """Hand a file over once it is certain to be kept: after the transaction."""
        self.ensure_one()
        name, raw = exchange.filename, exchange._bytes()
        exchange.route_id = self
        if self.transport == "folder" and not self.out_folder:
            return
        self._check_out_folder()
        self.env.cr.postcommit.add(lambda: self._deliver(name, raw))

    def _check_out_folder(self):
        if self.transport == "folder" and not os.access(self.out_folder, os.W_OK):
            raise UserError(
                self.env._(
                    "%(route)s: the server cannot write to %(path)s. Nothing was sent. Make the "
                    "folder, or take the path out to fetch the file by hand.",
                    route=self.name,
                    path=self.out_folder,
                )
            )

    def _deliver(self, name, raw):
        """Put one file on its way. Another transport overrides this."""
        path = Path(self.out_folder) / name
        part = path.with_suffix(path.suffix + ".part")
        part.write_bytes(raw)
        part.rename(path)  # whoever fetches files never sees half of one

    def _collect(self):
        """Names and bytes of the files that have come. Another transport overrides this."""
        folder = Path(self.in_folder or "")
        if not self.in_folder or not folder.is_dir():
            return
        for path in sorted(folder.iterdir()):
            if path.is_file() and not path.name.startswith(".") and path.suffix != ".part":
                try:
                    age, raw = time.time() - path.stat().st_mtime, path.read_bytes()
                except OSError as error:  # taken away meanwhile, or not for this server's eyes
                    _logger.warning("A file of route %s: %s", self.id, type(error).__name__)
                    continue
                if age > WRITING or x12.ended(raw):
                    yield path.name, raw

    def _put_away(self, name, subfolder):
        """Take a file that was read out of the way. Another transport overrides this.

        One that cannot be moved stays where it is: it is known, and read no second time.
        """
        path, folder = Path(self.in_folder) / name, Path(self.in_folder) / subfolder
        try:
            folder.mkdir(exist_ok=True)
            path.replace(self._free_path(folder, path))
        except FileNotFoundError:  # another worker did it
            return
        except OSError as error:
            _logger.warning(
                "Route %s: a file cannot be moved to %s: %s",
                self.id,
                subfolder,
                type(error).__name__,
            )

    @api.model
    def _free_path(self, folder, path):
        """Where a file goes without taking the place of another one of its name."""
        names = (f"{path.stem}-{number}{path.suffix}" for number in count(2))
        target = folder / path.name
        while target.exists():
            target = folder / next(names)
        return target

    def _fetch(self):
        """Read what has come on this way, each file for itself.

        :return: the exchanges
        """
        self.ensure_one()
        exchanges = self.env["dental.exchange"].with_company(self.company_id)
        for name, raw in self._collect():
            try:
                exchange = exchanges._receive(raw, name)
            except UserError as error:
                _logger.info("A file of route %s was not taken: %s", self.id, error)
                self._put_away(name, REFUSED)
                continue
            except Exception as error:
                if not self.env.context.get("ir_cron_progress_id"):
                    raise
                _logger.warning("A file of route %s: %s", self.id, type(error).__name__)
                self.env.cr.rollback()
                self.env.invalidate_all()
                if not self.try_lock_for_update():
                    break
                continue
            exchange.route_id = self
            exchanges |= exchange
            subfolder = REFUSED if exchange.state == "refused" else READ
            self.env.cr.postcommit.add(lambda n=name, s=subfolder: self._put_away(n, s))
            if self.env.context.get("ir_cron_progress_id"):
                self.env["ir.cron"]._commit_progress(1)  # each file for itself
                if not self.try_lock_for_update():
                    break  # the lock went with the commit, and another worker has the way now
        return exchanges

    def action_fetch(self):
        """Read what has come, now."""
        exchanges = self.env["dental.exchange"]
        for route in self.sudo():
            if not route.try_lock_for_update():
                raise UserError(
                    self.env._(
                        "%s: the files are being read by somebody else right now. Look at the "
                        "list of files in a minute.",
                        route.name,
                    )
                )
            exchanges |= route._fetch()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Files that came"),
            "res_model": "dental.exchange",
            "domain": [("id", "in", exchanges.ids)],
            "views": [(False, "list"), (False, "form")],
        }

    @api.model
    def _cron_fetch(self):
        """Read what has come for every clinic. Workers take routes that nobody else has locked.

        A way that does not work stops no other.
        """
        for route in self.search([("in_folder", "!=", False)]):
            try:
                if route.try_lock_for_update():
                    route._fetch()
                    self.env.flush_all()
            except Exception as error:
                _logger.warning("Route %s: %s", route.id, type(error).__name__)
                self.env.cr.rollback()
                self.env.invalidate_all()
            self.env["ir.cron"]._commit_progress(0)


class DentalExchange(models.Model):
    _inherit = "dental.exchange"

    route_id = fields.Many2one(
        "dental.exchange.route", string="Way", readonly=True, ondelete="restrict"
    )
