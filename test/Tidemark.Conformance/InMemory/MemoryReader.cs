using System.Runtime.CompilerServices;
using System.Text;
using Tidemark.Indexing;
using Tidemark.Records;

namespace Tidemark.Conformance.InMemory;

internal sealed class MemoryReader(MemoryState state) : IRecordReader
{
    public ValueTask<IReadOnlyList<NamespaceSummary>> NamespacesAsync(CancellationToken cancellationToken)
    {
        lock (state.Gate)
        {
            return ValueTask.FromResult<IReadOnlyList<NamespaceSummary>>(
                [.. state.Namespaces.Values.OrderBy(one => one.Name, StringComparer.Ordinal).Select(Summary)]);
        }
    }

    public ValueTask<NamespaceSummary?> NamespaceAsync(string name, CancellationToken cancellationToken)
    {
        lock (state.Gate)
        {
            return ValueTask.FromResult(state.Namespaces.TryGetValue(name, out var one) ? Summary(one) : null);
        }
    }

    public ValueTask<IReadOnlyList<string>> SourcesAsync(string @namespace, CancellationToken cancellationToken)
    {
        lock (state.Gate)
        {
            return ValueTask.FromResult<IReadOnlyList<string>>(Find(@namespace) is not { } space
                ? []
                : [.. space.Live.Select(document => space.SourceName(document.Source.Value)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);
        }
    }

    public ValueTask<IReadOnlyDictionary<string, string>> PlacesAsync(string @namespace, CancellationToken cancellationToken)
    {
        lock (state.Gate)
        {
            return ValueTask.FromResult<IReadOnlyDictionary<string, string>>(Find(@namespace) is { } space
                ? space.Places.ToDictionary(pair => space.SourceName(pair.Key), pair => pair.Value, StringComparer.Ordinal)
                : []);
        }
    }

    public ValueTask<DocumentFigures> FiguresAsync(
        string @namespace, DateTimeOffset latest, CancellationToken cancellationToken)
    {
        lock (state.Gate)
        {
            if (Find(@namespace) is not { } space)
            {
                return ValueTask.FromResult(DocumentFigures.None);
            }

            string[] ahead =
            [
                .. space.Documents.Values.Where(document => document.Version.ModifiedAt > latest).Select(document => document.Id)
                    .Order(StringComparer.Ordinal),
            ];
            return ValueTask.FromResult(new DocumentFigures(
                space.Live.Count(document => document.Chunks.Count == 0), ahead.Length, ahead.FirstOrDefault()));
        }
    }

    public ValueTask<bool> IsUnusedAsync(string @namespace, CancellationToken cancellationToken)
    {
        lock (state.Gate)
        {
            return ValueTask.FromResult(
                Find(@namespace) is not { } space
                || !(space.ClosedChunks.Count > 0 || space.Live.Any(document => document.Chunks.Count > 0)));
        }
    }

    public ValueTask<IReadOnlyList<RunRecord>> RunsAsync(
        string @namespace, int limit, CancellationToken cancellationToken)
    {
        lock (state.Gate)
        {
            return ValueTask.FromResult<IReadOnlyList<RunRecord>>(
                [.. Find(@namespace)?.Runs.OrderByDescending(run => run.Id).Take(limit) ?? []]);
        }
    }

    public async IAsyncEnumerable<DocumentSummary> DocumentsAsync(
        string @namespace, string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        DocumentSummary[] documents;
        lock (state.Gate)
        {
            documents = Find(@namespace) is { } space
                ? [.. Ordered(space).Where(d => d.Id.StartsWith(prefix, StringComparison.Ordinal)).Select(d => Summary(space, d))]
                : [];
        }

        foreach (var document in documents)
        {
            yield return document;
        }

        await Task.CompletedTask;
    }

    public async IAsyncEnumerable<DocumentSummary> ExpiredAsync(
        string @namespace, DateTimeOffset time, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var document in DocumentsAsync(@namespace, "", cancellationToken))
        {
            if (document.ExpiresAt <= time)
            {
                yield return document;
            }
        }
    }

    public ValueTask<IReadOnlyDictionary<string, string>> TextsAsync(
        string @namespace, IReadOnlyCollection<string> documents, CancellationToken cancellationToken)
    {
        lock (state.Gate)
        {
            return ValueTask.FromResult<IReadOnlyDictionary<string, string>>(
                (Find(@namespace) is { } space ? space.Publishing.Found(space) : [])
                    .Where(document => documents.Contains(document.Id) && document.Text is not null)
                    .ToDictionary(document => document.Id, document => document.Text!, StringComparer.Ordinal));
        }
    }

    public ValueTask<IReadOnlyList<ChunkOrigin>> OriginsAsync(
        string @namespace, string document, CancellationToken cancellationToken)
    {
        lock (state.Gate)
        {
            return ValueTask.FromResult(
                Find(@namespace) is { } space && space.Live.FirstOrDefault(d => d.Id == document) is { } found
                    ? new MemoryOrigins(state, space).Of(found)
                    : []);
        }
    }

    public ValueTask<IReadOnlyList<LagCount>> LagsAsync(
        string @namespace, DateTimeOffset since, DateTimeOffset until, CancellationToken cancellationToken)
    {
        lock (state.Gate)
        {
            var first = new DateTimeOffset(since.Ticks - (since.Ticks % TimeSpan.TicksPerHour), since.Offset);
            return ValueTask.FromResult<IReadOnlyList<LagCount>>(
            [
                .. from lag in Find(@namespace)?.Lags ?? []
                   where lag.At >= first && StoreTime.HourOf(lag.At) <= StoreTime.HourOf(until)
                   group lag.Count.Changes by (lag.Count.Kind, lag.Count.Position) into same
                   orderby same.Key.Kind, same.Key.Position
                   select LagCount.OfKind(same.Key.Kind, same.Key.Position, same.Sum()),
            ]);
        }
    }

    public async IAsyncEnumerable<IndexedChunk> ChunksAsync(
        string @namespace,
        string? document,
        bool withVectors,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<IndexedChunk> chunks;
        lock (state.Gate)
        {
            chunks = Find(@namespace) is { } space
                ? [.. Chunks(space, withVectors).Where(chunk => document is null || chunk.Document == document)]
                : [];
        }

        foreach (var chunk in chunks)
        {
            yield return chunk;
        }

        await Task.CompletedTask;
    }

    /// <summary>By document and ordinal; called under the gate.</summary>
    internal IEnumerable<IndexedChunk> Chunks(MemoryNamespace space, bool withVectors) =>
        from document in Ordered(space)
        from chunk in document.Chunks.Select((chunk, ordinal) => (chunk, ordinal))
        select Chunk(space, document, chunk.chunk, chunk.ordinal, withVectors);

    /// <summary>Whether the version of a document that searches find has not expired, where a filter asks for that.</summary>
    internal static Func<string, bool> Valid(MemoryNamespace space, MetadataFilter filter)
    {
        var expired = space.Publishing.Found(space).Where(document => document.ExpiresAt <= filter.ValidAt).Select(document => document.Id).ToHashSet(StringComparer.Ordinal);
        return document => !expired.Contains(document);
    }

    /// <summary>What searches find; called under the gate.</summary>
    internal IEnumerable<IndexedChunk> Found(MemoryNamespace space) =>
        from document in space.Publishing.Found(space)
        from chunk in document.Chunks.Select((chunk, ordinal) => (chunk, ordinal))
        select Chunk(space, document, chunk.chunk, chunk.ordinal, withVector: true);

    internal IndexedChunk Chunk(
        MemoryNamespace space, MemoryDocument document, MemoryChunk chunk, int ordinal, bool withVector) => new()
        {
            Document = document.Id,
            Source = space.SourceName(document.Source.Value),
            Ordinal = ordinal,
            Start = chunk.Start,
            Input = chunk.Input,
            Occurrence = chunk.Occurrence,
            Heading = chunk.Heading,
            Text = chunk.Text,
            Metadata = document.Metadata,
            Vector = withVector && state.VectorOf(space.Active!.Pipeline.Space, chunk.Input) is { } vector
                ? (ReadOnlyMemory<float>?)vector
                : null,
        };

    internal MemoryNamespace? Find(string name) => state.Namespaces.GetValueOrDefault(name);

    private static IEnumerable<MemoryDocument> Ordered(MemoryNamespace space) =>
        space.Live.OrderBy(document => Convert.ToHexString(Encoding.UTF8.GetBytes(document.Id)), StringComparer.Ordinal);

    private static NamespaceSummary Summary(MemoryNamespace space) => new()
    {
        Name = space.Name,
        Generation = space.Active,
        Documents = space.Live.Count(),
        Chunks = space.Live.Sum(document => document.Chunks.Count),
        Beside = space.Beside,
        DocumentsBeside = space.Live.Count(document => document.Staged?.Sequence == document.Sequence),
        ChunksBeside = space.Live.Sum(document => document.Staged?.Chunks.Count ?? 0),
        PromotedAt = space.PromotedAt,
        Sequence = space.Sequence,
        Horizon = space.Horizon,
        NextExpiry = space.Live.Min(document => document.ExpiresAt),
        LastCompleteSync = space.Runs.Where(run => run.CompleteSync).MaxBy(run => run.Id)?.FinishedAt,
    };

    internal static DocumentSummary Summary(MemoryNamespace space, MemoryDocument document) => new()
    {
        Id = document.Id,
        Source = space.SourceName(document.Source.Value),
        SourceId = document.SourceId,
        TextHash = document.TextHash,
        Metadata = document.Metadata,
        Version = document.Version,
        ExpiresAt = document.ExpiresAt,
        Tier = document.Tier,
        Chunks = document.Chunks.Count,
        Sequence = document.Sequence,
        Run = document.Run,
        UpdatedAt = space.Commits[document.Sequence],
    };
}
