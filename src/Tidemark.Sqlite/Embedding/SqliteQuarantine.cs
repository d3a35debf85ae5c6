using Tidemark.Documents;
using Tidemark.Embedding;
using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Storage;

namespace Tidemark.Sqlite.Embedding;

/// <summary>The rows of <c>quarantine</c>. There are few of them, and on most days none.</summary>
internal sealed class SqliteQuarantine(SqliteDatabase database) : IQuarantine
{
    private const string Columns = "SELECT namespace, document, space, input, code, message, since FROM quarantine";
    private const string ByInput = Columns + " WHERE space = ?1 AND input = ?2 LIMIT 1";
    private const string ByNamespace = Columns + " WHERE namespace = ?1 ORDER BY document, input";
    private const string AnyRow = "SELECT EXISTS (SELECT 1 FROM quarantine WHERE space = ?1)";
    private const string DeleteRow = "DELETE FROM quarantine WHERE namespace = ?1 AND document = ?2";

    private const string DeleteOther =
        "DELETE FROM quarantine WHERE namespace = ?1 AND document = ?2 AND space = ?3 AND input = ?4";

    private const string InsertRow = """
        INSERT INTO quarantine (namespace, document, space, input, code, message, since)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING
        """;

    public ValueTask<IReadOnlyList<QuarantinedInput>> FindAsync(
        EmbeddingSpace space, IReadOnlyCollection<ContentHash> inputs, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var reader = database.Readers.RentSnapshot();
        var found = new List<QuarantinedInput>();
        if (HasAny(reader.Connection, space.Name))
        {
            foreach (var input in inputs)
            {
                using var row = reader.Connection.Statement(ByInput);
                row.BindText(1, space.Name);
                row.Bind(2, input);
                if (row.Step())
                {
                    found.Add(Read(row));
                }
            }
        }

        return ValueTask.FromResult<IReadOnlyList<QuarantinedInput>>(found);
    }

    public ValueTask<IReadOnlyList<QuarantinedInput>> ListAsync(string @namespace, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var reader = database.Readers.Rent();
        return ValueTask.FromResult<IReadOnlyList<QuarantinedInput>>(List(reader.Connection, @namespace));
    }

    public async ValueTask PutAsync(IReadOnlyList<QuarantinedInput> inputs, CancellationToken cancellationToken)
    {
        using var writer = await database.HoldWriterAsync(cancellationToken).ConfigureAwait(false);
        writer.InTransaction((connection, _) =>
        {
            foreach (var document in inputs.GroupBy(input => (input.Namespace, input.Document)))
            {
                Put(connection, [.. document]);
            }

            return inputs.Count;
        });
    }

    public async ValueTask ReleaseAsync(
        string @namespace, IReadOnlyCollection<string> documents, CancellationToken cancellationToken)
    {
        using var writer = await database.HoldWriterAsync(cancellationToken).ConfigureAwait(false);
        writer.InTransaction((connection, _) =>
        {
            foreach (var document in documents)
            {
                using var delete = connection.Statement(DeleteRow);
                delete.BindText(1, @namespace);
                delete.BindText(2, document);
                delete.Step();
            }

            return documents.Count;
        });
    }

    private static bool HasAny(SqliteConnection connection, string space)
    {
        using var row = connection.Statement(AnyRow);
        row.BindText(1, space);
        return row.Step() && row.GetInt32(0) != 0;
    }

    private static List<QuarantinedInput> List(SqliteConnection connection, string @namespace)
    {
        using var row = connection.Statement(ByNamespace);
        row.BindText(1, @namespace);
        var entries = new List<QuarantinedInput>();
        while (row.Step())
        {
            entries.Add(Read(row));
        }

        return entries;
    }

    private static void Put(SqliteConnection connection, List<QuarantinedInput> entries)
    {
        var kept = entries.Select(entry => (entry.Space, entry.Input)).ToHashSet();
        foreach (var former in List(connection, entries[0].Namespace)
            .Where(f => string.Equals(f.Document, entries[0].Document, StringComparison.Ordinal) && !kept.Contains((f.Space, f.Input))))
        {
            using var delete = connection.Statement(DeleteOther);
            BindKey(delete, former);
            delete.Step();
        }

        foreach (var entry in entries)
        {
            using var insert = connection.Statement(InsertRow);
            BindKey(insert, entry);
            insert.BindText(5, entry.Code);
            insert.BindText(6, entry.Message);
            insert.Bind(7, entry.Since.ToStored());
            insert.Step();
        }
    }

    private static void BindKey(SqliteStatement statement, QuarantinedInput entry)
    {
        statement.BindText(1, entry.Namespace);
        statement.BindText(2, entry.Document);
        statement.BindText(3, entry.Space);
        statement.Bind(4, entry.Input);
    }

    private static QuarantinedInput Read(SqliteStatement row) => new()
    {
        Namespace = row.GetText(0),
        Document = row.GetText(1),
        Space = row.GetText(2),
        Input = row.GetHash(3),
        Code = row.GetText(4),
        Message = row.GetText(5),
        Since = StoreTime.FromStored(row.GetInt64(6), "table quarantine", "since"),
    };
}
