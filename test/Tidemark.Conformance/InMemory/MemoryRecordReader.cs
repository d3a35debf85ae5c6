using Tidemark.Documents;
using Tidemark.Records;

namespace Tidemark.Conformance.InMemory;

internal sealed class MemoryRecordReader(MemoryState state) : IRecordReader
{
    public ValueTask<IReadOnlyList<NamespaceSummary>> NamespacesAsync(CancellationToken cancellationToken)
    {
        lock (state.Gate)
        {
            return ValueTask.FromResult<IReadOnlyList<NamespaceSummary>>(state.Namespaces.Values.Select(Summarize).ToList());
        }
    }

    public ValueTask<NamespaceSummary?> NamespaceAsync(string name, CancellationToken cancellationToken)
    {
        lock (state.Gate)
        {
            return ValueTask.FromResult(state.Find(name) is { } found ? Summarize(found) : null);
        }
    }

    public ValueTask<IReadOnlyList<RunRecord>> RunsAsync(string @namespace, int limit, CancellationToken cancellationToken)
    {
        lock (state.Gate)
        {
            return ValueTask.FromResult<IReadOnlyList<RunRecord>>(
                state.Runs.Where(r => r.Namespace == @namespace).Reverse().Take(limit).ToList());
        }
    }

    public async IAsyncEnumerable<DocumentSummary> DocumentsAsync(
        string @namespace,
        string prefix,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        List<DocumentSummary> found;
        lock (state.Gate)
        {
            var space = state.Find(@namespace);
            found = space is null ? [] : space.Live
                .Where(d => d.Id.StartsWith(prefix, StringComparison.Ordinal))
                .Select(d => Summarize(space, d))
                .ToList();
        }

        foreach (var document in found)
        {
            yield return document;
        }
    }

    public async IAsyncEnumerable<IndexedChunk> ChunksAsync(
        string @namespace,
        string? document,
        bool withVectors,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        List<IndexedChunk> chunks;
        lock (state.Gate)
        {
            var space = state.Find(@namespace);
            chunks = space is null ? [] : space.Live
                .Where(d => document is null || d.Id == document)
                .SelectMany(d => d.Chunks.Select((_, ordinal) => Chunk(space, d, ordinal, withVectors)))
                .ToList();
        }

        foreach (var chunk in chunks)
        {
            yield return chunk;
        }
    }

    internal IndexedChunk Chunk(MemoryNamespace space, MemoryDocument document, int ordinal, bool withVectors)
    {
        var (record, text) = document.Chunks[ordinal];
        float[]? vector = withVectors && state.Embeddings.TryGetValue((space.Active!.Pipeline.Space, record.Input), out var stored)
            ? stored.Vector
            : null;
        return new IndexedChunk
        {
            Document = document.Id,
            Source = space.Sources[(int)document.Source.Value - 1],
            Ordinal = ordinal,
            Input = record.Input,
            Occurrence = record.Occurrence,
            Heading = record.Heading,
            Text = text,
            Metadata = document.Metadata,
            Vector = vector is null ? null : (ReadOnlyMemory<float>?)vector,
        };
    }

    private NamespaceSummary Summarize(MemoryNamespace space) => new()
    {
        Name = space.Name,
        Generation = space.Active,
        Documents = space.Live.Count(),
        Chunks = space.Live.Sum(d => (long)d.Chunks.Count),
        Sequence = space.Sequence,
        LastCompleteSync = state.Runs.Where(r => r.Namespace == space.Name && r.CompleteSync).Max(r => r.FinishedAt),
    };

    private static DocumentSummary Summarize(MemoryNamespace space, MemoryDocument document) => new()
    {
        Id = document.Id,
        Source = space.Sources[(int)document.Source.Value - 1],
        SourceId = document.SourceId,
        TextHash = document.TextHash,
        Metadata = document.Metadata,
        Version = document.Version,
        ExpiresAt = document.ExpiresAt,
        Tier = document.Tier,
        Chunks = document.Chunks.Count,
        Sequence = document.Sequence,
        Run = document.Run,
        UpdatedAt = document.UpdatedAt,
    };
}
