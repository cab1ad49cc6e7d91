-- An incident of a nation: it is filed at once; what it may concern is worked out service by service, and its letters go one by one, by the clock.
set local role attune_owner;

-- Services whose records have still to be looked through.
alter table breach.breaches add column services_left text[] not null default '{}';
create index breaches_unworked on breach.breaches (recorded_at) where services_left <> '{}';

-- A letter is noted with the decision that calls for it, and marked when it lies in the outbox.
alter table breach.notices alter column sent_at drop not null;
alter table breach.notices add column queued_at timestamptz;
update breach.notices set queued_at = sent_at;
alter table breach.notices alter column queued_at set not null;
create index notices_unsent on breach.notices (queued_at, breach_id, service_id) where sent_at is null;
