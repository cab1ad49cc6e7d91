-- The log becomes evidence: one sealer, a login of its own, puts events into signed batches. Nobody who acts for a person can read a seal's making,
-- and nobody at all can change an event or a batch without the verification showing it (docs/decisions).
set local role attune_owner;

-- The transaction that wrote it. Events of transactions that have all ended are ready to be sealed, so writers never wait for the sealer.
alter table log.events add column xact xid8 not null default pg_current_xact_id();
create index events_xact on log.events (xact);
drop index log.events_at;
create index events_at on log.events using brin (at);

-- Writers give what happened; time, number and transaction are the database's own.
revoke insert on log.events from acting_practitioner, acting_service_lead, acting_data_support, acting_administrator, acting_auditor, acting_analyst, acting_system, acting_door;
grant insert (service_id, account_id, role, action, purpose, outcome, detail) on log.events
  to acting_practitioner, acting_service_lead, acting_data_support, acting_administrator, acting_auditor, acting_analyst, acting_system, acting_door;

create table log.batches (
  batch bigint primary key check (batch >= 0),
  sealed_at timestamptz not null,
  -- Events of transactions before this one are in this batch or an earlier one.
  upto xid8 not null default pg_current_xact_id(),
  event_ids bigint[] not null,
  -- 32 bytes per event, in the order of event_ids.
  leaf_hashes bytea not null,
  -- Events up to and including this batch.
  total bigint not null,
  -- Root over this batch's events, and root over all batches so far (RFC 6962, section 2.1).
  batch_root bytea not null,
  tree_root bytea not null,
  -- Roots of the whole subtrees so far, so that the next root costs a few hashes.
  frontier bytea[] not null,
  -- Ed25519 over the head; the key is kept in the keyring.
  signature bytea not null
);

-- Heads that were put somewhere else.
create table log.anchors (
  batch bigint not null,
  destination text not null,
  anchored_at timestamptz not null default clock_timestamp(),
  outcome text not null check (outcome in ('done', 'failed')),
  primary key (batch, destination)
);

create table log.verifications (
  verification_id uuid primary key default gen_random_uuid(),
  verified_at timestamptz not null default clock_timestamp(),
  batches bigint not null,
  events bigint not null,
  anchors integer not null,
  -- Kinds and numbers of what does not agree; empty when all is well.
  findings jsonb not null default '[]'
);

alter table log.batches enable row level security, force row level security;
alter table log.anchors enable row level security, force row level security;
alter table log.verifications enable row level security, force row level security;
grant usage on schema log to attune_sealer;
grant select on log.events to attune_sealer;
grant select, insert on log.batches, log.verifications to attune_sealer;
grant select, insert, update on log.anchors to attune_sealer;
create policy seal on log.events for select to attune_sealer using (true);
create policy seal on log.batches to attune_sealer using (true) with check (true);
create policy seal on log.anchors to attune_sealer using (true) with check (true);
create policy seal on log.verifications to attune_sealer using (true) with check (true);
-- The screen "Log": when it was last sealed, anchored and verified.
grant select (batch, sealed_at, total) on log.batches to acting_administrator, acting_auditor;
grant select on log.anchors, log.verifications to acting_administrator, acting_auditor;
create policy operator_read on log.batches for select to acting_administrator, acting_auditor using (true);
create policy operator_read on log.anchors for select to acting_administrator, acting_auditor using (true);
create policy operator_read on log.verifications for select to acting_administrator, acting_auditor using (true);
