-- A third thing that a token may be for: fetching aggregates for analysis (DCS-063).
alter table accounts.device_tokens drop constraint device_tokens_scope_check;
alter table accounts.device_tokens add constraint device_tokens_scope_check check (scope in ('collect', 'read', 'analyse'));
