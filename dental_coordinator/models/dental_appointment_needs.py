# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from .say_moment import say_moment


class DentalAppointment(models.Model):
    """Who and what a visit needs beside provider and chair, and what stands in its way."""

    _inherit = "dental.appointment"

    staff_ids = fields.One2many(
        "dental.appointment.staff", "appointment_id", string="Also taking part"
    )
    equipment_ids = fields.Many2many("dental.equipment")
    override_reason = fields.Char(
        copy=False,
        groups="dental_coordinator.group_coordinator,dental_coordinator.group_manager",
        help="Why this visit is booked in spite of a rule: patient not to be booked, time kept "
        "for other visits, unsuitable chair.",
        string="Override reason",
    )

    # Onchange

    @api.onchange("type_id")
    def _onchange_type_needs(self):
        self.equipment_ids |= self.type_id.equipment_ids

    @api.onchange("patient_id", "operatory_id", "type_id")
    def _onchange_provider(self):
        """Who usually works in the chair, else the patient's own dentist or hygienist."""
        if not self.provider_id:
            hygiene = self.type_id.provider_kind == "hygienist"
            chair, patient = self.operatory_id, self.patient_id
            self.provider_id = (
                (chair.hygienist_id or patient.hygienist_id)
                if hygiene
                else (chair.provider_id or patient.primary_provider_id)
            )

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        visits = super().create(vals_list)
        visits._check_obstacles()
        return visits

    def write(self, vals):
        result = super().write(vals)
        if self.env.context.get("dont_notify") and self._obstacle_fields() & vals.keys():
            self._check_obstacles()
        return result

    # Business

    def _reserving_fields(self):
        return super()._reserving_fields() | {"staff_ids", "equipment_ids"}

    def _obstacle_fields(self):
        """Fields whose change may bring a visit where it must not be."""
        return {"start", "patient_id", "operatory_id", "type_id", "provider_id", "equipment_ids"}

    def _prepare_visit_vals(self, vals):
        vals = super()._prepare_visit_vals(vals)
        if "equipment_ids" not in vals:
            needs = self.env["dental.appointment.type"].browse(vals["type_id"])._equipment()
            if needs:
                vals["equipment_ids"] = [fields.Command.set(needs.ids)]
        return vals

    def _prepare_reservations(self):
        rows = super()._prepare_reservations()
        common = {**rows[-1], "patient_id": False}
        for person in self.staff_ids:
            resource = person.provider_id.resource_id.id
            rows += [
                {**common, "kind": "provider", "resource_id": resource, "start": a, "stop": b}
                for a, b in person._needed_spans()
            ]
        for device in self.equipment_ids:
            rows.append({**common, "kind": "equipment", "resource_id": device.resource_id.id})
        return rows

    def _check_obstacles(self):
        """Refuse what a rule of the clinic forbids, unless someone who may says why it is done.

        :raises UserError: naming the rules and the remedy
        """
        for visit in self.sudo():
            if not visit._has_place():
                continue
            stops = [row["reason"] for row in visit._obstacles() if row["severity"] == "stop"]
            if not stops:
                continue
            reasons = "\n".join(f"- {reason}" for reason in stops)
            if not visit.override_reason:
                raise UserError(
                    self.env._(
                        "%(number)s is not booked:\n%(reasons)s\nA coordinator may book it all "
                        "the same and say why.",
                        number=visit.number,
                        reasons=reasons,
                    )
                )
            visit.with_env(self.env)._log_status(
                self.env._("Booked in spite of a rule: %s", visit.override_reason)
            )

    def _has_place(self):
        """Whether it stands in the book now or later, so that rules about places count."""
        return self.active and self._is_coming()

    def _obstacles(self):
        """What speaks against this visit at this place. Addons add theirs.

        :return: list of {severity: stop|warn, reason}
        """
        self.ensure_one()
        return [
            *self._patient_obstacles(),
            *self._room_obstacles(),
            *self._block_obstacles(),
        ]

    def _patient_obstacles(self):
        patient = self.patient_id
        if patient.no_booking:
            reason = self.env._("Patient not to be booked: %s", patient.no_booking_reason)
            yield {"severity": "stop", "reason": reason}

    def _room_obstacles(self):
        chair = self.operatory_id
        for need in self.patient_id._access_needs():
            if need.operatory_ids and chair not in need.operatory_ids:
                yield {
                    "severity": "stop",
                    "reason": self.env._(
                        "%(chair)s does not suit: %(need)s. Suitable: %(others)s.",
                        chair=chair.name,
                        need=need.name,
                        others=", ".join(need.operatory_ids.mapped("name")),
                    ),
                }
        for device in self.equipment_ids:
            if device.operatory_ids and chair not in device.operatory_ids:
                yield {
                    "severity": "stop",
                    "reason": self.env._(
                        "%(device)s does not stand in %(chair)s. It is in %(others)s.",
                        device=device.name,
                        chair=chair.name,
                        others=", ".join(device.operatory_ids.mapped("name")),
                    ),
                }
        wanted = self.type_id.room_kind
        if wanted and chair.kind != wanted:
            yield {
                "severity": "warn",
                "reason": self.env._(
                    "%(chair)s is not the kind of room that %(type)s takes place in.",
                    chair=chair.name,
                    type=self.type_id.name,
                ),
            }

    def _block_obstacles(self):
        """Time that is kept for others and has not opened yet."""
        resources = self.operatory_id.resource_id | self.provider_id.resource_id
        now = fields.Datetime.now()
        for block in self.env["dental.blockout"]._blocks(resources, self.start, self.stop):
            groups = self.patient_id._kept_groups(self.start) if block.groups else frozenset()
            if not block.open_to(self.type_id.id, now, groups):
                yield {
                    "severity": "stop" if block.hard else "warn",
                    "reason": self._word_block(block, now),
                }

    def _word_block(self, block, now):
        kinds = self.env["dental.appointment.type"].browse(block.kinds).mapped("name")
        blockouts = self.env["dental.blockout"]
        values = {"name": block.name, "kinds": blockouts._kept_words(sorted(kinds), block.groups)}
        release = block.next_release(now)
        if not release:
            return self.env._("%(name)s is kept for %(kinds)s.", **values)
        return self.env._(
            "%(name)s is kept for %(kinds)s until %(moment)s.",
            moment=say_moment(self.env, release[0], self.company_id),
            **values,
        )
