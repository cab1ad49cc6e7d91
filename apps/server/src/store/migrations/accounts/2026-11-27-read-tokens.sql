-- A token is for one of two things: an app that collects (`collect`), or a program that reads its service's records (`read`), such as Excel.
alter table accounts.device_tokens add column scope text not null default 'collect' check (scope in ('collect', 'read'));
