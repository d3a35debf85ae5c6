using Tidemark.Records;

namespace Tidemark.Conformance.InMemory;

/// <summary>
/// What waits for a namespace's external index, and the documents that are found in a former version, which is kept whole.
/// Called under the gate.
/// </summary>
internal sealed class MemoryPublishing(string name)
{
    private readonly Dictionary<(long Generation, string Document), MemoryDocument?> _former = [];
    private readonly Dictionary<(long Generation, string Document), Documents.ContentHash> _new = [];
    private readonly Dictionary<(long Generation, string Document), Documents.ContentHash> _moved = [];
    private long _last;

    public List<MemoryOutboxRow> Rows { get; } = [];

    public IEnumerable<MemoryOutboxRow> RowsAt(string location) => Rows.Where(row => row.Generation.Pipeline.Index == location);

    public Dictionary<string, string> Incarnations { get; } = new(StringComparer.Ordinal);

    public long Stamp { get; private set; }

    public IndexBinding BindingOf(PipelineIdentity pipeline) => new(
        name,
        new(pipeline.Space, pipeline.Dimensions),
        pipeline.Index,
        "owner of " + name,
        Incarnations.GetValueOrDefault(pipeline.Index));

    public int Lagging(GenerationRecord generation) => _former.Keys.Count(key => key.Generation == generation.Id);

    /// <summary>Whether a document is found in a former version, or not at all, until its entries are there.</summary>
    public bool IsBehind(string document) => _former.Keys.Any(key => key.Document == document);

    /// <summary>Documents as searches find them.</summary>
    public IEnumerable<MemoryDocument> Found(MemoryNamespace space) =>
        from document in space.Documents.Values
        let found = space.Active is { } active && _former.TryGetValue((active.Id, document.Id), out var former)
            ? former
            : document
        where found?.State == DocumentState.Live
        select found;

    /// <summary>Chunks that searches find although they are closed.</summary>
    public IEnumerable<MemoryChunk> FormerChunks => _former.Values.SelectMany(document => document?.Chunks ?? []);

    /// <summary>A document changes from one state to another.</summary>
    public void Note(MemoryNamespace space, MemoryDocument? former, MemoryDocument now, WriteDecision decision, DateTimeOffset at)
    {
        if (space.Active is { Pipeline.IsExternal: true } active && decision.Document is not null)
        {
            var key = (active.Id, now.Id);
            foreach (var kept in decision.RepeatsKept ? former!.Chunks.Where(chunk => now.Chunks.Any(other => other.Key == chunk.Key)) : [])
            {
                Repeat(active, now.Id, new EntryId(space.ChunkSequences[kept.Key], new ChunkKey(kept.Key)), at);
            }

            if (decision.DropsDamaged && _former.GetValueOrDefault(key) is not null)
            {
                (_former[key], _new[key]) = (null, now.TextHash);
            }

            if (now.State == DocumentState.Live && !_former.ContainsKey(key))
            {
                _new[key] = now.TextHash; // forgotten at once where nothing is to be waited for
            }

            _moved.Remove(key);
            if (decision.MayHaveMoved && _new.ContainsValue(former!.TextHash) && _former.GetValueOrDefault(key, former) is { } found)
            {
                _former[key] = found;
                _moved[key] = former.TextHash;
            }

            Note(space, active, now.Id, (former?.Chunks ?? [], now.Chunks), decision.FoundMeanwhile > 0 ? former : null, at);
        }

        if (space.Beside is { Pipeline.IsExternal: true } building)
        {
            Note(space, building, now.Id, (former?.Staged?.Chunks ?? [], now.Staged?.Chunks ?? []), null, at);
        }
    }

    /// <summary>Writes an entry again that does not wait anyway.</summary>
    public void Repeat(GenerationRecord generation, string document, EntryId id, DateTimeOffset at)
    {
        if (!Rows.Exists(row => row.Generation.Id == generation.Id && row.Id == id))
        {
            Rows.Add(new MemoryOutboxRow(++_last, generation, document, id, OutboxChange.Patch, at));
        }
    }

    public void Acknowledge(OutboxPage page)
    {
        var positions = page.Entries.Select(entry => entry.Position).ToHashSet();
        var written = Rows.Where(row => positions.Contains(row.Position) && row.Change == OutboxChange.Put)
            .Select(row => (row.Generation, row.Document)).ToHashSet();
        Rows.RemoveAll(row => positions.Contains(row.Position));
        foreach (var (generation, document) in written)
        {
            PublishIfComplete(generation, document);
        }
    }

    /// <summary>A generation is asked no more: its entries go where another one shares their index, else they are left.</summary>
    public void Leave(
        MemoryNamespace space, GenerationRecord generation, bool isShared, IEnumerable<(string Document, MemoryChunk Chunk)> chunks, DateTimeOffset at)
    {
        if (!isShared)
        {
            Rows.RemoveAll(row => row.Generation.Pipeline.Index == generation.Pipeline.Index);
            Incarnations.Remove(generation.Pipeline.Index);
        }
        else
        {
            foreach (var (document, chunk) in chunks)
            {
                Enqueue(space, generation, document, chunk, OutboxChange.Delete, at);
            }
        }

        foreach (var key in _former.Keys.Where(key => key.Generation == generation.Id).ToArray())
        {
            _former.Remove(key);
            _new.Remove(key);
            _moved.Remove(key);
        }
    }

    private void Note(
        MemoryNamespace space,
        GenerationRecord generation,
        string document,
        (IReadOnlyList<MemoryChunk> Former, IReadOnlyList<MemoryChunk> Now) chunks,
        MemoryDocument? former,
        DateTimeOffset at)
    {
        var opened = chunks.Now.ExceptBy(chunks.Former.Select(chunk => chunk.Key), chunk => chunk.Key).ToArray();
        foreach (var chunk in chunks.Former.ExceptBy(chunks.Now.Select(chunk => chunk.Key), chunk => chunk.Key))
        {
            Enqueue(space, generation, document, chunk, OutboxChange.Delete, at);
        }

        foreach (var chunk in opened)
        {
            Enqueue(space, generation, document, chunk, OutboxChange.Put, at);
        }

        if (opened.Length > 0)
        {
            _former.TryAdd((generation.Id, document), former);
        }

        if (!_former.TryGetValue((generation.Id, document), out var found) || found is not null)
        {
            _new.Remove((generation.Id, document));
        }

        PublishIfComplete(generation, document);
    }

    private void Enqueue(
        MemoryNamespace space, GenerationRecord generation, string document, MemoryChunk chunk, OutboxChange change, DateTimeOffset at)
    {
        var id = new EntryId(space.ChunkSequences[chunk.Key], new ChunkKey(chunk.Key));
        Rows.RemoveAll(row => row.Generation.Id == generation.Id && row.Id == id);
        Rows.Add(new MemoryOutboxRow(++_last, generation, document, id, change, at));
    }

    private void PublishIfComplete(GenerationRecord generation, string document)
    {
        var key = (generation.Id, document);
        if (Rows.Exists(row => row.Generation.Id == generation.Id && row.Document == document && row.Change == OutboxChange.Put)
            || (_moved.TryGetValue(key, out var text) && _new.ContainsValue(text))
            || !_former.Remove(key))
        {
            return;
        }

        Stamp++;
        _moved.Remove(key);
        if (_new.Remove(key))
        {
            foreach (var moved in _moved.Keys.ToArray())
            {
                PublishIfComplete(generation, moved.Document);
            }
        }
    }
}
