# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Today with 300 visits: how many queries, and what a million past appointments add."""

from .. import years
from ..frame import counted, figure


@counted("queries of Today with 300 visits after 1,000,000 appointments", limit=15)
def queries(env):
    return years.queries(env, look)


@figure("Today after 1,000,000 appointments / after 10,000", limit=1.3)
def past(env):
    return years.growth(env, look)


def look(env):
    chairs = env["dental.today"].data()["chairs"]
    if len(chairs) < years.CHAIRS:
        raise ValueError("Today does not show all chairs")
