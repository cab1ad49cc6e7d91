-- Sums change in the transaction that changes a record: a trigger on the scores says, for every client concerned, what it stood for before
-- (sign -1) and stands for now (sign 1). That is one short row each, appended, so writers of a busy cell never wait for one another; folding
-- moves these rows into the cells, many in one statement. Cells and pending rows together are the sums at every moment (sums.changes_now and
-- its neighbours), whoever wrote: a submission, a correction, a transfer, an audit, an erasure, a restriction.
set local role attune_owner;

drop view sums.client_changes, sums.client_episodes, sums.client_choices;
drop function sums.fold(integer), sums.rebuild();
drop table sums.change_sums, sums.change_counts, sums.episode_counts, sums.choice_counts;
drop index scores.record_scores_unfolded;
alter table scores.record_scores drop column folded;

-- A client is in one place of the table: age group of its first session, how its sessions were held, which other support was named.
-- `pair`: before (x alone, in the quarter of that session), kept (x and the later y of those who have one, in the quarter of x: the cohort),
-- before-during and before-after (in the quarter of y).
create table sums.change_sums (
  service_id text not null,
  programme_id text not null,
  measure text not null,
  scale text not null,
  pair text not null check (pair in ('before', 'kept', 'before-during', 'before-after')),
  period text not null,
  age_group text not null,
  mode text not null,
  support text not null,
  n bigint not null,
  sx bigint not null,
  sy bigint not null,
  sxx bigint not null,
  syy bigint not null,
  sxy bigint not null,
  primary key (service_id, programme_id, measure, scale, pair, period, age_group, mode, support)
);
create table sums.change_counts (
  service_id text not null,
  programme_id text not null,
  measure text not null,
  scale text not null,
  pair text not null check (pair in ('before-during', 'before-after')),
  period text not null,
  age_group text not null,
  mode text not null,
  support text not null,
  change integer not null,
  n bigint not null,
  primary key (service_id, programme_id, measure, scale, pair, period, age_group, mode, support, change)
);
create table sums.episode_counts (
  service_id text not null,
  programme_id text not null,
  period text not null,
  age_group text not null,
  mode text not null,
  support text not null,
  sessions integer not null,
  clients bigint not null,
  primary key (service_id, programme_id, period, age_group, mode, support, sessions)
);
create table sums.choice_counts (
  service_id text not null,
  programme_id text not null,
  question text not null,
  choice text not null,
  period text not null,
  age_group text not null,
  mode text not null,
  support text not null,
  clients bigint not null,
  primary key (service_id, programme_id, question, choice, period, age_group, mode, support)
);

-- What one client stands for, to be added or taken away: one row, however much was measured.
create table sums.pending (
  service_id text not null,
  pending_id bigint generated always as identity,
  programme_id text not null,
  sign smallint not null check (sign in (-1, 1)),
  period text not null,
  age_group text not null,
  mode text not null,
  support text not null,
  sessions integer not null,
  choices text[] not null,
  scales text[] not null,
  pairs text[] not null,
  periods text[] not null,
  xs integer[] not null,
  ys integer[] not null,
  primary key (service_id, pending_id)
);

-- What the clients of some rows stand for. Pure: the same for rows of now, of before and of a whole table.
create function sums.parts_of(of_rows scores.record_scores[]) returns table (
  service_id text, programme_id text, period text, age_group text, mode text, support text, sessions integer,
  choices text[], scales text[], pairs text[], periods text[], xs integer[], ys integer[]
) language sql stable as $$
  with counted as (
    select r.* from unnest(of_rows) r where r.counted
  ), clients as (
    select r.service_id, r.client_id, r.programme_id,
      sums.quarter(min(r.session_on)) as period,
      (array_agg(r.age_group order by r.session_on, r.received_at, r.record_id))[1] as age_group,
      count(*)::integer as sessions
    from counted r group by 1, 2, 3
  ), named as (
    select r.service_id, r.client_id, r.programme_id, array_agg(distinct c.choice order by c.choice) as choices
    from counted r cross join lateral unnest(r.choices) c (choice) group by 1, 2, 3
  ), scored as (
    select r.service_id, r.client_id, r.programme_id, u.scale,
      (array_agg(u.score order by r.session_on, r.received_at, r.record_id) filter (where r.time_point = 'before'))[1] as x,
      min(r.session_on) filter (where r.time_point = 'before') as before_on,
      (array_agg(u.score order by r.session_on desc, r.received_at desc, r.record_id desc) filter (where r.time_point = 'during'))[1] as during,
      max(r.session_on) filter (where r.time_point = 'during') as during_on,
      (array_agg(u.score order by r.session_on desc, r.received_at desc, r.record_id desc) filter (where r.time_point = 'after'))[1] as after,
      max(r.session_on) filter (where r.time_point = 'after') as after_on
    from counted r cross join lateral unnest(r.scales, r.scores) u (scale, score) group by 1, 2, 3, 4
  ), parts as (
    select s.service_id, s.client_id, s.programme_id,
      array_agg(s.scale order by s.scale, v.pair) as scales, array_agg(v.pair order by s.scale, v.pair) as pairs,
      array_agg(sums.quarter(v.day) order by s.scale, v.pair) as periods, array_agg(s.x order by s.scale, v.pair) as xs, array_agg(v.y order by s.scale, v.pair) as ys
    from scored s cross join lateral (values
      ('before', s.before_on, 0), ('kept', case when s.after is not null then s.before_on end, s.after), ('before-during', s.during_on, s.during), ('before-after', s.after_on, s.after)
    ) v (pair, day, y)
    where s.x is not null and v.day is not null
    group by 1, 2, 3
  )
  select c.service_id, c.programme_id, c.period, c.age_group,
    coalesce((select case count(*) when 1 then min(substr(m, 6)) else 'mixed' end from unnest(n.choices) m where m like 'mode/%' having count(*) > 0), ''),
    coalesce((select string_agg(substr(m, 9), ' ' order by m) from unnest(n.choices) m where m like 'support/%'), ''),
    c.sessions, coalesce(n.choices, '{}'), coalesce(p.scales, '{}'), coalesce(p.pairs, '{}'), coalesce(p.periods, '{}'), coalesce(p.xs, '{}'), coalesce(p.ys, '{}')
  from clients c
  left join named n using (service_id, client_id, programme_id)
  left join parts p using (service_id, client_id, programme_id)
$$;

-- Runs as the owner: whoever adds a record may not read the client's other scores, and does not get to see them here either.
create function sums.keep() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
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
create trigger keep_added after insert on scores.record_scores referencing new table as came_rows for each statement execute function sums.keep();
create trigger keep_changed after update on scores.record_scores referencing old table as gone_rows new table as came_rows for each statement execute function sums.keep();
create trigger keep_removed after delete on scores.record_scores referencing old table as gone_rows for each statement execute function sums.keep();

create view sums.pending_changes with (security_invoker = true) as
select p.service_id, p.pending_id, p.programme_id, split_part(u.scale, '/', 1) as measure, split_part(u.scale, '/', 2) as scale, u.pair, u.period, p.age_group, p.mode, p.support,
  p.sign::bigint as n, p.sign * u.x::bigint as sx, p.sign * u.y::bigint as sy, p.sign * u.x::bigint * u.x as sxx, p.sign * u.y::bigint * u.y as syy, p.sign * u.x::bigint * u.y as sxy,
  u.y - u.x as change
from sums.pending p cross join lateral unnest(p.scales, p.pairs, p.periods, p.xs, p.ys) u (scale, pair, period, x, y);
create view sums.pending_choices with (security_invoker = true) as
select p.service_id, p.pending_id, p.programme_id, split_part(c.choice, '/', 1) as question, split_part(c.choice, '/', 2) as choice, p.period, p.age_group, p.mode, p.support, p.sign::bigint as clients
from sums.pending p cross join lateral unnest(p.choices) c (choice);

-- The sums of this moment, cells and pending rows together.
create view sums.changes_now with (security_invoker = true) as
select service_id, programme_id, measure, scale, pair, period, age_group, mode, support, n, sx, sy, sxx, syy, sxy from sums.change_sums
union all select service_id, programme_id, measure, scale, pair, period, age_group, mode, support, n, sx, sy, sxx, syy, sxy from sums.pending_changes;
create view sums.change_counts_now with (security_invoker = true) as
select service_id, programme_id, measure, scale, pair, period, age_group, mode, support, change, n from sums.change_counts
union all select service_id, programme_id, measure, scale, pair, period, age_group, mode, support, change, n from sums.pending_changes where pair in ('before-during', 'before-after');
create view sums.episodes_now with (security_invoker = true) as
select service_id, programme_id, period, age_group, mode, support, sessions, clients from sums.episode_counts
union all select service_id, programme_id, period, age_group, mode, support, sessions, sign from sums.pending;
create view sums.choices_now with (security_invoker = true) as
select service_id, programme_id, question, choice, period, age_group, mode, support, clients from sums.choice_counts
union all select service_id, programme_id, question, choice, period, age_group, mode, support, clients from sums.pending_choices;

-- Adds pending rows to the cells. Returns how many. Two folds take turns; writers are not held up.
create function sums.fold(most integer) returns integer language plpgsql as $$
declare
  ids bigint[];
begin
  perform pg_advisory_xact_lock(4281108);
  select array_agg(p.pending_id) into ids from (select q.pending_id from sums.pending q limit most) p;
  if ids is null then return 0; end if;
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
  return cardinality(ids);
end $$;
create index pending_id on sums.pending (pending_id);

-- Everything again from the scores: after a restore, where sums are not in the backup. Nobody writes scores meanwhile.
create function sums.rebuild() returns void language plpgsql as $$
declare
  clients uuid[];
  after_client uuid := '00000000-0000-0000-0000-000000000000';
  of_service text;
begin
  perform pg_advisory_xact_lock(4281108);
  lock table scores.record_scores in share mode;
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

-- A restricted record stays where it is and takes part in nothing.
create or replace function answers.restrict_record(of_service text, of_record uuid, to_restricted boolean) returns boolean language plpgsql as $$
begin
  update scores.record_scores s set counted = not to_restricted where s.service_id = of_service and s.record_id = of_record and s.counted = to_restricted;
  update answers.records r set restricted_at = case when to_restricted then coalesce(r.restricted_at, now()) end where r.service_id = of_service and r.record_id = of_record;
  return found;
end $$;

alter table sums.change_sums enable row level security;
alter table sums.change_sums force row level security;
alter table sums.change_counts enable row level security;
alter table sums.change_counts force row level security;
alter table sums.episode_counts enable row level security;
alter table sums.episode_counts force row level security;
alter table sums.choice_counts enable row level security;
alter table sums.choice_counts force row level security;
alter table sums.pending enable row level security;
alter table sums.pending force row level security;

create policy keeping on scores.record_scores for select to attune_owner using (true);
create policy keeping on sums.pending for insert to attune_owner with check (true);
grant select, insert, update, delete on sums.change_sums, sums.change_counts, sums.episode_counts, sums.choice_counts, sums.pending to acting_system;
grant select on sums.change_sums, sums.change_counts, sums.episode_counts, sums.choice_counts to acting_service_lead, acting_data_support, acting_administrator, acting_analyst;
grant select on sums.pending_changes, sums.pending_choices, sums.changes_now, sums.change_counts_now, sums.episodes_now, sums.choices_now to acting_system;
do $$
declare t text;
begin
  foreach t in array array['change_sums', 'change_counts', 'episode_counts', 'choice_counts', 'pending'] loop
    execute format('create policy system on sums.%I to acting_system using (true) with check (true)', t);
    if t <> 'pending' then
      execute format('create policy own_service_read on sums.%I for select to acting_service_lead, acting_data_support using (service_id = policy.acting_service())', t);
      execute format('create policy national_read on sums.%I for select to acting_administrator, acting_analyst using (true)', t);
    end if;
  end loop;
end $$;
