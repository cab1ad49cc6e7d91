-- A service's own selections of what its report shows (DCS-090): which parts, which measures, which period. No figure is in here.
set local role attune_owner;
create table sums.report_layouts (
  service_id text not null references policy.services,
  layout_id uuid not null,
  title text not null,
  parts text[] not null,
  -- Empty: every measure.
  measures text[] not null default '{}',
  from_period text not null default '',
  until_period text not null default '',
  made_by uuid not null,
  made_at timestamptz not null,
  primary key (service_id, layout_id)
);
create unique index report_layouts_title on sums.report_layouts (service_id, lower(title));
alter table sums.report_layouts enable row level security;
alter table sums.report_layouts force row level security;
grant select, insert, delete on sums.report_layouts to acting_service_lead, acting_data_support;
create policy own_service on sums.report_layouts to acting_service_lead, acting_data_support
  using (service_id = policy.acting_service()) with check (service_id = policy.acting_service());
