using Tidemark.Embedding;
using Tidemark.Records;

namespace Tidemark.Conformance.InMemory;

/// <summary>
/// Applies one batch: everything is worked out first and then written, so that a failure leaves nothing behind. What is to be
/// done is decided where every store has it decided; the rows are the model's own.
/// </summary>
internal sealed class MemoryApplier(MemoryState state, MemoryNamespace space, ApplyBatch batch, bool keepText)
{
    private readonly BatchDecision _decisions = new(
        new WriteScope(batch.Generation, space.Active?.Id ?? 0, space.Beside?.Id ?? 0, keepText)
        {
            BuildingHasAnswered = space.Beside?.State == GenerationState.Previous,
        },
        new MemoryChunks(space),
        state.Now);

    private readonly Dictionary<string, (MemoryDocument Document, WriteDecision Decision)> _documents = new(StringComparer.Ordinal);
    private readonly List<(MemoryDocument Document, long To, StateEnd End)> _history = [];
    private readonly List<(MemoryChunk Chunk, string Space, long To, string Document)> _closed = [];
    private readonly List<StoredEmbedding> _embeddings = [];
    private readonly List<long> _opened = [];

    private long Next => space.Sequence + 1;

    private PipelineIdentity Pipeline => batch.Generation.Pipeline;

    public ApplyResult Apply()
    {
        var applied = batch.Writes.Select(Apply).ToArray();
        foreach (var chunk in _opened)
        {
            space.ChunkSequences[chunk] = Next;
        }

        foreach (var (document, decision) in _documents.Values)
        {
            space.Publishing.Note(space, space.Documents.GetValueOrDefault(document.Id), document, decision, state.Now);
            space.Documents[document.Id] = document;
        }

        foreach (var lease in _decisions.CarriedOut)
        {
            space.CompleteChange(state.Held(space.Name, lease)!, lease, state.Now);
        }

        space.History.AddRange(_history);
        space.ClosedChunks.AddRange(_closed);
        foreach (var embedding in _embeddings)
        {
            state.Store(new EmbeddingSpace(Pipeline.Space, Pipeline.Dimensions), embedding, replace: false, EmbeddingReceipt.None);
        }

        if (_decisions.TakesSequence)
        {
            space.Sequence = Next;
            space.Commits[space.Sequence] = state.Now;
            space.CommitRuns[space.Sequence] = batch.Run;
            space.Lags.AddRange(_decisions.Lags.Select(lag => (state.Now, lag)));
        }

        return new ApplyResult(space.Sequence, applied);
    }

    private AppliedDocument Apply(DocumentWrite write)
    {
        var existing = space.Documents.GetValueOrDefault(write.Id);
        var isHeld = write.Lease.IsNone || state.Held(space.Name, write.Lease) is not null;
        if (_decisions.Decide(write, existing?.Stored ?? StoredState.Unknown, isHeld, out var refused) is not { } decision)
        {
            return refused;
        }

        if (decision.KeepsFormer)
        {
            _history.Add((existing!, Next, decision.FormerEnd));
        }

        if (decision.Unstaged is not null && space.Beside is { State: GenerationState.Previous } previous)
        {
            _closed.AddRange(existing!.Staged!.Value.Chunks.Select(chunk => (chunk, previous.Pipeline.Space, Next, existing.Id)));
        }

        var chunks = ChunksOf(decision.Layout, existing);
        var kept = chunks.Select(chunk => chunk.Key).ToHashSet();
        if (decision.KeepsFormer)
        {
            _closed.AddRange(
                existing!.Chunks.Where(chunk => !kept.Contains(chunk.Key)).Select(chunk => (chunk, Pipeline.Space, Next, existing.Id)));
        }

        var document = write switch
        {
            DocumentWrite.Touch touch => existing! with
            {
                Token = touch.Token,
                Version = touch.Version,
                Repeats = touch.Repeats,
            },
            DocumentWrite.Stage when decision.Layout is null => existing!,
            DocumentWrite.Stage => existing! with { Staged = (existing.Sequence, chunks) },
            _ => NextOf(write, existing, decision, chunks),
        };
        _documents[write.Id] = (document, decision);
        return _decisions.Apply(write, new DocumentKey(document.Key), document.SourceIdKey);
    }

    private MemoryDocument NextOf(DocumentWrite write, MemoryDocument? existing, WriteDecision decision, MemoryChunk[] chunks)
    {
        var next = decision.Document!;
        return new MemoryDocument
        {
            Key = existing?.Key ?? state.NextNumber(),
            Id = write.Id,
            State = next.State,
            Repeats = next.Repeats,
            Source = next.Source,
            SourceId = decision.SourceId ?? write.Id,
            SourceIdKey = NumberOf(decision.SourceId),
            Sequence = Next,
            Token = next.Token,
            TextHash = next.TextHash,
            Metadata = next.Metadata,
            Version = next.Version,
            ExpiresAt = next.ExpiresAt,
            Tier = next.Tier,
            Run = batch.Run,
            Text = decision.Text == TextStep.Put || decision.Layout is { IsPartition: true } ? ((DocumentWrite.Put)write).Document.Text : null,
            Chunks = chunks,
        };
    }

    private MemoryChunk[] ChunksOf(NextLayout? layout, MemoryDocument? existing) => layout is null ? [] :
        [.. layout.Chunks.Select((chunk, i) => Chunk(chunk, layout.Steps[i], existing?.Chunks ?? []))];

    private MemoryChunk Chunk(ChunkWrite write, ChunkStep step, IReadOnlyList<MemoryChunk> former)
    {
        var kept = step == ChunkStep.Open ? null : former.Single(chunk => chunk.Key == write.Existing.Value);
        if (step == ChunkStep.Open)
        {
            _embeddings.Add(new StoredEmbedding(write.Input, write.Vector));
        }

        var key = step == ChunkStep.Keep ? kept!.Key : state.NextNumber();
        if (step != ChunkStep.Keep)
        {
            _opened.Add(key);
        }

        return new MemoryChunk(
            key, write.Input, write.Occurrence, write.Start,
            write.Length, write.Heading, write.Text ?? kept?.Text ?? "");
    }

    private SourceIdKey NumberOf(string? sourceId)
    {
        if (sourceId is null)
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
