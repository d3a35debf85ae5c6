using Tidemark.Documents;
using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Records;

namespace Tidemark.Sqlite.Care;

/// <summary>
/// Ids stand twice, in the rows and in the index over them. Where the two differ, the seal says which is right; then the indexes
/// are made again. An index is never made from ids that no seal confirms.
/// </summary>
internal sealed class IdMender(SqliteConnection connection, long @namespace)
{
    private const string IndexedIds = "SELECT key, id FROM document INDEXED BY document_by_id WHERE namespace = ?1";
    private const string UniqueIndex = "CREATE UNIQUE INDEX document_by_id ON document (namespace, id)";

    public long Run()
    {
        var indexed = ReadIndex();
        var wrong = new List<(long Key, string Id)>();
        foreach (var (key, id) in indexed)
        {
            using var row = connection.Statement("SELECT id FROM document WHERE key = ?1");
            row.Bind(1, key);
            if (row.Step() && row.GetText(0) != id)
            {
                wrong.Add((key, id));
            }
        }

        if (wrong.Count == 0 && !IndexesDiffer())
        {
            return 0;
        }

        connection.Execute("DROP INDEX document_by_id");
        var mended = wrong.Sum(pair => TryRename(pair.Key, pair.Id));
        connection.Execute(UniqueIndex); // two documents of one id: the transaction fails, and nothing has changed
        connection.Execute("REINDEX");
        return Math.Max(1, mended);
    }

    private List<(long Key, string Id)> ReadIndex()
    {
        var ids = new List<(long, string)>();
        using var rows = connection.Statement(IndexedIds);
        rows.Bind(1, @namespace);
        while (rows.Step())
        {
            ids.Add((rows.GetInt64(0), rows.GetText(1)));
        }

        return ids;
    }

    private bool IndexesDiffer() => new PageCheck(connection).Run().Any(line => line.Contains("index", StringComparison.Ordinal));

    private int TryRename(long key, string id)
    {
        var (record, damage) = new DocumentLoader(connection).Examine([new DocumentKey(key)], withText: false)[0];
        if (damage is null || SealOf(key) is not { } seal || DocumentSeal.Of(Whole(key) with { Id = id }) != seal)
        {
            return 0;
        }

        using var rename = connection.Statement("UPDATE document SET id = ?2 WHERE key = ?1");
        rename.Bind(1, record.Glance.Key.Value);
        rename.BindText(2, id);
        rename.Run();
        return 1;
    }

    private long? SealOf(long key)
    {
        using var row = connection.Statement("SELECT seal FROM document WHERE key = ?1");
        row.Bind(1, key);
        return row.Step() ? row.GetNullableInt64(0) : null;
    }

    private DocumentRecord Whole(long key) => new DocumentLoader(connection).Read(new DocumentKey(key));
}
