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
    private const int PartsOfKeywords = 2;

    private readonly string _number = generation.ToString(CultureInfo.InvariantCulture);

    public long Generation => generation;

    public string Number => _number;

    public string Vectors => "vectors_" + _number;

    /// <summary>There is one since there is a graph, or one is being made.</summary>
    public string Recent => $"vectors_{_number}_recent";

    public string Keywords => "keywords_" + _number;

    /// <summary>And its parts, which somebody may have detached.</summary>
    public IEnumerable<string> AllKeywords => Enumerable.Range(0, PartsOfKeywords).Select(NameOfPart).Prepend(Keywords);

    public string Graph => $"vectors_{_number}_graph";

    public string VectorColumns => Vectors + " (chunk, document, embedding)";

    public string RecentColumns => Recent + " (chunk, document, embedding)";

    public string KeywordColumns => Keywords + " (chunk, document, length, terms)";

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

    private string NameOfPart(int part) => string.Create(CultureInfo.InvariantCulture, $"{Keywords}_p{part}");

    private string CreatePart(int part) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        create table {NameOfPart(part)} partition of {Keywords} for values with (modulus {PartsOfKeywords}, remainder {part})
          with (toast_tuple_target = 8160);
        alter table {NameOfPart(part)} alter terms set statistics {TermFrequencies.StatisticsTarget};
        """);

    /// <summary>What nearest vectors are found by in large generations: in half precision, which ranks as well in half the memory.</summary>
    public string CreateGraph(int dimensions) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        create index if not exists {Graph} on {Vectors} using hnsw ((embedding::halfvec({dimensions})) halfvec_cosine_ops)
        with (m = 16, ef_construction = 64)
        """);

    public string CreateRecent() => $"""
        create table if not exists {Recent} (primary key (chunk)) inherits ({Vectors});
        alter table {Recent} alter column embedding set statistics 0
        """;

    /// <summary>The tables that hold the words, and those of them that have no index yet, or one that was not finished.</summary>
    public async Task<(IReadOnlyList<string> All, IReadOnlyList<string> Unindexed)> PartsAsync(
        NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var parts = await connection.ListAsync(
            """
            select p.relname::text, exists (select 1 from pg_index where indexrelid = to_regclass(p.relname || '_terms') and indisvalid)
            from pg_class p
            where p.relkind = 'r'
              and (p.oid = to_regclass($1) or p.oid in (select inhrelid from pg_inherits where inhparent = to_regclass($1)))
            order by p.relname
            """,
            row => (Name: row.GetString(0), IsIndexed: row.GetBoolean(1)),
            cancellationToken,
            Sql.Of(Keywords)).ConfigureAwait(false);
        return ([.. parts.Select(part => part.Name)], [.. parts.Where(part => !part.IsIndexed).Select(part => part.Name)]);
    }

    /// <summary>Whether all that searches and writes name is there: beside a graph the table of those that it does not hold.</summary>
    public Task<bool> AreVectorsWholeAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        connection.ScalarAsync<bool>(
            """
            select to_regclass($1) is not null and (to_regclass($3) is null or exists (
              select 1 from pg_inherits where inhparent = to_regclass($1) and inhrelid = to_regclass($2)))
            """,
            cancellationToken,
            Sql.Of(Vectors),
            Sql.Of(Recent),
            Sql.Of(Graph));

    /// <summary>Whether the table of words has all its parts, or is one of earlier versions, without any.</summary>
    public Task<bool> AreKeywordsWholeAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        connection.ScalarAsync<bool>(
            """
            select exists (select 1 from pg_class where oid = to_regclass($1)
              and (relkind = 'r' or (select count(*) from pg_inherits where inhparent = oid) = $2))
            """,
            cancellationToken,
            Sql.Of(Keywords),
            Sql.Of(PartsOfKeywords));

    /// <param name="part">Of the words.</param>
    public static string CreateTerms(string part) => $"create index if not exists {part}_terms on {part} using gin (terms)";

    public Task DropAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        connection.ExecuteAsync($"drop table if exists {Vectors}, {Keywords} cascade", cancellationToken);

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
