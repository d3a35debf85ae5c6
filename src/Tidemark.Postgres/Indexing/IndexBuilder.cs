using System.Data;
using Npgsql;
using Tidemark.Embedding;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Indexing;

/// <summary>
/// Makes the indexes of a generation once it is large enough to need them, and keeps its graphs up with it, on connections of its own and
/// without holding the namespace: whoever writes meanwhile waits for nothing of it.
/// </summary>
internal sealed class IndexBuilder(PostgresDatabase database, GenerationRecord generation)
{
    private const long MemoryOfTerms = 128L << 20;

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

    /// <summary>Called before something is made.</summary>
    public Action? OnBegin { get; init; }

    /// <summary>Only what no search can be fast without; a graph that is there is left as it is.</summary>
    public bool OnlyMissing { get; init; }

    /// <summary>Beside work that goes on: with one processor, and pauses.</summary>
    public bool IsBackground { get; init; }

    /// <summary>
    /// Vectors of the lexical embedder have no neighbourhoods that a graph could lead through: of the ten nearest it would find three
    /// to six. So all of them are looked at.
    /// </summary>
    private bool CanHaveGraph => !generation.Pipeline.IsExternal
        && !HashingModel.Makes(generation.Pipeline.Space)
        && IndexTables.CanHaveGraph(generation.Pipeline.Dimensions);

    private long MostCounted => Math.Max(KeywordRebuild.IndexedFrom, database.Options.GraphFrom);

    /// <summary>Whether there may be anything to make, asked on the run's own connection, in one message.</summary>
    public async Task<bool> MayBeNeededAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            var (chunks, unindexed) = await _tables.LookAsync(connection, MostCounted, cancellationToken).ConfigureAwait(false);
            return (chunks >= KeywordRebuild.IndexedFrom && unindexed.Count > 0) || (CanHaveGraph && chunks >= database.Options.GraphFrom);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            await connection.ForgetPreparedAsync().ConfigureAwait(false);
            return true; // to be told by who makes them
        }
    }

    public async Task BuildAsync(CancellationToken cancellationToken)
    {
        try
        {
            await database.RunAsync(connection => BuildAsync(connection, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        catch (TidemarkException e) when (
            e.InnerException is PostgresException { SqlState: PostgresErrorCodes.QueryCanceled } && !cancellationToken.IsCancellationRequested)
        {
            // Who drops the generation ends what is made of it; anybody else may, and the next run makes it.
        }
        catch (TidemarkException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UndefinedTable })
        {
            if (await database.RunAsync(
                connection => IndexGeneration.FindAsync(connection, generation.Id, cancellationToken), cancellationToken).ConfigureAwait(false) is not null)
            {
                throw;
            }
        }
    }

    private async Task<bool> BuildAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var (chunks, unindexed) = await _tables.LookAsync(connection, MostCounted, cancellationToken).ConfigureAwait(false);
        var begun = false;
        if (chunks >= KeywordRebuild.IndexedFrom && unindexed.Count > 0)
        {
            Begin();
            var terms = BuildTermsAsync(unindexed, cancellationToken);
            await ServerLine.Of(connection).IdleAsync(new ValueTask<bool[]>(terms)).ConfigureAwait(false); // other lines are busy with it
        }

        if (CanHaveGraph && chunks >= database.Options.GraphFrom)
        {
            var upkeep = new GraphUpkeep(connection, _tables, generation.Pipeline.Dimensions, database)
            {
                OnBegin = Begin,
                OnlyMissing = OnlyMissing,
                IsBackground = IsBackground,
            };
            await upkeep.RunAsync(cancellationToken).ConfigureAwait(false);
        }

        return begun;

        void Begin()
        {
            if (!begun)
            {
                OnBegin?.Invoke();
            }

            begun = true;
        }
    }

    /// <summary>At once: each part of the words takes one processor.</summary>
    private Task<bool[]> BuildTermsAsync(IReadOnlyList<string> parts, CancellationToken cancellationToken)
    {
        var work = parts.Select(part => database.RunAsync(
            async connection =>
            {
                var index = new ConcurrentIndex(connection, database.Address.Schema, IndexTables.TermsOf(part)) { Memory = MemoryOfTerms };
                if (await index.TryCreateAsync(IndexTables.CreateTermsBeside(part), cancellationToken).ConfigureAwait(false))
                {
                    await connection.ExecuteAsync($"analyze {part}", cancellationToken).ConfigureAwait(false);
                }

                return true;
            },
            cancellationToken).AsTask()).ToList();
        work.Add(database.RunAsync(connection => AnalyzeAsync(connection, cancellationToken), cancellationToken).AsTask());
        return Task.WhenAll(work);
    }

    private static async Task<bool> AnalyzeAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken).ConfigureAwait(false);
        await using var held = transaction.ConfigureAwait(false);
        foreach (var statement in Analyze)
        {
            await connection.ExecuteAsync(statement, cancellationToken).ConfigureAwait(false);
        }

        await transaction.CommitHeardAsync(cancellationToken).ConfigureAwait(false);
        return true;
    }
}
