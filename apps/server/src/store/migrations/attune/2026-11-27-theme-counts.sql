-- What is kept of reading what clients said: how often a theme was found. No text, no record and no client is in here, and no way back to one.
set local role attune_owner;

create table sums.theme_counts (
  service_id text not null default 'operator' check (service_id = 'operator'),
  coding_id uuid not null,
  theme text not null,
  programme_id text not null,
  question text not null,
  from_period text not null,
  until_period text not null,
  texts_read integer not null,
  n integer not null,
  saved_at timestamptz not null,
  primary key (service_id, coding_id, theme)
);
alter table sums.theme_counts enable row level security;
alter table sums.theme_counts force row level security;
grant select, insert on sums.theme_counts to acting_analyst;
grant select on sums.theme_counts to acting_administrator;
create policy counted_themes on sums.theme_counts to acting_analyst using (true) with check (true);
create policy counted_themes_read on sums.theme_counts for select to acting_administrator using (true);
