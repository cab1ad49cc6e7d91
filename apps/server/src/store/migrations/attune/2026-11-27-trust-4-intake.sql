-- Whoever takes submissions in writes events as everybody does: what happened, never number, time or transaction.
set local role attune_owner;
revoke insert on log.events from acting_intake;
grant insert (service_id, account_id, role, action, purpose, outcome, detail) on log.events to acting_intake;
