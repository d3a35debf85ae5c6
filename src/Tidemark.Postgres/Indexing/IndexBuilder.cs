using System.Globalization;
using Npgsql;
using Tidemark.Embedding;
using Tidemark.Postgres.Locking;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Indexing;

/// <summary>
/// Makes the indexes of a generation once it is large enough to need them: at the end of the run that reaches that size, for
/// building them whole is many times cheaper than row by row. Later runs leave their vectors beside the graph, and it takes them
/// up when they end.
/// </summary>
internal sealed class IndexBuilder(PostgresDatabase database, NpgsqlConnection connection, GenerationRecord generation)
{
    private const long MostMemory = 2L << 30;
    private const long MemoryOfTerms = 128L << 20;
    private const int BytesOfNeighbours = 400;

    /// <summary>
    /// Statistics of what the planner has to know of the records: of their columns that are asked by. The server itself looks at
    /// everything later.
    /// </summary>
    private static readonly string[] Analyze =
    [
        "analyze document (namespace, id, source, state, facets)",
        "set local default_statistics_target = 10",
        "analyze chunk (generation, document, to_sequence), layout (generation, document)",
    ];

    private readonly IndexTables _tables = new(generation.Id);
    private readonly LockKeys _keys = new(database.Address.Schema);

    /// <summary>
    /// Vectors of the lexical embedder have no neighbourhoods that a graph could lead through: of the ten nearest it would find three
    /// to six. So all of them are looked at.
    /// </summary>
    private bool CanHaveGraph => !generation.Pipeline.IsExternal
        && !HashingModel.Makes(generation.Pipeline.Space)
        && IndexTables.CanHaveGraph(generation.Pipeline.Dimensions);

    /// <summary>Called before something is made.</summary>
    public Action? OnBegin { get; init; }

    public async Task BuildAsync(CancellationToken cancellationToken)
    {
        var (words, unindexed) = await _tables.PartsAsync(connection, cancellationToken).ConfigureAwait(false);
        var needsGraph = CanHaveGraph && await NeedsGraphAsync(cancellationToken).ConfigureAwait(false);
        if (unindexed.Count == 0 && !needsGraph)
        {
            return;
        }

        var most = Math.Max(KeywordRebuild.IndexedFrom, database.Options.GraphFrom);
        var chunks = await connection.ScalarAsync<long>(
            $"select count(*) from (select 1 from {_tables.Keywords} limit $1) counted", cancellationToken, Sql.Of(most)).ConfigureAwait(false);
        var needsTerms = unindexed.Count > 0 && chunks >= KeywordRebuild.IndexedFrom;
        needsGraph &= chunks >= database.Options.GraphFrom;
        if (!needsTerms && !needsGraph)
        {
            return;
        }

        OnBegin?.Invoke();

        // At once: each part of the words takes one processor, the graph whatever else there is.
        var work = needsTerms ? unindexed.Select(part => BuildTermsAsync(part, cancellationToken)).ToList() : [];
        work.Add(BesideAsync("records", Analyze, cancellationToken));
        if (needsGraph)
        {
            var analyzed = needsTerms ? _tables.Vectors : string.Join(", ", [_tables.Vectors, .. words]);
            work.Add(BuildGraphAsync(analyzed, cancellationToken));
        }

        await Task.WhenAll(work).ConfigureAwait(false);
    }

    private Task BuildTermsAsync(string part, CancellationToken cancellationToken) => BesideAsync(
        part + "_terms", [Memory(MemoryOfTerms), IndexTables.CreateTerms(part), $"analyze {part}"], cancellationToken);

    /// <summary>Brings the graph up to date, or finds that a new one is the better way to do that.</summary>
    private async Task<bool> NeedsGraphAsync(CancellationToken cancellationToken)
    {
        if (!await IndexTables.HasIndexAsync(connection, _tables.Graph, cancellationToken).ConfigureAwait(false))
        {
            return true;
        }

        var recent = new RecentVectors(connection, _tables);
        if (!await recent.AreManyAsync(cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        return await AloneAsync(
            async () =>
            {
                if (await recent.AreMostAsync(cancellationToken).ConfigureAwait(false))
                {
                    await recent.DropGraphAsync(cancellationToken).ConfigureAwait(false);
                    return true;
                }

                await recent.MoveAsync(intoGraph: true, cancellationToken).ConfigureAwait(false);
                return false;
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <param name="analyzed">Tables of which the planner's statistics are renewed.</param>
    private Task<bool> BuildGraphAsync(string analyzed, CancellationToken cancellationToken) => AloneAsync(
        async () =>
        {
            // What others write meanwhile goes there: the table of the others waits for the graph.
            await connection.ExecuteAsync(_tables.CreateRecent(), cancellationToken).ConfigureAwait(false);
            await new RecentVectors(connection, _tables).MoveAsync(intoGraph: false, cancellationToken).ConfigureAwait(false);
            var memory = await MemoryAsync(cancellationToken).ConfigureAwait(false);
            await BuildAsync(
                connection, _keys.OfIndex(_tables.Graph),
                [memory, _tables.CreateGraph(generation.Pipeline.Dimensions), $"analyze {analyzed}"], cancellationToken).ConfigureAwait(false);
            return true;
        },
        cancellationToken);

    /// <returns>What the work says; false where another run is at it.</returns>
    private async Task<bool> AloneAsync(Func<Task<bool>> work, CancellationToken cancellationToken)
    {
        var key = Sql.Of(_keys.OfIndex(_tables.Recent));
        if (!await connection.ScalarAsync<bool>(
            "select pg_try_advisory_lock(hashtextextended($1, 0))", cancellationToken, key).ConfigureAwait(false))
        {
            return false;
        }

        try
        {
            return await work().ConfigureAwait(false);
        }
        finally
        {
            if (connection.FullState == System.Data.ConnectionState.Open)
            {
                await connection.ExecuteAsync(
                    "select pg_advisory_unlock(hashtextextended($1, 0))", CancellationToken.None,
                    Sql.Of(_keys.OfIndex(_tables.Recent))).ConfigureAwait(false);
            }
        }
    }

    private async Task BesideAsync(string name, string[] statements, CancellationToken cancellationToken) => await database.RunAsync(
        beside => BuildAsync(beside, _keys.OfIndex(name), statements, cancellationToken), cancellationToken).ConfigureAwait(false);

    /// <returns>How many statements were carried out.</returns>
    private static async Task<int> BuildAsync(
        NpgsqlConnection connection, string key, string[] statements, CancellationToken cancellationToken)
    {
        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using var held = transaction.ConfigureAwait(false);
        if (!await connection.ScalarAsync<bool>(
            "select pg_try_advisory_xact_lock(hashtextextended($1, 0))", cancellationToken, Sql.Of(key)).ConfigureAwait(false))
        {
            return 0; // another run is at it
        }

        foreach (var statement in statements)
        {
            await connection.ExecuteAsync(statement, cancellationToken).ConfigureAwait(false);
        }

        await transaction.CommitHeardAsync(cancellationToken).ConfigureAwait(false);
        return statements.Length;
    }

    /// <summary>A graph that does not fit into memory takes many times as long; the server's own setting is for small ones.</summary>
    private async Task<string> MemoryAsync(CancellationToken cancellationToken)
    {
        var rows = await connection.ScalarAsync<long>($"select count(*) from {_tables.Vectors}", cancellationToken).ConfigureAwait(false);
        var wanted = Math.Min(MostMemory, rows * ((2L * generation.Pipeline.Dimensions) + BytesOfNeighbours) * 5 / 4);
        return Memory(wanted);
    }

    /// <param name="wanted">Bytes; where the server's setting is higher, that counts.</param>
    private static string Memory(long wanted) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        select set_config('maintenance_work_mem',
          greatest(pg_size_bytes(current_setting('maintenance_work_mem')), {wanted}) / 1024 || 'kB', true)
        """);
}
