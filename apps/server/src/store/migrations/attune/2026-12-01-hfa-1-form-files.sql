-- Files beside a form: pictures, sounds and films of its words, and lists that choices come from. Contents lie once, under their hash; a version names
-- the ones that it was published with, in the transaction that makes it and never afterwards.
set local role attune_owner;

create table policy.file_contents (
  sha256 text primary key,
  bytes bytea not null,
  check (encode(sha256(bytes), 'hex') = sha256)
);
-- Pictures and films are compressed already.
alter table policy.file_contents alter column bytes set storage external;

create table policy.form_files (
  form_id text not null,
  form_version text not null,
  name text not null,
  kind text not null check (kind in ('image', 'audio', 'video', 'list')),
  media_type text not null,
  size integer not null check (size > 0),
  sha256 text not null references policy.file_contents,
  -- Collecting apps know no other; it tells files apart and protects nothing.
  md5 text not null check (md5 ~ '^[0-9a-f]{32}$'),
  -- Of a list.
  row_count integer,
  primary key (form_id, form_version, name),
  foreign key (form_id, form_version) references policy.form_versions
);

-- What a draft brings along; the contents lie with the others.
alter table policy.form_drafts add column files jsonb not null default '[]';

alter table policy.file_contents enable row level security;
alter table policy.file_contents force row level security;
alter table policy.form_files enable row level security;
alter table policy.form_files force row level security;
grant select on policy.file_contents, policy.form_files to acting_practitioner, acting_service_lead, acting_data_support, acting_administrator, acting_auditor, acting_analyst, acting_system;
grant insert on policy.file_contents, policy.form_files to acting_administrator, acting_system;
create policy everybody_reads on policy.file_contents for select using (true);
create policy publishers_add on policy.file_contents for insert to acting_administrator, acting_system with check (true);
create policy everybody_reads on policy.form_files for select using (true);
create policy publishers_add on policy.form_files for insert to acting_administrator, acting_system with check (
  exists (select from policy.form_versions v where v.form_id = form_files.form_id and v.form_version = form_files.form_version and v.published_at = now())
);
