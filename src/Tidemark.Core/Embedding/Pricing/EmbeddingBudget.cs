namespace Tidemark.Embedding.Pricing;

/// <summary>
/// What a run may still spend. A request is sent only if what the provider has reported so far, what requests under way
/// are estimated at and the estimate of this one fit together. Once one does not, none is sent any more. Safe for
/// concurrent use.
/// </summary>
/// <param name="limit">USD that this run may spend.</param>
/// <param name="pricePerMillion">USD for a million tokens.</param>
public sealed class EmbeddingBudget(decimal limit, decimal pricePerMillion)
{
    private readonly Lock _gate = new();
    private long _reported;
    private long _underWay;
    private long? _refused;
    private decimal _paid;

    /// <summary>
    /// What others spend too; null: nothing. It is asked for what they have paid before anything is sent, so that several runs at once
    /// spend it once; what they have under way at that moment is not known.
    /// </summary>
    public SharedLimit? Shared { get; init; }

    /// <summary>USD.</summary>
    public decimal Limit => limit;

    /// <summary>Whether something was not sent because of the limit.</summary>
    public bool IsReached
    {
        get
        {
            lock (_gate)
            {
                return _refused is not null;
            }
        }
    }

    /// <summary>Whether that was the limit that others spend too.</summary>
    public bool IsSharedReached { get; private set; }

    /// <summary>USD that all have paid of that limit, as far as was heard.</summary>
    public decimal Paid
    {
        get
        {
            lock (_gate)
            {
                return Math.Max(_paid, CostOf(_reported));
            }
        }
    }

    /// <summary>Estimated tokens of the first input that there was no money for; null: there was for all.</summary>
    internal long? Refused
    {
        get
        {
            lock (_gate)
            {
                return _refused;
            }
        }
    }

    /// <summary>USD, by what the provider has reported.</summary>
    public decimal Spent
    {
        get
        {
            lock (_gate)
            {
                return CostOf(_reported);
            }
        }
    }

    /// <summary>Hears what all have paid of the shared limit.</summary>
    internal async ValueTask HearAsync(CancellationToken cancellationToken)
    {
        if (Shared is { } shared)
        {
            var paid = await shared.PaidAsync(cancellationToken).ConfigureAwait(false);
            lock (_gate)
            {
                _paid = Math.Max(_paid, paid);
            }
        }
    }

    /// <summary>Takes as many inputs as there is money for, from the first on.</summary>
    /// <param name="estimates">Tokens of each input.</param>
    /// <returns>How many may be sent; their estimates are reserved until <see cref="Settle"/> or <see cref="Release"/>.</returns>
    public int Reserve(ReadOnlySpan<long> estimates)
    {
        lock (_gate)
        {
            var count = 0;
            while (_refused is null && count < estimates.Length)
            {
                if (CostOf(_reported + _underWay + estimates[count]) > limit || IsTooMuchForAll(estimates[count]))
                {
                    _refused = estimates[count];
                    break;
                }

                _underWay += estimates[count++];
            }

            return count;
        }
    }

    /// <summary>A request was answered: its reserved estimate gives way to what was reported.</summary>
    public void Settle(long estimated, long reported)
    {
        lock (_gate)
        {
            _underWay -= estimated;
            _reported += reported;
        }
    }

    /// <summary>A request was not answered and cost nothing.</summary>
    public void Release(long estimated) => Settle(estimated, 0);

    /// <summary>Of what all have paid, this run's own may be a part that it has not settled yet.</summary>
    private bool IsTooMuchForAll(long estimate) => IsSharedReached =
        Shared is { } shared && Math.Max(_paid, CostOf(_reported + _underWay)) + CostOf(estimate) > shared.Left;

    internal decimal CostOf(long tokens) => TokenPrice.CostOf(tokens, pricePerMillion)!.Value;
}
