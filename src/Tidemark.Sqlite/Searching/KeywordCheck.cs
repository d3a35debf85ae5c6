using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Indexing;

namespace Tidemark.Sqlite.Searching;

/// <summary>Compares the keyword index with the open chunks: who is in it, and with which words.</summary>
internal static class KeywordCheck
{
    /// <param name="readKeywords">False: words and texts differ.</param>
    public static LayerCheck Run(
        SqliteConnection connection, IndexGeneration generation, KeySet open, Func<bool> readKeywords)
    {
        try
        {
            return generation.Tables.HasKeywords(connection)
                ? Compare(connection, generation, open, readKeywords)
                : new LayerCheck(0, Math.Max(1, open.Count), 0, 0);
        }
        catch (TidemarkException e) when (e.Code is ErrorCodes.StoreCorrupt or ErrorCodes.StoreFailed)
        {
            return new LayerCheck(0, Math.Max(1, open.Count), 0, 0); // unreadable, or gone behind our back
        }
    }

    private static LayerCheck Compare(
        SqliteConnection connection, IndexGeneration generation, KeySet open, Func<bool> readKeywords)
    {
        var present = 0L;
        var orphaned = 0L;
        using (var rows = connection.Statement($"SELECT id FROM {generation.Tables.KeywordSizes}"))
        {
            while (rows.Step())
            {
                var isOpen = open.Contains(rows.GetInt64(0));
                present += isOpen ? 1 : 0;
                orphaned += isOpen ? 0 : 1;
            }
        }

        // Which rows the differing words belong to cannot be told, so none of them is trusted.
        var isComplete = present == open.Count && orphaned == 0;
        var stale = isComplete && !readKeywords() ? Math.Max(1, present) : 0;
        return new LayerCheck(present + orphaned, open.Count - present, orphaned, stale);
    }
}
