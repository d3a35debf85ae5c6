using Npgsql;
using Tidemark.Postgres.Locking;
using Tidemark.Postgres.Server;

namespace Tidemark.Postgres.Indexing;

/// <summary>
/// Graphs of a generation that is large enough for them. New vectors stand in a table without one and are compared one by one; when they are
/// many, they are moved into a graph, or, if they are more than half as many as the graphs hold, closed off and given one of their own. A
/// graph that is there answers all the time.
/// </summary>
internal sealed class GraphUpkeep(NpgsqlConnection connection, IndexTables tables, int dimensions, PostgresDatabase database)
{
    /// <summary>So many may stay: to compare them one by one takes a search less than a millisecond.</summary>
    private const int MostLeft = 1_000;

    /// <summary>Each of them costs every search its own walk.</summary>
    private const int MostGraphs = 4;

    private const long MostMemory = 2L << 30;
    private const int BytesOfNeighbours = 400;

    private readonly VectorSegments _segments = new(connection, tables);

    /// <summary>As <see cref="LockKeys.OfIndex"/>, of all that is done here.</summary>
    private readonly string _key = new LockKeys(database.Address.Schema).OfIndex(tables.Upkeep);

    public required Action OnBegin { get; init; }

    public bool OnlyMissing { get; init; }

    public bool IsBackground { get; init; }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (!await connection.ScalarAsync<bool>(
            "select pg_try_advisory_lock(hashtextextended($1, 0))", cancellationToken, Sql.Of(_key)).ConfigureAwait(false))
        {
            return; // another process is at it
        }

        try
        {
            await CreateMissingAsync(cancellationToken).ConfigureAwait(false);
            if (!OnlyMissing)
            {
                await TakeUpAsync(cancellationToken).ConfigureAwait(false);
                await MergeAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            if (connection.FullState == System.Data.ConnectionState.Open)
            {
                await connection.ExecuteAsync(
                    "select pg_advisory_unlock(hashtextextended($1, 0))", CancellationToken.None, Sql.Of(_key)).ConfigureAwait(false);
            }
        }
    }

    /// <summary>The first graph, and those of closed tables whose making was cut off.</summary>
    private async Task CreateMissingAsync(CancellationToken cancellationToken)
    {
        var segments = await _segments.ListAsync(cancellationToken).ConfigureAwait(false);
        if (segments.Count == 1)
        {
            OnBegin();
            await _segments.BeginAsync(1, cancellationToken).ConfigureAwait(false);
            segments = await _segments.ListAsync(cancellationToken).ConfigureAwait(false);
        }

        foreach (var segment in segments.SkipLast(1).Where(segment => !segment.HasGraph))
        {
            OnBegin();
            await CreateAsync(segment.Table, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>What was written since.</summary>
    private async Task TakeUpAsync(CancellationToken cancellationToken)
    {
        var segments = await _segments.ListAsync(cancellationToken).ConfigureAwait(false);
        var fresh = segments[^1];
        var waiting = await _segments.CountAsync(fresh.Table, long.MaxValue, cancellationToken).ConfigureAwait(false);
        if (waiting <= MostLeft)
        {
            return;
        }

        OnBegin();
        var graphs = await GraphsAsync(segments, cancellationToken).ConfigureAwait(false);
        if (waiting > graphs.Sum(graph => graph.Rows) / 2)
        {
            await _segments.BeginAsync(tables.NumberOfRecent(fresh.Table) + 1, cancellationToken).ConfigureAwait(false);
            await CreateAsync(fresh.Table, cancellationToken).ConfigureAwait(false);
            return;
        }

        await MoveAsync(fresh.Table, graphs[0].Table, waiting - MostLeft, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The smallest into the largest.</summary>
    private async Task MergeAsync(CancellationToken cancellationToken)
    {
        var segments = await _segments.ListAsync(cancellationToken).ConfigureAwait(false);
        var graphs = await GraphsAsync(segments.SkipLast(1), cancellationToken).ConfigureAwait(false);
        if (graphs.Count <= MostGraphs)
        {
            return;
        }

        OnBegin();
        var smallest = graphs.Last(graph => graph.Table != tables.Vectors).Table;
        await MoveAsync(smallest, graphs[0].Table, long.MaxValue, cancellationToken).ConfigureAwait(false);
        await _segments.DropAsync(smallest, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Largest first.</summary>
    private async Task<List<(string Table, long Rows)>> GraphsAsync(IEnumerable<VectorSegment> segments, CancellationToken cancellationToken)
    {
        var graphs = new List<(string Table, long Rows)>();
        foreach (var segment in segments.Where(segment => segment.HasGraph))
        {
            graphs.Add((segment.Table, await _segments.EstimateAsync(segment.Table, cancellationToken).ConfigureAwait(false)));
        }

        return [.. graphs.OrderByDescending(graph => graph.Rows)];
    }

    /// <summary>In the background no more than half of a processor is taken for it.</summary>
    private async Task MoveAsync(string from, string into, long most, CancellationToken cancellationToken)
    {
        for (long moved = 0, last = 1; moved < most && last > 0; moved += last)
        {
            var started = database.Clock.GetTimestamp();
            last = await _segments.MoveAsync(from, into, cancellationToken).ConfigureAwait(false);
            if (IsBackground)
            {
                await Task.Delay(database.Clock.GetElapsedTime(started), database.Clock, cancellationToken).ConfigureAwait(false);
            }
        }

        // Searches read the table from its beginning to its end.
        await connection.ExecuteAsync($"vacuum {from}", cancellationToken).ConfigureAwait(false);
    }

    /// <summary>One that does not fit into memory takes many times as long; the server's own setting is for small ones.</summary>
    private async Task CreateAsync(string segment, CancellationToken cancellationToken)
    {
        var rows = await _segments.CountAsync(segment, long.MaxValue, cancellationToken).ConfigureAwait(false);
        var index = new ConcurrentIndex(connection, database.Address.Schema, IndexTables.GraphOf(segment))
        {
            Memory = Math.Min(MostMemory, rows * ((2L * dimensions) + BytesOfNeighbours) * 5 / 4),
            IsBackground = IsBackground,
        };
        if (await index.TryCreateAsync(IndexTables.CreateGraph(segment, dimensions), cancellationToken).ConfigureAwait(false))
        {
            await connection.ExecuteAsync($"analyze {segment}", cancellationToken).ConfigureAwait(false);
        }
    }
}
