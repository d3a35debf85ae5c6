using Microsoft.Extensions.AI;

namespace Tidemark.Embedding.Requests;

/// <summary>
/// Looks at every vector of an answer, and makes those that can be right durable before anything else happens, together
/// with what was paid for them.
/// </summary>
internal sealed class VectorKeeper(IEmbeddingStore store, EmbeddingModel model, TokenMeter meter, Canary? canary)
{
    private readonly GroupCommit _commit = new(store, model.Space);
    private readonly Lock _gate = new();
    private EmbeddingUsage _usage;

    /// <summary>What was entered so far.</summary>
    public EmbeddingUsage Usage
    {
        get
        {
            lock (_gate)
            {
                return _usage;
            }
        }
    }

    /// <summary>
    /// Where the control sample's vector cannot be right, nothing tells whether the others are of the model: none of them is kept.
    /// </summary>
    /// <exception cref="EmbeddingRequestException"><c>embedding.changed</c>: no vector was stored.</exception>
    public async Task<KeptAnswer> KeepAsync(
        IReadOnlyList<PendingInput> batch, GeneratedEmbeddings<Embedding<float>> answer, long requests)
    {
        var plain = batch.Select(input => TokenEstimate.Of(input.Text)).ToArray();
        var tokens = meter.Count([.. batch.Select(input => input.Text)], answer.Usage?.InputTokenCount, plain.Sum());
        var shares = TokenShares.Split(tokens, plain);
        var good = new List<StoredEmbedding>(batch.Count);
        var bad = new List<BadVector>();
        for (var i = 0; i < batch.Count; i++)
        {
            if (VectorValidator.Complaint(model.Space, answer[i].Vector.Span) is { } complaint)
            {
                bad.Add(new BadVector(batch[i], Faults.Invalid(model.Space, complaint)));
            }
            else
            {
                good.Add(new StoredEmbedding(batch[i].Hash, answer[i].Vector) { Tokens = shares[i] });
            }
        }

        if (bad.FindIndex(vector => vector.Input.IsControl) is >= 0 and var control)
        {
            good.Clear();
            bad = [.. batch.Select(input => new BadVector(input, bad[control].Reason))];
        }

        var inputs = good.Count - good.Count(vector => vector.Input == CanaryInput.Hash);
        var usage = new EmbeddingUsage(requests, inputs, tokens);
        var changed = Judge(good);
        await PutAsync(batch[0].Purpose, changed is null ? good : [], usage, plain.Sum()).ConfigureAwait(false);
        return changed is null ? new KeptAnswer(bad, tokens) : throw changed;
    }

    /// <summary>A vector that was made of others, which are paid for.</summary>
    public Task KeepJoinedAsync(PendingInput input, ReadOnlyMemory<float> vector) =>
        PutAsync(input.Purpose, [new StoredEmbedding(input.Hash, vector) { Tokens = input.Tokens }], default, 0);

    /// <summary>Enters requests that no vector came of.</summary>
    public Task KeepRequestsAsync(EmbeddingPurpose purpose, long requests) =>
        requests == 0 ? Task.CompletedTask : PutAsync(purpose, [], new EmbeddingUsage(requests, 0, 0), 0);

    private EmbeddingRequestException? Judge(List<StoredEmbedding> good)
    {
        var control = good.Find(vector => vector.Input == CanaryInput.Hash);
        return control.Vector.IsEmpty ? null : canary?.Judge(control.Vector);
    }

    private async Task PutAsync(EmbeddingPurpose purpose, List<StoredEmbedding> good, EmbeddingUsage usage, long estimated)
    {
        var receipt = new EmbeddingReceipt
        {
            Run = purpose.Run,
            Cause = purpose.Cause,
            Usage = usage,
            EstimatedTokens = estimated,
            PricePerMillionTokens = model.PricePerMillionTokens,
        };
        await _commit.PutAsync(good, purpose.Force, receipt).ConfigureAwait(false);
        lock (_gate)
        {
            _usage += usage;
        }
    }
}
