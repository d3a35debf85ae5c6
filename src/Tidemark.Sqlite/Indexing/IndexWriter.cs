using Tidemark.Sqlite.Engine;

namespace Tidemark.Sqlite.Indexing;

/// <summary>Vector packs and keyword index of one store, on the writer's connection.</summary>
internal sealed class IndexWriter(SqliteConnection writer) : IIndexWriter
{
    /// <summary>The tables that all generations share; run once when a store is made.</summary>
    public const string Schema = IndexTables.Shared;

    private readonly Dictionary<long, GenerationWriter> _generations = [];

    public void CreateGeneration(long generation, int dimensions)
    {
        var tables = new IndexTables(generation);
        tables.CreateVectors(writer);
        tables.CreateKeywords(writer);
    }

    public void DropGeneration(long generation)
    {
        _generations.Remove(generation);
        var tables = new IndexTables(generation);
        tables.DropVectors(writer);
        tables.DropKeywords(writer);
        using var forget = writer.Statement("DELETE FROM vector_stamp WHERE generation = ?1");
        forget.Bind(1, generation);
        forget.Step();
    }

    public void Add(long generation, long chunk, ReadOnlySpan<byte> text, ReadOnlySpan<float> vector)
    {
        var index = Of(generation);
        index.Vectors.Add(chunk, vector);
        index.Keywords.Add(chunk, text);
    }

    public void Remove(long generation, long chunk, ReadOnlySpan<byte> text)
    {
        var index = Of(generation);
        index.Vectors.Remove(chunk);
        index.Keywords.Remove(chunk, text);
    }

    public void ReplaceText(
        long generation, long closed, ReadOnlySpan<byte> closedText, long opened, ReadOnlySpan<byte> openedText)
    {
        var index = Of(generation);
        index.Vectors.Rename(closed, opened);
        index.Keywords.Remove(closed, closedText);
        index.Keywords.Add(opened, openedText);
    }

    public void Flush()
    {
        foreach (var index in _generations.Values)
        {
            index.Vectors.Flush();
            index.Keywords.Flush();
        }
    }

    public void Discard()
    {
        foreach (var index in _generations.Values)
        {
            index.Vectors.Discard();
            index.Keywords.Discard();
        }
    }

    private GenerationWriter Of(long generation)
    {
        if (!_generations.TryGetValue(generation, out var index))
        {
            index = GenerationWriter.Open(writer, generation);
            _generations.Add(generation, index);
        }

        return index;
    }
}
