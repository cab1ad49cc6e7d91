-- What runs by the clock: one row per job, so that of several servers one does it, and what a server left unfinished is taken up again.
create schema jobs authorization attune_owner;
set local role attune_owner;

create table jobs.schedules (
  job text primary key,
  due_at timestamptz not null,
  -- The server that works on it, and until when that is believed.
  held_by uuid,
  held_until timestamptz,
  begun_at timestamptz,
  ended_at timestamptz,
  outcome text check (outcome in ('done', 'failed')),
  -- Failures in a row; the next try waits longer with each.
  failures integer not null default 0,
  check ((held_by is null) = (held_until is null))
);
alter table jobs.schedules enable row level security, force row level security;
grant usage on schema jobs to acting_system, acting_administrator;
grant select, insert, update on jobs.schedules to acting_system;
grant select on jobs.schedules to acting_administrator;
create policy system on jobs.schedules to acting_system using (true) with check (true);
create policy operator_read on jobs.schedules for select to acting_administrator using (true);
