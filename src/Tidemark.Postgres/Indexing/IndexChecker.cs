using System.Text;
using Npgsql;
using Tidemark.Documents;
using Tidemark.Indexing;
using Tidemark.Postgres.Server;

namespace Tidemark.Postgres.Indexing;

/// <summary>Compares layouts, open chunks, embeddings, vectors and words of one generation, both ways, in one snapshot.</summary>
internal sealed class IndexChecker(NpgsqlConnection connection, IndexGeneration generation)
{
    // Named: what the layouts say; twice counts as missing once, for a chunk has one place.
    private const string Records = """
        with named as (
          select u.key, count(*) as times from layout l cross join lateral unnest(l.chunks) u(key) where l.generation = $1 group by u.key
        ), open as (select key from chunk where generation = $1 and to_sequence is null)
        select (select count(*) from layout where generation = $1),
               (select count(*) from named),
               (select count(*) from open),
               (select count(*) from named where not exists (select 1 from open where open.key = named.key))
                 + (select coalesce(sum(times - 1), 0)::bigint from named),
               (select count(*) from open where not exists (select 1 from named where named.key = open.key))
        """;

    private const string NeededVectors = """
        select distinct on (c.input) c.input, c.text, c.seal, vector_send(e.vector), e.seal from chunk c
        left join embedding e on e.space = $2 and e.input = c.input
        where c.generation = $1 and c.to_sequence is null
        order by c.input, c.key
        """;

    // Of what was cut for the same model from the same inputs: that one can make them again.
    private const string NeededOfPast = """
        select distinct on (c.input) c.input, c.text, c.seal from chunk c
        join generation g on g.id = c.generation
        join generation a on a.id = $1 and a.namespace = g.namespace and a.space = g.space and a.input = g.input
        where c.to_sequence is not null and not exists (select 1 from embedding e where e.space = $2 and e.input = c.input)
        order by c.input, c.key
        """;

    public async Task<IndexCheck> CheckAsync(CancellationToken cancellationToken)
    {
        var records = (await connection.ListAsync(
            Records,
            row => (Documents: row.GetInt64(0), Named: row.GetInt64(1), Open: row.GetInt64(2), Absent: row.GetInt64(3), Strange: row.GetInt64(4)),
            cancellationToken,
            Number).ConfigureAwait(false))[0];
        var vectors = await CheckVectorsAsync(cancellationToken).ConfigureAwait(false);
        var keywords = await CheckKeywordsAsync(cancellationToken).ConfigureAwait(false);
        return new IndexCheck
        {
            Documents = records.Documents,
            Chunks = records.Named,
            Records = records.Open,
            Vectors = vectors.Entries,
            Keywords = keywords.Entries,
            Missing = records.Absent + vectors.Missing + keywords.Missing,
            Orphaned = records.Strange + vectors.Orphaned + keywords.Orphaned,
            Stale = vectors.Stale + keywords.Stale,
            MissingEmbeddings = await FindMissingAsync(cancellationToken).ConfigureAwait(false),
        };
    }

    /// <summary>Of texts that are what was stored: only from such a one a vector can be made again.</summary>
    private async Task<List<MissingEmbedding>> FindMissingAsync(CancellationToken cancellationToken)
    {
        var missing = new List<MissingEmbedding>();
        var rows = connection.StreamAsync(
            NeededVectors,
            row => (
                Needed: new MissingEmbedding(row.GetHash(0), row.GetStoreText(1)) { IsDamaged = !row.IsDBNull(3) },
                IsSound: !row.IsDBNull(3) && (row.GetOptionalInt64(4) is not { } seal || seal == Seal.OfVector(row.GetHash(0), row.GetVector(3))),
                TextSeal: row.GetOptionalInt64(2)),
            cancellationToken,
            Number,
            Sql.Of(generation.Space));
        await foreach (var (needed, isSound, seal) in rows.ConfigureAwait(false))
        {
            if (!isSound && Seal.Holds(needed.Input, Encoding.UTF8.GetBytes(needed.Text), seal))
            {
                missing.Add(needed);
            }
        }

        var live = missing.Select(needed => needed.Input).ToHashSet();
        var past = connection.StreamAsync(
            NeededOfPast,
            row => (Needed: new MissingEmbedding(row.GetHash(0), row.GetStoreText(1)) { IsPast = true }, TextSeal: row.GetOptionalInt64(2)),
            cancellationToken,
            Number,
            Sql.Of(generation.Space));
        await foreach (var (needed, seal) in past.ConfigureAwait(false))
        {
            if (!live.Contains(needed.Input) && Seal.Holds(needed.Input, Encoding.UTF8.GetBytes(needed.Text), seal))
            {
                missing.Add(needed);
            }
        }

        return missing;
    }

    /// <summary>A chunk whose embedding is missing is reported as that; there is nothing to compare its entry with.</summary>
    public async Task<LayerCheck> CheckVectorsAsync(CancellationToken cancellationToken)
    {
        if (generation.Location is not null)
        {
            return new LayerCheck(0, 0, 0, 0);
        }

        var table = generation.Tables.Vectors;
        return !await generation.Tables.AreVectorsWholeAsync(connection, cancellationToken).ConfigureAwait(false)
            ? await AllMissingAsync(cancellationToken).ConfigureAwait(false)
            : await CountAsync(
                $"""
                select (select count(*) from {table}),
                       count(*) filter (where e.input is not null and v.chunk is null),
                       (select count(*) from {table} o where not exists (
                          select 1 from chunk x where x.key = o.chunk and x.document = o.document and x.generation = $1 and x.to_sequence is null))
                         + (select count(*) - count(distinct chunk) from {table}),
                       count(*) filter (where e.input is not null and v.chunk is not null and v.embedding is distinct from e.vector)
                from chunk c
                left join embedding e on e.space = $2 and e.input = c.input
                left join {table} v on v.chunk = c.key
                where c.generation = $1 and c.to_sequence is null
                """,
                cancellationToken,
                Number,
                Sql.Of(generation.Space)).ConfigureAwait(false);
    }

    public async Task<LayerCheck> CheckKeywordsAsync(CancellationToken cancellationToken)
    {
        var table = generation.Tables.Keywords;
        if (!await generation.Tables.AreKeywordsWholeAsync(connection, cancellationToken).ConfigureAwait(false))
        {
            return await AllMissingAsync(cancellationToken).ConfigureAwait(false);
        }

        var counted = await CountAsync(
            $"""
            select (select count(*) from {table}), count(*) filter (where k.chunk is null),
                   (select count(*) from {table} o where not exists (
                      select 1 from {generation.Found} where c.key = o.chunk and c.document = o.document))
                     + (select count(*) - count(distinct chunk) from {table}),
                   0::bigint
            from {generation.Found} left join {table} k on k.chunk = c.key
            """,
            cancellationToken).ConfigureAwait(false);
        return counted with { Stale = await CountStaleWordsAsync(table, cancellationToken).ConfigureAwait(false) };
    }

    private NpgsqlParameter Number => Sql.Of(generation.Tables.Generation);

    /// <summary>Reads every text again and compares its words with those that are searched by.</summary>
    private async Task<long> CountStaleWordsAsync(string table, CancellationToken cancellationToken)
    {
        var terms = new TermVector(generation.Stemmer);
        var stale = 0L;
        var rows = connection.StreamAsync(
            $"""
            select c.text, case when k.terms is null then -1 else coalesce(k.length, -1) end, tsvectorsend(coalesce(k.terms, '')),
                   {IndexGeneration.Caption}
            from {generation.Found} join {table} k on k.chunk = c.key {generation.Named}
            """,
            row => terms.Read(row.GetStoreText(0), IndexGeneration.CaptionOf(row, 3)).IsSame(row.GetInt32(1), row.GetFieldValue<byte[]>(2)),
            cancellationToken);
        await foreach (var isSame in rows.ConfigureAwait(false))
        {
            stale += isSame ? 0 : 1;
        }

        return stale;
    }

    /// <summary>Of an empty index the tables are missing all the same.</summary>
    private Task<LayerCheck> AllMissingAsync(CancellationToken cancellationToken) => CountAsync(
        "select 0::bigint, greatest(count(*), 1), 0::bigint, 0::bigint from chunk where generation = $1 and to_sequence is null",
        cancellationToken,
        Number);

    private async Task<LayerCheck> CountAsync(string sql, CancellationToken cancellationToken, params NpgsqlParameter[] parameters) =>
        (await connection.ListAsync(
            sql,
            row => new LayerCheck(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3)),
            cancellationToken,
            parameters).ConfigureAwait(false))[0];
}
