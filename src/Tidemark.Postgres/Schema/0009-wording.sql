-- By which analysis the texts and queries of all generations are cut into words. The words themselves are made anew after this.
create view wording as select 'words'::text as name, 1 as version;
