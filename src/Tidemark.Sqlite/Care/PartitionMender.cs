using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Rows;

namespace Tidemark.Sqlite.Care;

/// <summary>Puts right whether the chunks of a document are its whole text, where hash and text tell.</summary>
internal sealed class PartitionMender(SqliteConnection connection, long @namespace)
{
    private const string Turn = """
        UPDATE layout SET is_partition = (is_partition = 0)
        WHERE document = ?2 AND generation = (SELECT generation FROM namespace WHERE id = ?1)
        """;

    public long Run()
    {
        var wrong = new LivePages(connection, @namespace)
            .SelectMany(page => new DocumentLoader(connection).Examine(page, withText: true))
            .Where(document => document.Damage == StoredDocument.WrongPartition)
            .Select(document => document.Record.Glance.Key)
            .ToList();
        foreach (var key in wrong)
        {
            using var turn = connection.Statement(Turn);
            turn.Bind(1, @namespace);
            turn.Bind(2, key.Value);
            turn.Run();
        }

        return wrong.Count;
    }
}
