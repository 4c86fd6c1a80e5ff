# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import defaultdict

from odoo import fields, models
from odoo.tools import format_date, format_time

from ..book import local


class DentalSlotFinder(models.TransientModel):
    """Each place in words: where, with whom, and why just there."""

    _inherit = "dental.slot.finder"

    def _prepare_proposals(self, found):
        """Values of dental.slot.proposal for sets of places."""
        wishes = self._wishes()
        around = self._around(found)
        named = self.with_context(dental_slot_team=self._team())
        return [named._prepare_proposal(places, wishes, around) for places in found]

    def _prepare_proposal(self, places, wishes, around):
        rows = [
            self._prepare_place(place, wish, around)
            for place, wish in zip(places, wishes, strict=True)
        ]
        first = min(rows, key=lambda row: row["start"])
        reasons = list(dict.fromkeys(reason for row in rows for reason in row["reasons"]))
        return {
            **{name: first[name] for name in ("start", "stop", "provider_id", "operatory_id")},
            "reasons": "; ".join(reasons),
            "card": {"places": [row["card"] for row in rows], "reasons": reasons},
            "place_ids": [
                fields.Command.create({**row["visit"], "sequence": n}) for n, row in enumerate(rows)
            ],
        }

    def _prepare_place(self, place, wish, around):
        provider = self._by_resource("dental.provider", place.provider)
        chair = self._by_resource("dental.operatory", place.chair)
        several = len(self.member_ids) or self.with_chain
        where = {"provider_id": provider.id, "operatory_id": chair.id}
        return {
            "start": place.start,
            "stop": place.stop,
            **where,
            "visit": {
                **where,
                "start": place.start,
                "stop": place.stop,
                "patient_id": wish.patient.id,
                "type_id": wish.kind.id,
                "pattern": wish.pattern,
                "gap": str(wish.gap) if wish.gap else False,
                "gap_limit": str(wish.limit) if wish.limit else False,
            },
            "card": {
                "start": fields.Datetime.to_string(place.start),
                "stop": fields.Datetime.to_string(place.stop),
                "provider": provider.name or "",
                "chair": chair.name or "",
                "who": wish.patient.display_name if several and not self.with_chain else "",
                "type": wish.kind.name if several else "",
            },
            "reasons": self._place_reasons(place, wish, around),
        }

    def _place_reasons(self, place, wish, around):
        """Why this place: facts that the search used, and what else happens around it.

        Addons add facts of theirs.

        :param around: {local date: words}, see `_around`
        :return: list of texts
        """
        minutes = 10 * len(wish.pattern)
        treating = 10 * wish.pattern.count("X")
        fits = self.env._("fits %s minutes", minutes)
        if treating < minutes:
            fits = self.env._(
                "fits %(all)s minutes, %(own)s of them the provider's", all=minutes, own=treating
            )
        words = [fits, *map(self._word_reason, place.reasons)]
        words += around.get(local.day_of(place.start, self._zone()), [])
        return [word for word in words if word]

    def _around(self, found):
        """Visits of the family on the days of the places: {local date: texts}, in one query."""
        family = self.patient_id.family_id.sudo()
        if not found or not family:
            return {}
        starts = [place.start for places in found for place in places]
        visits = self.env["dental.appointment"].search(
            [
                ("patient_id.family_id", "=", family.id),
                ("patient_id", "!=", self.patient_id.id),
                ("start", ">=", fields.Datetime.subtract(min(starts), days=1)),
                ("start", "<=", fields.Datetime.add(max(starts), days=1)),
                ("status", "in", ("held", "scheduled", "confirmed")),
            ]
        )
        around = defaultdict(list)
        for visit in visits:
            around[local.day_of(visit.start, self._zone())].append(
                self.env._(
                    "%(who)s comes at %(time)s, %(chair)s",
                    who=visit.patient_id.display_name,
                    time=self._time(visit.start),
                    chair=visit.operatory_id.name,
                )
            )
        return around

    def _word_reason(self, reason):
        """One reason of the search in words; what a coordinator sees anyway is left out."""
        values = reason.values
        word = getattr(self, f"_word_{reason.code}", None)
        if word:
            return word(values)
        words = {
            "leaves_no_hole": self.env._("leaves no hole"),
            "shares_provider": self.env._("the provider helps next door meanwhile"),
            "nearest": self.env._("nearest to the time wanted"),
            "part_of_day": self.env._("at the hours asked for"),
            "weekday": self.env._("on the weekday asked for"),
            "side_by_side": self.env._("all begin together"),
        }
        return words.get(reason.code)

    def _word_kept_for_kind(self, values):
        return self._with_filling(self.env._("in time kept for it"), values)

    def _word_released(self, values):
        return self._with_filling(self.env._("in kept time that has opened"), values)

    def _with_filling(self, words, values):
        """With how often such time filled so far, where enough of it is past."""
        if not values["filled"]:
            return words
        filled, pieces = values["filled"]
        return self.env._(
            "%(words)s (it filled %(filled)s of %(pieces)s times)",
            words=words,
            filled=filled,
            pieces=pieces,
        )

    def _word_days_without(self, values):
        if values["count"] == 1:
            return self.env._("nothing on the day before")
        return self.env._("nothing on %s days before", values["count"])

    def _word_after_gap(self, values):
        return self.env._("not before %s", format_date(self.env, values["earliest"]))

    def _word_within_limit(self, values):
        return self.env._("not after %s", format_date(self.env, values["latest"]))

    def _word_back_to_back(self, values):
        return self.env._("%(place)s of %(members)s in a row", **values)

    def _word_preferred_provider(self, values):
        own = self.patient_id.primary_provider_id | self.patient_id.hygienist_id
        provider = self._by_resource("dental.provider", values["provider"])
        if not self.provider_id and provider in own:
            return self.env._("with the patient's own %s", provider.name)
        return None

    def _word_other_provider(self, values):
        wanted = self._by_resource("dental.provider", values["wanted"])
        own = self.patient_id.primary_provider_id | self.patient_id.hygienist_id
        return wanted in own and self.env._("%s is taken or away", wanted.name)

    def _word_conflict(self, wishes, conflict):
        """Why a chain of visits breaks off."""
        kind = wishes[conflict.step].kind.name
        earliest = format_date(self.env, conflict.earliest)
        if conflict.latest:
            return self.env._(
                "No place for %(kind)s between %(earliest)s and %(latest)s. Widen the wishes.",
                kind=kind,
                earliest=earliest,
                latest=format_date(self.env, conflict.latest),
            )
        return self.env._(
            "No place for %(kind)s from %(earliest)s on. Widen the wishes.",
            kind=kind,
            earliest=earliest,
        )

    def _by_resource(self, model, resource):
        """The provider or chair of a resource; found in what the search has read already."""
        if not resource:
            return self.env[model]
        team = self.env.context.get("dental_slot_team") or self._team()
        known = team[0 if model == "dental.provider" else 1]
        return known.filtered(lambda record: record.resource_id.id == resource)

    def _time(self, moment):
        zone = self.env.company._dental_zone().key
        return format_time(self.env, moment, tz=zone, time_format="short")
