using Tidemark.Records;
using Tidemark.Sqlite.Engine;

namespace Tidemark.Sqlite.Maintenance;

/// <summary>Until when the history of each namespace is over.</summary>
internal static class HistoryEnds
{
    // A namespace's history ends before the first commit that is not old enough, so that a clock that went backward
    // never makes it reach further. (?2 is the time now.)
    private const string Limit = $"""
        SELECT coalesce(
          (SELECT min(c.sequence) FROM commit_log c
           WHERE c.namespace = n.id AND c.at >= ?1 AND (c.at <= ?2 OR coalesce(({TimesAhead.OfCommit}), c.at) >= ?1)) - 1,
          n.sequence)
        FROM namespace n WHERE n.id = ?3
        """;

    public static List<SweptNamespace> List(SqliteConnection connection, HistoryLimits history, DateTimeOffset now)
    {
        var swept = new List<SweptNamespace>();
        using var name = connection.Statement("SELECT id, name FROM namespace ORDER BY id");
        using var limit = connection.Statement(Limit);
        while (name.Step())
        {
            limit.Reset();
            limit.Bind(1, history.Of(name.GetText(1)).ToStored());
            limit.Bind(2, now.ToStored());
            limit.Bind(3, name.GetInt64(0));
            limit.Step();
            swept.Add(new SweptNamespace(name.GetInt64(0), name.GetText(1), limit.GetInt64(0)));
        }

        return swept;
    }
}
