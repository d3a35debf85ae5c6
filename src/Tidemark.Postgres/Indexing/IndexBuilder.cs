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
        var statements = new List<string>();
        if (needsTerms && chunks >= TermsFrom)
        {
            statements.Add(tables.CreateTerms());
        }

        if (needsGraph && chunks >= database.Options.GraphFrom)
        {
            statements.Add(await MemoryAsync(connection, tables, dimensions, cancellationToken).ConfigureAwait(false));
            statements.Add(tables.CreateGraph(dimensions));
        }

        if (statements.Count > 0)
        {
            await BuildAsync(connection, new LockKeys(database.Address.Schema).OfIndexes(generation.Id), statements, cancellationToken)
                .ConfigureAwait(false);
            await connection.ExecuteAsync($"analyze {(generation.Pipeline.IsExternal ? "" : tables.Vectors + ", ")}{tables.Keywords}, document, chunk, layout", cancellationToken)
                .ConfigureAwait(false);
        }
    }

    private static async Task BuildAsync(
        NpgsqlConnection connection, string key, List<string> statements, CancellationToken cancellationToken)
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
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            select set_config('maintenance_work_mem',
              greatest(pg_size_bytes(current_setting('maintenance_work_mem')), {wanted}) / 1024 || 'kB', true)
            """);
    }
}
