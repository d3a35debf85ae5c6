using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Indexing;
using Tidemark.Sqlite.Rows;

namespace Tidemark.Sqlite.Maintenance;

/// <summary>
/// Puts the index of words together where it lies in many pieces, which hold what was deleted since, and drops packs of vectors in which
/// nothing is left; in short transactions, generation after generation. Where nothing was deleted there is nothing to do.
/// </summary>
internal sealed class StoreReindex(SweepTurns turns)
{
    /// <summary>In one transaction; FTS5 counts pages of its own.</summary>
    private const int Pages = 64;

    private const string Generations = $"SELECT id FROM generation WHERE NOT {RowStates.Retired} ORDER BY id";

    /// <param name="from">From which share of pieces that are not the largest on, of all pages of words.</param>
    /// <param name="cancellationToken">Ends it between two transactions.</param>
    /// <returns>Of how many generations something was put together.</returns>
    public async Task<int> RunAsync(double from, CancellationToken cancellationToken)
    {
        var made = 0;
        foreach (var generation in turns.Look(List))
        {
            var tables = new IndexTables(generation);
            var isWorn = turns.Look(connection => tables.HasWords(connection) && ShareOfSmall(connection, tables) >= from);
            var isEmptied = turns.Look(connection => tables.HasVectors(connection)
                && connection.Scalar($"SELECT EXISTS (SELECT 1 FROM {tables.Packs} WHERE live = 0)") != 0);
            if (isWorn)
            {
                await MergeAsync(tables, cancellationToken).ConfigureAwait(false);
            }

            if (isEmptied)
            {
                await turns.RunAsync(connection => DropEmpty(connection, tables), cancellationToken).ConfigureAwait(false);
            }

            made += isWorn || isEmptied ? 1 : 0;
        }

        return made;
    }

    private static List<long> List(SqliteConnection connection)
    {
        var generations = new List<long>();
        using var row = connection.Statement(Generations);
        while (row.Step())
        {
            generations.Add(row.GetInt64(0));
        }

        return generations;
    }

    /// <summary>Of the pages of words those that are not in the largest piece: what was deleted is noted there, and taken out when they are one.</summary>
    private static double ShareOfSmall(SqliteConnection connection, IndexTables tables)
    {
        using var row = connection.Statement(
            $"SELECT count(*), coalesce(max(pages), 0), coalesce(sum(pages), 0) FROM (SELECT count(*) AS pages FROM {tables.Keywords}_data WHERE id > 10 GROUP BY id >> 37)");
        row.Step();
        var (pieces, largest, all) = (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2));
        return pieces < 2 ? 0 : 1 - ((double)largest / all);
    }

    /// <summary>The first step makes one list of all pieces, the others go along it (https://sqlite.org/fts5.html#the_merge_command).</summary>
    private async Task MergeAsync(IndexTables tables, CancellationToken cancellationToken)
    {
        for (var pages = -Pages; ; pages = Pages)
        {
            var step = pages;
            if (!await turns.RunAsync(connection => Merge(connection, tables, step), cancellationToken).ConfigureAwait(false))
            {
                return;
            }
        }
    }

    private static bool Merge(SqliteConnection connection, IndexTables tables, int pages)
    {
        var before = connection.Scalar("SELECT total_changes()");
        using (var merge = connection.Statement($"INSERT INTO {tables.Keywords} ({tables.Keywords}, rank) VALUES ('merge', ?1)"))
        {
            merge.Bind(1, pages);
            merge.Step();
        }

        return connection.Scalar("SELECT total_changes()") - before >= 2;
    }

    /// <summary>With a new stamp, so that whoever keeps packs in memory reads them anew.</summary>
    private static bool DropEmpty(SqliteConnection connection, IndexTables tables)
    {
        connection.Execute(
            $"""
            DELETE FROM {tables.Codes} WHERE pack IN (SELECT pack FROM {tables.Packs} WHERE live = 0);
            DELETE FROM {tables.Packs} WHERE live = 0;
            UPDATE vector_stamp SET stamp = stamp + 1 WHERE generation = {tables.Generation};
            """);
        return true;
    }
}
