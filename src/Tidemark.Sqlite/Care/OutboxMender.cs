using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Rows;

namespace Tidemark.Sqlite.Care;

/// <summary>
/// What an external index has not got yet: what each change is, which its chunk tells, and changes that are gone, for which documents
/// would wait for ever.
/// </summary>
internal sealed class OutboxMender(SqliteConnection connection)
{
    private const string Wrong = RowStates.UnknownChange;

    private const string Waiting = $"""
        FROM unpublished u JOIN chunk c ON c.generation = u.generation AND c.document = u.document AND c.to_sequence IS NULL
        WHERE NOT EXISTS (SELECT 1 FROM outbox o WHERE o.generation = u.generation AND o.document = u.document AND o.{RowStates.Put})
        """;

    private const string SetChange = $"""
        UPDATE outbox SET change = iif(EXISTS (
          SELECT 1 FROM chunk c WHERE c.key = outbox.chunk AND c.from_sequence = outbox.opened AND c.to_sequence IS NULL), {RowStates.PutNumber}, {RowStates.DeleteNumber})
        WHERE {Wrong}
        """;

    private const string PutAgain = $"""
        INSERT OR REPLACE INTO outbox (generation, document, chunk, opened, change, at)
        SELECT c.generation, c.document, c.key, c.from_sequence, {RowStates.PutNumber}, CAST(strftime('%s') AS INTEGER) * 10000000 {Waiting}
        """;

    public void Find(DamageList damages)
    {
        if (connection.Scalar($"SELECT count(*) FROM outbox WHERE {Wrong}") is > 0 and var found)
        {
            damages.AddForeignValues("outbox", "change", found);
        }

        if (connection.Scalar($"SELECT count(DISTINCT u.document) {Waiting}") is > 0 and var waiting)
        {
            damages.AddWaitingForNothing(waiting);
        }
    }

    public long Mend() => Run(SetChange) + Run(PutAgain);

    private long Run(string sql)
    {
        using var statement = connection.Statement(sql);
        statement.Run();
        return connection.Changes;
    }
}
