# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import SQL

ANSWER = frozenset({"trainee_consent", "trainee_declined"})
STAMP = frozenset({"trainee_asked_by_id", "trainee_asked_at"})
# Assigned, agreed to, and signed in today under a placement that is under way.
OPEN = """(
    SELECT attends.dental_appointment_id
      FROM dental_appointment_res_users_rel attends
      JOIN dental_appointment visit ON visit.id = attends.dental_appointment_id
      JOIN dental_trainee placed
           ON placed.user_id = attends.res_users_id AND placed.company_id = visit.company_id
      JOIN dental_presence door ON door.trainee_id = placed.id
     WHERE attends.res_users_id = %(uid)s
       AND visit.trainee_consent AND visit.trainee_declined IS NOT TRUE
       AND placed.state = 'present' AND %(day)s BETWEEN placed.date_from AND placed.date_to
       AND door.out_at IS NULL AND door.in_at >= %(start)s
)"""
# Whoever is assigned writes the visit, so that an answer given at this moment is not missed: of
# two transactions one starts anew and finds what the other left.
REFUSE = """
CREATE OR REPLACE FUNCTION dental_trainee_assigned() RETURNS trigger AS $$
BEGIN
    UPDATE dental_appointment SET trainee_declined = trainee_declined
     WHERE id = NEW.dental_appointment_id AND trainee_declined IS NOT TRUE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the patient of visit % wants no students', NEW.dental_appointment_id;
    END IF;
    RETURN NEW;
END $$ LANGUAGE plpgsql;
CREATE OR REPLACE FUNCTION dental_trainee_declined() RETURNS trigger AS $$
BEGIN
    IF EXISTS (SELECT FROM dental_appointment_res_users_rel
                WHERE dental_appointment_id = NEW.id) THEN
        RAISE EXCEPTION 'students are assigned to visit %', NEW.id;
    END IF;
    RETURN NEW;
END $$ LANGUAGE plpgsql;
CREATE OR REPLACE TRIGGER dental_trainee_assigned
    BEFORE INSERT OR UPDATE ON dental_appointment_res_users_rel
    FOR EACH ROW EXECUTE FUNCTION dental_trainee_assigned();
CREATE OR REPLACE TRIGGER dental_trainee_declined
    AFTER INSERT OR UPDATE OF trainee_declined ON dental_appointment
    FOR EACH ROW WHEN (NEW.trainee_declined) EXECUTE FUNCTION dental_trainee_declined();
"""


class DentalAppointment(models.Model):
    """Students at a visit: the patient is asked, a no is kept, a yes opens it while they are in."""

    _inherit = "dental.appointment"

    trainee_declined = fields.Boolean(string="Patient wants no students", copy=False)
    trainee_asked_by_id = fields.Many2one(
        "res.users", string="Asked by", readonly=True, copy=False, ondelete="restrict"
    )
    trainee_asked_at = fields.Datetime(string="Asked about students", readonly=True, copy=False)
    trainee_open = fields.Boolean(
        string="Open to me as a student",
        compute="_compute_trainee_open",
        search="_search_trainee_open",
    )

    _trainee_answer = models.Constraint(
        "CHECK (trainee_consent IS NOT TRUE OR trainee_declined IS NOT TRUE)",
        "The patient agrees to students or does not: one of both.",
    )

    def init(self):
        self.env.cr.execute(REFUSE)
        return super().init()

    # Computes

    @api.depends_context("uid")
    def _compute_trainee_open(self):
        seen = self.sudo().search([("id", "in", self.ids), ("trainee_open", "=", True)])
        for visit in self:
            visit.trainee_open = visit.id in seen._ids

    def _search_trainee_open(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = self.env["dental.today"]
        used = [
            *(self._fields[name] for name in ("trainee_ids", *ANSWER)),
            *self.env["dental.trainee"]._fields.values(),
            *(self.env["dental.presence"]._fields[n] for n in ("trainee_id", "in_at", "out_at")),
        ]
        query = SQL(
            OPEN,
            uid=self.env.uid,
            day=today._day(),
            start=today._day_span()[0],
            to_flush=[field for field in used if field.store],
        )
        return [("id", "in", query)]

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._answered(vals) for vals in vals_list])

    def write(self, vals):
        if (ANSWER | STAMP) & vals.keys():
            vals = self._answered(vals)
        if self._assigns(vals):
            # The database looks at the answer when somebody is assigned: it has to be there.
            super().write({name: vals[name] for name in (ANSWER | STAMP) & vals.keys()})
            self.flush_recordset(["trainee_declined"])
            self._check_may_attend()
        return super().write(vals)

    # Actions

    def action_trainee_decline(self):
        """The patient was asked and wants no students: who was assigned is so no more."""
        self.write({"trainee_declined": True})
        self._log_status(self.env._("Wants no students"))
        return True

    def action_trainee_unasked(self):
        """The answer was noted by mistake: the patient is to be asked."""
        self.write({"trainee_consent": False, "trainee_declined": False})
        self._log_status(self.env._("To be asked about students"))
        return True

    # Business

    def _answered(self, vals):
        """The values with who asked and when; a no leaves nobody assigned."""
        if not (ANSWER | STAMP) & vals.keys():
            return vals
        vals = {name: value for name, value in vals.items() if name not in STAMP}
        said = [name for name in ANSWER if vals.get(name)]
        if len(said) == 1:
            vals.update({name: name in said for name in ANSWER})
        if said:
            vals.update(trainee_asked_by_id=self.env.uid, trainee_asked_at=fields.Datetime.now())
        elif ANSWER <= vals.keys():
            vals.update(trainee_asked_by_id=False, trainee_asked_at=False)
        if vals.get("trainee_declined"):
            vals["trainee_ids"] = [Command.clear()]
        return vals

    @api.model
    def _assigns(self, vals):
        """Whether values assign anybody."""
        return any(
            command[0] in (Command.CREATE, Command.LINK)
            or (command[0] == Command.SET and command[2])
            for command in vals.get("trainee_ids") or ()
        )

    def _check_may_attend(self):
        """Nobody is assigned to a patient who wants no students; the database refuses it too.

        :raises UserError: naming the visit
        """
        for visit in self.filtered("trainee_declined"):
            raise UserError(
                self.env._("%s: the patient wants no students. Choose another visit.", visit.number)
            )
