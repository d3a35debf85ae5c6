using Npgsql;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Maintenance;

/// <summary>
/// Times that were noted by a clock which was ahead: they lie beyond now. What came after them by number, with a time that has been, says
/// that they were no later than that; where nothing did, nothing is known of them.
/// </summary>
internal static class TimesAhead
{
    /// <summary>The latest that commit <c>c</c> can have been; $2 is the time now.</summary>
    public const string OfCommit = """
        select l.at from commit_log l where l.namespace = c.namespace and l.sequence > c.sequence and l.at <= $2
        order by l.sequence limit 1
        """;

    /// <summary>The latest that embedding <c>e</c> can have been stored: when a later run began.</summary>
    public const string OfEmbedding =
        "select r.started_at from run r where e.run > 0 and r.id > e.run and r.started_at <= $2 order by r.id limit 1";

    private static readonly string CorrectCommits = Alone(
        $"update commit_log c set at = ({OfCommit}), total = sequence + run + ({OfCommit}) where c.at > $2 and exists ({OfCommit})");

    private static readonly string CorrectEmbeddings = Alone(
        $"update embedding e set stored_at = ({OfEmbedding}) where e.stored_at > $2 and exists ({OfEmbedding})");

    /// <summary>Whether there is any, which is looked for without a lock.</summary>
    public static Task<bool> AreThereAsync(NpgsqlConnection connection, DateTimeOffset now, CancellationToken cancellationToken) =>
        connection.ScalarAsync<bool>(
            "select exists (select 1 from commit_log where at > $1) or exists (select 1 from embedding where stored_at > $1)",
            cancellationToken,
            Sql.Of(now.ToStored()));

    /// <summary>Notes what is known of them, before the clock has caught up with them and they look like any other.</summary>
    public static async Task CorrectAsync(NpgsqlConnection connection, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var sql in new[] { CorrectCommits, CorrectEmbeddings })
        {
            await connection.ExecuteAsync(sql, cancellationToken, Sql.Of(now.ToStored())).ConfigureAwait(false);
        }
    }

    private static string Alone(string sql) => sql.Replace("$2", "$1", StringComparison.Ordinal);
}
