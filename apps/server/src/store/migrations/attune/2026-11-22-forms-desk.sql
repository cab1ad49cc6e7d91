-- Forms as a living thing: drafts that one person hands in and another publishes, versions for one service, and why a record differs from
-- what the form engine makes of it.
set local role attune_owner;

alter table policy.form_versions
  -- The one service that this version is for; null: for all.
  add column for_service text references policy.services,
  -- Fields and measures that the programme's files do not hold.
  add column additions jsonb not null default '{}',
  add column draft_id uuid,
  add column published_by uuid,
  add column closed_at timestamptz,
  add column closed_by uuid;

create table policy.form_drafts (
  -- 'operator': a form for every service; otherwise the service whose own measure it is.
  service_id text not null references policy.services,
  draft_id uuid not null,
  programme_id text not null,
  form_id text not null,
  form_version text not null,
  kind text not null,
  title text not null,
  file_name text not null,
  -- The sheets as they were handed in, so that the second person sees what the first one sent.
  workbook jsonb not null,
  xml text not null,
  xml_hash text not null,
  outline jsonb not null,
  questions jsonb not null,
  additions jsonb not null default '{}',
  warnings jsonb not null default '[]',
  -- The suitability review of a service's own measure; null for a whole form.
  review jsonb,
  state text not null default 'draft' check (state in ('draft', 'published', 'withdrawn')),
  proposed_by uuid not null,
  proposed_at timestamptz not null,
  decided_by uuid,
  decided_at timestamptz,
  primary key (service_id, draft_id),
  check ((state = 'draft') = (decided_by is null)),
  -- Two people, whatever the program above says.
  constraint form_drafts_second_person check (state <> 'published' or decided_by <> proposed_by),
  check ((service_id = 'operator') = (review is null))
);

alter table policy.form_drafts enable row level security;
alter table policy.form_drafts force row level security;
grant select, insert on policy.form_drafts to acting_administrator, acting_service_lead, acting_system;
grant update (state, decided_by, decided_at, form_version) on policy.form_drafts to acting_administrator;
grant update (state, decided_by, decided_at) on policy.form_drafts to acting_service_lead;
create policy publishers on policy.form_drafts to acting_administrator, acting_system using (true) with check (true);
-- A service lead proposes and withdraws; nothing of a lead's makes a version.
create policy own_service on policy.form_drafts to acting_service_lead using (service_id = policy.acting_service()) with check (service_id = policy.acting_service() and state <> 'published');

-- Paths of questions and the kind of difference, never an answer.
alter table answers.records add column review_places jsonb not null default '[]', add column reviewed_at timestamptz;
create index records_to_review on answers.records (received_at) where review_state = 'received';
