-- The rights desk and retention: requests with their clocks, what is left after an erasure, sealed packages, letters that wait to be sent,
-- warnings before disposal and decisions about it. Requests carry a client code only until the client is erased, and never a name in clear.
create schema rights authorization attune_owner;
create schema retention authorization attune_owner;
set local role attune_owner;
grant usage on schema rights to acting_practitioner, acting_intake, acting_service_lead, acting_data_support, acting_administrator, acting_system;
grant usage on schema retention to acting_service_lead, acting_administrator, acting_system;

create table rights.requests (
  service_id text not null references policy.services,
  request_id uuid not null,
  -- What people write and say: short, without look-alikes.
  reference text not null,
  type text not null check (type in ('access', 'rectify', 'restrict', 'pause', 'object', 'port', 'delete', 'withdraw', 'not-automated', 'complain', 'whole-service')),
  subject text not null check (subject in ('client', 'practitioner', 'service')),
  -- The client is found by the keyed hash of the code; the code itself is sealed. Both go when the client is erased.
  code_hash bytea,
  code_sealed bytea,
  client_id uuid,
  practitioner_id uuid,
  -- Whose own data it is about.
  account_id uuid,
  ground text check (ground in ('inaccurate', 'unlawful', 'not-needed', 'awaiting-objection')),
  -- Circumstances, reasons and recipients, in words: sealed under the identity partition's key.
  words_sealed bytea,
  decision_sealed bytea,
  received_on date not null,
  filed_at timestamptz not null,
  filed_by uuid,
  state text not null check (state in ('received', 'confirmed', 'proposed', 'done', 'refused', 'withdrawn')),
  pauses jsonb not null default '[]',
  extended boolean not null default false,
  -- Null while the clock stands still.
  due_on date,
  -- Whether it keeps its subject out of use at this moment: a hold until the decision, a restriction after it.
  holding boolean not null default false,
  identity_check text check (identity_check in ('known-in-person', 'document-seen', 'called-back', 'signed-in')),
  confirmed_by uuid,
  confirmed_at timestamptz,
  outcome text check (outcome in ('grant', 'partly', 'refuse')),
  treated_as text,
  proposed_by uuid,
  proposed_at timestamptz,
  agreed_by uuid,
  decided_at timestamptz,
  linked_to uuid,
  certificate jsonb,
  ended_at timestamptz,
  -- Goes up with every step: two people who press at the same moment do not both succeed.
  version integer not null default 1,
  primary key (service_id, request_id),
  check ((subject = 'practitioner') = (practitioner_id is not null)),
  check (agreed_by is null or agreed_by <> proposed_by)
);
create unique index requests_reference on rights.requests (reference);
create index requests_id on rights.requests (request_id);
create index requests_open on rights.requests (due_on, request_id) where state in ('received', 'confirmed', 'proposed');
create index requests_open_of_service on rights.requests (service_id, due_on, request_id) where state in ('received', 'confirmed', 'proposed');
create index requests_filed on rights.requests (filed_at desc, request_id);
create index requests_filed_of_service on rights.requests (service_id, filed_at desc, request_id);
create index requests_client on rights.requests (service_id, code_hash);
create index requests_account on rights.requests (account_id) where account_id is not null;
create trigger count_version before update on rights.requests for each row execute function policy.count_version();

-- What stays after an erasure or a disposal: a keyed hash from which nobody can be told. The keyring holds the mark that a restore goes by.
create table rights.erasures (
  service_id text not null,
  -- client, practitioner: erased on request; record: disposed of by retention; spent: a client of whom retention left no record.
  kind text not null check (kind in ('client', 'practitioner', 'record', 'spent')),
  keyed_hash bytea not null,
  at timestamptz not null,
  request_id uuid,
  -- What is still to be done in another database: the client whose key is to be destroyed, or the account that is to be closed.
  outside_id uuid,
  outside_done_at timestamptz,
  primary key (service_id, kind, keyed_hash)
);
create index erasures_to_do on rights.erasures (at) where outside_id is not null and outside_done_at is null;

-- Packages are sealed to the recipient's own key: whoever works here can pass them on and not open them.
create table rights.packages (
  service_id text not null,
  package_id uuid not null,
  request_id uuid not null,
  subject text not null,
  sealed bytea not null,
  sha256 text not null,
  records integer not null,
  withheld integer not null,
  made_at timestamptz not null,
  made_by uuid not null,
  taken_at timestamptz,
  primary key (service_id, package_id)
);
alter table rights.packages alter column sealed set storage external;
create index packages_request on rights.packages (service_id, request_id);

-- Letters that a decision or a clock calls for, written in the same transaction and sent afterwards. One key is told once.
create table rights.notices (
  service_id text not null,
  notice_id uuid not null,
  told_once text not null,
  kind text not null,
  to_role text not null,
  to_account uuid,
  -- References, days and counts.
  facts jsonb not null default '{}',
  queued_at timestamptz not null,
  sent_at timestamptz,
  primary key (service_id, notice_id)
);
create unique index notices_once on rights.notices (service_id, told_once);
create index notices_unsent on rights.notices (queued_at) where sent_at is null;
create index notices_shown on rights.notices (service_id, to_role, queued_at desc);

create table retention.warnings (
  service_id text not null,
  warning_id uuid not null,
  session_from date not null,
  session_until date not null,
  records integer not null,
  warned_at timestamptz not null,
  dispose_on date not null,
  primary key (service_id, warning_id)
);
create index warnings_sessions on retention.warnings (service_id, session_until);

create table retention.decisions (
  service_id text not null references policy.services,
  decision_id uuid not null,
  kind text not null check (kind in ('put-off', 'dispose-early')),
  session_from date not null,
  session_until date not null,
  until_on date,
  reason text not null,
  records integer not null,
  state text not null check (state in ('asked', 'agreed', 'refused')),
  asked_by uuid not null,
  asked_at timestamptz not null,
  decided_by uuid,
  decided_at timestamptz,
  primary key (service_id, decision_id),
  check (decided_by is null or decided_by <> asked_by),
  check ((kind = 'put-off') = (until_on is not null))
);
create index decisions_state on retention.decisions (state, service_id, session_until);

-- Records per session day over all services, counted once a day: the time machine reads this instead of every row.
create table retention.day_counts (session_on date primary key, records bigint not null, named bigint not null, counted_at timestamptz not null);

create table retention.runs (
  run_on date primary key,
  started_at timestamptz not null,
  ended_at timestamptz,
  warned integer not null default 0,
  disposed integer not null default 0,
  blanked integer not null default 0,
  removed integer not null default 0,
  asked integer not null default 0
);

-- A run that added records up for analysis: its cells stay, its records may be disposed of sooner (DCS-127).
create table sums.aggregate_runs (
  run_id uuid primary key,
  programme_id text not null,
  session_from date not null,
  session_until date not null,
  records bigint not null,
  cells jsonb not null,
  made_by uuid not null,
  made_at timestamptz not null
);

-- Every copy that a service took, and of which clients (by random id): a deletion tells where else to ask (DCS-154).
create table log.exports (
  service_id text not null,
  export_id uuid not null,
  at timestamptz not null,
  account_id uuid not null,
  sha256 text not null,
  records integer not null,
  withheld integer not null,
  client_ids uuid[] not null,
  primary key (service_id, export_id)
);

-- Corrections keep keyed hashes of what stood there and of what stands there now, never the words (DCS-055, DCS-072).
create table answers.corrections (
  service_id text not null,
  correction_id uuid not null,
  record_id uuid not null,
  request_id uuid not null,
  field text not null,
  before_hash bytea,
  after_hash bytea,
  reason_sealed bytea not null,
  made_by uuid not null,
  made_at timestamptz not null,
  primary key (service_id, correction_id)
);
create index corrections_record on answers.corrections (service_id, record_id, made_at);
create index corrections_request on answers.corrections (service_id, request_id);

alter table answers.clients add column restricted_at timestamptz;
alter table answers.records add column aggregate_run uuid;
create index records_session_any on answers.records (session_on);
alter table identity.practitioners alter column sealed drop not null, add column left_on date, add column asked_active_on date, add column restricted_at timestamptz;
-- Each record resolves to one enrolment of its own service, and to nothing else (DCS-101).
alter table identity.record_authors
  add foreign key (service_id, practitioner_id) references identity.practitioners,
  add foreign key (service_id, record_id) references answers.records on delete cascade;
create index record_authors_named on identity.record_authors (session_on) where sealed is not null;
create index practitioners_of_account on identity.practitioners (account_id);
create index practitioners_left on identity.practitioners (left_on) where status = 'left' and sealed is not null;

do $$
declare t text;
begin
  foreach t in array array['rights.requests', 'rights.erasures', 'rights.packages', 'rights.notices', 'retention.warnings', 'retention.decisions', 'retention.day_counts', 'retention.runs', 'sums.aggregate_runs', 'log.exports', 'answers.corrections'] loop
    execute format('alter table %s enable row level security', t);
    execute format('alter table %s force row level security', t);
    execute format('grant select, insert, update, delete on %s to acting_system', t);
    execute format('create policy system on %s to acting_system using (true) with check (true)', t);
  end loop;
end $$;

grant select on rights.requests to acting_practitioner, acting_service_lead, acting_data_support, acting_administrator;
create policy own on rights.requests for select to acting_practitioner using (service_id = policy.acting_service() and account_id = policy.acting_account());
create policy own_service on rights.requests for select to acting_service_lead, acting_data_support using (service_id = policy.acting_service() and subject <> 'practitioner');
create policy operator_read on rights.requests for select to acting_administrator using (true);

-- A code that was erased is not taken in again: whoever sends it is told so, and learns no more than that.
grant select (service_id, kind, keyed_hash) on rights.erasures to acting_practitioner, acting_intake;
create policy own_service on rights.erasures for select to acting_practitioner, acting_intake using (service_id = policy.acting_service());
grant select (service_id, kind, at, request_id, outside_done_at) on rights.erasures to acting_administrator;
create policy operator_read on rights.erasures for select to acting_administrator using (true);

grant select on rights.packages to acting_service_lead, acting_data_support, acting_administrator;
create policy own_service on rights.packages for select to acting_service_lead, acting_data_support using (service_id = policy.acting_service() and subject = 'service');
create policy operator_read on rights.packages for select to acting_administrator using (true);

grant select on rights.notices to acting_practitioner, acting_service_lead, acting_data_support, acting_administrator;
create policy own on rights.notices for select to acting_practitioner using (service_id = policy.acting_service() and to_account = policy.acting_account());
create policy own_service on rights.notices for select to acting_service_lead, acting_data_support using (service_id = policy.acting_service() and to_role in ('service-lead', 'data-support'));
create policy operator_read on rights.notices for select to acting_administrator using (true);

grant select on retention.warnings, retention.decisions to acting_service_lead, acting_administrator;
grant select on retention.day_counts, retention.runs to acting_administrator;
create policy own_service on retention.warnings for select to acting_service_lead using (service_id = policy.acting_service());
create policy own_service on retention.decisions for select to acting_service_lead using (service_id = policy.acting_service());
create policy operator_read on retention.warnings for select to acting_administrator using (true);
create policy operator_read on retention.decisions for select to acting_administrator using (true);
create policy operator_read on retention.day_counts for select to acting_administrator using (true);
create policy operator_read on retention.runs for select to acting_administrator using (true);

grant select on sums.aggregate_runs to acting_administrator, acting_analyst;
create policy operator_read on sums.aggregate_runs for select to acting_administrator, acting_analyst using (true);
grant insert on log.exports to acting_data_support;
create policy add on log.exports for insert to acting_data_support with check (service_id = policy.acting_service() and account_id = policy.acting_account());
grant select on answers.corrections to acting_administrator;
create policy operator_read on answers.corrections for select to acting_administrator using (policy.acting_purpose() is not null);

grant select (restricted_at) on answers.clients to acting_practitioner, acting_intake;
-- An administrator who opens a record for a request sees its scores with it.
grant usage on schema scores to acting_administrator;
grant select on scores.record_scores to acting_administrator;
create policy operator_read on scores.record_scores for select to acting_administrator using (policy.acting_purpose() is not null);
grant delete on identity.record_authors, identity.training_records to acting_system;
grant update (session_on) on identity.record_authors to acting_system;

-- What comes in for a client whose data is held is kept and not used, from its first moment.
create function answers.hold_new_record() returns trigger language plpgsql as $$
begin
  new.restricted_at := (select c.restricted_at from answers.clients c where c.service_id = new.service_id and c.client_id = new.client_id);
  return new;
end $$;
create trigger hold_new_record before insert on answers.records for each row execute function answers.hold_new_record();
create function scores.hold_new_scores() returns trigger language plpgsql as $$
begin
  if exists (select from answers.clients c where c.service_id = new.service_id and c.client_id = new.client_id and c.restricted_at is not null) then
    new.counted := false;
  end if;
  return new;
end $$;
create trigger hold_new_scores before insert on scores.record_scores for each row execute function scores.hold_new_scores();

-- Whether a request holds a code of whom no record has come yet: yes or no, and nothing else of any request.
create policy held_codes on rights.requests for select to attune_owner using (holding);
create function rights.is_code_held(of_service text, of_code_hash bytea) returns boolean language sql stable security definer set search_path = pg_catalog
  return exists (select from rights.requests r where r.service_id = of_service and r.code_hash = of_code_hash and r.holding);

-- Records that come together are written by one statement, which does not see what it has just written itself: whatever concerns a held or an
-- erased code is sent back as a collision, and each of them is then asked alone (answers.submit_records).
create function answers.refuse_erased_code() returns trigger language plpgsql as $$
declare
  erased boolean := exists (select from rights.erasures t where t.service_id = new.service_id and t.kind = 'client' and t.keyed_hash = new.code_hash);
  held boolean := rights.is_code_held(new.service_id, new.code_hash);
begin
  if (erased or held) and current_user = 'acting_intake' then
    raise unique_violation using message = 'ask alone';
  end if;
  if erased then
    raise exception 'client-erased' using errcode = 'AT001';
  end if;
  if held then
    new.restricted_at := now();
  end if;
  return new;
end $$;
create trigger refuse_erased_code before insert on answers.clients for each row execute function answers.refuse_erased_code();

-- Everything of one client out of use, or back in.
create function answers.restrict_client(of_service text, of_client uuid, to_restricted boolean) returns integer language plpgsql as $$
declare touched integer;
begin
  update answers.clients c set restricted_at = case when to_restricted then coalesce(c.restricted_at, now()) end where c.service_id = of_service and c.client_id = of_client;
  update scores.record_scores s set counted = not to_restricted where s.service_id = of_service and s.client_id = of_client and s.counted = to_restricted;
  update answers.records r set restricted_at = case when to_restricted then coalesce(r.restricted_at, now()) end where r.service_id = of_service and r.client_id = of_client;
  get diagnostics touched = row_count;
  return touched;
end $$;

-- Everything of one client gone: records, files, stamps, scores and, by the trigger that keeps them, their share of the sums; folding leaves no
-- row of it behind. Somebody who is sending meanwhile comes after.
create function answers.erase_client(of_service text, of_client uuid, out records integer, out files integer) language plpgsql as $$
begin
  perform from answers.clients c where c.service_id = of_service and c.client_id = of_client for update;
  select count(*) into files from answers.attachments a join answers.records r on r.service_id = a.service_id and r.record_id = a.record_id where r.service_id = of_service and r.client_id = of_client;
  delete from answers.corrections k using answers.records r where k.service_id = of_service and r.service_id = of_service and r.record_id = k.record_id and r.client_id = of_client;
  delete from audit.texts x where x.service_id = of_service and x.client_id = of_client;
  delete from scores.record_scores s where s.service_id = of_service and s.client_id = of_client;
  delete from answers.records r where r.service_id = of_service and r.client_id = of_client;
  get diagnostics records = row_count;
  delete from answers.clients c where c.service_id = of_service and c.client_id = of_client;
  while sums.fold(5000) > 0 loop
  end loop;
end $$;

-- Some records gone; clients of whom nothing is left go too and are named, so that their keys can be destroyed.
create function answers.dispose_records(of_service text, of_records uuid[]) returns table (client_id uuid, code_hash bytea) language plpgsql as $$
#variable_conflict use_column
declare of_clients uuid[];
begin
  select array_agg(distinct r.client_id) into of_clients from answers.records r where r.service_id = of_service and r.record_id = any (of_records);
  delete from answers.corrections k where k.service_id = of_service and k.record_id = any (of_records);
  delete from audit.texts x where x.service_id = of_service and x.record_id = any (of_records);
  delete from scores.record_scores s where s.service_id = of_service and s.record_id = any (of_records);
  delete from answers.records r where r.service_id = of_service and r.record_id = any (of_records);
  return query
    delete from answers.clients c where c.service_id = of_service and c.client_id = any (of_clients)
      and not exists (select from answers.records r where r.service_id = of_service and r.client_id = c.client_id)
    returning c.client_id, c.code_hash;
end $$;
