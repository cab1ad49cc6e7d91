-- What every request and every decision asks by one id or of one service, without walking through those of a nation: whether an access is in force,
-- what a service still has to be told, what is still to be destroyed for it, and the tasks of an audit.
set local role attune_owner;
create index access_grants_by_id on policy.access_grants (grant_id);
create index notices_unsent_of on rights.notices (service_id, queued_at) where sent_at is null;
create index erasures_to_do_of on rights.erasures (service_id, at) where outside_id is not null and outside_done_at is null;
create index corrective_actions_of on audit.corrective_actions (audit_id, service_id);
