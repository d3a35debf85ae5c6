namespace Tidemark.Embedding.Requests;

/// <summary>
/// Packs inputs of all documents into requests and keeps several under way. A request is sent when it is full, or when
/// nothing else is under way that it could wait for. The first of a run goes alone: it carries the canary.
/// </summary>
internal sealed class RequestDispatcher(BatchRunner runner, RequestLimits limits) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Queue<PendingInput> _waiting = [];
    private readonly CancellationTokenSource _stop = new();
    private Task? _beginning;
    private bool _isProven;
    private long _waitingTokens;
    private int _underWay;
    private Exception? _ended;

    /// <summary>To be awaited before anything is enqueued; <paramref name="control"/> is called once.</summary>
    /// <param name="control">Gives what is to be sent before everything else; null: nothing.</param>
    public Task BeginAsync(Func<Task<PendingInput?>> control)
    {
        lock (_gate)
        {
            return _beginning ??= BeginOnceAsync(control);
        }
    }

    /// <summary>Takes inputs; their promises end when they have a vector, are refused, or the provider has failed.</summary>
    public void Enqueue(IEnumerable<PendingInput> inputs)
    {
        lock (_gate)
        {
            foreach (var input in inputs)
            {
                if (_ended is not null)
                {
                    Fail(input, _ended);
                    continue;
                }

                _waiting.Enqueue(input);
                _waitingTokens += input.Tokens;
            }
        }

        Pump();
    }

    /// <summary>Sends nothing any more. Requests under way are answered and kept; who waits for others is told why.</summary>
    public void End(Exception reason)
    {
        lock (_gate)
        {
            _ended ??= reason;
            while (_waiting.TryDequeue(out var input))
            {
                Fail(input, _ended);
            }
        }

        _stop.Cancel();
    }

    public void Dispose() => _stop.Dispose();

    private async Task BeginOnceAsync(Func<Task<PendingInput?>> control)
    {
        var first = await control().ConfigureAwait(false);
        lock (_gate)
        {
            _isProven = first is null;
            if (first is not null)
            {
                _waiting.Enqueue(first);
                _waitingTokens += first.Tokens;
            }
        }
    }

    private void Pump()
    {
        while (TakeBatch() is { } batch)
        {
            _ = Task.Run(() => RunAsync(batch), CancellationToken.None);
        }
    }

    private List<PendingInput>? TakeBatch()
    {
        lock (_gate)
        {
            var most = _isProven ? limits.Batches : 1;
            var isFull = _waiting.Count >= limits.BatchSize || _waitingTokens >= limits.BatchTokens;
            if (_waiting.Count == 0 || _underWay >= most || (_underWay > 0 && !isFull))
            {
                return null;
            }

            var batch = new List<PendingInput>(Math.Min(_waiting.Count, limits.BatchSize));
            var tokens = 0L;
            while (batch.Count < limits.BatchSize && _waiting.TryPeek(out var next)
                && (batch.Count == 0 || tokens + next.Tokens <= limits.BatchTokens))
            {
                batch.Add(_waiting.Dequeue());
                tokens += next.Tokens;
            }

            _waitingTokens -= tokens;
            _underWay++;
            return batch;
        }
    }

    private async Task RunAsync(List<PendingInput> batch)
    {
        Exception? failure = null;
        try
        {
            await runner.RunAsync(batch, _stop.Token).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            failure = e;
            End(e);
        }

        lock (_gate)
        {
            _underWay--;
            _isProven |= failure is null;
        }

        if (failure is not null)
        {
            batch.ForEach(input => Fail(input, _ended!));
        }

        Pump();
    }

    private static void Fail(PendingInput input, Exception reason)
    {
        if (reason is OperationCanceledException)
        {
            input.Promise.TrySetCanceled();
        }
        else
        {
            input.Promise.TrySetException(reason);
        }
    }
}
