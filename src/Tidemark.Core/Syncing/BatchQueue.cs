using Tidemark.Records;

namespace Tidemark.Syncing;

/// <summary>
/// Gathers decisions into batches, hands them to the sink, and marks and counts them once they are committed. A few
/// batches are under way at a time, so memory does not grow with the corpus.
/// </summary>
internal sealed class BatchQueue(RunContext run)
{
    private const int MostUnderWay = 2;
    private const long MostText = 512 * 1024;

    private readonly Queue<(List<Decision> Batch, Task<IReadOnlyList<SubmittedDocument>> Submitted)> _underWay = [];
    private readonly HashSet<string> _unsettled = new(StringComparer.Ordinal);
    private List<Decision> _batch = [];
    private long _text;

    /// <summary>Gets decisions whose document was not as expected when they were applied.</summary>
    public required Action<Decision, AppliedDocument> OnRefused { get; init; }

    /// <summary>Gets decisions that are committed.</summary>
    public required Action<Decision, AppliedDocument> OnApplied { get; init; }

    /// <summary>Whether an unknown id is on its way into the store already (a plan never gets there).</summary>
    public bool IsUnsettled(string id) => _unsettled.Contains(id);

    public async ValueTask AddAsync(Decision decision, CancellationToken cancellationToken)
    {
        _batch.Add(decision);
        _unsettled.Add(decision.Id);
        foreach (var input in decision.Inputs)
        {
            _text += input.Text.Length;
        }

        if (_batch.Count >= run.Request.BatchSize || _text >= MostText)
        {
            await SubmitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Submits what was gathered and waits until everything is committed.</summary>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        if (_batch.Count > 0)
        {
            await SubmitAsync(cancellationToken).ConfigureAwait(false);
        }

        while (_underWay.Count > 0)
        {
            await SettleOldestAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Waits for the batches that are under way; failures and cancellation are the caller's to report.</summary>
    public async Task DrainAsync()
    {
        while (_underWay.Count > 0)
        {
            try
            {
                await SettleOldestAsync().ConfigureAwait(false);
            }
            catch (Exception e) when (e is OperationCanceledException or BudgetReachedException)
            {
                // Not sent any more; the next run does it.
            }
        }
    }

    private async Task SubmitAsync(CancellationToken cancellationToken)
    {
        var batch = _batch;
        _batch = new List<Decision>(batch.Count);
        _text = 0;
        while (_underWay.Count >= MostUnderWay)
        {
            await SettleOldestAsync().ConfigureAwait(false);
        }

        _underWay.Enqueue((batch, run.Sink.SubmitAsync(batch, cancellationToken)));
    }

    private async Task SettleOldestAsync()
    {
        var (batch, submitted) = _underWay.Dequeue();
        var results = await submitted.ConfigureAwait(false);
        for (var i = 0; i < batch.Count; i++)
        {
            if (run.Plan is null)
            {
                _unsettled.Remove(batch[i].Id);
            }

            if (results[i].IsApplied)
            {
                OnApplied(batch[i], results[i].Applied);
            }
            else if (!results[i].IsHeldBack)
            {
                OnRefused(batch[i], results[i].Applied);
            }
        }

        if (results.Any(result => result.IsHeldBack))
        {
            throw new BudgetReachedException();
        }
    }
}
