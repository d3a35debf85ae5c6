using Npgsql;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Rows;

/// <summary>Logs commits. Whoever looks for a moment asks whether those that bound it are what was logged: by a wrong one he would see another state.</summary>
internal static class CommitTotals
{
    /// <summary>Of a row of <c>commit_log</c>: one of its numbers is not what was written. No sum of what damage left may overflow.</summary>
    public const string IsAltered = "total <> sequence::numeric + run + at";

    /// <summary>A row: of namespace $1, sequence $2, run $3, at $4.</summary>
    public const string Log = "insert into commit_log (namespace, sequence, run, at, total) values ($1, $2, $3, $4, $2 + $3 + $4)";

    private const string Bounds = $"""
        select exists (
          select 1 from commit_log where namespace = (select id from namespace where name = $1) and sequence between $2 and $2 + 1 and {IsAltered})
        """;

    /// <returns>The sequence.</returns>
    /// <exception cref="TidemarkException"><c>store.corrupt</c>.</exception>
    public static async Task<long?> RequireAsync(
        NpgsqlConnection connection, string @namespace, long? sequence, CancellationToken cancellationToken) =>
        sequence is not { } known || !await connection.ScalarAsync<bool>(
            Bounds, cancellationToken, Sql.Of(StoreText.Encode(@namespace)), Sql.Of(known)).ConfigureAwait(false)
            ? sequence
            : throw NamespaceSummary.Damaged(@namespace, NamespaceSummary.Misdated);
}
