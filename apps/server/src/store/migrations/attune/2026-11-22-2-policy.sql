-- Policy: services, who was let in, the policy and form versions in force. No client and no answer in here.
set local role attune_owner;

create table policy.services (
  service_id text primary key check (service_id ~ '^[a-z][a-z0-9-]{1,40}$'),
  name text not null,
  former_names text[] not null default '{}',
  code_pattern text,
  status text not null default 'draft' check (status in ('operator', 'draft', 'live', 'closed')),
  processor_terms_version text,
  processor_terms_on date,
  processor_terms_by uuid,
  online_agreed boolean not null default false,
  -- Goes up with every change: what was decided from an older version is decided again.
  version integer not null default 1,
  opened_at timestamptz not null default now()
);

create table policy.access_grants (
  service_id text not null references policy.services,
  grant_id uuid not null,
  account_id uuid not null,
  role text not null check (role in ('practitioner', 'service-lead', 'data-support', 'administrator', 'auditor', 'analyst')),
  -- At most two people of a service see its data (DCS-122): a data-support grant holds seat 1 or 2 while it runs.
  seat smallint check (seat in (1, 2)),
  granted_by uuid,
  granted_at timestamptz not null default now(),
  review_on date,
  ended_at timestamptz,
  ended_by uuid,
  primary key (service_id, grant_id),
  check ((role = 'data-support') = (seat is not null)),
  check ((role in ('administrator', 'auditor', 'analyst')) = (service_id = 'operator'))
);
create unique index access_grants_seat on policy.access_grants (service_id, seat) where ended_at is null and seat is not null;
create unique index access_grants_once on policy.access_grants (service_id, account_id, role) where ended_at is null;
create index access_grants_account on policy.access_grants (account_id) where ended_at is null;

create table policy.policy_versions (
  policy_version text primary key,
  programme_id text not null,
  edition text not null,
  recorded_at timestamptz not null default now()
);

create table policy.form_versions (
  form_id text not null,
  form_version text not null,
  programme_id text not null,
  kind text not null,
  xml text not null,
  xml_hash text not null,
  outline jsonb not null,
  questions jsonb not null,
  status text not null default 'published' check (status in ('published', 'closed')),
  published_at timestamptz not null default now(),
  primary key (form_id, form_version)
);

-- One row: whether this installation is the demo or real. Written once, when it is first opened.
create table policy.installation (
  only_row boolean primary key default true check (only_row),
  mode text not null check (mode in ('demo', 'real')),
  opened_at timestamptz not null default now()
);

create function policy.count_version() returns trigger language plpgsql as $$
begin
  new.version := old.version + 1;
  return new;
end $$;
create trigger count_version before update on policy.services for each row execute function policy.count_version();

alter table policy.services enable row level security;
alter table policy.services force row level security;
alter table policy.access_grants enable row level security;
alter table policy.access_grants force row level security;
alter table policy.policy_versions enable row level security;
alter table policy.policy_versions force row level security;
alter table policy.form_versions enable row level security;
alter table policy.form_versions force row level security;
alter table policy.installation enable row level security;
alter table policy.installation force row level security;

grant select on policy.services to acting_practitioner, acting_service_lead, acting_data_support, acting_administrator, acting_auditor, acting_analyst, acting_system, acting_door;
grant insert, update on policy.services to acting_administrator, acting_system;
grant update (processor_terms_version, processor_terms_on, processor_terms_by, status) on policy.services to acting_service_lead;
create policy own_service on policy.services for select to acting_practitioner, acting_service_lead, acting_data_support using (service_id = policy.acting_service());
create policy own_terms on policy.services for update to acting_service_lead using (service_id = policy.acting_service()) with check (service_id = policy.acting_service());
create policy all_services on policy.services to acting_administrator, acting_system using (true) with check (true);
create policy names_of_services on policy.services for select to acting_auditor, acting_analyst, acting_door using (true);

grant select on policy.access_grants to acting_service_lead, acting_administrator, acting_system, acting_door;
grant insert, update on policy.access_grants to acting_service_lead, acting_administrator, acting_system, acting_door;
create policy own_grants on policy.access_grants to acting_service_lead
  using (service_id = policy.acting_service() and role in ('practitioner', 'data-support'))
  with check (service_id = policy.acting_service() and role in ('practitioner', 'data-support'));
create policy all_grants on policy.access_grants to acting_administrator, acting_system, acting_door using (true) with check (true);

grant select on policy.policy_versions, policy.form_versions to acting_practitioner, acting_service_lead, acting_data_support, acting_administrator, acting_auditor, acting_analyst, acting_system, acting_door;
grant insert on policy.policy_versions to acting_system;
grant insert, update on policy.form_versions to acting_administrator, acting_system;
create policy everybody_reads on policy.policy_versions for select using (true);
create policy system_writes on policy.policy_versions for insert to acting_system with check (true);
create policy everybody_reads on policy.form_versions for select using (true);
create policy publishers_write on policy.form_versions to acting_administrator, acting_system using (true) with check (true);

grant select on policy.installation to acting_system, acting_door;
grant insert on policy.installation to acting_system;
create policy system_only on policy.installation to acting_system using (true) with check (true);
create policy door_reads on policy.installation for select to acting_door using (true);
