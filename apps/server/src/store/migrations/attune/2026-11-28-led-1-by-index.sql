-- What a submission looks for, it finds by an index however many rows there are. Plans are kept for as long as a connection lives, and most are
-- made while the tables are still small or not yet counted, when reading all of a service's rows looks cheap: so reading all is not on offer here.
-- And a hash is decoded before it is compared: row security looks at rows before it trusts a function with them, and would look at every client.
set local role attune_owner;

create or replace function answers.submit_records(asked jsonb, sealed bytea, out outcome text, out at timestamptz) returns setof record language plpgsql
set enable_seqscan = off as $$
begin
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
    left join answers.clients known on known.service_id = a.service and known.code_hash = a.code_digest
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

-- Runs as the owner: whoever adds a record may not read the client's other scores, and does not get to see them here either.
create or replace function sums.keep() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp
set enable_seqscan = off as $$
declare
  gone scores.record_scores[] := '{}';
  came scores.record_scores[] := '{}';
  rest scores.record_scores[];
  former record;
  present record;
begin
  if tg_op <> 'INSERT' then select coalesce(array_agg(r), '{}') into gone from gone_rows r; end if;
  if tg_op <> 'DELETE' then select coalesce(array_agg(r), '{}') into came from came_rows r; end if;
  if cardinality(gone) + cardinality(came) = 0 then return null; end if;
  -- Two transactions that change one client take turns, so that the second sees what the first has left.
  perform pg_advisory_xact_lock(4281109, slot) from (
    select distinct abs(hashtext(r.service_id || r.client_id::text)) % 4096 as slot from unnest(gone || came) r order by 1) slots;
  select coalesce(array_agg(r), '{}') into rest from scores.record_scores r
  where (r.service_id, r.client_id) in (select c.service_id, c.client_id from unnest(gone || came) c)
    and not exists (select from unnest(came) n where n.service_id = r.service_id and n.record_id = r.record_id);
  insert into sums.pending (service_id, programme_id, sign, period, age_group, mode, support, sessions, choices, scales, pairs, periods, xs, ys)
  select p.service_id, p.programme_id, s.sign, p.period, p.age_group, p.mode, p.support, p.sessions, p.choices, p.scales, p.pairs, p.periods, p.xs, p.ys
  from (values (-1, rest || gone), (1, rest || came)) s (sign, of_rows) cross join lateral sums.parts_of(s.of_rows) p;
  return null;
end $$;
