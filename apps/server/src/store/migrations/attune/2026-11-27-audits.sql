-- The quarterly audit (DCS-053 to DCS-057): which texts a person has to look at, what was found, what follows from it. No text and no name is in
-- here: a text is a record and a question, a finding a category, a length and two keyed hashes.
create schema audit authorization attune_owner;
set local role attune_owner;

create table audit.audits (
  service_id text not null default 'operator' check (service_id = 'operator'),
  audit_id uuid not null,
  programme_id text not null,
  -- Calendar quarter in London, written "2025-Q3"; records received before `until_at` belong to it.
  quarter text not null check (quarter ~ '^\d{4}-Q[1-4]$'),
  until_at timestamptz not null,
  opened_at timestamptz not null,
  due_on date not null,
  -- Draws the sample again the same way.
  seed text not null,
  scanned_at timestamptz,
  overdue_told_at timestamptz,
  closed_at timestamptz,
  closed_by uuid,
  primary key (service_id, audit_id),
  check ((closed_at is null) = (closed_by is null))
);
create unique index audits_quarter on audit.audits (programme_id, quarter);

create table audit.texts (
  service_id text not null,
  audit_id uuid not null,
  text_id uuid not null,
  record_id uuid not null,
  client_id uuid not null,
  question text not null,
  -- Where the detector stopped, of what kind and how sure it was; [] where it found nothing.
  marks jsonb not null default '[]',
  confidence real not null default 0,
  -- The place in the draw of the sample.
  rank double precision not null,
  -- To be read by a person: flagged, or drawn.
  chosen boolean not null,
  verdict text check (verdict in ('clear', 'replaced')),
  judged_by uuid,
  judged_at timestamptz,
  primary key (service_id, audit_id, text_id),
  check ((verdict is null) = (judged_at is null))
);
create unique index texts_once on audit.texts (audit_id, record_id, question);
create index texts_to_judge on audit.texts (audit_id, confidence desc, rank) where chosen and verdict is null;

create table audit.service_counts (
  service_id text not null,
  audit_id uuid not null,
  records integer not null,
  texts integer not null,
  flagged integer not null,
  sampled integer not null,
  reported_at timestamptz,
  primary key (service_id, audit_id)
);

create table audit.corrective_actions (
  service_id text not null,
  action_id uuid not null,
  audit_id uuid not null,
  practitioner_id uuid not null,
  opened_at timestamptz not null,
  due_on date not null,
  done_at timestamptz,
  primary key (service_id, action_id)
);
create unique index corrective_actions_once on audit.corrective_actions (service_id, audit_id, practitioner_id);
create index corrective_actions_open on audit.corrective_actions (service_id, practitioner_id) where done_at is null;
-- Whoever has decided a gate from an older standing decides it again.
create trigger count_standing after insert or update on audit.corrective_actions for each row execute function identity.count_standing();

create table audit.findings (
  service_id text not null,
  finding_id uuid not null,
  audit_id uuid not null,
  record_id uuid not null,
  client_id uuid not null,
  session_on date not null,
  -- Empty for what is missing around a record (consent, training).
  question text,
  category text not null,
  span_length integer,
  before_hash bytea,
  after_hash bytea,
  found_at timestamptz not null,
  found_by uuid,
  action_id uuid,
  primary key (service_id, finding_id)
);
create index findings_audit on audit.findings (audit_id, service_id);

-- The audit that a record went through; null until then.
alter table answers.records add column audited_in uuid;
create index records_to_audit on answers.records (service_id, record_id) where audited_in is null;

do $$
declare t text;
begin
  foreach t in array array['audits', 'texts', 'service_counts', 'corrective_actions', 'findings'] loop
    execute format('alter table audit.%I enable row level security', t);
    execute format('alter table audit.%I force row level security', t);
    execute format('grant select, insert, update, delete on audit.%I to acting_system', t);
    execute format('create policy system on audit.%I to acting_system using (true) with check (true)', t);
    execute format('grant select on audit.%I to acting_auditor', t);
    execute format('create policy auditors_read on audit.%I for select to acting_auditor using (true)', t);
  end loop;
end $$;
grant usage on schema audit to acting_practitioner, acting_service_lead, acting_administrator, acting_auditor, acting_system;

grant select on audit.audits, audit.service_counts, audit.corrective_actions, audit.findings to acting_administrator, acting_service_lead;
grant select (service_id, audit_id, chosen, verdict) on audit.texts to acting_administrator;
create policy operator_read on audit.audits for select to acting_administrator using (true);
create policy operator_read on audit.texts for select to acting_administrator using (true);
create policy operator_read on audit.service_counts for select to acting_administrator using (true);
create policy operator_read on audit.corrective_actions for select to acting_administrator using (true);
create policy operator_read on audit.findings for select to acting_administrator using (true);
create policy days_of_audits on audit.audits for select to acting_service_lead using (true);
create policy own_service_read on audit.service_counts for select to acting_service_lead using (service_id = policy.acting_service());
create policy own_service_read on audit.corrective_actions for select to acting_service_lead using (service_id = policy.acting_service());
create policy own_service_read on audit.findings for select to acting_service_lead using (service_id = policy.acting_service());

grant select, update (done_at) on audit.corrective_actions to acting_practitioner;
create policy self on audit.corrective_actions to acting_practitioner
  using (service_id = policy.acting_service() and practitioner_id in (select p.practitioner_id from identity.practitioners p where p.account_id = policy.acting_account()))
  with check (service_id = policy.acting_service() and practitioner_id in (select p.practitioner_id from identity.practitioners p where p.account_id = policy.acting_account()));
