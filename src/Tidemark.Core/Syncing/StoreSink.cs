using Tidemark.Documents;
using Tidemark.Embedding;
using Tidemark.Records;

namespace Tidemark.Syncing;

/// <summary>
/// Gets the vectors of a batch, then applies it; the next batches' vectors are fetched meanwhile. A document with an input
/// that the model refuses fails alone: what the index has of it stays. Cancelling leaves no document half done.
/// </summary>
internal sealed class StoreSink(
    IRecordSession session,
    EmbeddingPipeline embedding,
    RefusalDesk refusals,
    GenerationRecord generation,
    EmbeddingPurpose purpose) : IDecisionSink
{
    private readonly Lock _gate = new();
    private Task _turn = Task.CompletedTask;
    private Task _previous = Task.CompletedTask;
    private int _underWay;

    /// <summary>
    /// False: each batch becomes visible as soon as it has its vectors, in a transaction of its own. Then several callers may
    /// submit at once.
    /// </summary>
    public bool KeepsOrder { get; init; } = true;

    public ISettledDocuments Settled { get; } = new StoredDocuments(session);

    /// <summary>Null: nobody asks how long it takes.</summary>
    public RunLatencies? Latencies { get; init; }

    public Task<IReadOnlyList<SubmittedDocument>> SubmitAsync(
        IReadOnlyList<Decision> batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Interlocked.Increment(ref _underWay);
        var embedded = Task.Run(() => EmbedAsync(batch, cancellationToken), CancellationToken.None);
        if (!KeepsOrder)
        {
            return ApplyAsync(embedded, Task.CompletedTask);
        }

        var applied = ApplyAsync(embedded, _previous);
        _previous = applied;
        return applied;
    }

    public Task<IReadOnlyList<SubmittedDocument>> SubmitGoneAsync(
        IReadOnlyList<GoneDecision> gone, CancellationToken cancellationToken) =>
        SubmitAsync([.. gone.Select(one => one.Decision)], cancellationToken);

    public Task<IReadOnlyDictionary<ContentHash, int>> CountArrivedAsync(
        KeySet added, IReadOnlySet<ContentHash> texts, CancellationToken cancellationToken) =>
        ArrivedTexts.CountAsync(session, added, texts, cancellationToken);

    /// <returns>The batch's writes with their vectors, and the documents that failed by their place in it (null: none).</returns>
    private async Task<(DocumentWrite[] Writes, SubmittedDocument[]? Refused)> EmbedAsync(
        IReadOnlyList<Decision> batch, CancellationToken cancellationToken)
    {
        var writes = new DocumentWrite[batch.Count];
        var inputs = new List<EmbeddingInput>();
        for (var i = 0; i < writes.Length; i++)
        {
            writes[i] = batch[i].Write!;
            inputs.AddRange(batch[i].Inputs);
        }

        if (inputs.Count == 0)
        {
            return (writes, null);
        }

        var (vectors, refused) = await embedding.EmbedAsync(inputs, purpose, cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < writes.Length; i++)
        {
            writes[i] = VectorFill.Of(writes[i], vectors);
        }

        return (writes, refused.Count == 0 ? null : await refusals.RefuseAsync(batch, refused).ConfigureAwait(false));
    }

    private async Task<IReadOnlyList<SubmittedDocument>> ApplyAsync(
        Task<(DocumentWrite[] Writes, SubmittedDocument[]? Refused)> embedded, Task previous)
    {
        await Task.WhenAll(embedded, previous).ConfigureAwait(false);
        var (decided, refused) = await embedded.ConfigureAwait(false);
        var results = refused ?? new SubmittedDocument[decided.Length];
        var writes = new List<DocumentWrite>(decided.Length);
        for (var i = 0; i < results.Length; i++)
        {
            if (results[i].Failure is null && embedding.IsBudgetReached && VectorFill.IsWaiting(decided[i]))
            {
                results[i] = SubmittedDocument.HeldBack;
            }
            else if (results[i].Failure is null)
            {
                writes.Add(decided[i]);
            }
        }

        await InTurnAsync(() => CommitAsync(writes, results)).ConfigureAwait(false);
        return results;
    }

    /// <summary>A session applies one batch at a time.</summary>
    private Task InTurnAsync(Func<Task> apply)
    {
        lock (_gate)
        {
            return _turn = AfterAsync(_turn, apply);
        }
    }

    private static async Task AfterAsync(Task previous, Func<Task> apply)
    {
        await previous.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        await apply().ConfigureAwait(false);
    }

    private async Task CommitAsync(List<DocumentWrite> writes, SubmittedDocument[] results)
    {
        var started = Latencies?.Start() ?? 0;
        if (writes.Count > 0)
        {
            await ApplyAsync(writes, results).ConfigureAwait(false);
        }

        // Batches that follow each other closely are committed together, by the last of them.
        if (Interlocked.Decrement(ref _underWay) == 0)
        {
            await session.CommitAsync(CancellationToken.None).ConfigureAwait(false);
        }

        if (writes.Count > 0)
        {
            Latencies?.Record(RunStage.Apply, started);
        }
    }

    private async Task ApplyAsync(List<DocumentWrite> writes, SubmittedDocument[] results)
    {
        var write = new ApplyBatch(generation, purpose.Run, writes) { MayBeCommittedLater = KeepsOrder && embedding.IsFree };
        var applied = await Task.Run(
            () => session.ApplyAsync(write, CancellationToken.None).AsTask(), CancellationToken.None).ConfigureAwait(false);
        var next = 0;
        for (var i = 0; i < results.Length; i++)
        {
            if (!results[i].IsHeldBack && results[i].Failure is null)
            {
                results[i] = new SubmittedDocument { Applied = applied.Documents[next++] };
            }
        }

        await refusals.ReleaseAsync(writes).ConfigureAwait(false);
    }
}
