using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Rows;

namespace Tidemark.Sqlite.Care;

/// <summary>
/// Namespaces and ids stand twice, in the rows and in the index over them. Where the two differ, the seal says which is right; then
/// the indexes are made again. An index is never made from ids that no seal confirms.
/// </summary>
internal sealed class IdMender(SqliteConnection connection)
{
    /// <summary>The index as it is, and the rows by their keys.</summary>
    internal const string DifferingRows = """
        SELECT d.key, d.namespace, d.id, i.namespace, i.id
        FROM document i INDEXED BY document_by_id CROSS JOIN document d NOT INDEXED ON d.key = i.key
        WHERE d.id <> i.id OR d.namespace <> i.namespace
        """;

    private const string UniqueIndex = "CREATE UNIQUE INDEX document_by_id ON document (namespace, id)";
    private const string SealOfRow = "SELECT seal FROM document WHERE key = ?1 AND seal IS NOT NULL";
    private const string SourceInNamespace = "SELECT count(*) FROM source WHERE id = ?1 AND namespace = ?2";

    /// <param name="isIndexDamaged">Whether indexes are known not to be what their rows say.</param>
    /// <returns>How many ids and indexes were put right; 0 where no seal says what is right.</returns>
    public long Run(bool isIndexDamaged)
    {
        var judged = Differing().ConvertAll(Judge);
        if (judged.Contains(null) || (judged.Count == 0 && !isIndexDamaged))
        {
            return 0;
        }

        connection.Execute("DROP INDEX document_by_id");
        foreach (var place in judged)
        {
            Put(place!.Value);
        }

        connection.Execute(UniqueIndex); // two documents of one id: the transaction fails, and nothing has changed
        connection.Execute("REINDEX");
        return Math.Max(1, judged.Count);
    }

    private List<(Place Row, Place Index)> Differing()
    {
        var differing = new List<(Place, Place)>();
        using var rows = connection.Statement(DifferingRows);
        while (rows.Step())
        {
            var key = rows.GetInt64(0);
            differing.Add((new Place(key, rows.GetInt64(1), rows.GetText(2)), new Place(key, rows.GetInt64(3), rows.GetText(4))));
        }

        return differing;
    }

    /// <returns>Which of the two the seal confirms; null: neither.</returns>
    private Place? Judge((Place Row, Place Index) pair)
    {
        using var row = connection.Statement(SealOfRow);
        row.Bind(1, pair.Row.Key);
        if (!row.Step())
        {
            return null;
        }

        var (seal, document) = (row.GetInt64(0), new DocumentLoader(connection).Read(new DocumentKey(pair.Row.Key)));
        return Confirms(seal, document, pair.Index) ? pair.Index : Confirms(seal, document, pair.Row) ? pair.Row : null;
    }

    /// <summary>The seal covers the id and the source, and the source's row, which stands three times, names the namespace.</summary>
    private bool Confirms(long seal, DocumentRecord row, Place place) =>
        DocumentSeal.Holds(row with { Id = place.Id, SourceId = row.SourceId == row.Id ? place.Id : row.SourceId }, seal)
        && connection.Scalar(SourceInNamespace, row.Glance.Source.Value, place.Namespace) > 0;

    private void Put(Place place)
    {
        using var update = connection.Statement("UPDATE document SET namespace = ?2, id = ?3 WHERE key = ?1");
        update.Bind(1, place.Key);
        update.Bind(2, place.Namespace);
        update.BindText(3, place.Id);
        update.Run();
    }

    private readonly record struct Place(long Key, long Namespace, string Id);
}
