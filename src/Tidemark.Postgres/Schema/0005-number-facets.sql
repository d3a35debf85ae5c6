-- document.facets: numbers have the hash of their value, however they are written. NumberFacets.cs makes them anew.
select 1;
