-- What arrived goes into the cells without lying in sums.pending in between. A fold wrote its rows there, looked for them, read them four times and deleted them:
-- what is deleted stays until vacuum comes, a minute later, and every fold read all of it again to find the first row that counts. At 2,000 records a second that
-- were 200 MB and 40 ms, with nothing left to fold. In sums.pending is now only what was changed or erased.
-- Both tables are read in the order of an index, which remembers what is gone.
set local role attune_owner;

drop function sums.settle(integer);

-- Adds rows as sums.pending has them to the cells.
create function sums.add_to_cells(parts sums.pending[]) returns void language plpgsql as $$
begin
  insert into sums.change_sums as kept
  select p.service_id, p.programme_id, split_part(u.scale, '/', 1), split_part(u.scale, '/', 2), u.pair, u.period, p.age_group, p.mode, p.support,
    sum(p.sign::bigint), sum(p.sign * u.x::bigint), sum(p.sign * u.y::bigint), sum(p.sign * u.x::bigint * u.x), sum(p.sign * u.y::bigint * u.y), sum(p.sign * u.x::bigint * u.y)
  from unnest(parts) p cross join lateral unnest(p.scales, p.pairs, p.periods, p.xs, p.ys) u (scale, pair, period, x, y)
  group by 1, 2, 3, 4, 5, 6, 7, 8, 9
  having sum(p.sign) <> 0 or sum(p.sign * u.x::bigint) <> 0 or sum(p.sign * u.y::bigint) <> 0
    or sum(p.sign * u.x::bigint * u.x) <> 0 or sum(p.sign * u.y::bigint * u.y) <> 0 or sum(p.sign * u.x::bigint * u.y) <> 0
  on conflict (service_id, programme_id, measure, scale, pair, period, age_group, mode, support) do update
  set n = kept.n + excluded.n, sx = kept.sx + excluded.sx, sy = kept.sy + excluded.sy, sxx = kept.sxx + excluded.sxx, syy = kept.syy + excluded.syy, sxy = kept.sxy + excluded.sxy;
  insert into sums.change_counts as kept
  select p.service_id, p.programme_id, split_part(u.scale, '/', 1), split_part(u.scale, '/', 2), u.pair, u.period, p.age_group, p.mode, p.support, u.y - u.x, sum(p.sign::bigint)
  from unnest(parts) p cross join lateral unnest(p.scales, p.pairs, p.periods, p.xs, p.ys) u (scale, pair, period, x, y)
  where u.pair in ('before-during', 'before-after') group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 having sum(p.sign) <> 0
  on conflict (service_id, programme_id, measure, scale, pair, period, age_group, mode, support, change) do update set n = kept.n + excluded.n;
  insert into sums.episode_counts as kept
  select p.service_id, p.programme_id, p.period, p.age_group, p.mode, p.support, p.sessions, sum(p.sign)
  from unnest(parts) p group by 1, 2, 3, 4, 5, 6, 7 having sum(p.sign) <> 0
  on conflict (service_id, programme_id, period, age_group, mode, support, sessions) do update set clients = kept.clients + excluded.clients;
  insert into sums.choice_counts as kept
  select p.service_id, p.programme_id, split_part(c.choice, '/', 1), split_part(c.choice, '/', 2), p.period, p.age_group, p.mode, p.support, sum(p.sign::bigint)
  from unnest(parts) p cross join lateral unnest(p.choices) c (choice) group by 1, 2, 3, 4, 5, 6, 7, 8 having sum(p.sign) <> 0
  on conflict (service_id, programme_id, question, choice, period, age_group, mode, support) do update set clients = kept.clients + excluded.clients;
end $$;

-- Works out the clients of at most so many arrived records, with all that has arrived of them, takes at most so many pending rows, and adds both to the cells.
-- Returns how many were left to do, at most: less than `most` means nothing is left. Two folds take turns; who adds records is not held up.
create or replace function sums.fold(most integer) returns integer language plpgsql set enable_seqscan = off as $$
declare
  former scores.record_scores[];
  present scores.record_scores[];
  arrived sums.pending[];
  changed sums.pending[];
  settled integer;
begin
  perform pg_advisory_xact_lock(4281108);
  -- One statement, one moment: a record that arrives meanwhile is in none of the three, and stays arrived.
  with clients as materialized (
    select distinct q.service_id, q.client_id from (select a.service_id, a.client_id from sums.arrived a order by a.service_id, a.client_id limit most) q
  ), gone as (
    delete from sums.arrived a using clients c where a.service_id = c.service_id and a.client_id = c.client_id returning 1
  )
  select w.former, w.present, (select count(*) from gone) into former, present, settled
  from (select array_agg(c.service_id) as services, array_agg(c.client_id) as clients from clients c) k cross join lateral sums.rows_of(k.services, k.clients) w;
  if settled > 0 then
    select array_agg(row(p.service_id, null, p.programme_id, s.sign, p.period, p.age_group, p.mode, p.support, p.sessions, p.choices, p.scales, p.pairs, p.periods, p.xs, p.ys)::sums.pending)
    into arrived from (values (-1, former), (1, present)) s (sign, of_rows) cross join lateral sums.parts_of(s.of_rows) p;
  end if;
  with gone as (
    delete from sums.pending p where p.pending_id in (select q.pending_id from sums.pending q order by q.pending_id limit most) returning p as part
  )
  select array_agg(g.part) into changed from gone g;
  if arrived is not null or changed is not null then perform sums.add_to_cells(coalesce(arrived, '{}') || coalesce(changed, '{}')); end if;
  return greatest(settled, coalesce(cardinality(changed), 0));
end $$;
