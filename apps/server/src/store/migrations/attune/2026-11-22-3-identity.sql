-- Identity: who the practitioner is. Names, e-mail addresses and signatures are sealed under the identity partition's own key
-- (DCS-097); clients never appear here.
set local role attune_owner;

create table identity.practitioners (
  service_id text not null,
  practitioner_id uuid not null,
  account_id uuid not null,
  sealed bytea not null,
  status text not null default 'active' check (status in ('active', 'left')),
  since timestamptz not null default now(),
  -- Goes up with every change here, in the consents and in the trainings of this person: gates decided from an older version are decided again.
  version integer not null default 1,
  primary key (service_id, practitioner_id)
);
create unique index practitioners_account on identity.practitioners (service_id, account_id);

create table identity.practitioner_consents (
  service_id text not null,
  consent_id uuid not null,
  practitioner_id uuid not null,
  policy_version text not null,
  edition text not null,
  terms_version text not null,
  -- Codes of the purposes that were shown: one that came later is not covered.
  purposes text[] not null,
  form_version text not null,
  -- First name, surname, business e-mail, service name and signature, and no other personal field (DCS-099); null once removed.
  sealed bytea,
  signature_kind text not null check (signature_kind in ('drawn', 'typed')),
  signed_at timestamptz not null,
  withdrawn_at timestamptz,
  removed_at timestamptz,
  -- HMAC-SHA-256 of what was signed; stays as proof after the rest is removed, and tells a repeated form from a changed one.
  proof_hash bytea not null,
  primary key (service_id, consent_id)
);
create index practitioner_consents_who on identity.practitioner_consents (service_id, practitioner_id, signed_at);

create table identity.training_records (
  service_id text not null,
  practitioner_id uuid not null,
  course text not null,
  course_version text not null,
  score smallint not null,
  out_of smallint not null,
  passed_at timestamptz not null default now(),
  primary key (service_id, practitioner_id, course, course_version)
);

-- Who ran a session: stamped by the server from the consent register, never typed (DCS-037, DCS-038).
create table identity.record_authors (
  service_id text not null,
  record_id uuid not null,
  practitioner_id uuid not null,
  session_on date not null,
  sealed bytea,
  blanked_at timestamptz,
  primary key (service_id, record_id)
);
create index record_authors_day on identity.record_authors (service_id, practitioner_id, session_on);

create trigger count_version before update on identity.practitioners for each row execute function policy.count_version();
create function identity.count_standing() returns trigger language plpgsql as $$
begin
  update identity.practitioners p set since = p.since where p.service_id = new.service_id and p.practitioner_id = new.practitioner_id;
  return null;
end $$;
create trigger count_standing after insert or update on identity.practitioner_consents for each row execute function identity.count_standing();
create trigger count_standing after insert or update on identity.training_records for each row execute function identity.count_standing();

alter table identity.practitioners enable row level security;
alter table identity.practitioners force row level security;
alter table identity.practitioner_consents enable row level security;
alter table identity.practitioner_consents force row level security;
alter table identity.training_records enable row level security;
alter table identity.training_records force row level security;
alter table identity.record_authors enable row level security;
alter table identity.record_authors force row level security;

grant select on identity.practitioners to acting_practitioner, acting_service_lead, acting_data_support, acting_administrator, acting_system;
grant insert, update on identity.practitioners to acting_practitioner, acting_service_lead, acting_administrator, acting_system;
create policy self on identity.practitioners to acting_practitioner
  using (service_id = policy.acting_service() and account_id = policy.acting_account())
  with check (service_id = policy.acting_service() and account_id = policy.acting_account());
create policy own_service on identity.practitioners to acting_service_lead using (service_id = policy.acting_service()) with check (service_id = policy.acting_service());
create policy own_service_read on identity.practitioners for select to acting_data_support using (service_id = policy.acting_service());
create policy operator on identity.practitioners to acting_administrator, acting_system using (true) with check (true);

grant select, insert on identity.practitioner_consents to acting_practitioner, acting_system;
grant select on identity.practitioner_consents to acting_administrator;
grant select (service_id, consent_id, practitioner_id, edition, terms_version, signed_at, withdrawn_at, removed_at) on identity.practitioner_consents to acting_service_lead, acting_data_support;
grant update (sealed, withdrawn_at, removed_at) on identity.practitioner_consents to acting_system;
create policy self on identity.practitioner_consents to acting_practitioner
  using (service_id = policy.acting_service() and practitioner_id in (select p.practitioner_id from identity.practitioners p where p.account_id = policy.acting_account()))
  with check (service_id = policy.acting_service() and practitioner_id in (select p.practitioner_id from identity.practitioners p where p.account_id = policy.acting_account()));
create policy own_service_read on identity.practitioner_consents for select to acting_service_lead, acting_data_support using (service_id = policy.acting_service());
create policy operator_read on identity.practitioner_consents for select to acting_administrator using (true);
create policy system on identity.practitioner_consents to acting_system using (true) with check (true);

grant select, insert on identity.training_records to acting_practitioner, acting_system;
grant select on identity.training_records to acting_service_lead, acting_administrator;
create policy self on identity.training_records to acting_practitioner
  using (service_id = policy.acting_service() and practitioner_id in (select p.practitioner_id from identity.practitioners p where p.account_id = policy.acting_account()))
  with check (service_id = policy.acting_service() and practitioner_id in (select p.practitioner_id from identity.practitioners p where p.account_id = policy.acting_account()));
create policy own_service_read on identity.training_records for select to acting_service_lead using (service_id = policy.acting_service());
create policy operator on identity.training_records to acting_administrator, acting_system using (true) with check (true);

grant insert on identity.record_authors to acting_practitioner, acting_system;
grant select on identity.record_authors to acting_data_support, acting_administrator, acting_system;
grant update (sealed, blanked_at) on identity.record_authors to acting_system;
create policy author on identity.record_authors for insert to acting_practitioner
  with check (service_id = policy.acting_service() and practitioner_id in (select p.practitioner_id from identity.practitioners p where p.account_id = policy.acting_account()));
create policy own_service_read on identity.record_authors for select to acting_data_support using (service_id = policy.acting_service());
create policy operator_read on identity.record_authors for select to acting_administrator using (true);
create policy system on identity.record_authors to acting_system using (true) with check (true);
