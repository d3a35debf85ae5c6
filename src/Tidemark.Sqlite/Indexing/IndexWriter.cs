using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Rows;
using Tidemark.Wording;

namespace Tidemark.Sqlite.Indexing;

/// <summary>Vector packs and keyword index of one store, on the writer's connection.</summary>
internal sealed class IndexWriter(SqliteConnection writer, TimeProvider clock) : IIndexWriter
{
    /// <summary>The tables that all generations share; run once when a store is made.</summary>
    public const string Schema = IndexTables.Shared;

    private readonly Dictionary<long, GenerationWriter> _generations = [];
    private static readonly Dictionary<long, string?> NoHeadings = [];

    private string _formerTitle = "";
    private IReadOnlyDictionary<long, string?> _formerHeadings = NoHeadings;
    private string _title = "";

    public void CreateGeneration(long generation, int dimensions)
    {
        var tables = new IndexTables(generation);
        if (ExternalIndexTable.Holds(writer, generation))
        {
            tables.CreatePublishedKeywords(writer);
            return;
        }

        tables.CreateVectors(writer);
        tables.CreateKeywords(writer);
    }

    public void DropGeneration(long generation)
    {
        _generations.Remove(generation);
        ExternalIndexTable.Leave(writer, generation, clock);
        var tables = new IndexTables(generation);
        tables.DropVectors(writer);
        tables.DropKeywords(writer);
        using var forget = writer.Statement("DELETE FROM vector_stamp WHERE generation = ?1");
        forget.Bind(1, generation);
        forget.Step();
    }

    public void Name(string former, IReadOnlyDictionary<long, string?> formerHeadings, string current) =>
        (_formerTitle, _formerHeadings, _title) = (former, formerHeadings, current);

    public void Unword(long generation, long chunk, ReadOnlySpan<byte> text)
    {
        var index = Of(generation);
        if (index.Outbox is { } outbox)
        {
            outbox.Unword(chunk, text, FormerCaption(chunk));
            return;
        }

        index.Keywords.Remove(chunk, text, FormerCaption(chunk));
    }

    public void Reword(long generation, long chunk, string? heading, ReadOnlySpan<byte> text)
    {
        var index = Of(generation);
        if (index.Outbox is { } outbox)
        {
            outbox.Reword(chunk, text, Caption(heading));
            return;
        }

        index.Keywords.Add(chunk, text, Caption(heading));
    }

    public void Add(long generation, (long Key, string? Heading) chunk, ReadOnlySpan<byte> text, ReadOnlySpan<float> vector)
    {
        var index = Of(generation);
        if (index.Outbox is { } outbox)
        {
            outbox.Add(chunk.Key);
            return;
        }

        index.Vectors!.Add(chunk.Key, vector);
        index.Keywords.Add(chunk.Key, text, Caption(chunk.Heading));
    }

    public void Remove(long generation, long chunk, ReadOnlySpan<byte> text)
    {
        var index = Of(generation);
        if (index.Outbox is { } outbox)
        {
            outbox.Remove(chunk, text, FormerCaption(chunk));
            return;
        }

        index.Vectors!.Remove(chunk);
        index.Keywords.Remove(chunk, text, FormerCaption(chunk));
    }

    public void ReplaceText(
        long generation, long closed, ReadOnlySpan<byte> closedText, (long Key, string? Heading) opened, ReadOnlySpan<byte> openedText)
    {
        var index = Of(generation);
        if (index.Outbox is { } outbox)
        {
            outbox.Remove(closed, closedText, FormerCaption(closed));
            outbox.Add(opened.Key);
            return;
        }

        index.Vectors!.Rename(closed, opened.Key);
        index.Keywords.Remove(closed, closedText, FormerCaption(closed));
        index.Keywords.Add(opened.Key, openedText, Caption(opened.Heading));
    }

    public bool IsExternal(long generation) => Of(generation).Outbox is not null;

    public void Patch(long generation, long chunk) => Of(generation).Outbox?.Patch(chunk);

    public void Settle(long generation, long document, WriteDecision decision) => Of(generation).Outbox?.Settle(document, decision);

    public void SettleStaged(long generation, long document) => Of(generation).Outbox?.SettleStaged(document);

    public void PublishIfComplete(long generation, long document) =>
        Of(generation).Outbox?.PublishIfComplete(document);

    public void Flush()
    {
        foreach (var index in _generations.Values)
        {
            index.Vectors?.Flush();
            index.Keywords.Flush();
        }
    }

    public void Discard()
    {
        foreach (var index in _generations.Values)
        {
            index.Vectors?.Discard();
            index.Keywords.Discard();
            index.Outbox?.Discard();
        }
    }

    private string FormerCaption(long chunk) => ChunkCaption.Of(_formerTitle, _formerHeadings.GetValueOrDefault(chunk));

    private string Caption(string? heading) => ChunkCaption.Of(_title, heading);

    private GenerationWriter Of(long generation)
    {
        if (!_generations.TryGetValue(generation, out var index))
        {
            index = GenerationWriter.Open(writer, generation, clock);
            _generations.Add(generation, index);
        }

        return index;
    }
}
