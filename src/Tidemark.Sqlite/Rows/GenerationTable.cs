using Tidemark.Embedding;
using Tidemark.Records;
using Tidemark.Sqlite.Engine;

namespace Tidemark.Sqlite.Rows;

/// <summary>Reads and makes rows of <c>generation</c>.</summary>
internal static class GenerationTable
{
    /// <summary>As <see cref="GenerationState"/> has them, and one more that only the store knows.</summary>
    public const int Retired = 2;

    private const string Columns = """
        SELECT g.id, g.chunker, g.input, s.name, s.dimensions, g.state, x.location
        FROM generation g JOIN space s ON s.id = g.space LEFT JOIN external_index x ON x.generation = g.id
        """;

    private const string FindRow = Columns + " WHERE g.id = ?1";
    private const string BesideRows = Columns + $" WHERE g.namespace = ?1 AND g.{RowStates.Beside}";

    private const string InsertRow = """
        INSERT INTO generation (namespace, chunker, input, space, state) VALUES (?1, ?2, ?3, ?4, ?5)
        """;

    public static GenerationRecord? Find(SqliteConnection connection, long id)
    {
        using var row = connection.Statement(FindRow);
        row.Bind(1, id);
        return row.Step() ? Read(row) : null;
    }

    /// <summary>The one beside the active one, if there is one.</summary>
    public static GenerationRecord? FindBeside(SqliteConnection connection, long @namespace)
    {
        using var row = connection.Statement(BesideRows);
        row.Bind(1, @namespace);
        return row.Step() ? Read(row) : null;
    }

    public static GenerationRecord Add(
        SqliteConnection connection, long @namespace, PipelineIdentity pipeline, GenerationState state)
    {
        var space = SpaceTable.FindOrAdd(connection, new EmbeddingSpace(pipeline.Space, pipeline.Dimensions));
        using var insert = connection.Statement(InsertRow);
        insert.Bind(1, @namespace);
        insert.BindText(2, pipeline.Chunker);
        insert.BindText(3, pipeline.Input);
        insert.Bind(4, space);
        insert.Bind(5, (long)state);
        insert.Step();
        var generation = new GenerationRecord(connection.LastInsertRowId, pipeline, state);
        if (pipeline.IsExternal)
        {
            ExternalIndexTable.Add(connection, @namespace, generation);
        }

        return generation;
    }

    private static GenerationRecord Read(SqliteStatement row) => row.GetInt32(4) <= 0
        ? throw SqliteErrors.Damaged(row.Path, $"the space '{row.GetText(3)}' cannot have {row.GetInt32(4)} dimensions")
        : new(
        row.GetInt64(0),
        new PipelineIdentity(row.GetText(1), row.GetText(2), row.GetText(3), row.GetInt32(4))
        {
            Index = row.GetNullableText(6) ?? PipelineIdentity.InStore,
        },
        (GenerationState)row.GetInt32(5));
}
