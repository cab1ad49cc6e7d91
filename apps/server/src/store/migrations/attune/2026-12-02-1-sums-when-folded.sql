-- A record that arrives changes the sums in its own transaction, as before; but what its client stands for now is not worked out while somebody waits.
-- The record is noted in sums.arrived, and sums.settle works out the clients of many such records at once: before a fold, and so before every report.
-- Cells, pending rows and arrived records together are the sums at every moment. Whatever else happens to a record (a correction, a transfer, an
-- erasure, a restriction) is worked out in its own transaction, and what had arrived of the clients concerned with it.
set local role attune_owner;

create table sums.arrived (
  service_id text not null,
  client_id uuid not null,
  record_id uuid not null,
  primary key (service_id, client_id, record_id)
);
alter table sums.arrived enable row level security;
alter table sums.arrived force row level security;
create policy keeping on sums.arrived to attune_owner using (true) with check (true);
create policy system on sums.arrived to acting_system using (true) with check (true);
grant select, insert, update, delete on sums.arrived to acting_system;

create function sums.note_arrived() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into sums.arrived (service_id, client_id, record_id) select r.service_id, r.client_id, r.record_id from came_rows r;
  return null;
end $$;
drop trigger keep_added on scores.record_scores;
create trigger keep_added after insert on scores.record_scores referencing new table as came_rows for each statement execute function sums.note_arrived();

-- Runs as the owner: whoever changes a record may not read the client's other scores, and does not get to see them here either.
create or replace function sums.keep() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp
set enable_seqscan = off as $$
declare
  gone scores.record_scores[] := '{}';
  came scores.record_scores[] := '{}';
begin
  select coalesce(array_agg(r), '{}') into gone from gone_rows r;
  if tg_op = 'UPDATE' then select coalesce(array_agg(r), '{}') into came from came_rows r; end if;
  if cardinality(gone) = 0 then return null; end if;
  -- Not while a fold is settling; and two transactions that change one client take turns, so that the second sees what the first has left.
  perform pg_advisory_xact_lock_shared(4281108);
  perform pg_advisory_xact_lock(4281109, slot) from (
    select distinct abs(hashtext(r.service_id || r.client_id::text)) % 4096 as slot from unnest(gone || came) r order by 1) slots;
  -- One statement, one moment: a record that arrives meanwhile is in neither of the two, and stays arrived.
  with clients as materialized (
    select distinct c.service_id, c.client_id from unnest(gone || came) c
  ), settled as (
    delete from sums.arrived a using clients c where a.service_id = c.service_id and a.client_id = c.client_id returning a.service_id, a.record_id
  ), rest as materialized (
    select w.r from clients c
    cross join lateral (select r from scores.record_scores r where r.service_id = c.service_id and r.client_id = c.client_id offset 0) w
    where not exists (select from unnest(came) n where n.service_id = (w.r).service_id and n.record_id = (w.r).record_id)
  ), former as materialized (
    select r from (select e.r from rest e union all select g from unnest(gone) g) b (r)
    where not exists (select from settled s where s.service_id = (b.r).service_id and s.record_id = (b.r).record_id)
  )
  insert into sums.pending (service_id, programme_id, sign, period, age_group, mode, support, sessions, choices, scales, pairs, periods, xs, ys)
  select p.service_id, p.programme_id, s.sign, p.period, p.age_group, p.mode, p.support, p.sessions, p.choices, p.scales, p.pairs, p.periods, p.xs, p.ys
  from (values (-1, (select array_agg(f.r) from former f)), (1, coalesce((select array_agg(e.r) from rest e), '{}') || came)) s (sign, of_rows)
  cross join lateral sums.parts_of(s.of_rows) p;
  return null;
end $$;

-- What the rows stand for is asked of thousands at once now, and of how many the planner cannot know: joins that are right for ten only are not on offer.
alter function sums.parts_of(scores.record_scores[]) set enable_nestloop = off;

-- The rows of some clients, without those that have only arrived and with them. Client by client (offset 0): plans are made while there are few rows, and
-- kept, and reading all of a service then looks cheap.
create function sums.rows_of(services text[], clients uuid[], out former scores.record_scores[], out present scores.record_scores[]) language sql stable as $$
  select array_agg(w.r) filter (where not w.is_arrived), array_agg(w.r)
  from unnest(services, clients) c (service_id, client_id)
  cross join lateral (
    select r, (select true from sums.arrived a where a.service_id = r.service_id and a.client_id = r.client_id and a.record_id = r.record_id limit 1) is not null as is_arrived
    from scores.record_scores r where r.service_id = c.service_id and r.client_id = c.client_id offset 0
  ) w
$$;

drop view sums.changes_now, sums.change_counts_now, sums.episodes_now, sums.choices_now, sums.pending_changes, sums.pending_choices;

-- What is in no cell yet. Arrived records have no pending_id.
create view sums.unfolded with (security_invoker = true) as
select p.service_id, p.pending_id, p.programme_id, p.sign, p.period, p.age_group, p.mode, p.support, p.sessions, p.choices, p.scales, p.pairs, p.periods, p.xs, p.ys
from sums.pending p
union all
select p.service_id, null, p.programme_id, s.sign::smallint, p.period, p.age_group, p.mode, p.support, p.sessions, p.choices, p.scales, p.pairs, p.periods, p.xs, p.ys
from (select array_agg(c.service_id) as services, array_agg(c.client_id) as clients from (select distinct a.service_id, a.client_id from sums.arrived a) c) k
cross join lateral sums.rows_of(k.services, k.clients) w
cross join lateral (values (-1, w.former), (1, w.present)) s (sign, of_rows)
cross join lateral sums.parts_of(s.of_rows) p;
create view sums.pending_changes with (security_invoker = true) as
select p.service_id, p.pending_id, p.programme_id, split_part(u.scale, '/', 1) as measure, split_part(u.scale, '/', 2) as scale, u.pair, u.period, p.age_group, p.mode, p.support,
  p.sign::bigint as n, p.sign * u.x::bigint as sx, p.sign * u.y::bigint as sy, p.sign * u.x::bigint * u.x as sxx, p.sign * u.y::bigint * u.y as syy, p.sign * u.x::bigint * u.y as sxy,
  u.y - u.x as change
from sums.unfolded p cross join lateral unnest(p.scales, p.pairs, p.periods, p.xs, p.ys) u (scale, pair, period, x, y);
create view sums.pending_choices with (security_invoker = true) as
select p.service_id, p.pending_id, p.programme_id, split_part(c.choice, '/', 1) as question, split_part(c.choice, '/', 2) as choice, p.period, p.age_group, p.mode, p.support, p.sign::bigint as clients
from sums.unfolded p cross join lateral unnest(p.choices) c (choice);

-- The sums of this moment: cells, pending rows and arrived records together.
create view sums.changes_now with (security_invoker = true) as
select service_id, programme_id, measure, scale, pair, period, age_group, mode, support, n, sx, sy, sxx, syy, sxy from sums.change_sums
union all select service_id, programme_id, measure, scale, pair, period, age_group, mode, support, n, sx, sy, sxx, syy, sxy from sums.pending_changes;
create view sums.change_counts_now with (security_invoker = true) as
select service_id, programme_id, measure, scale, pair, period, age_group, mode, support, change, n from sums.change_counts
union all select service_id, programme_id, measure, scale, pair, period, age_group, mode, support, change, n from sums.pending_changes where pair in ('before-during', 'before-after');
create view sums.episodes_now with (security_invoker = true) as
select service_id, programme_id, period, age_group, mode, support, sessions, clients from sums.episode_counts
union all select service_id, programme_id, period, age_group, mode, support, sessions, sign from sums.unfolded;
create view sums.choices_now with (security_invoker = true) as
select service_id, programme_id, question, choice, period, age_group, mode, support, clients from sums.choice_counts
union all select service_id, programme_id, question, choice, period, age_group, mode, support, clients from sums.pending_choices;
grant select on sums.unfolded, sums.pending_changes, sums.pending_choices, sums.changes_now, sums.change_counts_now, sums.episodes_now, sums.choices_now to acting_system;

-- Works out the clients of at most so many arrived records, with all that has arrived of them. Returns how many records that were.
create function sums.settle(most integer) returns integer language plpgsql set enable_seqscan = off as $$
declare
  former scores.record_scores[];
  present scores.record_scores[];
  settled integer;
begin
  perform pg_advisory_xact_lock(4281108);
  -- One statement, one moment: a record that arrives meanwhile is in none of the three, and stays arrived.
  with clients as materialized (
    select distinct q.service_id, q.client_id from (select a.service_id, a.client_id from sums.arrived a limit most) q
  ), gone as (
    delete from sums.arrived a using clients c where a.service_id = c.service_id and a.client_id = c.client_id returning 1
  )
  select w.former, w.present, (select count(*) from gone) into former, present, settled
  from (select array_agg(c.service_id) as services, array_agg(c.client_id) as clients from clients c) k cross join lateral sums.rows_of(k.services, k.clients) w;
  insert into sums.pending (service_id, programme_id, sign, period, age_group, mode, support, sessions, choices, scales, pairs, periods, xs, ys)
  select p.service_id, p.programme_id, s.sign, p.period, p.age_group, p.mode, p.support, p.sessions, p.choices, p.scales, p.pairs, p.periods, p.xs, p.ys
  from (values (-1, former), (1, present)) s (sign, of_rows) cross join lateral sums.parts_of(s.of_rows) p;
  return settled;
end $$;

-- Settles what has arrived and adds pending rows to the cells. Returns how many were left to do, at most: less than `most` means nothing is left. Two
-- folds take turns; who adds records is not held up.
create or replace function sums.fold(most integer) returns integer language plpgsql as $$
declare
  settled integer;
  ids bigint[];
begin
  settled := sums.settle(most);
  select array_agg(p.pending_id) into ids from (select q.pending_id from sums.pending q limit most) p;
  if ids is null then return settled; end if;
  insert into sums.change_sums as kept
  select c.service_id, c.programme_id, c.measure, c.scale, c.pair, c.period, c.age_group, c.mode, c.support, sum(c.n), sum(c.sx), sum(c.sy), sum(c.sxx), sum(c.syy), sum(c.sxy)
  from sums.pending_changes c where c.pending_id = any (ids) group by 1, 2, 3, 4, 5, 6, 7, 8, 9
  having sum(c.n) <> 0 or sum(c.sx) <> 0 or sum(c.sy) <> 0 or sum(c.sxx) <> 0 or sum(c.syy) <> 0 or sum(c.sxy) <> 0
  on conflict (service_id, programme_id, measure, scale, pair, period, age_group, mode, support) do update
  set n = kept.n + excluded.n, sx = kept.sx + excluded.sx, sy = kept.sy + excluded.sy, sxx = kept.sxx + excluded.sxx, syy = kept.syy + excluded.syy, sxy = kept.sxy + excluded.sxy;
  insert into sums.change_counts as kept
  select c.service_id, c.programme_id, c.measure, c.scale, c.pair, c.period, c.age_group, c.mode, c.support, c.change, sum(c.n)
  from sums.pending_changes c where c.pending_id = any (ids) and c.pair in ('before-during', 'before-after') group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 having sum(c.n) <> 0
  on conflict (service_id, programme_id, measure, scale, pair, period, age_group, mode, support, change) do update set n = kept.n + excluded.n;
  insert into sums.episode_counts as kept
  select p.service_id, p.programme_id, p.period, p.age_group, p.mode, p.support, p.sessions, sum(p.sign)
  from sums.pending p where p.pending_id = any (ids) group by 1, 2, 3, 4, 5, 6, 7 having sum(p.sign) <> 0
  on conflict (service_id, programme_id, period, age_group, mode, support, sessions) do update set clients = kept.clients + excluded.clients;
  insert into sums.choice_counts as kept
  select c.service_id, c.programme_id, c.question, c.choice, c.period, c.age_group, c.mode, c.support, sum(c.clients)
  from sums.pending_choices c where c.pending_id = any (ids) group by 1, 2, 3, 4, 5, 6, 7, 8 having sum(c.clients) <> 0
  on conflict (service_id, programme_id, question, choice, period, age_group, mode, support) do update set clients = kept.clients + excluded.clients;
  delete from sums.pending p where p.pending_id = any (ids);
  return greatest(settled, cardinality(ids));
end $$;

-- Everything again from the scores: after a restore, where sums are not in the backup. Nobody writes scores meanwhile.
create or replace function sums.rebuild() returns void language plpgsql as $$
declare
  clients uuid[];
  after_client uuid := '00000000-0000-0000-0000-000000000000';
  of_service text;
begin
  -- The table first: who is changing a record holds it, and may be waiting for the other.
  lock table scores.record_scores in share mode;
  perform pg_advisory_xact_lock(4281108);
  delete from sums.arrived;
  delete from sums.pending;
  delete from sums.change_sums;
  delete from sums.change_counts;
  delete from sums.episode_counts;
  delete from sums.choice_counts;
  for of_service in select distinct r.service_id from scores.record_scores r loop
    after_client := '00000000-0000-0000-0000-000000000000';
    loop
      select array_agg(c.client_id) into clients from (
        select distinct r.client_id from scores.record_scores r where r.service_id = of_service and r.client_id > after_client order by 1 limit 4000) c;
      exit when clients is null;
      after_client := clients[cardinality(clients)];
      insert into sums.pending (service_id, programme_id, sign, period, age_group, mode, support, sessions, choices, scales, pairs, periods, xs, ys)
      select p.service_id, p.programme_id, 1, p.period, p.age_group, p.mode, p.support, p.sessions, p.choices, p.scales, p.pairs, p.periods, p.xs, p.ys
      from sums.parts_of((select array_agg(r) from scores.record_scores r where r.service_id = of_service and r.client_id = any (clients))) p;
      perform sums.fold(1000000);
    end loop;
  end loop;
end $$;
