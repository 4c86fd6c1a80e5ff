# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Many claims from few: the rows of a clinic's bills and claims, copied within the database.

Ten thousand claims made one by one take a quarter of an hour; their rows copied take seconds.
Every copy has ids, numbers and references of its own.
"""

from odoo.tools import SQL

# {table: condition for its rows}, of a company; a row refers to rows of these tables only within
# its own copy. In the order in which they refer to each other.
TABLES = {
    "account_move": "company_id = %(company)s",
    "account_full_reconcile": "id IN (SELECT full_reconcile_id FROM account_move_line"
    " WHERE company_id = %(company)s)",
    "dental_procedure": "company_id = %(company)s",
    "dental_claim": "company_id = %(company)s",
    "dental_claim_line": "company_id = %(company)s",
    "account_move_line": "company_id = %(company)s",
    "account_partial_reconcile": "company_id = %(company)s",
}
# What must not be the same twice.
RENEWED = {
    ("account_move", "name"): "sequence_prefix || lpad((sequence_number + %(numbers)s)::text, 5,"
    " '0')",
    ("account_move", "sequence_number"): "sequence_number + %(numbers)s",
    ("account_move_line", "move_name"): "move_name || '-' || %(copy)s",
    ("account_move_line", "matching_number"): "(full_reconcile_id + %(step_full)s)::text",
    ("dental_procedure", "number"): "number || '-' || %(copy)s",
    ("dental_claim", "number"): "number || '-' || %(copy)s",
    ("account_move", "dental_appointment_id"): "NULL",  # a visit has one bill
    ("dental_claim_line", "key"): "'C' || (id + %(step_own)s)",
}


def multiply(env, company, times):
    """Copy the bills and claims of a company until it has ``times`` as many as before."""
    env.flush_all()
    highest = {
        table: first(env, SQL("SELECT coalesce(max(id), 1) FROM %s", table_name(table)))
        for table in TABLES
    }
    numbers = first(env, SQL("SELECT max(sequence_number) FROM account_move"))
    columns = {table: stored(env, table) for table in TABLES}
    references = {table: inner_references(env, table) for table in TABLES}
    for copy in range(1, times):
        steps = {table: copy * most for table, most in highest.items()}
        values = {"company": company.id, "copy": str(copy), "numbers": copy * numbers}
        values["step_full"] = steps["account_full_reconcile"]
        for table, condition in TABLES.items():
            own = {**values, "step_own": steps[table]}
            copied = [
                copied_value(table, column, references[table], steps, own)
                for column in columns[table]
            ]
            env.cr.execute(
                SQL(
                    "INSERT INTO %s (%s) SELECT %s FROM %s WHERE id <= %s AND %s",
                    table_name(table),
                    SQL(", ").join(SQL.identifier(column) for column in columns[table]),
                    SQL(", ").join(copied),
                    table_name(table),
                    highest[table],
                    SQL(condition, **own),
                )
            )
    for table in TABLES:
        env.cr.execute(
            SQL(
                "SELECT setval(%s, (SELECT coalesce(max(id), 1) FROM %s))",
                f"{table}_id_seq",
                table_name(table),
            )
        )
        # The database's own housekeeper cannot see what is not committed.
        env.cr.execute(SQL("ANALYZE %s", table_name(table)))
    env["account.move"]._get_sequence_cache().clear()  # it knows the numbers before the copies
    env.invalidate_all()


def are_made(env, company, count):
    """Whether the company has ``count`` claims already."""
    return env["dental.claim"].search_count([("company_id", "=", company.id)]) >= count


def copied_value(table, column, references, steps, values):
    """The expression of one column of a copy."""
    if column == "id":
        return SQL("id + %s", steps[table])
    if column in references:
        return SQL("%s + %s", SQL.identifier(column), steps[references[column]])
    if (table, column) in RENEWED:
        return SQL(RENEWED[table, column], **values)
    return SQL.identifier(column)


def table_name(table):
    return SQL.identifier(table)


def first(env, query):
    env.cr.execute(query)
    return env.cr.fetchone()[0]


def stored(env, table):
    env.cr.execute(
        SQL(
            "SELECT column_name FROM information_schema.columns"
            " WHERE table_schema = 'public' AND table_name = %s ORDER BY ordinal_position",
            table,
        )
    )
    return [name for (name,) in env.cr.fetchall()]


def inner_references(env, table):
    """{column: table that is copied as well}"""
    env.cr.execute(
        SQL(
            """
            SELECT a.attname, c.confrelid::regclass::text
              FROM pg_constraint c
              JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
             WHERE c.contype = 'f' AND c.conrelid = %s::regclass
               AND c.confrelid::regclass::text IN %s
            """,
            table,
            tuple(TABLES),
        )
    )
    return dict(env.cr.fetchall())
