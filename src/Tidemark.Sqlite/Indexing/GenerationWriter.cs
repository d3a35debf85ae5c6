using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Rows;

namespace Tidemark.Sqlite.Indexing;

/// <summary>The two halves of one generation's index, open for writing.</summary>
/// <param name="Vectors">Null where vectors are indexed outside.</param>
/// <param name="Outbox">Null where vectors are indexed here.</param>
internal sealed record GenerationWriter(VectorPackWriter? Vectors, KeywordWriter Keywords, OutboxWriter? Outbox)
{
    /// <exception cref="TidemarkException"><c>store.corrupt</c>: the tables were dropped behind our back.</exception>
    public static GenerationWriter Open(SqliteConnection connection, long generation, TimeProvider clock)
    {
        var tables = new IndexTables(generation);
        var isExternal = ExternalIndexTable.Holds(connection, generation);
        if ((!isExternal && !tables.HasVectors(connection)) || !tables.HasKeywords(connection))
        {
            throw tables.Damaged(connection.Path);
        }

        var keywords = new KeywordWriter(connection, tables);
        if (isExternal)
        {
            return new GenerationWriter(null, keywords, new OutboxWriter(connection, generation, keywords, clock));
        }

        var dimensions = (int)connection.Scalar(
            "SELECT s.dimensions FROM generation g JOIN space s ON s.id = g.space WHERE g.id = ?1", generation);
        return new GenerationWriter(new VectorPackWriter(connection, tables, dimensions), keywords, null);
    }
}
