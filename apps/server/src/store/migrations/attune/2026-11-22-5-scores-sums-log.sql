-- Scores (integers and codes derived from answers), sums (what reports read) and the log of every access.
set local role attune_owner;

-- One row per record: its scores side by side, so that a record costs one row whatever it measures.
create table scores.record_scores (
  service_id text not null,
  record_id uuid not null,
  client_id uuid not null,
  programme_id text not null,
  session_on date not null,
  received_at timestamptz not null,
  time_point text not null check (time_point in ('before', 'during', 'after')),
  age_group text not null,
  -- "measure/scale" and beside it the score as a whole number: points times the scale's score factor, so that sums stay exact.
  scales text[] not null,
  scores integer[] not null,
  -- "question/choice" of the coded questions that reports count.
  choices text[] not null,
  -- Whether the record belongs into the sums (not while it is restricted), and whether it is in them: folding makes the second like the first.
  counted boolean not null default true,
  folded boolean not null default false,
  primary key (service_id, record_id),
  check (cardinality(scales) = cardinality(scores))
);
create index record_scores_client on scores.record_scores (service_id, client_id);
create index record_scores_unfolded on scores.record_scores (service_id, client_id) where counted <> folded;

-- Six exact integers per cell (docs/database.md): what reports read, whatever the number of records.
create table sums.change_sums (
  service_id text not null,
  programme_id text not null,
  measure text not null,
  scale text not null,
  pair text not null check (pair in ('before', 'before-during', 'before-after')),
  age_group text not null,
  period text not null,
  n bigint not null,
  sx bigint not null,
  sy bigint not null,
  sxx bigint not null,
  syy bigint not null,
  sxy bigint not null,
  primary key (service_id, programme_id, measure, scale, pair, age_group, period)
);

create table sums.change_counts (
  service_id text not null,
  programme_id text not null,
  measure text not null,
  scale text not null,
  pair text not null check (pair in ('before-during', 'before-after')),
  age_group text not null,
  period text not null,
  change integer not null,
  n bigint not null,
  primary key (service_id, programme_id, measure, scale, pair, age_group, period, change)
);

-- Clients by the number of sessions held so far, under the period and age group of the first. Whether an episode is complete is the
-- policy's to say (DCS-019), so it is decided on reading.
create table sums.episode_counts (
  service_id text not null,
  programme_id text not null,
  age_group text not null,
  period text not null,
  sessions integer not null,
  clients bigint not null,
  primary key (service_id, programme_id, age_group, period, sessions)
);

-- Clients for whom a coded choice was named at least once, under the period and age group of the first session.
create table sums.choice_counts (
  service_id text not null,
  programme_id text not null,
  question text not null,
  choice text not null,
  age_group text not null,
  period text not null,
  clients bigint not null,
  primary key (service_id, programme_id, question, choice, age_group, period)
);

create table log.events (
  service_id text not null,
  event_id bigint generated always as identity,
  at timestamptz not null default clock_timestamp(),
  account_id uuid,
  role text not null,
  action text not null,
  purpose text not null default '',
  outcome text not null check (outcome in ('done', 'refused', 'failed')),
  -- Ids, counts and codes of reasons; never an answer, a name or a client code.
  detail jsonb not null default '{}',
  primary key (service_id, event_id)
);
create index events_at on log.events (at);
create index events_id on log.events (event_id);

alter table scores.record_scores enable row level security;
alter table scores.record_scores force row level security;
alter table sums.change_sums enable row level security;
alter table sums.change_sums force row level security;
alter table sums.change_counts enable row level security;
alter table sums.change_counts force row level security;
alter table sums.episode_counts enable row level security;
alter table sums.episode_counts force row level security;
alter table sums.choice_counts enable row level security;
alter table sums.choice_counts force row level security;
alter table log.events enable row level security;
alter table log.events force row level security;

grant insert on scores.record_scores to acting_practitioner;
grant select on scores.record_scores to acting_data_support;
grant select, insert, update, delete on scores.record_scores to acting_system;
create policy add on scores.record_scores for insert to acting_practitioner with check (service_id = policy.acting_service());
create policy own_service_read on scores.record_scores for select to acting_data_support using (service_id = policy.acting_service() and policy.acting_purpose() is not null);
create policy system on scores.record_scores to acting_system using (true) with check (true);

grant select, insert, update, delete on sums.change_sums, sums.change_counts, sums.episode_counts, sums.choice_counts to acting_system;
grant select on sums.change_sums, sums.change_counts, sums.episode_counts, sums.choice_counts to acting_service_lead, acting_data_support, acting_administrator, acting_analyst;
do $$
declare t text;
begin
  foreach t in array array['change_sums', 'change_counts', 'episode_counts', 'choice_counts'] loop
    execute format('create policy own_service_read on sums.%I for select to acting_service_lead, acting_data_support using (service_id = policy.acting_service())', t);
    execute format('create policy national_read on sums.%I for select to acting_administrator, acting_analyst using (true)', t);
    execute format('create policy system on sums.%I to acting_system using (true) with check (true)', t);
  end loop;
end $$;

-- Everybody writes to the log, nobody who acts for a person changes it.
grant insert on log.events to acting_practitioner, acting_service_lead, acting_data_support, acting_administrator, acting_auditor, acting_analyst, acting_system, acting_door;
grant select on log.events to acting_administrator, acting_auditor;
create policy add on log.events for insert with check (true);
create policy operator_read on log.events for select to acting_administrator, acting_auditor using (true);
