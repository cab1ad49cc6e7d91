-- Records of one service that arrive at the same moment are stored by one statement and one durable commit. Only those to which nothing special
-- applies: whatever is here already, has files, or rests on facts that moved on is answered with 'alone' and goes through answers.submit_record,
-- which decides it. Nothing is stored in two ways: both write the same rows.
set local role attune_owner;

-- The role that takes in what several practitioners of one service send. It reads no answer and no name; whose record it is, is checked per record.
grant usage on schema policy, identity, answers, scores, log to acting_intake;
grant select (service_id, version) on policy.services to acting_intake;
create policy intake on policy.services for select to acting_intake using (service_id = policy.acting_service());
grant select (form_id, form_version, status) on policy.form_versions to acting_intake;
grant select (service_id, practitioner_id, account_id, version) on identity.practitioners to acting_intake;
create policy intake on identity.practitioners for select to acting_intake using (service_id = policy.acting_service());
grant select (service_id, client_id, code_hash), insert on answers.clients to acting_intake;
create policy intake on answers.clients to acting_intake using (service_id = policy.acting_service()) with check (service_id = policy.acting_service());
grant select (service_id, record_id), insert on answers.records to acting_intake;
create policy intake_read on answers.records for select to acting_intake using (service_id = policy.acting_service());
create policy intake on answers.records for insert to acting_intake with check (service_id = policy.acting_service());
grant insert on scores.record_scores to acting_intake;
create policy intake on scores.record_scores for insert to acting_intake with check (service_id = policy.acting_service());
grant insert on identity.record_authors to acting_intake;
create policy intake on identity.record_authors for insert to acting_intake with check (service_id = policy.acting_service());
grant insert on log.events to acting_intake;

-- `asked` is an array of objects, and `sealed` all their sealed values one behind the other; `lengths` of each record says where they end: code,
-- form, answers, author. Returns the outcome of each record, in the order asked.
create function answers.submit_records(asked jsonb, sealed bytea, out outcome text, out at timestamptz) returns setof record language plpgsql as $$
begin
  return query
  with asked_rows as materialized (
    select q.*, n.ordinality as place,
      1 + coalesce(sum(q.code_length + q.xml_length + q.answers_length + q.author_length) over (order by n.ordinality rows between unbounded preceding and 1 preceding), 0)::integer as start
    from jsonb_array_elements(asked) with ordinality n (row, ordinality)
    cross join lateral jsonb_to_record(n.row) q (
      service text, account uuid, service_version integer, practitioner uuid, practitioner_version integer, record uuid, received timestamptz, client uuid,
      code_hash text, code_source text, programme text, form text, form_version text, policy_version text, session_on date, time_point text, age_group text,
      service_copy boolean, content_hash text, scales text[], scores integer[], choices text[],
      code_length integer, xml_length integer, answers_length integer, author_length integer)
  ), judged as materialized (
    select a.*, decode(a.code_hash, 'hex') as code_digest, known.client_id is null as is_new
    from asked_rows a
    join policy.services s on s.service_id = a.service and s.version = a.service_version
    join identity.practitioners p on p.service_id = a.service and p.practitioner_id = a.practitioner and p.account_id = a.account and p.version = a.practitioner_version
    join policy.form_versions f on f.form_id = a.form and f.form_version = a.form_version and f.status = 'published'
    left join answers.clients known on known.service_id = a.service and known.code_hash = decode(a.code_hash, 'hex')
    where (known.client_id is null or known.client_id = a.client)
      and not exists (select from answers.records r where r.service_id = a.service and r.record_id = a.record)
      -- The same record twice, or one code with two new clients: who comes first is for answers.submit_record to say.
      and not exists (select from asked_rows o where o.place <> a.place and (o.record = a.record or (o.code_hash = a.code_hash and o.client <> a.client)))
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
  ), new_authors as (
    insert into identity.record_authors (service_id, record_id, practitioner_id, session_on, sealed)
    select j.service, j.record, j.practitioner, j.session_on, substring(sealed from j.start + j.code_length + j.xml_length + j.answers_length for j.author_length) from judged j
  ), new_events as (
    insert into log.events (service_id, account_id, role, action, outcome, detail)
    select j.service, j.account, 'practitioner', 'record.submit', 'done', jsonb_build_object('recordId', j.record, 'formId', j.form, 'attachments', 0) from judged j
  )
  select case when j.place is null then 'alone' else 'stored' end, j.received from asked_rows a left join judged j using (place) order by a.place;
end $$;
revoke all on function answers.submit_records(jsonb, bytea) from public;
grant execute on function answers.submit_records(jsonb, bytea) to acting_intake;
