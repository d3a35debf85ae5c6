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

    public PlannedChanges? Plan => null;

    public Task<ApplyResult> SubmitAsync(IReadOnlyList<Decision> batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
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
            var chunks = decision.Chunks.Writes;
            for (var i = 0; i < chunks.Length; i++)
            {
                if (chunks[i].Existing.IsNone)
                {
                    chunks[i] = chunks[i] with { Vector = vectors[chunks[i].Input] };
                }
            }
        }
    }

    private async Task<ApplyResult> ApplyAsync(IReadOnlyList<Decision> batch, Task vectors, Task previous)
    {
        await Task.WhenAll(vectors, previous).ConfigureAwait(false);
        var writes = new DocumentWrite[batch.Count];
        for (var i = 0; i < writes.Length; i++)
        {
            writes[i] = batch[i].Write!;
        }

        return await Task.Run(
            () => session.ApplyAsync(new ApplyBatch(generation, purpose.Run, writes), CancellationToken.None).AsTask(),
            CancellationToken.None).ConfigureAwait(false);
    }
}
