using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Rows;

namespace Tidemark.Sqlite.Indexing;

/// <summary>What a query must know of the generation that it asks.</summary>
internal sealed record IndexGeneration(IndexTables Tables, long Space, int Dimensions, long Chunks)
{
    /// <summary>Whether it answers for its namespace: then it has every live chunk.</summary>
    public bool Answers { get; init; }

    /// <summary>Of the external index that holds its vectors; null: they are here.</summary>
    public string? Location { get; init; }

    /// <exception cref="TidemarkException"><c>store.busy</c>: it was replaced since the query pinned it.</exception>
    public static IndexGeneration Pin(SqliteConnection connection, long generation) =>
        Find(connection, generation) ?? throw StoreRefusals.Replaced(generation, connection.Path);

    /// <returns>Null: there is none, or it was replaced.</returns>
    public static IndexGeneration? Find(SqliteConnection connection, long generation)
    {
        using var row = connection.Statement(
            """
            SELECT g.space, s.dimensions, g.chunks, g.state, x.location FROM generation g JOIN space s ON s.id = g.space
            LEFT JOIN external_index x ON x.generation = g.id
            WHERE g.id = ?1
            """);
        row.Bind(1, generation);
        if (!row.Step() || row.GetInt32(3) == GenerationTable.Retired)
        {
            return null;
        }

        return row.GetInt32(1) <= 0
            ? throw SqliteErrors.Damaged(connection.Path, $"vectors of generation {generation} cannot have {row.GetInt32(1)} dimensions")
            : new IndexGeneration(new IndexTables(generation), row.GetInt64(0), row.GetInt32(1), row.GetInt64(2))
            {
                Answers = row.GetInt32(3) == (int)Tidemark.Records.GenerationState.Active,
                Location = row.GetNullableText(4),
            };
    }

    /// <summary>The active generation of a namespace; null where it has none yet.</summary>
    /// <exception cref="TidemarkException"><c>namespace.missing</c>, <c>store.corrupt</c>.</exception>
    public static IndexGeneration? Active(SqliteConnection connection, string @namespace)
    {
        using var row = connection.Statement("SELECT generation FROM namespace WHERE name = ?1");
        row.BindText(1, @namespace.AsSpan());
        if (!row.Step())
        {
            LostRows.RefuseNamespace(connection, @namespace);
            throw StoreRefusals.NamespaceMissing(@namespace, connection.Path);
        }

        return row.IsNull(0)
            ? null
            : Find(connection, row.GetInt64(0)) ?? throw SqliteErrors.Damaged(
                connection.Path, $"the generation that answers for '{@namespace}' is gone");
    }

    /// <summary>What every run can afford to ask: whether the index of the generation that answers is there, with all its vectors.</summary>
    /// <exception cref="TidemarkException"><c>store.corrupt</c>: it is not.</exception>
    public static void RefuseGone(SqliteConnection connection, long generation)
    {
        if (Find(connection, generation) is { Answers: true } found && !found.IsThere(connection))
        {
            throw found.Damaged(connection.Path);
        }
    }

    /// <summary>What a command that counts anyway can compare: a row for each chunk in both indexes.</summary>
    /// <exception cref="TidemarkException"><c>store.corrupt</c>: some are missing, or a table is.</exception>
    public static void RefuseMissing(SqliteConnection connection, string @namespace)
    {
        using var row = connection.Statement($"SELECT g.id FROM namespace n JOIN generation g ON g.id = n.generation AND g.{RowStates.Active} WHERE n.name = ?1");
        row.BindText(1, @namespace);
        if (row.Step() && Find(connection, row.GetInt64(0)) is { } generation && !generation.IsWhole(connection))
        {
            throw generation.Damaged(connection.Path);
        }
    }

    /// <summary>Of an external index words and vectors are those of what is published, which may be less than what is recorded.</summary>
    private bool IsWhole(SqliteConnection connection) =>
        Tables.HasKeywords(connection)
        && (Location is not null
            || (Tables.CountWords(connection, Chunks) >= Chunks && HasAllVectors(connection)));

    private bool IsThere(SqliteConnection connection) =>
        Tables.HasWords(connection)
        && (Location is not null
            || (HasAllVectors(connection) && Tables.CountWords(connection, 1) >= Math.Min(Chunks, 1)));

    private bool HasAllVectors(SqliteConnection connection) =>
        Tables.HasVectors(connection) && Tables.CountVectors(connection) >= Chunks;

    public TidemarkException Damaged(string path, Exception? cause = null) => Tables.Damaged(path, cause);
}
