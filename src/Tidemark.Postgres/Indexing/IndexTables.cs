using System.Globalization;
using Npgsql;
using Tidemark.Postgres.Copying;
using Tidemark.Postgres.Server;

namespace Tidemark.Postgres.Indexing;

/// <summary>
/// The tables of one generation that queries read: a row for each live chunk in both. Vectors that the graph does not hold yet
/// stand in a child of their table: whoever reads, changes or deletes rows of <see cref="Vectors"/> reaches them as well.
/// </summary>
internal sealed class IndexTables(long generation)
{
    /// <summary>pgvector's bound for an index of half-precision vectors.</summary>
    private const int MostDimensionsOfGraph = 4_000;

    /// <summary>So that a row fits on a page beside its header.</summary>
    private const int MostDimensionsInline = 1_900;

    /// <summary>
    /// Of the words: each part has its own index, and they are made at once, for making one takes one processor. A search looks into
    /// every one.
    /// </summary>
    internal const int PartsOfKeywords = 2;

    private readonly string _number = generation.ToString(CultureInfo.InvariantCulture);

    public long Generation => generation;

    public string Number => _number;

    public string Vectors => "vectors_" + _number;

    /// <summary>The name of what is done for the graphs; nothing in the database is called so.</summary>
    public string Upkeep => Vectors + "_upkeep";

    public string Keywords => "keywords_" + _number;

    /// <summary>And its parts, which somebody may have detached.</summary>
    public IEnumerable<string> AllKeywords => Enumerable.Range(0, PartsOfKeywords).Select(NameOfPart).Prepend(Keywords);

    public string Graph => GraphOf(Vectors);

    public string VectorColumns => ColumnsOf(Vectors);

    public string KeywordColumns => Keywords + " (chunk, document, length, terms)";

    /// <param name="segment">One of the tables of vectors.</param>
    public static string GraphOf(string segment) => segment + "_graph";

    /// <param name="segment">One of the tables of vectors.</param>
    public static string ColumnsOf(string segment) => segment + " (chunk, document, embedding)";

    public static bool CanHaveGraph(int dimensions) => dimensions <= MostDimensionsOfGraph;

    public async Task CreateAsync(NpgsqlConnection connection, int dimensions, CancellationToken cancellationToken)
    {
        await CreateVectorsAsync(connection, dimensions, cancellationToken).ConfigureAwait(false);
        await CreateKeywordsAsync(connection, cancellationToken).ConfigureAwait(false);
    }

    public Task CreateVectorsAsync(NpgsqlConnection connection, int dimensions, CancellationToken cancellationToken)
    {
        var storage = dimensions <= MostDimensionsInline ? "plain" : "external";
        return connection.ExecuteAsync(
            string.Create(CultureInfo.InvariantCulture, $"""
                create table {Vectors} (
                  chunk     bigint primary key,
                  document  bigint not null,
                  embedding vector({dimensions}) storage {storage} not null
                );
                alter table {Vectors} alter column embedding set statistics 0
                """),
            cancellationToken);
    }

    public Task CreateKeywordsAsync(NpgsqlConnection connection, CancellationToken cancellationToken) => connection.ExecuteAsync(
        $"""
        create table {Keywords} (
          chunk    bigint primary key,
          document bigint not null,
          length   integer not null,
          terms    tsvector storage external not null
        ) partition by hash (chunk);
        {string.Join('\n', Enumerable.Range(0, PartsOfKeywords).Select(CreatePart))}
        """,
        cancellationToken);

    private string Recent(int number) => number == 1 ? Vectors + "_recent" : string.Create(CultureInfo.InvariantCulture, $"{Vectors}_recent_{number}");

    private string NameOfPart(int part) => string.Create(CultureInfo.InvariantCulture, $"{Keywords}_p{part}");

    private string CreatePart(int part) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        create table {NameOfPart(part)} partition of {Keywords} for values with (modulus {PartsOfKeywords}, remainder {part})
          with (toast_tuple_target = 8160);
        alter table {NameOfPart(part)} alter terms set statistics {TermFrequencies.StatisticsTarget};
        """);

    /// <summary>What nearest vectors are found by in large generations: in half precision, which ranks as well in half the memory.</summary>
    public static string CreateGraph(string segment, int dimensions) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        create index concurrently {GraphOf(segment)} on {segment} using hnsw ((embedding::halfvec({dimensions})) halfvec_cosine_ops)
        with (m = 16, ef_construction = 64)
        """);

    /// <summary>A table of vectors that the graph does not hold; there is one since there is a graph, or one is being made.</summary>
    public string CreateRecent(int number) => $"""
        create table {Recent(number)} (primary key (chunk)) inherits ({Vectors});
        alter table {Recent(number)} alter column embedding set statistics 0
        """;

    public int NumberOfRecent(string segment) => segment.Length > Recent(1).Length
        ? int.Parse(segment.AsSpan(Recent(1).Length + 1), CultureInfo.InvariantCulture)
        : 1;

    /// <summary>The tables that hold the words, and those of them that have no index yet, or one that was not finished.</summary>
    public async Task<(IReadOnlyList<string> All, IReadOnlyList<string> Unindexed)> PartsAsync(
        NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var parts = await connection.ListAsync(Parts, ReadPart, cancellationToken, Sql.Of(Keywords)).ConfigureAwait(false);
        return ([.. parts.Select(part => part.Name)], [.. parts.Where(part => !part.IsIndexed).Select(part => part.Name)]);
    }

    /// <summary>How many texts have words, as far as <paramref name="most"/>, and the parts of them that have no index yet, in one message.</summary>
    public async Task<(long Chunks, IReadOnlyList<string> Unindexed)> LookAsync(
        NpgsqlConnection connection, long most, CancellationToken cancellationToken)
    {
        var batch = new NpgsqlBatch(connection)
            .Add($"select count(*) from (select 1 from {Keywords} limit $1) counted", Sql.Of(most))
            .Add(Parts, Sql.Of(Keywords));
        await using var held = batch.ConfigureAwait(false);
        var rows = await batch.ReadAsync(cancellationToken).ConfigureAwait(false);
        await using var heldRows = rows.ConfigureAwait(false);
        var chunks = await rows.ListAsync(connection, row => row.GetInt64(0), cancellationToken).ConfigureAwait(false);
        var parts = await rows.NextListAsync(connection, ReadPart, cancellationToken).ConfigureAwait(false);
        return (chunks[0], [.. parts.Where(part => !part.IsIndexed).Select(part => part.Name)]);
    }

    private const string Parts = """
        select p.relname::text, exists (select 1 from pg_index where indexrelid = to_regclass(p.relname || '_terms') and indisvalid)
        from pg_class p
        where p.relkind = 'r'
          and (p.oid = to_regclass($1) or p.oid in (select inhrelid from pg_inherits where inhparent = to_regclass($1)))
        order by p.relname
        """;

    private static (string Name, bool IsIndexed) ReadPart(NpgsqlDataReader row) => (row.GetString(0), row.GetBoolean(1));

    /// <summary>Whether all that searches and writes name is there: beside a graph the table of those that it does not hold.</summary>
    public Task<bool> AreVectorsWholeAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        connection.ScalarAsync<bool>(
            """
            select to_regclass($1) is not null and (to_regclass($2) is null or exists (
              select 1 from pg_inherits where inhparent = to_regclass($1)))
            """,
            cancellationToken,
            Sql.Of(Vectors),
            Sql.Of(Graph));

    /// <summary>Whether the table of words has all its parts, or is one of earlier versions, without any.</summary>
    public Task<bool> AreKeywordsWholeAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        connection.ScalarAsync<bool>(WholeKeywords, cancellationToken, Sql.Of(Keywords), Sql.Of(PartsOfKeywords));

    /// <summary>The same as a statement: <c>$1</c> is the table's name, <c>$2</c> its number of parts.</summary>
    public const string WholeKeywords = """
        select exists (select 1 from pg_class where oid = to_regclass($1)
          and (relkind = 'r' or (select count(*) from pg_inherits where inhparent = oid) = $2))
        """;

    /// <param name="part">Of the words.</param>
    public static string CreateTerms(string part) => $"create index if not exists {TermsOf(part)} on {part} using gin (terms)";

    /// <summary>The same while others write.</summary>
    /// <param name="part">Of the words.</param>
    public static string CreateTermsBeside(string part) => $"create index concurrently {TermsOf(part)} on {part} using gin (terms)";

    /// <param name="part">Of the words.</param>
    public static string TermsOf(string part) => part + "_terms";

    /// <summary>Ends what is being made of them, for nobody should wait for that.</summary>
    public async Task DropAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var names = AllKeywords.Select(TermsOf).Append(Upkeep).ToArray();
        await connection.ExecuteAsync(
            """
            select pg_cancel_backend(l.pid) from pg_locks l join unnest($1::text[]) w(name)
              on ((l.classid::bigint << 32) | l.objid::bigint) = hashtextextended('tidemark/' || current_schema() || '/index/' || w.name, 0)
            where l.locktype = 'advisory' and l.granted and l.objsubid = 1 and l.pid <> pg_backend_pid()
            """,
            cancellationToken,
            Sql.Of(names)).ConfigureAwait(false);
        await connection.ExecuteAsync($"drop table if exists {Vectors}, {Keywords} cascade", cancellationToken).ConfigureAwait(false);
    }

    public void WriteKeywords(BinaryCopy copy, long chunk, long document, TermVector terms)
    {
        copy.BeginRow(4);
        copy.Write(chunk);
        copy.Write(document);
        copy.Write(terms.Length);
        copy.WriteBytes(terms.Binary);
    }

    /// <summary>Whether an index is there and complete.</summary>
    public static Task<bool> HasIndexAsync(NpgsqlConnection connection, string name, CancellationToken cancellationToken) =>
        connection.ScalarAsync<bool>(
            "select exists (select 1 from pg_index where indexrelid = to_regclass($1) and indisvalid)", cancellationToken, Sql.Of(name));
}
