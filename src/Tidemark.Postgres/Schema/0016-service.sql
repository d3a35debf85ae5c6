-- What a service remembers beside the index. value: JSON by custom. at: lists go by it. expires_at: from then on it is in no answer; null: never.
create table service_entry (
  kind       text collate "C" not null,
  key        text collate "C" not null,
  value      text not null,
  at         bigint not null,
  expires_at bigint,
  primary key (kind, key)
);
create index service_entry_by_time on service_entry (kind, at, key);
create index service_entry_by_expiry on service_entry (expires_at) where expires_at is not null;
