using Tidemark.Documents;
using Tidemark.Records;

namespace Tidemark.Syncing;

/// <summary>
/// Gathers decisions into batches, hands them to the sink, and marks and counts them once they are committed. A few
/// batches are under way at a time, so memory does not grow with the corpus.
/// </summary>
internal sealed class BatchQueue(RunContext run)
{
    private const int FewestUnderWay = 2;

    /// <summary>However many requests the model takes at once, in UTF-16 code units.</summary>
    private const long MostTextUnderWay = 32 * MostText;

    private const long MostText = 512 * 1024;

    private readonly Queue<UnderWay> _underWay = [];
    private readonly HashSet<string> _unsettled = new(StringComparer.Ordinal);
    private List<Decision> _batch = [];
    private long _text;
    private long _inputs;
    private long _textUnderWay;
    private long _inputsUnderWay;

    /// <summary>Gets decisions whose document was not as expected when they were applied.</summary>
    public required Action<Decision, AppliedDocument> OnRefused { get; init; }

    /// <summary>Gets decisions of an id that the sink has taken before, and keeps to.</summary>
    public required Action<Decision> OnRepeated { get; init; }

    /// <summary>Gets decisions that are committed.</summary>
    public required Action<Decision, AppliedDocument> OnApplied { get; init; }

    /// <summary>Gets documents that could not be taken, one by one.</summary>
    public required Action<ItemFailure> OnFailed { get; init; }

    private long InputsWanted =>
        run.Pipeline.Model is { Requests: { } requests } model ? 2L * requests.Concurrency * model.BatchSize : 0;

    /// <summary>Whether an unknown id is on its way into the store already.</summary>
    public bool IsUnsettled(string id) => _unsettled.Contains(id);

    public async ValueTask AddAsync(Decision decision, CancellationToken cancellationToken)
    {
        _batch.Add(decision);
        _unsettled.Add(decision.Id);
        _inputs += decision.Inputs.Count;
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

    /// <summary>Waits for the batches that are under way; the failure that ended the run is the caller's to report.</summary>
    public async Task DrainAsync()
    {
        while (_underWay.Count > 0)
        {
            // What fails here is not carried out any more; the next run does it.
            await SettleOldestAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task SubmitAsync(CancellationToken cancellationToken)
    {
        var (batch, inputs, text) = (_batch, _inputs, _text);
        _batch = new List<Decision>(batch.Count);
        _inputs = _text = 0;
        while (HasEnoughUnderWay())
        {
            await SettleOldestAsync().ConfigureAwait(false);
        }

        _underWay.Enqueue(new UnderWay(batch, inputs, text, run.Sink.SubmitAsync(batch, cancellationToken)));
        _inputsUnderWay += inputs;
        _textUnderWay += text;
    }

    /// <summary>
    /// A model in this process is fed by two batches. One that takes several requests at once gets twice as many inputs as
    /// those hold, so that none of them waits for a batch that is being applied.
    /// </summary>
    private bool HasEnoughUnderWay() =>
        _underWay.Count >= FewestUnderWay
        && (_inputsUnderWay >= InputsWanted || _textUnderWay >= MostTextUnderWay);

    private async Task SettleOldestAsync()
    {
        var (batch, inputs, text, submitted) = _underWay.Dequeue();
        _inputsUnderWay -= inputs;
        _textUnderWay -= text;
        var results = await submitted.ConfigureAwait(false);
        for (var i = 0; i < batch.Count; i++)
        {
            _unsettled.Remove(batch[i].Id);
            if (results[i].Failure is { } failure)
            {
                OnFailed(failure);
            }
            else if (results[i].IsApplied)
            {
                OnApplied(batch[i], results[i].Applied);
            }
            else if (results[i].IsRepeat)
            {
                OnRepeated(batch[i]);
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

    private sealed record UnderWay(
        List<Decision> Batch, long Inputs, long Text, Task<IReadOnlyList<SubmittedDocument>> Submitted);
}
