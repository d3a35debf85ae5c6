using Tidemark.Documents;
using Tidemark.Embedding;
using Tidemark.Records;

namespace Tidemark.Syncing;

/// <summary>
/// Gets the vectors of a batch, then applies it; the next batch's vectors are fetched meanwhile. A batch that was taken is
/// carried through to its end: what is under way has been paid for, and cancelling leaves nothing half done.
/// </summary>
internal sealed class StoreSink(
    IRecordSession session, EmbeddingPipeline embedding, GenerationRecord generation, EmbeddingPurpose purpose) : IBatchSink
{
    private Task _previous = Task.CompletedTask;
    private int _underWay;

    /// <summary>Null: nobody asks how long it takes.</summary>
    public RunLatencies? Latencies { get; init; }

    public PlannedChanges? Plan => null;

    public Task<IReadOnlyList<SubmittedDocument>> SubmitAsync(IReadOnlyList<Decision> batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Interlocked.Increment(ref _underWay);
        var vectors = Task.Run(() => EmbedAsync(batch), CancellationToken.None);
        var applied = ApplyAsync(batch, vectors, _previous);
        _previous = applied;
        return applied;
    }

    private async Task EmbedAsync(IReadOnlyList<Decision> batch)
    {
        var inputs = new List<EmbeddingInput>();
        foreach (var decision in batch)
        {
            inputs.AddRange(decision.Inputs);
        }

        if (inputs.Count == 0)
        {
            return;
        }

        var vectors = await embedding.EmbedAsync(inputs, purpose, CancellationToken.None).ConfigureAwait(false);
        foreach (var decision in batch)
        {
            Fill(decision.Chunks.Writes, vectors);
        }
    }

    private static void Fill(ChunkWrite[] chunks, IReadOnlyDictionary<ContentHash, ReadOnlyMemory<float>> vectors)
    {
        for (var i = 0; i < chunks.Length; i++)
        {
            if (chunks[i].Existing.IsNone && vectors.TryGetValue(chunks[i].Input, out var vector))
            {
                chunks[i] = chunks[i] with { Vector = vector };
            }
        }
    }

    private async Task<IReadOnlyList<SubmittedDocument>> ApplyAsync(
        IReadOnlyList<Decision> batch, Task vectors, Task previous)
    {
        await Task.WhenAll(vectors, previous).ConfigureAwait(false);
        var results = new SubmittedDocument[batch.Count];
        var writes = new List<DocumentWrite>(batch.Count);
        for (var i = 0; i < results.Length; i++)
        {
            if (embedding.IsBudgetReached && LacksVectors(batch[i].Chunks.Writes))
            {
                results[i] = SubmittedDocument.HeldBack;
            }
            else
            {
                writes.Add(batch[i].Write!);
            }
        }

        if (writes.Count > 0)
        {
            var started = Latencies?.Start() ?? 0;
            var write = new ApplyBatch(generation, purpose.Run, writes) { MayBeCommittedLater = embedding.IsFree };
            var applied = await Task.Run(
                () => session.ApplyAsync(write, CancellationToken.None).AsTask(), CancellationToken.None).ConfigureAwait(false);
            Latencies?.Record(RunStage.Apply, started);
            var next = 0;
            for (var i = 0; i < results.Length; i++)
            {
                if (!results[i].IsHeldBack)
                {
                    results[i] = new SubmittedDocument { Applied = applied.Documents[next++] };
                }
            }
        }

        // Batches that follow each other closely are committed together, by the last of them.
        if (Interlocked.Decrement(ref _underWay) == 0)
        {
            await session.CommitAsync(CancellationToken.None).ConfigureAwait(false);
        }

        return results;
    }

    private static bool LacksVectors(ChunkWrite[] chunks)
    {
        foreach (var chunk in chunks)
        {
            if (chunk.Existing.IsNone && chunk.Vector.IsEmpty)
            {
                return true;
            }
        }

        return false;
    }
}
