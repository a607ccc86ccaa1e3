"""Who hears of what an agency, a subgroup, the board office or a person is asked.

As SQL, so that the statement that writes reminders asks what the statement that ends them asks. An agency that nobody
leads is heard for by the managers; a subgroup by its chair, else its vice-chair, else the independent chair.
"""

from __future__ import annotations

from django.db.models import BooleanField, Func

# Whether seat `s` hears for the agency, or the subgroup, whose id stands at {of}.
_FOR_AGENCY = """(s.is_lead AND s.agency_id = {of} OR s.is_manager AND NOT EXISTS (
    SELECT 1 FROM actions_seat l WHERE l.agency_id = {of} AND l.is_lead AND l.left_on IS NULL))"""
_FIRST = """(SELECT MIN(p.role) FROM actions_subgroupseat p JOIN actions_seat c ON c.id = p.seat_id
    WHERE p.subgroup_id = {of} AND p.role IN ('chair', 'vice_chair') AND c.left_on IS NULL)"""  # a chair sorts first
_FOR_SUBGROUP = f"""(EXISTS (
    SELECT 1 FROM actions_subgroupseat own
    WHERE own.subgroup_id = {{of}} AND own.seat_id = s.id AND own.role = {_FIRST})
  OR {_FIRST} IS NULL AND (s.is_independent_chair OR s.is_manager AND NOT EXISTS (
    SELECT 1 FROM actions_seat i
    WHERE i.board_id = s.board_id AND i.is_independent_chair AND i.left_on IS NULL)))"""

# Everybody who hears for a place of one board (the parameter, four times): few rows, made before anything is joined.
VOICES = f"""
  SELECT 'agency', g.id, s.id FROM actions_agency g JOIN actions_seat s ON s.board_id = g.board_id
  WHERE g.board_id = %s AND s.left_on IS NULL AND {_FOR_AGENCY.format(of="g.id")}
  UNION ALL
  SELECT 'subgroup', g.id, s.id FROM actions_subgroup g JOIN actions_seat s ON s.board_id = g.board_id
  WHERE g.board_id = %s AND s.left_on IS NULL AND {_FOR_SUBGROUP.format(of="g.id")}
  UNION ALL
  SELECT 'office', s.board_id, s.id FROM actions_seat s
  WHERE s.board_id = %s AND s.left_on IS NULL AND s.is_manager
  UNION ALL
  SELECT 'seat', s.id, s.id FROM actions_seat s WHERE s.board_id = %s AND s.left_on IS NULL"""


class _Hears(Func):
    """Whether a seat (by its id) hears of what is asked (by its id)."""

    arity = 2
    output_field = BooleanField()
    arg_joiner = " AND x.id = "


class HearsOfResponse(_Hears):
    template = f"""EXISTS (
  SELECT 1 FROM actions_seat s JOIN actions_response x ON x.board_id = s.board_id
  WHERE s.left_on IS NULL AND {_FOR_AGENCY.format(of="x.agency_id")} AND s.id = %(expressions)s)"""


class HearsOfQuestion(_Hears):
    template = f"""EXISTS (
  SELECT 1 FROM actions_seat s JOIN actions_asked x ON x.board_id = s.board_id
  WHERE s.left_on IS NULL AND (
    s.id = x.seat_id OR x.office AND s.is_manager
    OR x.agency_id IS NOT NULL AND {_FOR_AGENCY.format(of="x.agency_id")}
    OR x.subgroup_id IS NOT NULL AND {_FOR_SUBGROUP.format(of="x.subgroup_id")}) AND s.id = %(expressions)s)"""


class Decided(Func):
    """Whether what the board decided last on a commitment (by its id) is that it is not to be met here. As for sharing
    it out, a decision of a meeting to come counts already: nobody is asked about it any more."""

    arity = 1
    output_field = BooleanField()
    template = """(COALESCE((
    SELECT d.kind FROM actions_decision_commitments its
    JOIN actions_decision d ON d.id = its.decision_id JOIN actions_meeting m ON m.id = d.meeting_id
    WHERE its.commitment_id = %(expressions)s AND d.undone_on IS NULL AND m.state <> 'cancelled'
      AND d.kind IN ('not_implemented', 'referred', 'implement')
    ORDER BY m.meets_on DESC, d.id DESC LIMIT 1), 'implement') <> 'implement')"""

    @classmethod
    def sql(cls, commitment: str) -> str:
        return cls.template % {"expressions": commitment}
