using Tidemark.Documents;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Indexing;

namespace Tidemark.Sqlite.Searching;

/// <summary>Makes an index anew from records and embeddings, inside the caller's transaction.</summary>
internal static class IndexRebuilder
{
    public static void RebuildVectors(
        SqliteConnection connection, IndexGeneration generation, CancellationToken cancellationToken)
    {
        generation.Tables.DropVectors(connection);
        generation.Tables.CreateVectors(connection);
        var packs = new VectorPackWriter(connection, generation.Tables, generation.Dimensions);
        var vectors = new StoredVectors(connection, generation.Space, generation.Dimensions);
        foreach (var chunk in IndexChecker.OpenChunks(connection, generation).Keys())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (vectors.TryRead(chunk, out var vector))
            {
                packs.Add(chunk, vector);
            }
        }

        packs.Flush();
    }

    public static void RebuildKeywords(SqliteConnection connection, IndexGeneration generation)
    {
        generation.Tables.DropKeywords(connection);
        if (generation.Location is null)
        {
            generation.Tables.CreateKeywords(connection);
        }
        else
        {
            generation.Tables.CreatePublishedKeywords(connection);
        }

        var table = generation.Tables.Keywords;
        if (AllTextsHold(connection, generation))
        {
            connection.Execute($"INSERT INTO {table} ({table}) VALUES ('rebuild')");
        }
        else
        {
            AddSoundTexts(connection, generation);
        }
    }

    private static bool AllTextsHold(SqliteConnection connection, IndexGeneration generation)
    {
        using var rows = connection.Statement(TextsOf(generation));
        while (rows.Step())
        {
            if (!Holds(rows))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A damaged text is not found rather than found by words that it never had.</summary>
    private static void AddSoundTexts(SqliteConnection connection, IndexGeneration generation)
    {
        using var insert = connection.Statement($"INSERT INTO {generation.Tables.Keywords} (rowid, text) VALUES (?1, ?2)");
        using var rows = connection.Statement(TextsOf(generation));
        while (rows.Step())
        {
            if (Holds(rows))
            {
                insert.Bind(1, rows.GetInt64(0));
                insert.BindText(2, rows.GetUtf8(2));
                insert.Run();
            }
        }
    }

    private static string TextsOf(IndexGeneration generation) =>
        $"SELECT c.key, c.input, c.text, c.seal FROM {generation.Tables.KeywordContent} v JOIN chunk c ON c.key = v.key";

    private static bool Holds(SqliteStatement row) => Seal.Holds(row.GetHash(1), row.GetUtf8(2), row.GetNullableInt64(3));
}
