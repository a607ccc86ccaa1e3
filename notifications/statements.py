"""The statements that write reminders. Each is one, whatever the number of rows; a unique key forgives a second run.

From the few to the many: SQLite keeps the order of a CROSS JOIN. Parameters stand as %s, what a caller fills in as
%(name)s.
"""

from __future__ import annotations

from notifications.asked import VOICES, Decided

COLUMNS = "board_id, seat_id, action_id, kind, step, due_version, for_on, created_at, key, state, reason"

# One statement for all steps of a day: `called` says which due date calls for which step.
INSERT_DATED = f"""
INSERT INTO notifications_reminder ({COLUMNS})
WITH called (due_on, kind, step, for_on) AS (VALUES %(called)s)
SELECT a.board_id, a.owner_id, a.id, c.kind, c.step, a.due_version, c.for_on, %%s,
  a.board_id || ':' || c.kind || ':' || a.id || ':' || a.due_version || ':' || c.step || ':' || a.owner_id,
  'waiting', ''
FROM called c
CROSS JOIN actions_action a  -- from the few dates to their actions: SQLite keeps the order of a CROSS JOIN
JOIN actions_seat s ON s.id = a.owner_id
WHERE a.due_on = c.due_on AND a.board_id = %%s AND a.status IN ('planned', 'started') AND s.left_on IS NULL
  AND NOT EXISTS (
    SELECT 1 FROM notifications_reminder r
    WHERE r.action_id = a.id AND r.seat_id = a.owner_id
      AND r.kind = c.kind AND r.step = c.step AND r.due_version = a.due_version)
ON CONFLICT (key) DO NOTHING
"""

# Its step is the event, and the event stands for the owner's version too: moving the date assigns nothing anew.
INSERT_ASSIGNED = f"""
INSERT INTO notifications_reminder ({COLUMNS})
SELECT e.board_id, e.owner_id, e.action_id, 'assigned', CAST(e.seq AS varchar(20)), 0, %s, %s,
  e.board_id || ':assigned:' || e.action_id || ':0:' || e.seq || ':' || e.owner_id,
  'waiting', ''
FROM actions_event e
JOIN actions_action a ON a.id = e.action_id AND a.owner_id = e.owner_id
JOIN actions_seat s ON s.id = e.owner_id
WHERE e.board_id = %s AND e.verb IN ('plan', 'reassign') AND e.at > %s AND e.at <= %s
  AND a.status IN ('planned', 'started') AND s.left_on IS NULL
  AND NOT EXISTS (
    SELECT 1 FROM actions_event later
    WHERE later.action_id = e.action_id AND later.verb IN ('plan', 'reassign') AND later.seq > e.seq)
  AND NOT EXISTS (
    SELECT 1 FROM notifications_reminder r
    WHERE r.action_id = e.action_id AND r.seat_id = e.owner_id
      AND r.kind = 'assigned' AND r.step = CAST(e.seq AS varchar(20)))
ON CONFLICT (key) DO NOTHING
"""

# While an owner is away, what the day calls for from them is told to who stands in too: at the start all of it, as one
# list, then each step as it comes. Told beside them, never twice; from the few who are away to their actions.
INSERT_COPIES = f"""
INSERT INTO notifications_reminder ({COLUMNS}, for_owner_id, away_until)
WITH absent AS MATERIALIZED (
  SELECT a.id, a.due_version, o.id AS owner_id, o.away_from, o.away_until, %(stand_in)s AS stand_in
  FROM actions_seat o
  CROSS JOIN actions_action a
  WHERE o.board_id = %%s AND o.left_on IS NULL AND o.away_from <= %%s AND o.away_until >= %%s
    AND a.owner_id = o.id AND a.status IN ('planned', 'started'))
SELECT r.board_id, x.stand_in, r.action_id, r.kind, r.step, r.due_version, r.for_on, %%s,
  r.board_id || ':' || r.kind || ':' || r.action_id || ':' || r.due_version || ':' || r.step || ':' || x.stand_in,
  'waiting', '', x.owner_id, x.away_until
FROM absent x
CROSS JOIN notifications_reminder r
WHERE r.action_id = x.id AND r.seat_id = x.owner_id AND r.for_owner_id IS NULL AND x.stand_in IS NOT NULL
  AND (r.kind = 'assigned' AND r.for_on >= x.away_from
    OR r.kind IN ('due_soon', 'due_today', 'overdue') AND r.due_version = x.due_version AND NOT EXISTS (
      SELECT 1 FROM notifications_reminder later
      WHERE later.action_id = r.action_id AND later.seat_id = r.seat_id
        AND later.due_version = r.due_version AND later.for_on > r.for_on))
  AND NOT EXISTS (
    SELECT 1 FROM notifications_reminder told
    WHERE told.action_id = r.action_id AND told.seat_id = x.stand_in AND told.kind = r.kind AND told.step = r.step
      AND told.due_version = r.due_version
      AND NOT (told.message_id IS NULL AND told.state = 'cancelled' AND told.reason IN (%%s, %%s)))
ON CONFLICT (key) DO UPDATE SET state = 'waiting', reason = '', away_until = excluded.away_until
  WHERE notifications_reminder.message_id IS NULL AND notifications_reminder.state = 'cancelled'
"""

# Of a seat's invitations the last one: an older link would open nothing. And what somebody else wrote down in one's
# name: so that nobody is made to have said what they did not say.
INSERT_NEWS = f"""
INSERT INTO notifications_reminder ({COLUMNS})
SELECT e.board_id, e.seat_id, NULL, 'invited', CAST(MAX(e.seq) AS varchar(20)), 0, %s, %s,
  e.board_id || ':invited:' || e.seat_id || ':' || MAX(e.seq), 'waiting', ''
FROM actions_event e
JOIN actions_seat s ON s.id = e.seat_id
WHERE e.board_id = %s AND e.verb IN ('invite', 'invite_again') AND s.user_id IS NULL AND s.left_on IS NULL
GROUP BY e.board_id, e.seat_id
UNION ALL
SELECT e.board_id, e.on_behalf_of_id, e.action_id, 'recorded', CAST(e.seq AS varchar(20)), 0, %s, %s,
  e.board_id || ':recorded:' || e.action_id || ':' || e.seq || ':' || e.on_behalf_of_id, 'waiting', ''
FROM actions_seat s
CROSS JOIN actions_event e  -- from the people, few, to what was written for them, fewer: see above
WHERE e.on_behalf_of_id = s.id AND s.board_id = %s AND s.left_on IS NULL
  AND e.action_id IS NOT NULL AND e.at > %s
ON CONFLICT (key) DO NOTHING
"""

# What waits for an answer, each with who hears of it; `called` says which day calls for which step. A response asked
# today waits until nothing was shared out for a while, so that several make one mail. What was cancelled before it was
# in any mail is called for again when it is true again: a decision taken back, say.
INSERT_ASKED = f"""
INSERT INTO notifications_reminder ({COLUMNS}, response_id, asked_id, due_on)
WITH called (about, due_on, kind, step, for_on) AS (VALUES %(called)s),
voice (place, of_id, seat_id) AS MATERIALIZED ({VOICES.replace("%", "%%")}
),
heard AS (
  SELECT 'response' AS about, r.id AS response_id, NULL AS asked_id, r.board_id, v.seat_id,
    r.version AS due_version, r.due_on
  FROM actions_response r
  CROSS JOIN actions_commitment c
  CROSS JOIN voice v
  WHERE r.board_id = %%s AND r.says = '' AND r.unasked_on IS NULL AND r.asked_on <= %%s
    AND c.id = r.commitment_id AND NOT c.taken_back AND NOT {Decided.sql("c.id")}
    AND v.place = 'agency' AND v.of_id = r.agency_id
    AND (r.asked_on < %%s OR NOT EXISTS (
      SELECT 1 FROM actions_event e
      WHERE e.board_id = r.board_id AND e.verb = 'share_out' AND e.at > %%s AND e.at <= %%s))
  UNION ALL
  SELECT 'question', NULL, q.id, q.board_id, v.seat_id, 0, w.due_on
  FROM actions_challenge w
  CROSS JOIN actions_asked q
  CROSS JOIN voice v
  WHERE w.board_id = %%s AND w.closed_on IS NULL AND w.asked_on <= %%s
    AND q.challenge_id = w.id AND q.answered_on IS NULL
    AND (v.place = 'seat' AND v.of_id = q.seat_id OR v.place = 'agency' AND v.of_id = q.agency_id
      OR v.place = 'subgroup' AND v.of_id = q.subgroup_id OR v.place = 'office' AND q.office)),
step AS (
  SELECT h.*, c.kind, c.step, c.for_on, h.board_id || ':' || c.kind || ':' || h.about || ':'
    || COALESCE(h.response_id, h.asked_id) || ':' || h.due_version || ':' || c.step || ':'
    || CASE c.kind WHEN 'asked' THEN '' ELSE CAST(h.due_on AS varchar(10)) END || ':' || h.seat_id AS key
  FROM heard h
  JOIN called c ON c.about = h.about AND c.due_on = h.due_on)
SELECT x.board_id, x.seat_id, NULL, x.kind, x.step, x.due_version, x.for_on, %%s, x.key, 'waiting', '',
  x.response_id, x.asked_id, x.due_on
FROM step x
WHERE NOT EXISTS (
  SELECT 1 FROM notifications_reminder told
  WHERE told.key = x.key AND NOT (told.message_id IS NULL AND told.state = 'cancelled'))
ON CONFLICT (key) DO UPDATE SET state = 'waiting', reason = ''
  WHERE notifications_reminder.message_id IS NULL AND notifications_reminder.state = 'cancelled'
"""
