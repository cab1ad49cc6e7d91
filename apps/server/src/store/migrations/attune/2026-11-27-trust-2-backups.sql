-- What is known of backups, and of data that was put back. A backup's content is never read from here: there is no way to look into one.
set local role attune_owner;

create table policy.backups (
  backup_id uuid primary key,
  -- data: policy, identity, answers, log. accounts: sign-in. keyring: keys and tombstones, to other people and another place.
  kind text not null check (kind in ('data', 'accounts', 'keyring')),
  -- platform: each day. offsite: each week.
  cycle text not null check (cycle in ('platform', 'offsite')),
  made_at timestamptz not null,
  destination text not null,
  name text not null,
  bytes bigint,
  -- Of the sealed bytes as they lie there.
  sha256 bytea,
  -- Rows per table, in the backup and in the scratch database into which it was put back for a test.
  counts jsonb not null default '{}',
  state text not null default 'making' check (state in ('making', 'verified', 'failed', 'removed')),
  problem text,
  verified_at timestamptz,
  removed_at timestamptz,
  -- Who asked for it; null: the clock.
  asked_by uuid
);
create index backups_made on policy.backups (made_at desc);

-- A row comes with every backup, unfinished. A database that holds an unfinished one does not open: what was erased since must go again first.
create table policy.restorations (
  restoration_id uuid primary key default gen_random_uuid(),
  backup_id uuid not null,
  backup_at timestamptz not null,
  -- The last batch of the log that the backup holds; -1: none.
  from_batch bigint not null,
  loaded_at timestamptz not null default now(),
  incident text,
  approvers text[],
  finished_at timestamptz,
  report jsonb,
  check (finished_at is null or (incident is not null and cardinality(approvers) >= 2))
);

alter table policy.backups enable row level security, force row level security;
alter table policy.restorations enable row level security, force row level security;
grant select, insert, update on policy.backups to acting_system;
grant select, insert, update on policy.restorations to acting_system;
grant select on policy.backups, policy.restorations to acting_administrator;
grant usage on schema policy to attune_sealer;
grant select on policy.restorations to attune_sealer;
create policy system on policy.backups to acting_system using (true) with check (true);
create policy system on policy.restorations to acting_system using (true) with check (true);
create policy operator_read on policy.backups for select to acting_administrator using (true);
create policy operator_read on policy.restorations for select to acting_administrator using (true);
create policy seal on policy.restorations for select to attune_sealer using (true);
