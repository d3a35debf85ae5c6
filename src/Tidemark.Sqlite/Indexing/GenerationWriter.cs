using Tidemark.Sqlite.Engine;

namespace Tidemark.Sqlite.Indexing;

/// <summary>The two halves of one generation's index, open for writing.</summary>
internal sealed record GenerationWriter(VectorPackWriter Vectors, KeywordWriter Keywords)
{
    /// <exception cref="TidemarkException"><c>store.corrupt</c>: the tables were dropped behind our back.</exception>
    public static GenerationWriter Open(SqliteConnection connection, long generation)
    {
        var tables = new IndexTables(generation);
        if (!tables.HasVectors(connection) || !tables.HasKeywords(connection))
        {
            throw tables.Damaged(connection.Path);
        }

        var dimensions = (int)connection.Scalar(
            "SELECT s.dimensions FROM generation g JOIN space s ON s.id = g.space WHERE g.id = ?1", generation);
        return new GenerationWriter(
            new VectorPackWriter(connection, tables, dimensions), new KeywordWriter(connection, tables));
    }
}
