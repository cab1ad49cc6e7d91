-- What the desks ask with a million records behind them: the numbers of an incident are counted once, with the records that it may concern, and
-- not again at each look at the register; letters for the operator's home page and requests that go together are found by an index.
set local role attune_owner;

alter table breach.breaches add column affected jsonb not null default '[]';
update breach.breaches b set affected = coalesce((
  select jsonb_agg(jsonb_build_object('serviceId', c.service_id, 'opened', c.opened, 'withinReach', c.within_reach, 'clients', c.clients, 'practitioners', c.practitioners) order by c.service_id)
  from (select f.service_id, count(*) filter (where f.certainty = 'opened') as opened, count(*) filter (where f.certainty <> 'opened') as within_reach,
      count(distinct f.client_id) as clients, count(distinct f.practitioner_id) as practitioners
    from breach.affected_records f where f.breach_id = b.breach_id group by f.service_id) c), '[]');

create index notices_shown_to on rights.notices (to_role, queued_at desc);
create index requests_linked on rights.requests (linked_to) where linked_to is not null;
