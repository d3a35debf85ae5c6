using Microsoft.Extensions.AI;
using Polly;
using Polly.CircuitBreaker;
using Tidemark.Diagnostics;

namespace Tidemark.Embedding.Requests;

/// <summary>
/// Sends one request until it is answered or there is no sense in it any more: paced, within its timeout, through a circuit
/// breaker that all requests share, again after a failure that may pass.
/// </summary>
internal sealed class RequestSender
{
    private static readonly TimeSpan ShortestBreak = TimeSpan.FromSeconds(1);

    private readonly EmbeddingModel _model;
    private readonly EmbeddingRequestOptions _options;
    private readonly ProviderHealth _health;
    private readonly TimeProvider _clock;
    private readonly Func<double> _random;
    private readonly RequestPacer _pacer;
    private readonly ResiliencePipeline _guard;
    private readonly SemaphoreSlim? _places;
    private readonly CancellationToken _abandon;
    private long _unreported;

    /// <param name="model">Whom to ask.</param>
    /// <param name="health">What is known of the provider.</param>
    /// <param name="clock">Measures the pauses.</param>
    /// <param name="random">Spreads them.</param>
    /// <param name="places">As many as requests may be under way at once; null: no limit.</param>
    /// <param name="abandon">Gives up also what is under way.</param>
    public RequestSender(
        EmbeddingModel model,
        ProviderHealth health,
        TimeProvider clock,
        Func<double> random,
        SemaphoreSlim? places = null,
        CancellationToken abandon = default)
    {
        _model = model;
        _options = model.Requests!;
        _health = health;
        _clock = clock;
        _random = random;
        _pacer = new RequestPacer(_options, clock);
        _guard = Build(clock, random, _options.Timeout);
        _places = places;
        _abandon = abandon;
    }

    /// <summary>
    /// Whether it goes on until patience ends where nobody is at the provider's address, who may be about to begin; false: no longer than
    /// after any other failure.
    /// </summary>
    public bool WaitsForNobody { get; init; } = true;

    /// <summary>Requests that were sent since this was asked last, whatever became of them.</summary>
    public long TakeSent() => Interlocked.Exchange(ref _unreported, 0);

    /// <param name="tokens">Estimated, for the pace.</param>
    /// <param name="untilPatienceEnds">Tries on although other requests may be answered.</param>
    /// <param name="stop">Ends waiting; a request under way may still be answered, because it is paid for.</param>
    /// <exception cref="EmbeddingRequestException">No usable answer; fatal where the provider itself has failed.</exception>
    public async Task<GeneratedEmbeddings<Embedding<float>>> SendAsync(
        IReadOnlyList<string> texts, long tokens, bool untilPatienceEnds, CancellationToken stop)
    {
        var failing = 0L;
        EmbeddingRequestException? said = null;
        for (var attempt = 1; ; attempt++)
        {
            EmbeddingRequestException fault;
            try
            {
                var answer = await AskInTurnAsync(texts, tokens, stop).ConfigureAwait(false);
                if (failing != 0)
                {
                    _model.OnRecovered?.Invoke();
                }

                return answer;
            }
            catch (Exception e) when (Faults.Of(e, _model.Space) is { } known)
            {
                fault = known;
                if (e is BrokenCircuitException)
                {
                    attempt--; // nothing was sent
                }
                else
                {
                    said = known;
                    _health.Fail(Faults.IsNobodyThere(e));
                }
            }

            stop.ThrowIfCancellationRequested(); // there is no next try, so nobody is told of one
            failing = failing == 0 ? _clock.GetTimestamp() : failing;
            var nobody = _health.NobodySince;
            var silent = nobody ?? _health.SilentSince(failing);
            var patience = RetryRule.Patience(_options, isNobodyThere: nobody is not null);
            switch (RetryRule.Judge(
                fault, attempt, silent, _options with { Patience = patience }, untilPatienceEnds || (WaitsForNobody && nobody is not null)))
            {
                case RetryVerdict.Stop:
                    throw fault;
                case RetryVerdict.GiveUp:
                    throw Faults.AsFatal(said ?? fault, GaveUp(fault, silent));
            }

            if (fault is { Fault: EmbeddingFault.RateLimited, RetryAfter: { } pause })
            {
                _pacer.Pause(pause);
            }

            var delay = RetryRule.Delay(attempt, fault.RetryAfter, _random());
            if (nobody is { } since && patience - since is var left && left > TimeSpan.Zero && delay > left)
            {
                delay = left;
            }

            _model.OnWait?.Invoke(said ?? fault, delay);
            await Task.Delay(delay, _clock, stop).ConfigureAwait(false);
        }
    }

    /// <summary>The provider counted so many tokens for a request that was estimated otherwise.</summary>
    public void Correct(long estimated, long counted) => _pacer.Correct(estimated, counted);

    private static string GaveUp(EmbeddingRequestException fault, TimeSpan silent) =>
        fault.RetryAfter is { } asked && asked > silent
            ? $"the provider asks to wait {asked.TotalSeconds:0} s, which is longer than this run waits: "
            : $"no vector has come for {silent.TotalSeconds:0} s: ";

    private static ResiliencePipeline Build(TimeProvider clock, Func<double> random, TimeSpan timeout)
    {
        var builder = new ResiliencePipelineBuilder { TimeProvider = clock };
        builder.AddCircuitBreaker(new CircuitBreakerStrategyOptions
        {
            FailureRatio = 1,
            MinimumThroughput = 5,
            SamplingDuration = TimeSpan.FromSeconds(30),
            BreakDurationGenerator = state => ValueTask.FromResult(
                RetryRule.Delay(Math.Min(state.FailureCount, 4), asked: null, random()) + ShortestBreak),
            ShouldHandle = arguments => ValueTask.FromResult(IsOutage(arguments.Outcome.Exception)),
        });
        return (timeout == Timeout.InfiniteTimeSpan ? builder : builder.AddTimeout(timeout)).Build();
    }

    /// <summary>A refused input or a limit says that the provider is there.</summary>
    private static bool IsOutage(Exception? failure) => failure switch
    {
        null or OperationCanceledException => false,
        EmbeddingRequestException said => said.Fault == EmbeddingFault.Transient,
        HttpRequestException or TimeoutException or IOException or Polly.Timeout.TimeoutRejectedException => true,
        _ => false,
    };

    private async Task<GeneratedEmbeddings<Embedding<float>>> AskInTurnAsync(
        IReadOnlyList<string> texts, long tokens, CancellationToken stop)
    {
        if (_places is not null)
        {
            await _places.WaitAsync(stop).ConfigureAwait(false);
        }

        try
        {
            await _pacer.WaitAsync(tokens, stop).ConfigureAwait(false);
            stop.ThrowIfCancellationRequested();
            return await AskAsync(texts).ConfigureAwait(false);
        }
        finally
        {
            _places?.Release();
        }
    }

    private async Task<GeneratedEmbeddings<Embedding<float>>> AskAsync(IReadOnlyList<string> texts)
    {
        var asked = _clock.GetTimestamp();
        var answer = await _guard.ExecuteAsync(
            static async (state, cancellationToken) =>
            {
                Interlocked.Increment(ref state.Sender._unreported);
                return await state.Sender._model.Generator
                    .GenerateAsync(state.Texts, options: null, cancellationToken).ConfigureAwait(false);
            },
            (Sender: this, Texts: texts),
            _abandon).ConfigureAwait(false);
        _health.Answer(_clock.GetElapsedTime(asked));
        if (answer.Count != texts.Count)
        {
            throw Faults.Invalid(_model.Space, $"{Numbered.Of(answer.Count, "vector", "vectors")} came back for {Numbered.Of(texts.Count, "input", "inputs")}");
        }

        return answer;
    }
}
