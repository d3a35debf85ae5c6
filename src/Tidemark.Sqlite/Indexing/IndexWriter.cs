using Tidemark.Sqlite.Engine;

namespace Tidemark.Sqlite.Indexing;

/// <summary>Vector packs and keyword index of one store, on the writer's connection.</summary>
internal sealed class IndexWriter(SqliteConnection writer) : IIndexWriter
{
    /// <summary>The tables that all generations share; run once when a store is made.</summary>
    public const string Schema = "";

    public void CreateGeneration(long generation, int dimensions) => _ = writer;

    public void DropGeneration(long generation)
    {
    }

    public void Add(long generation, long chunk, ReadOnlySpan<byte> text, ReadOnlySpan<float> vector)
    {
    }

    public void Remove(long generation, long chunk, ReadOnlySpan<byte> text)
    {
    }

    public void ReplaceText(
        long generation, long closed, ReadOnlySpan<byte> closedText, long opened, ReadOnlySpan<byte> openedText)
    {
    }

    public void Flush()
    {
    }

    public void Discard()
    {
    }
}
