-- The log is kept as long as the policy says and no longer. Whole batches lose their events together: their hashes stay, so that the verification
-- still holds every batch to its seal, and can tell an end that was due from a deletion.
set local role attune_owner;

create function log.forget_events(kept_since timestamptz) returns bigint language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare gone bigint;
begin
  -- Whatever a policy says and whoever asks, nothing young goes this way.
  if kept_since > clock_timestamp() - interval '1 year' then raise exception 'Events of the last year stay in the log.'; end if;
  delete from log.events e where e.at < kept_since
    and e.event_id in (select unnest(b.event_ids) from log.batches b where b.sealed_at < kept_since);
  get diagnostics gone = row_count;
  return gone;
end $$;
revoke all on function log.forget_events(timestamptz) from public;
grant execute on function log.forget_events(timestamptz) to attune_sealer;
create policy ended_read on log.events for select to attune_owner using (at < clock_timestamp() - interval '1 year');
create policy ended on log.events for delete to attune_owner using (at < clock_timestamp() - interval '1 year');
create policy ended on log.batches for select to attune_owner using (true);
