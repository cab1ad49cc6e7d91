-- Every cut of the sums that was ever shown, with the figures as they were: the release log. A report is one row of it, so it costs the same
-- whatever the number of records, a cut asked for again tells nothing new, and what is out decides what else may go out.
-- Figures over all services stand under the operator.
set local role attune_owner;

create table sums.releases (
  service_id text not null,
  release_id bigint generated always as identity,
  programme_id text not null,
  -- The first quarter that was not yet released when this was decided.
  edition text not null,
  from_period text not null,
  until_period text not null,
  age_group text not null,
  mode text not null,
  support text not null,
  outcome text not null check (outcome in ('released', 'refused')),
  because text not null default '',
  -- Sums, never rounded: disclosure rules act on the way out. Empty where it was refused.
  figures jsonb not null,
  figures_hash text not null,
  released_at timestamptz not null,
  primary key (service_id, release_id)
);
create unique index releases_once on sums.releases (service_id, programme_id, edition, from_period, until_period, age_group, mode, support);

alter table sums.releases enable row level security;
alter table sums.releases force row level security;
grant select, insert on sums.releases to acting_system;
grant select on sums.releases to acting_service_lead, acting_data_support, acting_administrator, acting_analyst;
create policy system on sums.releases to acting_system using (true) with check (true);
create policy own_service_read on sums.releases for select to acting_service_lead, acting_data_support using (service_id = policy.acting_service());
create policy over_all_read on sums.releases for select to acting_administrator, acting_analyst using (service_id = 'operator');

-- Nobody who acts for a person reads the running sums any more: one more client a day later would point at that client.
revoke select on sums.change_sums, sums.change_counts, sums.episode_counts, sums.choice_counts from acting_service_lead, acting_data_support, acting_administrator, acting_analyst;
do $$
declare t text;
begin
  foreach t in array array['change_sums', 'change_counts', 'episode_counts', 'choice_counts'] loop
    execute format('drop policy own_service_read on sums.%I', t);
    execute format('drop policy national_read on sums.%I', t);
  end loop;
end $$;
