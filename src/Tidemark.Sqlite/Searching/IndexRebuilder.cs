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
}
