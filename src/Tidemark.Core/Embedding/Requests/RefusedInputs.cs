using Tidemark.Documents;

namespace Tidemark.Embedding.Requests;

/// <summary>What the model is known to refuse: from earlier runs and from this one. It is not sent again.</summary>
internal sealed class RefusedInputs(IQuarantine quarantine, EmbeddingSpace space)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ContentHash, InputRefusal> _refused = [];

    public void Add(ContentHash input, InputRefusal refusal)
    {
        lock (_gate)
        {
            _refused[input] = refusal;
        }
    }

    /// <summary>Takes the refused ones out of <paramref name="open"/>.</summary>
    /// <param name="retry">What earlier runs met is sent again.</param>
    public async Task SpareAsync(
        List<EmbeddingInput> open, InputClaims.Claim claim, bool retry, CancellationToken cancellationToken)
    {
        var known = TakeOwn(open.ConvertAll(input => input.Hash));
        if (!retry)
        {
            var hashes = open.ConvertAll(input => input.Hash);
            foreach (var found in await quarantine.FindAsync(space, hashes, cancellationToken).ConfigureAwait(false))
            {
                known.TryAdd(found.Input, InputRefusal.Of(found));
            }
        }

        if (known.Count > 0)
        {
            open.RemoveAll(input => known.ContainsKey(input.Hash));
            foreach (var (input, refusal) in known)
            {
                claim.Refuse(input, refusal);
            }
        }
    }

    private Dictionary<ContentHash, InputRefusal> TakeOwn(List<ContentHash> inputs)
    {
        var own = new Dictionary<ContentHash, InputRefusal>();
        lock (_gate)
        {
            foreach (var input in inputs)
            {
                if (_refused.TryGetValue(input, out var refusal))
                {
                    own.TryAdd(input, refusal);
                }
            }
        }

        return own;
    }
}
