using Tidemark.Records;
using Tidemark.Sqlite.Engine;

namespace Tidemark.Sqlite.Applying;

/// <summary>Writes what a batch does to the live counters.</summary>
internal static class LiveCounts
{
    private const string SourceRow =
        "UPDATE source SET documents = documents + ?2, chunks = chunks + ?3, tokens = tokens + ?4 WHERE id = ?1";

    private const string BesideRow = """
        INSERT INTO source_count (generation, source, chunks, tokens) VALUES (?1, ?2, ?3, ?4)
        ON CONFLICT (generation, source) DO UPDATE SET chunks = chunks + excluded.chunks, tokens = tokens + excluded.tokens
        """;

    private const string GenerationRow =
        "UPDATE generation SET documents = documents + ?2, chunks = chunks + ?3 WHERE id = ?1";

    public static void Write(SqliteConnection connection, BatchDecision decisions, WriteScope scope)
    {
        foreach (var (source, count) in decisions.Counts)
        {
            using var row = connection.Statement(SourceRow);
            row.Bind(1, source);
            row.Bind(2, count.Documents);
            row.Bind(3, count.Chunks);
            row.Bind(4, count.Tokens);
            row.Step();
        }

        foreach (var (source, count) in decisions.CountsBeside)
        {
            using var row = connection.Statement(BesideRow);
            row.Bind(1, scope.Building);
            row.Bind(2, source);
            row.Bind(3, count.Chunks);
            row.Bind(4, count.Tokens);
            row.Step();
        }

        Write(connection, scope.Active, decisions.Total);
        Write(connection, scope.Building, decisions.Beside);
    }

    private static void Write(SqliteConnection connection, long generation, CountChange change)
    {
        if (change.Documents != 0 || change.Chunks != 0)
        {
            using var row = connection.Statement(GenerationRow);
            row.Bind(1, generation);
            row.Bind(2, change.Documents);
            row.Bind(3, change.Chunks);
            row.Step();
        }
    }
}
