using Tidemark.Embedding;
using Tidemark.Records;

namespace Tidemark.Conformance.InMemory;

/// <summary>Applies one batch: everything is worked out first and then written, so that a failure leaves nothing behind.</summary>
internal sealed class MemoryApplier(MemoryState state, MemoryNamespace space, ApplyBatch batch, bool keepText)
{
    private readonly Dictionary<string, MemoryDocument> _documents = new(StringComparer.Ordinal);
    private readonly List<(MemoryDocument Document, long To)> _history = [];
    private readonly List<(MemoryChunk Chunk, string Space, long To)> _closed = [];
    private readonly List<StoredEmbedding> _embeddings = [];
    private readonly List<ChangeMoment> _lags = [];
    private readonly List<long> _opened = [];
    private readonly List<ChangeLease> _carriedOut = [];
    private bool _taken;

    private long Next => space.Sequence + 1;

    private PipelineIdentity Pipeline => batch.Generation.Pipeline;

    public ApplyResult Apply()
    {
        var applied = batch.Writes.Select(Apply).ToArray();
        foreach (var chunk in _opened)
        {
            space.ChunkSequences[chunk] = Next;
        }

        foreach (var document in _documents.Values)
        {
            space.Publishing.Note(space, space.Documents.GetValueOrDefault(document.Id), document, state.Now);
            space.Documents[document.Id] = document;
        }

        foreach (var lease in _carriedOut)
        {
            space.CompleteChange(state.Held(space.Name, lease)!, lease, state.Now);
        }

        space.History.AddRange(_history);
        space.ClosedChunks.AddRange(_closed);
        foreach (var embedding in _embeddings)
        {
            state.Store(new EmbeddingSpace(Pipeline.Space, Pipeline.Dimensions), embedding, replace: false, EmbeddingReceipt.None);
        }

        if (_taken)
        {
            space.Sequence = Next;
            space.Commits[space.Sequence] = state.Now;
            space.CommitRuns[space.Sequence] = batch.Run;
            space.Lags.AddRange(_lags.Select(changed => (state.Now, changed)));
        }

        return new ApplyResult(space.Sequence, applied);
    }

    private AppliedDocument Apply(DocumentWrite write)
    {
        var existing = _documents.GetValueOrDefault(write.Id) ?? space.Documents.GetValueOrDefault(write.Id);
        if (!write.Lease.IsNone && state.Held(space.Name, write.Lease) is null)
        {
            return new AppliedDocument { IsLeaseLost = true };
        }

        if ((existing?.Sequence ?? 0) != write.ExpectedSequence || (write is DocumentWrite.Stage && !IsLive(existing)))
        {
            return new AppliedDocument(false, new DocumentKey(existing?.Key ?? 0), existing?.SourceIdKey ?? default);
        }

        var document = write switch
        {
            DocumentWrite.Put put => Put(put, existing),
            DocumentWrite.Touch touch => existing! with
            {
                Token = touch.Token,
                Version = touch.Version,
                Repeats = touch.Repeats,
            },
            DocumentWrite.Remove remove => Remove(remove, existing),
            DocumentWrite.Stage stage => Stage(stage, existing!),
            _ => throw new NotSupportedException(),
        };
        _documents[write.Id] = document;
        if (!write.Lease.IsNone)
        {
            _carriedOut.Add(write.Lease);
        }

        return new AppliedDocument(true, new DocumentKey(document.Key), document.SourceIdKey);
    }

    private void Note(ChangeMoment? changed)
    {
        if (changed is { } moment)
        {
            _lags.Add(moment);
        }
    }

    private static bool IsLive(MemoryDocument? document) => document?.State == DocumentState.Live;

    private MemoryDocument Put(DocumentWrite.Put write, MemoryDocument? existing)
    {
        _taken = true;
        Note(write.Changed);
        var chunks = write.Chunks.Select(chunk => Chunk(write.Id, chunk, existing?.Chunks ?? [])).ToArray();
        Supersede(existing, chunks);
        return new MemoryDocument
        {
            Key = existing?.Key ?? state.NextNumber(),
            Id = write.Id,
            State = DocumentState.Live,
            Repeats = write.Repeats,
            Source = write.Source,
            SourceId = write.Document.SourceId,
            SourceIdKey = NumberOf(write.Id, write.Document.SourceId),
            Sequence = Next,
            Token = write.Document.Token,
            TextHash = write.TextHash,
            Metadata = write.Document.Metadata,
            Version = write.Document.Version,
            ExpiresAt = write.Document.ExpiresAt,
            Tier = write.Document.Tier,
            Run = batch.Run,
            Text = write.ChunksArePartition || keepText ? write.Document.Text : null,
            Chunks = chunks,
        };
    }

    private MemoryDocument Remove(DocumentWrite.Remove write, MemoryDocument? existing)
    {
        _taken = true;
        Note(write.Changed);
        Supersede(existing, []);
        return new MemoryDocument
        {
            Key = existing?.Key ?? state.NextNumber(),
            Id = write.Id,
            State = write.State,
            Repeats = write.Repeats,
            Source = write.Source,
            SourceId = write.SourceId,
            SourceIdKey = NumberOf(write.Id, write.SourceId),
            Sequence = Next,
            Token = write.Token,
            Version = write.Version.IsNone && existing is not null ? existing.Version : write.Version,
            Run = batch.Run,
        };
    }

    private MemoryDocument Stage(DocumentWrite.Stage write, MemoryDocument existing)
    {
        if (existing.Staged?.Sequence == existing.Sequence)
        {
            return existing;
        }

        _taken = true;
        return existing with
        {
            Staged = (existing.Sequence, write.Chunks.Select(chunk => Chunk(write.Id, chunk, [])).ToArray()),
        };
    }

    private void Supersede(MemoryDocument? existing, MemoryChunk[] chunks)
    {
        if (IsLive(existing))
        {
            _history.Add((existing!, Next));
            var kept = chunks.Select(chunk => chunk.Key).ToHashSet();
            _closed.AddRange(
                existing!.Chunks.Where(chunk => !kept.Contains(chunk.Key)).Select(chunk => (chunk, Pipeline.Space, Next)));
        }
    }

    private MemoryChunk Chunk(string document, ChunkWrite write, IReadOnlyList<MemoryChunk> former)
    {
        if (write.Existing.IsNone && write.Vector.Length != Pipeline.Dimensions)
        {
            throw new TidemarkException(
                ErrorCodes.EmbeddingMissing, $"a chunk of '{document}' has no vector", "run again");
        }

        if (write.Existing.IsNone)
        {
            _embeddings.Add(new StoredEmbedding(write.Input, write.Vector));
        }

        var kept = write.Existing.IsNone ? null : former.SingleOrDefault(chunk => chunk.Key == write.Existing.Value)
            ?? throw new InvalidOperationException($"'{document}' has no live chunk {write.Existing.Value} to keep.");
        var isPatched = kept is not null && write.Text is not null && write.Text != kept.Text;
        var key = kept is null || isPatched ? state.NextNumber() : kept.Key;
        if (key != kept?.Key)
        {
            _opened.Add(key);
        }

        return new MemoryChunk(
            key, write.Input, write.Occurrence, write.Start,
            write.Length, write.Heading, write.Text ?? kept?.Text ?? "");
    }

    private SourceIdKey NumberOf(string document, string sourceId)
    {
        if (document == sourceId)
        {
            return default;
        }

        if (!space.SourceIds.TryGetValue(sourceId, out var number))
        {
            number = state.NextNumber();
            space.SourceIds.Add(sourceId, number);
        }

        return new SourceIdKey(number);
    }
}
