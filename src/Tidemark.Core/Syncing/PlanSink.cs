using Tidemark.Documents;
using Tidemark.Embedding;
using Tidemark.Records;

namespace Tidemark.Syncing;

/// <summary>Notes what a batch would do: nothing is embedded, nothing written.</summary>
/// <param name="calibration">Tokens that the provider reports for each estimated one.</param>
internal sealed class PlanSink(EmbeddingPorts ports, EmbeddingModel model, bool force, decimal calibration) : IBatchSink
{
    private readonly HashSet<ContentHash> _planned = [];

    public PlannedChanges Plan { get; } = new();

    PlannedChanges? IBatchSink.Plan => Plan;

    public async Task<IReadOnlyList<SubmittedDocument>> SubmitAsync(
        IReadOnlyList<Decision> batch, CancellationToken cancellationToken)
    {
        var absent = await FindAbsentAsync([.. batch.SelectMany(decision => decision.Inputs)], cancellationToken)
            .ConfigureAwait(false);
        var quarantined = await FindQuarantinedAsync(absent, cancellationToken).ConfigureAwait(false);
        var documents = new SubmittedDocument[batch.Count];
        for (var i = 0; i < documents.Length; i++)
        {
            documents[i] = new SubmittedDocument
            {
                Applied = new AppliedDocument(true, batch[i].Glance.Key, default),
                Failure = RefusalDesk.FailureOf(batch[i], quarantined),
            };
            if (documents[i].Failure is null)
            {
                Plan.Note(batch[i], TokensOf(batch[i].Inputs, absent));
            }
        }

        return documents;
    }

    /// <summary>The tokens of those inputs that would be embedded now.</summary>
    public async Task<long> CountAsync(IReadOnlyList<EmbeddingInput> inputs, CancellationToken cancellationToken) =>
        TokensOf(inputs, await FindAbsentAsync(inputs, cancellationToken).ConfigureAwait(false));

    /// <summary>What neither the store has nor an earlier batch would have embedded.</summary>
    private async Task<HashSet<ContentHash>> FindAbsentAsync(
        IReadOnlyList<EmbeddingInput> inputs, CancellationToken cancellationToken)
    {
        var absent = inputs.Where(input => input.Own.IsEmpty).Select(input => input.Hash).ToHashSet();
        absent.ExceptWith(_planned);
        if (!force && absent.Count > 0)
        {
            absent.ExceptWith(
                await ports.Embeddings.ContainsAsync(model.Space, absent, cancellationToken).ConfigureAwait(false));
        }

        _planned.UnionWith(absent);
        Plan.Requests += (absent.Count + model.BatchSize - 1) / model.BatchSize;
        return absent;
    }

    /// <summary>What the model is known to refuse: a sync would not send it, and its documents would fail.</summary>
    private async Task<IReadOnlyDictionary<ContentHash, InputRefusal>> FindQuarantinedAsync(
        HashSet<ContentHash> absent, CancellationToken cancellationToken)
    {
        var quarantined = new Dictionary<ContentHash, InputRefusal>();
        if (absent.Count > 0 && model.Requests is not null && !force)
        {
            foreach (var known in await ports.Quarantine.FindAsync(model.Space, absent, cancellationToken).ConfigureAwait(false))
            {
                quarantined.TryAdd(known.Input, InputRefusal.Of(known));
                absent.Remove(known.Input);
            }
        }

        return quarantined;
    }

    private long TokensOf(IReadOnlyList<EmbeddingInput> inputs, HashSet<ContentHash> absent)
    {
        var estimated = 0L;
        foreach (var input in inputs)
        {
            if (absent.Remove(input.Hash))
            {
                estimated += TokenEstimate.Of(input.Text);
                Plan.Inputs++;
            }
        }

        var tokens = (long)decimal.Ceiling(estimated * calibration);
        Plan.EstimatedTokens += estimated;
        Plan.Tokens += tokens;
        return tokens;
    }
}
