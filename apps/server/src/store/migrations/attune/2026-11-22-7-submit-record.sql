-- One submission in one round trip: what must still be true, the sealed rows, scores, sums, the author's stamp and the event. Runs with the
-- rights of whoever calls it; row security sees a practitioner of one service.
set local role attune_owner;

-- The facts behind the gates of one practitioner. The server decides the gates from them and keeps the two versions; a submission goes
-- through only if both versions are still the same when it is written.
create function identity.standing_of(of_service text, of_account uuid) returns jsonb language sql stable
  return jsonb_build_object(
    'service', (select jsonb_build_object('name', s.name, 'status', s.status, 'codePattern', s.code_pattern, 'version', s.version) from policy.services s where s.service_id = of_service),
    'practitioner', (select jsonb_build_object('id', p.practitioner_id, 'status', p.status, 'version', p.version, 'sealed', encode(p.sealed, 'base64'))
      from identity.practitioners p where p.service_id = of_service and p.account_id = of_account),
    'consents', coalesce((
      select jsonb_agg(jsonb_build_object('at', c.signed_at, 'edition', c.edition, 'terms', c.terms_version, 'purposes', c.purposes, 'withdrawnAt', c.withdrawn_at, 'removedAt', c.removed_at) order by c.signed_at, c.consent_id)
      from identity.practitioner_consents c join identity.practitioners p using (service_id, practitioner_id)
      where p.service_id = of_service and p.account_id = of_account), '[]'),
    'trainings', coalesce((
      select jsonb_agg(jsonb_build_object('course', t.course, 'version', t.course_version) order by t.passed_at, t.course, t.course_version)
      from identity.training_records t join identity.practitioners p using (service_id, practitioner_id)
      where p.service_id = of_service and p.account_id = of_account), '[]'));

-- outcome: stored; repeated (the same was here before); changed (this id is here with other content); standing-changed (decide the gates again);
-- form-closed; client-known (this code belongs to the client named; seal with that client's key and come again). Only "stored" leaves anything behind.
create function answers.submit_record(
  in of_service text, in of_account uuid, in service_version integer, in of_practitioner uuid, in practitioner_version integer, in of_record uuid, in received timestamptz, in of_client uuid,
  in of_code_hash bytea, in of_code_sealed bytea, in of_code_source text,
  in of_programme text, in of_form text, in of_form_version text, in of_policy_version text,
  in on_day date, in of_time_point text, in of_age_group text, in keeps_service_copy boolean,
  in of_xml_sealed bytea, in of_answers_sealed bytea, in of_content_hash bytea,
  in of_names bytea[], in of_names_sealed bytea[], in of_files_sealed bytea[], in of_file_hashes bytea[],
  in of_scales text[], in of_scores integer[], in of_choices text[], in of_author_sealed bytea,
  out outcome text, out at timestamptz, out client uuid
) language plpgsql as $$
declare
  earlier bytea;
begin
  select r.content_hash, r.received_at into earlier, at from answers.records r where r.service_id = of_service and r.record_id = of_record;
  if found then
    if earlier <> of_content_hash or exists (
        select from unnest(of_names, of_file_hashes) f (name_hash, content_hash) join answers.attachments a using (name_hash)
        where a.service_id = of_service and a.record_id = of_record and a.content_hash <> f.content_hash) then
      outcome := 'changed';
      return;
    end if;
    if (select count(*) from answers.attachments a where a.service_id = of_service and a.record_id = of_record and a.name_hash = any (of_names)) = cardinality(of_names) then
      outcome := 'repeated';
      return;
    end if;
  end if;

  perform from policy.services s join identity.practitioners p on p.service_id = s.service_id
  where s.service_id = of_service and s.version = service_version and p.practitioner_id = of_practitioner and p.account_id = of_account and p.version = practitioner_version;
  if not found then
    outcome := 'standing-changed';
    return;
  end if;

  perform from policy.form_versions f where f.form_id = of_form and f.form_version = of_form_version and f.status = 'published';
  if not found then
    outcome := 'form-closed';
    return;
  end if;

  if earlier is null then
    at := received;
    select c.client_id into client from answers.clients c where c.service_id = of_service and c.code_hash = of_code_hash;
    if not found then
      insert into answers.clients (service_id, client_id, code_hash, code_sealed, code_source)
      values (of_service, of_client, of_code_hash, of_code_sealed, of_code_source) on conflict (service_id, code_hash) do nothing returning client_id into client;
      if not found then select c.client_id into client from answers.clients c where c.service_id = of_service and c.code_hash = of_code_hash; end if;
    end if;
    if client <> of_client then
      outcome := 'client-known';
      return;
    end if;

    -- Two requests with one new id at the same moment: the second breaks the key here, everything of it is undone, and it asks again.
    insert into answers.records (service_id, record_id, client_id, programme_id, form_id, form_version, policy_version, session_on, received_at, xml_sealed, answers_sealed, content_hash, service_copy)
    values (of_service, of_record, of_client, of_programme, of_form, of_form_version, of_policy_version, on_day, at, of_xml_sealed, of_answers_sealed, of_content_hash, keeps_service_copy);
    insert into scores.record_scores (service_id, record_id, client_id, programme_id, session_on, received_at, time_point, age_group, scales, scores, choices)
    values (of_service, of_record, of_client, of_programme, on_day, at, of_time_point, of_age_group, of_scales, of_scores, of_choices);
    insert into identity.record_authors (service_id, record_id, practitioner_id, session_on, sealed) values (of_service, of_record, of_practitioner, on_day, of_author_sealed);
  end if;

  if cardinality(of_names) > 0 then
    insert into answers.attachments (service_id, record_id, name_hash, name_sealed, sealed, content_hash)
    select of_service, of_record, f.* from unnest(of_names, of_names_sealed, of_files_sealed, of_file_hashes) f (name_hash, name_sealed, sealed, content_hash)
    where not exists (select from answers.attachments a where a.service_id = of_service and a.record_id = of_record and a.name_hash = f.name_hash);
  end if;
  insert into log.events (service_id, account_id, role, action, outcome, detail)
  values (of_service, of_account, 'practitioner', 'record.submit', 'done', jsonb_build_object('recordId', of_record, 'formId', of_form, 'attachments', cardinality(of_names)));
  outcome := 'stored';
end $$;
