using Tidemark.Sqlite.Engine;

namespace Tidemark.Sqlite.Maintenance;

/// <summary>
/// Gives pages that nothing uses back to the system in short transactions, where the file is kept for that (SQLite's incremental mode of
/// <c>auto_vacuum</c>): pages of its end take the places of free ones. A file that is not is written anew once, and is from then on.
/// </summary>
internal sealed class FreePages(SweepTurns turns)
{
    private const long Incremental = 2;

    /// <summary>In one transaction.</summary>
    private const int AtOnce = 256;

    /// <returns>False: the file is not kept for that.</returns>
    public async Task<bool> TryGiveBackAsync(CancellationToken cancellationToken)
    {
        if (turns.Look(connection => connection.Scalar("PRAGMA auto_vacuum")) != Incremental)
        {
            return false;
        }

        for (var free = turns.Look(Count); free > 0;)
        {
            var left = await turns.RunAsync(GiveBack, cancellationToken).ConfigureAwait(false);
            if (left >= free)
            {
                break;
            }

            free = left;
        }

        await turns.CutAsync(cancellationToken).ConfigureAwait(false);
        return true;
    }

    private static long Count(SqliteConnection connection) => connection.Scalar("PRAGMA freelist_count");

    private static long GiveBack(SqliteConnection connection)
    {
        using (var vacuum = connection.Statement($"PRAGMA incremental_vacuum({AtOnce})"))
        {
            while (vacuum.Step())
            {
                // A step is a page.
            }
        }

        return Count(connection);
    }
}
