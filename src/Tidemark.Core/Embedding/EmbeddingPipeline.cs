using Tidemark.Documents;
using Tidemark.Embedding.Pricing;
using Tidemark.Embedding.Requests;

namespace Tidemark.Embedding;

/// <summary>
/// Gets vectors for inputs: from the embedding store where it has them, else from the model, each distinct input once in
/// the whole run. A vector that arrives is stored before anything else happens with it. Safe for concurrent use.
/// </summary>
public sealed class EmbeddingPipeline(EmbeddingPorts ports, EmbeddingModel model, EmbeddingBudget? budget = null)
{
    private static readonly Dictionary<ContentHash, InputRefusal> NoRefusals = [];

    private readonly IEmbeddingStore _store = ports.Embeddings;
    private readonly Lazy<RemoteModel> _remote = new(() => new RemoteModel(ports, model, budget));
    private readonly Lazy<RefusedInputs> _refused = new(() => new RefusedInputs(ports.Quarantine, model.Space));
    private readonly Lock _gate = new();
    private readonly HashSet<ContentHash> _forced = [];
    private readonly InputClaims _claims = new();
    private EmbeddingUsage _usage;

    /// <summary>The space of the vectors that it makes.</summary>
    public EmbeddingSpace Space => model.Space;

    /// <summary>Whether vectors cost neither money nor a way to a provider, so that nothing is lost if they are made again.</summary>
    public bool IsFree => model is { PricePerMillionTokens: 0, Requests: null };

    /// <summary>Whether inputs were left out of an answer because there was no money for them.</summary>
    public bool IsBudgetReached => budget is { IsReached: true };

    /// <summary>What was asked for so far, by what the provider itself reported where it did.</summary>
    public EmbeddingUsage Usage
    {
        get
        {
            lock (_gate)
            {
                return _remote.IsValueCreated ? _usage + _remote.Value.Usage : _usage;
            }
        }
    }

    /// <summary>
    /// Vectors for all <paramref name="inputs"/> by hash; repeated inputs are asked for once. Once the budget is reached,
    /// those that would have to be paid are left out.
    /// </summary>
    /// <param name="cancellationToken">
    /// Ends what is not sent yet; a request under way is given the time that the provider's answers take, and its vectors are kept.
    /// A model in this process carries the batch through.
    /// </param>
    /// <exception cref="TidemarkException">The model has failed; what it gave before is stored.</exception>
    public async Task<EmbeddingResult> EmbedAsync(
        IReadOnlyList<EmbeddingInput> inputs, EmbeddingPurpose purpose, CancellationToken cancellationToken)
    {
        cancellationToken = model.Requests is null ? CancellationToken.None : cancellationToken;
        var vectors = new Dictionary<ContentHash, ReadOnlyMemory<float>>(inputs.Count);
        var open = new Dictionary<ContentHash, EmbeddingInput>(inputs.Count);
        await KeepOwnAsync(inputs, vectors, purpose.Run, cancellationToken).ConfigureAwait(false);
        foreach (var input in inputs)
        {
            if (!vectors.ContainsKey(input.Hash))
            {
                open.TryAdd(input.Hash, input);
            }
        }

        // Claimed before the store is asked: what another batch has under way is awaited, and what it has finished is
        // in the store by the time its claim is gone, so nothing is sent twice.
        using var claim = _claims.Take(open.Keys);
        foreach (var awaited in claim.Others)
        {
            open.Remove(awaited.Key);
        }

        await FindAsync(open, vectors, claim, purpose.Force, cancellationToken).ConfigureAwait(false);
        if (model.Requests is not null)
        {
            return await AskRemoteAsync([.. open.Values], vectors, claim, purpose, cancellationToken).ConfigureAwait(false);
        }

        foreach (var batch in open.Values.Chunk(model.BatchSize))
        {
            await AskAsync(batch, vectors, claim, purpose, cancellationToken).ConfigureAwait(false);
        }

        await AwaitOthersAsync(claim, vectors, cancellationToken).ConfigureAwait(false);
        return new EmbeddingResult(vectors, NoRefusals);
    }

    /// <summary>Enters what was not entered yet; the last call, when nothing is under way any more.</summary>
    public async Task CompleteAsync()
    {
        if (_remote.IsValueCreated)
        {
            using var remote = _remote.Value;
            await remote.CompleteAsync().ConfigureAwait(false);
        }
    }

    private async Task<EmbeddingResult> AskRemoteAsync(
        List<EmbeddingInput> open,
        Dictionary<ContentHash, ReadOnlyMemory<float>> vectors,
        InputClaims.Claim claim,
        EmbeddingPurpose purpose,
        CancellationToken cancellationToken)
    {
        if (open.Count > 0)
        {
            await _refused.Value.SpareAsync(open, claim, purpose.Force || purpose.RetryRefused, cancellationToken).ConfigureAwait(false);
        }

        if (open.Count > 0)
        {
            await _remote.Value.EmbedAsync(open, claim.Mine, purpose, cancellationToken).ConfigureAwait(false);
        }

        var refusals = new Dictionary<ContentHash, InputRefusal>();
        foreach (var (hash, embedding) in claim.Mine.Select(mine => (mine.Key, mine.Value.Task)).Concat(Others(claim)))
        {
            var embedded = await embedding.WaitAsync(cancellationToken).ConfigureAwait(false);
            if (embedded.Refusal is { } refusal)
            {
                refusals[hash] = refusal;
                _refused.Value.Add(hash, refusal);
            }
            else if (!embedded.IsHeldBack)
            {
                vectors[hash] = embedded.Vector;
            }
        }

        return new EmbeddingResult(vectors, refusals);
    }

    private static IEnumerable<(ContentHash, Task<EmbeddedInput>)> Others(InputClaims.Claim claim) =>
        claim.Others.Select(other => (other.Key, other.Value));

    private async Task AwaitOthersAsync(
        InputClaims.Claim claim,
        Dictionary<ContentHash, ReadOnlyMemory<float>> vectors,
        CancellationToken cancellationToken)
    {
        foreach (var (hash, vector) in claim.Others)
        {
            try
            {
                vectors[hash] = (await vector.WaitAsync(cancellationToken).ConfigureAwait(false)).Vector;
            }
            catch (OperationCanceledException) when (vector.IsCanceled && IsBudgetReached)
            {
                // The other batch had no money for it either.
            }
        }
    }

    /// <summary>Stores the vectors that came with their texts.</summary>
    private async Task KeepOwnAsync(
        IReadOnlyList<EmbeddingInput> inputs,
        Dictionary<ContentHash, ReadOnlyMemory<float>> vectors,
        long run,
        CancellationToken cancellationToken)
    {
        var own = new List<StoredEmbedding>();
        foreach (var input in inputs)
        {
            if (!input.Own.IsEmpty && vectors.TryAdd(input.Hash, input.Own))
            {
                own.Add(new StoredEmbedding(input.Hash, input.Own));
            }
        }

        if (own.Count > 0)
        {
            var receipt = new EmbeddingReceipt { Run = run, Cause = EmbeddingCause.Supplied };
            await _store.PutAsync(model.Space, own, replace: true, receipt, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task FindAsync(
        Dictionary<ContentHash, EmbeddingInput> open,
        Dictionary<ContentHash, ReadOnlyMemory<float>> vectors,
        InputClaims.Claim claim,
        bool force,
        CancellationToken cancellationToken)
    {
        IReadOnlyCollection<ContentHash> wanted = force ? TakeForced(open.Keys) : open.Keys;
        if (wanted.Count == 0)
        {
            return;
        }

        foreach (var found in await _store.FindAsync(model.Space, wanted, cancellationToken).ConfigureAwait(false))
        {
            vectors[found.Input] = found.Vector;
            claim.Resolve(found.Input, found.Vector);
            open.Remove(found.Input);
        }
    }

    /// <summary>Of the inputs, those that this run has already forced; the others are noted as forced from now on.</summary>
    private List<ContentHash> TakeForced(IEnumerable<ContentHash> inputs)
    {
        lock (_gate)
        {
            return inputs.Where(input => !_forced.Add(input)).ToList();
        }
    }

    private async Task AskAsync(
        EmbeddingInput[] batch,
        Dictionary<ContentHash, ReadOnlyMemory<float>> vectors,
        InputClaims.Claim claim,
        EmbeddingPurpose purpose,
        CancellationToken cancellationToken)
    {
        var estimates = Array.ConvertAll(batch, input => TokenEstimate.Of(input.Text));
        if (budget is not null)
        {
            await budget.HearAsync(cancellationToken).ConfigureAwait(false);
        }

        if (budget?.Reserve(estimates) is { } affordable && affordable < batch.Length)
        {
            batch = batch[..affordable];
            estimates = estimates[..affordable];
        }

        if (batch.Length == 0)
        {
            return;
        }

        var answered = false;
        var estimated = estimates.Sum();
        try
        {
            var texts = Array.ConvertAll(batch, input => input.Text);
            var answer = await model.Generator.GenerateAsync(texts, options: null, cancellationToken).ConfigureAwait(false);
            VectorValidator.CheckAnswer(model.Space, texts.Length, answer);
            var tokens = answer.Usage?.InputTokenCount ?? estimated;
            budget?.Settle(estimated, tokens);
            answered = true;
            var shares = TokenShares.Split(tokens, estimates);
            var stored = new StoredEmbedding[batch.Length];
            for (var i = 0; i < batch.Length; i++)
            {
                stored[i] = new StoredEmbedding(batch[i].Hash, answer[i].Vector) { Tokens = shares[i] };
            }

            await KeepAsync(stored, purpose, new EmbeddingUsage(1, texts.Length, tokens), estimated).ConfigureAwait(false);
            foreach (var (input, vector) in stored)
            {
                vectors[input] = vector;
                claim.Resolve(input, vector);
            }
        }
        finally
        {
            if (!answered)
            {
                budget?.Release(estimated);
            }
        }
    }

    /// <summary>Stores what was paid for, and the payment, before anything else happens with it.</summary>
    private async Task KeepAsync(
        StoredEmbedding[] stored, EmbeddingPurpose purpose, EmbeddingUsage usage, long estimated)
    {
        var receipt = new EmbeddingReceipt
        {
            Run = purpose.Run,
            Cause = purpose.Cause,
            Usage = usage,
            EstimatedTokens = estimated,
            PricePerMillionTokens = model.PricePerMillionTokens,
        };
        await _store.PutAsync(model.Space, stored, purpose.Force, receipt, CancellationToken.None).ConfigureAwait(false);
        lock (_gate)
        {
            _usage += usage;
        }
    }
}
