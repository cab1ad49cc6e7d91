-- How records become sums. A record is in the database the moment it is acknowledged; folding moves what is new, restricted or erased since the
-- last time into the sums, many records in one statement. Every reader of sums folds first, so what is read is exact; writers never wait for
-- each other on a busy cell, and the sums are nothing but the total of the views below: they can be rebuilt from nothing at any time.
set local role attune_owner;

create function sums.quarter(day date) returns text language sql immutable strict parallel safe
  return extract(year from day)::integer::text || '-Q' || extract(quarter from day)::integer::text;

-- What one client adds to the sums, twice: as it is folded in by now (sign -1) and as it should be (sign 1). Together they are the difference.
-- Per scale the first score before VIG, and the latest during and after it. A pair stands in the quarter of its later session.
create view sums.client_changes with (security_invoker = true) as
select p.service_id, p.client_id, p.programme_id, p.sign, p.scale, v.pair, p.age_group, sums.quarter(v.day) as period, p.x::bigint as x, v.y::bigint as y
from (
  select r.service_id, r.client_id, r.programme_id, s.sign, u.scale,
    (array_agg(u.score order by r.session_on, r.received_at, r.record_id) filter (where r.time_point = 'before'))[1] as x,
    (array_agg(r.age_group order by r.session_on, r.received_at, r.record_id) filter (where r.time_point = 'before'))[1] as age_group,
    min(r.session_on) filter (where r.time_point = 'before') as before_on,
    (array_agg(u.score order by r.session_on desc, r.received_at desc, r.record_id desc) filter (where r.time_point = 'during'))[1] as during,
    max(r.session_on) filter (where r.time_point = 'during') as during_on,
    (array_agg(u.score order by r.session_on desc, r.received_at desc, r.record_id desc) filter (where r.time_point = 'after'))[1] as after,
    max(r.session_on) filter (where r.time_point = 'after') as after_on
  from scores.record_scores r
  cross join lateral (values (-1, r.folded), (1, r.counted)) as s (sign, present)
  cross join lateral unnest(r.scales, r.scores) as u (scale, score)
  where s.present
  group by r.service_id, r.client_id, r.programme_id, s.sign, u.scale
) p
cross join lateral (values ('before', p.before_on, null::integer), ('before-during', p.during_on, p.during), ('before-after', p.after_on, p.after)) as v (pair, day, y)
where p.x is not null and (v.pair = 'before' or v.y is not null);

create view sums.client_episodes with (security_invoker = true) as
select r.service_id, r.client_id, r.programme_id, s.sign,
  (array_agg(r.age_group order by r.session_on, r.received_at, r.record_id))[1] as age_group,
  sums.quarter(min(r.session_on)) as period,
  count(*)::integer as sessions
from scores.record_scores r
cross join lateral (values (-1, r.folded), (1, r.counted)) as s (sign, present)
where s.present
group by r.service_id, r.client_id, r.programme_id, s.sign;

-- A choice counts once per client, under the period and age group of the client's first session.
create view sums.client_choices with (security_invoker = true) as
select p.service_id, p.client_id, p.programme_id, p.sign, c.choice, p.age_group, p.period
from (
  select r.service_id, r.client_id, r.programme_id, s.sign,
    (array_agg(r.age_group order by r.session_on, r.received_at, r.record_id))[1] as age_group,
    sums.quarter(min(r.session_on)) as period,
    string_agg(array_to_string(r.choices, ' '), ' ') as named
  from scores.record_scores r
  cross join lateral (values (-1, r.folded), (1, r.counted)) as s (sign, present)
  where s.present
  group by r.service_id, r.client_id, r.programme_id, s.sign
) p
cross join lateral (select distinct n.choice from regexp_split_to_table(p.named, ' +') as n (choice) where n.choice <> '') c;

grant select on sums.client_changes, sums.client_episodes, sums.client_choices to acting_system;

-- One statement, so one moment: a record that arrives meanwhile is in no part of it and is folded next time. Returns the number of records.
-- Folding, restricting and erasing exclude each other by the lock; submitting does not take it.
create function sums.fold(most_clients integer) returns integer language plpgsql as $$
declare
  folded_records integer;
begin
  perform pg_advisory_xact_lock(4281108);
  with batch as (
    select distinct r.service_id, r.client_id from scores.record_scores r where r.counted <> r.folded limit most_clients
  ), changes as (
    select c.* from sums.client_changes c join batch using (service_id, client_id)
  ), in_change_sums as (
    insert into sums.change_sums as kept
    select c.service_id, c.programme_id, split_part(c.scale, '/', 1), split_part(c.scale, '/', 2), c.pair, c.age_group, c.period,
      sum(c.sign), sum(c.sign * c.x), sum(c.sign * coalesce(c.y, 0)), sum(c.sign * c.x * c.x), sum(c.sign * coalesce(c.y * c.y, 0)), sum(c.sign * coalesce(c.x * c.y, 0))
    from changes c
    group by c.service_id, c.programme_id, c.scale, c.pair, c.age_group, c.period
    on conflict (service_id, programme_id, measure, scale, pair, age_group, period) do update
    set n = kept.n + excluded.n, sx = kept.sx + excluded.sx, sy = kept.sy + excluded.sy, sxx = kept.sxx + excluded.sxx, syy = kept.syy + excluded.syy, sxy = kept.sxy + excluded.sxy
  ), in_change_counts as (
    insert into sums.change_counts as kept
    select c.service_id, c.programme_id, split_part(c.scale, '/', 1), split_part(c.scale, '/', 2), c.pair, c.age_group, c.period, c.y - c.x, sum(c.sign)
    from changes c where c.pair <> 'before'
    group by c.service_id, c.programme_id, c.scale, c.pair, c.age_group, c.period, c.y - c.x
    having sum(c.sign) <> 0
    on conflict (service_id, programme_id, measure, scale, pair, age_group, period, change) do update set n = kept.n + excluded.n
  ), in_episode_counts as (
    insert into sums.episode_counts as kept
    select e.service_id, e.programme_id, e.age_group, e.period, e.sessions, sum(e.sign)
    from sums.client_episodes e join batch using (service_id, client_id)
    group by e.service_id, e.programme_id, e.age_group, e.period, e.sessions
    having sum(e.sign) <> 0
    on conflict (service_id, programme_id, age_group, period, sessions) do update set clients = kept.clients + excluded.clients
  ), in_choice_counts as (
    insert into sums.choice_counts as kept
    select c.service_id, c.programme_id, split_part(c.choice, '/', 1), split_part(c.choice, '/', 2), c.age_group, c.period, sum(c.sign)
    from sums.client_choices c join batch using (service_id, client_id)
    group by c.service_id, c.programme_id, c.choice, c.age_group, c.period
    having sum(c.sign) <> 0
    on conflict (service_id, programme_id, question, choice, age_group, period) do update set clients = kept.clients + excluded.clients
  ), done as (
    update scores.record_scores r set folded = r.counted from batch
    where r.service_id = batch.service_id and r.client_id = batch.client_id and r.counted <> r.folded
    returning 1
  )
  select count(*) into folded_records from done;
  return folded_records;
end $$;

-- Everything again from nothing: after a restore, where sums are not in the backup.
create function sums.rebuild() returns void language plpgsql as $$
begin
  perform pg_advisory_xact_lock(4281108);
  delete from sums.change_sums;
  delete from sums.change_counts;
  delete from sums.episode_counts;
  delete from sums.choice_counts;
  update scores.record_scores set folded = false where folded;
  while sums.fold(5000) > 0 loop
  end loop;
end $$;

-- A restricted record stays where it is and takes part in nothing.
create function answers.restrict_record(of_service text, of_record uuid, to_restricted boolean) returns boolean language plpgsql as $$
begin
  perform pg_advisory_xact_lock(4281108);
  update scores.record_scores s set counted = not to_restricted where s.service_id = of_service and s.record_id = of_record;
  update answers.records r set restricted_at = case when to_restricted then coalesce(r.restricted_at, now()) end where r.service_id = of_service and r.record_id = of_record;
  return found;
end $$;
