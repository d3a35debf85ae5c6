using System.Globalization;
using Npgsql;
using Tidemark.Postgres.Locking;
using Tidemark.Postgres.Storage;
using Tidemark.Records;

namespace Tidemark.Postgres.Indexing;

/// <summary>
/// Makes the indexes of a generation once it is large enough to need them: at the end of the run that reaches that size, for
/// building them whole is many times cheaper than row by row. From then on every transaction maintains them.
/// </summary>
internal static class IndexBuilder
{
    private const int TermsFrom = 1_000;
    private const long MostMemory = 2L << 30;
    private const long MemoryOfTerms = 256L << 20;
    private const int BytesOfNeighbours = 400;

    public static async Task BuildAsync(
        PostgresDatabase database, NpgsqlConnection connection, GenerationRecord generation, CancellationToken cancellationToken)
    {
        var tables = new IndexTables(generation.Id);
        var dimensions = generation.Pipeline.Dimensions;
        var needsTerms = !await IndexTables.HasIndexAsync(connection, tables.Terms, cancellationToken).ConfigureAwait(false);
        var needsGraph = !generation.Pipeline.IsExternal && IndexTables.CanHaveGraph(dimensions)
            && !await IndexTables.HasIndexAsync(connection, tables.Graph, cancellationToken).ConfigureAwait(false);
        if (!needsTerms && !needsGraph)
        {
            return;
        }

        var most = Math.Max(TermsFrom, database.Options.GraphFrom);
        var chunks = await connection.ScalarAsync<long>(
            $"select count(*) from (select 1 from {tables.Keywords} limit $1) counted", cancellationToken, Sql.Of(most)).ConfigureAwait(false);
        needsTerms &= chunks >= TermsFrom;
        needsGraph &= chunks >= database.Options.GraphFrom;
        if (!needsTerms && !needsGraph)
        {
            return;
        }

        // Both at once: the words take one processor, the graph whatever else there is.
        var keys = new LockKeys(database.Address.Schema);
        var terms = needsTerms ? BuildTermsAsync(database, tables, keys, cancellationToken) : Task.FromResult(false);
        try
        {
            if (needsGraph)
            {
                var memory = await MemoryAsync(connection, tables, dimensions, cancellationToken).ConfigureAwait(false);
                await BuildAsync(
                    connection, keys.OfIndex(tables.Graph), [memory, tables.CreateGraph(dimensions)], cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            await terms.ConfigureAwait(false);
        }

        var vectors = generation.Pipeline.IsExternal ? "" : tables.Vectors + ", ";
        await connection.ExecuteAsync($"analyze {vectors}{tables.Keywords}, document, chunk, layout", cancellationToken)
            .ConfigureAwait(false);
    }

    private static Task<bool> BuildTermsAsync(
        PostgresDatabase database, IndexTables tables, LockKeys keys, CancellationToken cancellationToken) => database.RunAsync(
        async connection =>
        {
            await BuildAsync(
                connection, keys.OfIndex(tables.Terms), [Memory(MemoryOfTerms), tables.CreateTerms()], cancellationToken).ConfigureAwait(false);
            return true;
        },
        cancellationToken).AsTask();

    private static async Task BuildAsync(
        NpgsqlConnection connection, string key, string[] statements, CancellationToken cancellationToken)
    {
        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using var held = transaction.ConfigureAwait(false);
        if (!await connection.ScalarAsync<bool>(
            "select pg_try_advisory_xact_lock(hashtextextended($1, 0))", cancellationToken, Sql.Of(key)).ConfigureAwait(false))
        {
            return; // another run is at it
        }

        foreach (var statement in statements)
        {
            await connection.ExecuteAsync(statement, cancellationToken).ConfigureAwait(false);
        }

        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A graph that does not fit into memory takes many times as long; the server's own setting is for small ones.</summary>
    private static async Task<string> MemoryAsync(
        NpgsqlConnection connection, IndexTables tables, int dimensions, CancellationToken cancellationToken)
    {
        var rows = await connection.ScalarAsync<long>($"select count(*) from {tables.Vectors}", cancellationToken).ConfigureAwait(false);
        var wanted = Math.Min(MostMemory, rows * ((2L * dimensions) + BytesOfNeighbours) * 5 / 4);
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
