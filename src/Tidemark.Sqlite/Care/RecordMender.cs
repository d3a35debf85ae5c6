using Tidemark.Documents;
using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Records;
using Tidemark.Sqlite.Storage;

namespace Tidemark.Sqlite.Care;

/// <summary>Puts right what the file itself still knows, inside the caller's transaction.</summary>
internal sealed class RecordMender(SqliteConnection connection, string @namespace)
{
    // Of a namespace that lost its generation: the one whose chunks are open.
    private const string Answering = $"""
        SELECT g.id FROM generation g WHERE g.namespace = ?1
          AND EXISTS (SELECT 1 FROM layout l JOIN document d ON d.key = l.document AND d.{RowStates.Live}
                      WHERE l.generation = g.id AND l.sequence = d.sequence)
        ORDER BY g.{RowStates.Active} DESC, g.id DESC LIMIT 1
        """;

    public long Run(CancellationToken cancellationToken)
    {
        var mended = new CatalogCheck(connection).Mend();
        var id = NamespaceId();
        if (id == 0)
        {
            return mended;
        }

        cancellationToken.ThrowIfCancellationRequested();
        mended += new IdMender(connection, id).Run();
        mended += new TextMender(connection).Run(id);
        mended += MendGeneration(id);
        return mended + new CountCheck(connection, id).Mend();
    }

    private long NamespaceId()
    {
        using var row = connection.Statement("SELECT id FROM namespace WHERE name = ?1");
        row.BindText(1, @namespace);
        return row.Step() ? row.GetInt64(0) : 0;
    }

    private long MendGeneration(long id)
    {
        var answering = connection.Scalar(Answering, id);
        if (answering == 0)
        {
            return 0;
        }

        const string Wrong = $"""
            SELECT count(*) FROM namespace n JOIN generation g ON g.id = ?2
            WHERE n.id = ?1 AND (n.generation IS NOT g.id OR g.{RowStates.NotActive})
            """;
        if (connection.Scalar(Wrong, id, answering) == 0)
        {
            return 0;
        }

        Run("UPDATE namespace SET generation = ?2 WHERE id = ?1", id, answering);
        Run($"UPDATE generation SET state = CASE WHEN id = ?2 THEN 1 ELSE 2 END WHERE namespace = ?1 AND ({RowStates.Active} OR id = ?2)", id, answering);
        return 1;
    }

    private void Run(string sql, long first, long second)
    {
        using var statement = connection.Statement(sql);
        statement.Bind(1, first);
        statement.Bind(2, second);
        statement.Run();
    }
}
