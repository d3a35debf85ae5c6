using Tidemark.Documents;
using Tidemark.Embedding.Pricing;

namespace Tidemark.Embedding.Requests;

/// <summary>A model that is asked over a network, with everything that this takes. Made with the first input.</summary>
internal sealed class RemoteModel : IDisposable
{
    private readonly EmbeddingModel _model;
    private readonly SemaphoreSlim _places;
    private readonly ProviderHealth _health;
    private readonly CancellationTokenSource _abandon;
    private readonly RequestSender _sender;
    private readonly VectorKeeper _keeper;
    private readonly TokenMeter _meter;
    private readonly Canary _canary;
    private readonly RequestDispatcher _dispatcher;
    private EmbeddingPurpose _purpose;
    private int _isStopping;

    public RemoteModel(EmbeddingPorts ports, EmbeddingModel model, EmbeddingBudget? budget)
    {
        _model = model;
        _meter = new TokenMeter(ports.Ledger, model.Space);
        _canary = new Canary(ports.Embeddings, model.Space);
        _health = new ProviderHealth(ports.Clock);
        _abandon = new CancellationTokenSource(Timeout.InfiniteTimeSpan, ports.Clock);
        _places = new SemaphoreSlim(model.Requests!.Concurrency);
        _sender = new RequestSender(model, _health, ports.Clock, ports.Random, _places, _abandon.Token);
        _keeper = new VectorKeeper(ports.Embeddings, model, _meter, model.Requests.Canary ? _canary : null);
        var runner = new BatchRunner(_sender, _keeper, _health, _meter, budget);
        _dispatcher = new RequestDispatcher(runner, RequestLimits.Of(model));
    }

    public EmbeddingUsage Usage => _keeper.Usage;

    /// <summary>
    /// Every promise ends: with a vector that is durable, with a refusal, with nothing where there was no money, or with the
    /// provider's failure.
    /// </summary>
    /// <param name="cancellationToken">
    /// Ends what is not sent yet, for all who ask this model, and soon what is not answered.
    /// </param>
    public async Task EmbedAsync(
        IReadOnlyCollection<EmbeddingInput> inputs,
        IReadOnlyDictionary<ContentHash, TaskCompletionSource<EmbeddedInput>> promises,
        EmbeddingPurpose purpose,
        CancellationToken cancellationToken)
    {
        await _dispatcher.BeginAsync(() => BeginAsync(purpose)).ConfigureAwait(false);
        var pending = inputs
            .Select(input => new PendingInput(
                input.Hash, input.Text, _meter.Estimate(input.Text), purpose, promises[input.Hash]))
            .ToList();
        using var registration = cancellationToken.Register(() => Stop(cancellationToken));
        _dispatcher.Enqueue(pending);

        // All of them, also when one fails: what is under way has been paid for.
        await Task.WhenAll(pending.Select(input => input.Promise.Task)).ConfigureAwait(false);
    }

    /// <summary>Enters the requests that nothing came of.</summary>
    public Task CompleteAsync() => _keeper.KeepRequestsAsync(_purpose, _sender.TakeSent());

    public void Dispose()
    {
        _dispatcher.Dispose();
        _abandon.Dispose();
        _places.Dispose();
    }

    private void Stop(CancellationToken cancellationToken)
    {
        _dispatcher.End(new OperationCanceledException(cancellationToken));
        if (Interlocked.Exchange(ref _isStopping, 1) == 0)
        {
            _abandon.CancelAfter(_health.Grace);
        }
    }

    private async Task<PendingInput?> BeginAsync(EmbeddingPurpose purpose)
    {
        _purpose = purpose;
        await _meter.LoadAsync(CancellationToken.None).ConfigureAwait(false);
        if (!_model.Requests!.Canary)
        {
            return null;
        }

        await _canary.LoadAsync(CancellationToken.None).ConfigureAwait(false);
        return PendingInput.Control(_meter.Estimate(CanaryInput.Text), purpose);
    }
}
