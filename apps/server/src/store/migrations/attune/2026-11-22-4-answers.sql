-- Answers: sealed and pseudonymous. A client is a random id; the code the service uses for it is sealed, and found again by a keyed
-- hash. Practitioners may add and may ask "seen before"; they have no way to read an answer back (DCS-075).
set local role attune_owner;

create table answers.clients (
  service_id text not null,
  client_id uuid not null,
  code_hash bytea not null,
  code_sealed bytea not null,
  code_source text not null check (code_source in ('service', 'form')),
  first_at timestamptz not null default now(),
  primary key (service_id, client_id)
);
create unique index clients_code on answers.clients (service_id, code_hash);

create table answers.records (
  service_id text not null,
  record_id uuid not null,
  client_id uuid not null,
  programme_id text not null,
  form_id text not null,
  form_version text not null,
  policy_version text not null,
  session_on date not null,
  received_at timestamptz not null default now(),
  xml_sealed bytea not null,
  answers_sealed bytea not null,
  -- HMAC-SHA-256 of the submitted XML: the same id with other content is refused (409).
  content_hash bytea not null,
  service_copy boolean not null,
  restricted_at timestamptz,
  review_state text not null default 'received' check (review_state in ('received', 'agreed', 'differs')),
  primary key (service_id, record_id),
  foreign key (service_id, client_id) references answers.clients
);
create index records_client on answers.records (service_id, client_id, session_on);
create index records_day on answers.records (service_id, session_on, record_id);

create table answers.attachments (
  service_id text not null,
  record_id uuid not null,
  -- HMAC-SHA-256 of the file's name: pictures of one record may come in several requests (OpenRosa's *isIncomplete*).
  name_hash bytea not null,
  name_sealed bytea not null,
  sealed bytea not null,
  content_hash bytea not null,
  primary key (service_id, record_id, name_hash),
  foreign key (service_id, record_id) references answers.records on delete cascade
);

-- What is sealed does not get smaller: no time is spent on trying.
alter table answers.records alter column xml_sealed set storage external, alter column answers_sealed set storage external;
alter table answers.attachments alter column sealed set storage external;

alter table answers.clients enable row level security;
alter table answers.clients force row level security;
alter table answers.records enable row level security;
alter table answers.records force row level security;
alter table answers.attachments enable row level security;
alter table answers.attachments force row level security;

-- To join a follow-up to its client the submitting transaction sees the client's row, never a record's content.
grant select (service_id, client_id, code_hash), insert on answers.clients to acting_practitioner;
grant select on answers.clients to acting_data_support, acting_administrator, acting_auditor;
grant select, insert, update, delete on answers.clients to acting_system;
create policy own_service on answers.clients to acting_practitioner using (service_id = policy.acting_service()) with check (service_id = policy.acting_service());
create policy own_service_read on answers.clients for select to acting_data_support using (service_id = policy.acting_service());
create policy operator_read on answers.clients for select to acting_administrator, acting_auditor using (policy.acting_purpose() is not null);
create policy system on answers.clients to acting_system using (true) with check (true);

grant select (service_id, record_id, content_hash, received_at, form_id), insert on answers.records to acting_practitioner;
grant select on answers.records to acting_data_support, acting_administrator, acting_auditor;
grant select, insert, update, delete on answers.records to acting_system;
create policy own_service on answers.records for select to acting_practitioner using (service_id = policy.acting_service());
create policy add on answers.records for insert to acting_practitioner with check (service_id = policy.acting_service());
create policy own_service_read on answers.records for select to acting_data_support using (service_id = policy.acting_service() and policy.acting_purpose() is not null);
create policy operator_read on answers.records for select to acting_administrator, acting_auditor using (policy.acting_purpose() is not null);
create policy system on answers.records to acting_system using (true) with check (true);

grant select (service_id, record_id, name_hash, content_hash), insert on answers.attachments to acting_practitioner;
grant select on answers.attachments to acting_data_support, acting_administrator, acting_auditor;
grant select, insert, update, delete on answers.attachments to acting_system;
create policy own_service on answers.attachments for select to acting_practitioner using (service_id = policy.acting_service());
create policy add on answers.attachments for insert to acting_practitioner with check (service_id = policy.acting_service());
create policy own_service_read on answers.attachments for select to acting_data_support using (service_id = policy.acting_service() and policy.acting_purpose() is not null);
create policy operator_read on answers.attachments for select to acting_administrator, acting_auditor using (policy.acting_purpose() is not null);
create policy system on answers.attachments to acting_system using (true) with check (true);
