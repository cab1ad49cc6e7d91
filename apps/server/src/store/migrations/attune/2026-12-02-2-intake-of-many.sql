-- What triggers do for every new record (is the client held back, was its code erased, the mark for the sums) answers.submit_records does for all of them at
-- once: one that something applies to is answered with 'alone', as everything special is, and its neighbours are stored. Whoever else adds rows meets the
-- triggers as before.
-- That no two of one batch are the same record or give one code two clients, the server sees to; were it not so, a unique key would refuse the batch.
set local role attune_owner;

grant select (restricted_at) on answers.clients to acting_intake;
grant select (service_id, code_hash, holding) on rights.requests to acting_intake;
create policy intake on rights.requests for select to acting_intake using (service_id = policy.acting_service() and holding);
grant usage on schema sums to acting_intake;
grant insert on sums.arrived to acting_intake;
create policy intake on sums.arrived for insert to acting_intake with check (service_id = policy.acting_service());

drop trigger hold_new_record on answers.records;
create trigger hold_new_record before insert on answers.records for each row when (current_user <> 'acting_intake') execute function answers.hold_new_record();
drop trigger hold_new_scores on scores.record_scores;
create trigger hold_new_scores before insert on scores.record_scores for each row when (current_user <> 'acting_intake') execute function scores.hold_new_scores();
drop trigger keep_added on scores.record_scores;
create trigger keep_added after insert on scores.record_scores referencing new table as came_rows for each statement when (current_user <> 'acting_intake') execute function sums.note_arrived();
drop trigger refuse_erased_code on answers.clients;
create trigger refuse_erased_code before insert on answers.clients for each row when (current_user <> 'acting_intake') execute function answers.refuse_erased_code();

create or replace function answers.refuse_erased_code() returns trigger language plpgsql as $$
begin
  if exists (select from rights.erasures t where t.service_id = new.service_id and t.kind = 'client' and t.keyed_hash = new.code_hash) then
    raise exception 'client-erased' using errcode = 'AT001';
  end if;
  if rights.is_code_held(new.service_id, new.code_hash) then
    new.restricted_at := now();
  end if;
  return new;
end $$;

-- `of_service` is the service that all of them belong to: row security lets none of another through. The statement is a transaction of its own.
drop function answers.submit_records(jsonb, bytea);
create function answers.submit_records(of_service text, asked jsonb, sealed bytea, out outcome text, out at timestamptz) returns setof record language plpgsql
set enable_seqscan = off as $$
begin
  perform set_config('app.service', of_service, true);
  return query
  with asked_rows as materialized (
    select q.*, decode(q.code_hash, 'hex') as code_digest, n.ordinality as place,
      1 + coalesce(sum(q.code_length + q.xml_length + q.answers_length + q.author_length) over (order by n.ordinality rows between unbounded preceding and 1 preceding), 0)::integer as start
    from jsonb_array_elements(asked) with ordinality n (row, ordinality)
    cross join lateral jsonb_to_record(n.row) q (
      service text, account uuid, service_version integer, practitioner uuid, practitioner_version integer, record uuid, received timestamptz, client uuid,
      code_hash text, code_source text, programme text, form text, form_version text, policy_version text, session_on date, time_point text, age_group text,
      service_copy boolean, content_hash text, scales text[], scores integer[], choices text[],
      code_length integer, xml_length integer, answers_length integer, author_length integer)
  ), judged as materialized (
    select a.*, known.client_id is null as is_new
    from asked_rows a
    join policy.services s on s.service_id = a.service and s.version = a.service_version
    join identity.practitioners p on p.service_id = a.service and p.practitioner_id = a.practitioner and p.account_id = a.account and p.version = a.practitioner_version
    join policy.form_versions f on f.form_id = a.form and f.form_version = a.form_version and f.status = 'published'
    -- Each looked for by itself, never all of the service's in one go: plans are made while there are few, and kept.
    left join lateral (select c.client_id, c.restricted_at from answers.clients c where c.service_id = a.service and c.code_hash = a.code_digest limit 1) known on true
    where case when known.client_id is not null then known.client_id = a.client and known.restricted_at is null
        else (select t.kind from rights.erasures t where t.service_id = a.service and t.kind = 'client' and t.keyed_hash = a.code_digest limit 1) is null
          and (select h.holding from rights.requests h where h.service_id = a.service and h.code_hash = a.code_digest and h.holding limit 1) is null end
      and (select r.record_id from answers.records r where r.service_id = a.service and r.record_id = a.record limit 1) is null
  ), new_clients as (
    insert into answers.clients (service_id, client_id, code_hash, code_sealed, code_source)
    select distinct on (j.client) j.service, j.client, j.code_digest, substring(sealed from j.start for j.code_length), j.code_source from judged j where j.is_new order by j.client, j.place
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
  select case when j.place is null then 'alone' else 'stored' end, j.received from asked_rows a left join judged j using (place) order by a.place;
end $$;
revoke all on function answers.submit_records(text, jsonb, bytea) from public;
grant execute on function answers.submit_records(text, jsonb, bytea) to acting_intake;
