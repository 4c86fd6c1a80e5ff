# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Numbers drawn from a sequence, as many as are needed, in one query."""

from odoo.tools import SQL

# The company's own sequence, else the common one. One that counts anew each year, or without gaps,
# is left to Odoo.
DRAWN = """
    SELECT sequence.id, sequence.prefix, sequence.suffix, sequence.padding,
           ARRAY(SELECT nextval('ir_sequence_' || to_char(sequence.id, 'FM999999999000'))
                   FROM generate_series(1, %(count)s))
      FROM (SELECT * FROM ir_sequence
             WHERE active AND code = %(code)s
               AND (company_id = %(company)s OR company_id IS NULL)
             ORDER BY company_id, name, id LIMIT 1) AS sequence
     WHERE sequence.implementation = 'standard' AND sequence.use_date_range IS NOT TRUE
"""


def draw_numbers(env, code, count):
    """The next numbers of the sequence with this code: what `next_by_code` would give in turn.

    :return: list of ``count`` numbers, each False where there is no such sequence
    """
    sequences = env["ir.sequence"].sudo()
    sequences.flush_model()
    company = env.company.id
    drawn = env.execute_query(SQL(DRAWN, code=code, company=company, count=count))
    if not drawn:
        return [sequences.next_by_code(code) for _number in range(count)]
    [(found, prefix, suffix, padding, numbers)] = drawn
    sequence = sequences.browse(found)
    sequence._update_cache({"prefix": prefix, "suffix": suffix}, validate=False)
    prefix, suffix = sequence._get_prefix_suffix()  # Odoo knows which dates may stand in them
    return [f"{prefix}{number:0{padding}d}{suffix}" for number in numbers]
