-- The breach desk (DCS-116): every data incident with its clock, which records it may concern, and who was told. What people wrote about it is sealed.
create schema breach authorization attune_owner;
set local role attune_owner;

create table breach.breaches (
  service_id text not null default 'operator' check (service_id = 'operator'),
  breach_id uuid not null,
  number integer not null unique,
  kind text not null check (kind in ('seen', 'lost', 'changed', 'unavailable')),
  found_at timestamptz not null,
  happened_from date not null,
  happened_until date not null,
  services text[] not null,
  accounts uuid[] not null,
  -- What happened, why the risk is what it is, the regulator's reference, why late, what was learnt.
  sealed bytea not null,
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  likelihood smallint check (likelihood between 1 and 5),
  severity smallint check (severity between 1 and 5),
  risk text check (risk in ('unlikely', 'risk', 'high')),
  assessed_by uuid,
  assessed_at timestamptz,
  regulator_told_at timestamptz,
  individuals_told_at timestamptz,
  overdue_told_at timestamptz,
  closed_at timestamptz,
  closed_by uuid,
  primary key (service_id, breach_id),
  check (happened_from <= happened_until),
  check ((risk is null) = (assessed_by is null))
);

create table breach.affected_records (
  service_id text not null,
  breach_id uuid not null,
  record_id uuid not null,
  client_id uuid not null,
  practitioner_id uuid,
  -- 'opened': the log says that this one was opened; 'within-reach': it was in what could be seen.
  certainty text not null check (certainty in ('opened', 'within-reach')),
  primary key (service_id, breach_id, record_id)
);

create table breach.notices (
  service_id text not null,
  breach_id uuid not null,
  notice_id uuid not null,
  to_role text not null,
  what text not null check (what in ('first', 'tell-clients', 'practitioner')),
  account_id uuid not null,
  records integer not null,
  sent_at timestamptz not null,
  primary key (service_id, notice_id)
);
create index notices_breach on breach.notices (breach_id);

do $$
declare t text;
begin
  foreach t in array array['breaches', 'affected_records', 'notices'] loop
    execute format('alter table breach.%I enable row level security', t);
    execute format('alter table breach.%I force row level security', t);
    execute format('grant select, insert, update, delete on breach.%I to acting_system', t);
    execute format('create policy system on breach.%I to acting_system using (true) with check (true)', t);
    execute format('grant select on breach.%I to acting_administrator', t);
    execute format('create policy operator_read on breach.%I for select to acting_administrator using (true)', t);
  end loop;
end $$;
grant usage on schema breach to acting_administrator, acting_system;

-- Which records an incident may concern is worked out from the log.
grant select on log.events to acting_system;
create policy system_read on log.events for select to acting_system using (true);
