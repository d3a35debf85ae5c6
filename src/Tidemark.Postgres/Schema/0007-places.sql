-- Where a source lay when it was last listed as a whole, as an absolute path. A row of its own, since most sources of programs have no
-- place.
create table source_place (
  source bigint primary key,
  place  text not null
);
