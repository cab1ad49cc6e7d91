-- Intake, cheaper for one record as for many.
--
-- What a CHECK of a table says is read from its written form and planned by every statement that adds a row; what a domain says, once by a connection. The words
-- that a column may hold are domains therefore. Each is made without its check and given it once the columns have it: then no table is written anew.
set local role attune_owner;

create domain answers.code_source as text;
alter table answers.clients drop constraint clients_code_source_check, alter column code_source type answers.code_source;
alter domain answers.code_source add constraint code_source_check check (value in ('service', 'form'));

create domain answers.review_state as text;
alter table answers.records drop constraint records_review_state_check, alter column review_state type answers.review_state;
alter domain answers.review_state add constraint review_state_check check (value in ('received', 'agreed', 'differs'));

create domain scores.time_point as text;
alter table scores.record_scores drop constraint record_scores_time_point_check, alter column time_point type scores.time_point;
alter domain scores.time_point add constraint time_point_check check (value in ('before', 'during', 'after'));

create domain log.outcome as text;
alter table log.events drop constraint events_outcome_check, alter column outcome type log.outcome;
alter domain log.outcome add constraint outcome_check check (value in ('done', 'refused', 'failed'));

-- In the order in which records came, as they are added: by their random ids each would go to a page of its own.
drop index answers.records_to_audit;
create index records_to_audit on answers.records (programme_id, received_at, record_id) where audited_in is null;

-- The server says of each record which place it has among those asked for and where its sealed parts begin; the answer is the places of those that are stored.
-- Whoever is not among them has something special about them and is asked about alone. `of_service` is the service that all of them belong to: row security lets
-- none of another through. The statement is a transaction of its own.
drop function answers.submit_records(text, jsonb, bytea);
create function answers.submit_records(of_service text, asked jsonb, sealed bytea) returns setof integer language plpgsql
set enable_seqscan = off as $$
begin
  perform set_config('app.service', of_service, true);
  return query
  with judged as materialized (
    select a.*, decode(a.code_hash, 'hex') as code_digest, known.client_id is null as is_new
    from jsonb_to_recordset(asked) a (
      place integer, start integer, service text, account uuid, service_version integer, practitioner uuid, practitioner_version integer, record uuid,
      received timestamptz, client uuid, code_hash text, code_source text, programme text, form text, form_version text, policy_version text, session_on date,
      time_point text, age_group text, service_copy boolean, content_hash text, scales text[], scores integer[], choices text[],
      code_length integer, xml_length integer, answers_length integer, author_length integer)
    join policy.services s on s.service_id = a.service and s.version = a.service_version
    join identity.practitioners p on p.service_id = a.service and p.practitioner_id = a.practitioner and p.account_id = a.account and p.version = a.practitioner_version
    join policy.form_versions f on f.form_id = a.form and f.form_version = a.form_version and f.status = 'published'
    -- Each looked for by itself, never all of the service's in one go: plans are made while there are few, and kept.
    left join lateral (select c.client_id, c.restricted_at from answers.clients c where c.service_id = a.service and c.code_hash = decode(a.code_hash, 'hex') limit 1) known on true
    where case when known.client_id is not null then known.client_id = a.client and known.restricted_at is null
        else (select t.kind from rights.erasures t where t.service_id = a.service and t.kind = 'client' and t.keyed_hash = decode(a.code_hash, 'hex') limit 1) is null
          and (select h.holding from rights.requests h where h.service_id = a.service and h.code_hash = decode(a.code_hash, 'hex') and h.holding limit 1) is null end
      and (select r.record_id from answers.records r where r.service_id = a.service and r.record_id = a.record limit 1) is null
  ), new_clients as (
    -- Several records of one new client come together, here and on other servers: whichever is first adds the client.
    insert into answers.clients (service_id, client_id, code_hash, code_sealed, code_source)
    select j.service, j.client, j.code_digest, substring(sealed from j.start for j.code_length), j.code_source from judged j where j.is_new
    on conflict (service_id, client_id) do nothing
  ), new_records as (
    insert into answers.records (service_id, record_id, client_id, programme_id, form_id, form_version, policy_version, session_on, received_at, xml_sealed, answers_sealed, content_hash, service_copy)
    select j.service, j.record, j.client, j.programme, j.form, j.form_version, j.policy_version, j.session_on, j.received,
      substring(sealed from j.start + j.code_length for j.xml_length), substring(sealed from j.start + j.code_length + j.xml_length for j.answers_length), decode(j.content_hash, 'hex'), j.service_copy
    from judged j
  ), new_scores as (
    insert into scores.record_scores (service_id, record_id, client_id, programme_id, session_on, received_at, time_point, age_group, scales, scores, choices)
    select j.service, j.record, j.client, j.programme, j.session_on, j.received, j.time_point, j.age_group, j.scales, j.scores, j.choices from judged j
  ), new_marks as (
    insert into sums.arrived (service_id, client_id, record_id) select j.service, j.client, j.record from judged j
  ), new_authors as (
    insert into identity.record_authors (service_id, record_id, practitioner_id, session_on, sealed)
    select j.service, j.record, j.practitioner, j.session_on, substring(sealed from j.start + j.code_length + j.xml_length + j.answers_length for j.author_length) from judged j
  ), new_events as (
    insert into log.events (service_id, account_id, role, action, outcome, detail)
    select j.service, j.account, 'practitioner', 'record.submit', 'done', jsonb_build_object('recordId', j.record, 'formId', j.form, 'attachments', 0) from judged j
  )
  select j.place from judged j;
end $$;
revoke all on function answers.submit_records(text, jsonb, bytea) from public;
grant execute on function answers.submit_records(text, jsonb, bytea) to acting_intake;
