using Tidemark.Documents;
using Tidemark.Embedding;
using Tidemark.Records;

namespace Tidemark.Syncing;

/// <summary>Notes what a batch would do: nothing is embedded, nothing written.</summary>
/// <param name="purpose">What a run would ask for.</param>
/// <param name="calibration">Tokens that the provider reports for each estimated one.</param>
internal sealed class PlanSink(
    IRecordSession session, EmbeddingPorts ports, EmbeddingModel model, EmbeddingPurpose purpose, decimal calibration)
    : IDecisionSink, IRebuildSink
{
    private readonly PlannedChanges _plan = new();
    private readonly PlannedTokens _tokens = new(model, calibration);
    private readonly HashSet<ContentHash> _planned = [];
    private readonly PlannedDocuments _documents = new(session);
    private Task _previous = Task.CompletedTask;
    private EmbeddingUsage _usage;
    private long _estimatedTokens;

    public bool IsDurable => false;

    public IReadOnlyList<PlannedChange> Changes => _plan.Changes;

    public ISettledDocuments Settled => _documents;

    /// <summary>What a run would spend, the control sample that it sends first included.</summary>
    public EmbeddingSpent Spent
    {
        get
        {
            var control = _usage.Inputs > 0 ? CanaryInput.TokensFor(model) : 0;
            var counted = control == 0 ? 0 : _tokens.Of([CanaryInput.Text]);
            return new(_usage + new EmbeddingUsage(0, 0, counted), _estimatedTokens + control, Endpoint: null);
        }
    }

    /// <summary>One batch after the other, as a run would commit them: what one notes, the next one sees.</summary>
    public Task<IReadOnlyList<SubmittedDocument>> SubmitAsync(
        IReadOnlyList<Decision> batch, CancellationToken cancellationToken)
    {
        var noted = NoteAsync(batch, _previous, cancellationToken);
        _previous = noted;
        return noted;
    }

    public Task<IReadOnlyDictionary<ContentHash, int>> CountArrivedAsync(
        KeySet added, IReadOnlySet<ContentHash> texts, CancellationToken cancellationToken) =>
        Task.FromResult(_plan.CountArrived(added, texts));

    public Task<IReadOnlyList<SubmittedDocument>> SubmitGoneAsync(
        IReadOnlyList<GoneDecision> gone, CancellationToken cancellationToken)
    {
        var documents = new SubmittedDocument[gone.Count];
        for (var i = 0; i < documents.Length; i++)
        {
            _plan.NoteGone(gone[i]);
            documents[i] = new SubmittedDocument { Applied = new AppliedDocument(true, gone[i].Gone.Document.Key, default) };
        }

        return Task.FromResult<IReadOnlyList<SubmittedDocument>>(documents);
    }

    public async Task<IReadOnlyList<RebuiltDocument>> SubmitAsync(
        IReadOnlyList<RebuiltDocument> documents, EmbeddingCause cause, CancellationToken cancellationToken)
    {
        var absent = await FindAbsentAsync([.. documents.SelectMany(document => document.Inputs)], cancellationToken)
            .ConfigureAwait(false);
        foreach (var document in documents)
        {
            (session as RebuiltSession)?.Note(document);
            _plan.NoteRebuilt(document, cause, EmbeddedOf(document.Inputs, absent));
        }

        return documents;
    }

    private bool IsRepeat(Decision decision) => decision.Glance.Key.IsNone && _documents.IsNew(decision.Id);

    private async Task<IReadOnlyList<SubmittedDocument>> NoteAsync(
        IReadOnlyList<Decision> batch, Task previous, CancellationToken cancellationToken)
    {
        await previous.ConfigureAwait(false);
        var inputs = batch.Where(decision => !IsRepeat(decision)).SelectMany(decision => decision.Inputs);
        var absent = await FindAbsentAsync([.. inputs], cancellationToken).ConfigureAwait(false);
        var quarantined = await FindQuarantinedAsync(absent, cancellationToken).ConfigureAwait(false);
        var documents = new SubmittedDocument[batch.Count];
        for (var i = 0; i < documents.Length; i++)
        {
            documents[i] = _documents.IsContradictedBy(batch[i])
                ? new SubmittedDocument { Failure = batch[i].FailureOf(DocumentDiff.Contradiction(batch[i])) }
                : IsRepeat(batch[i]) ? SubmittedDocument.Repeat
                : await TakeAsync(batch[i], absent, quarantined, cancellationToken).ConfigureAwait(false);
        }

        return documents;
    }

    private async ValueTask<SubmittedDocument> TakeAsync(
        Decision decision,
        HashSet<ContentHash> absent,
        IReadOnlyDictionary<ContentHash, InputRefusal> quarantined,
        CancellationToken cancellationToken)
    {
        if (RefusalDesk.FailureOf(decision, quarantined) is { } failure)
        {
            return new SubmittedDocument { Failure = failure };
        }

        var applied = await _documents.NoteAsync(decision, cancellationToken).ConfigureAwait(false);
        _plan.Note(decision, applied.Key, EmbeddedOf(decision.Inputs, absent));
        return new SubmittedDocument { Applied = applied };
    }

    /// <summary>What neither the store has nor an earlier batch would have embedded.</summary>
    private async Task<HashSet<ContentHash>> FindAbsentAsync(
        IReadOnlyList<EmbeddingInput> inputs, CancellationToken cancellationToken)
    {
        var absent = inputs.Where(input => input.Own.IsEmpty).Select(input => input.Hash).ToHashSet();
        absent.ExceptWith(_planned);
        if (!purpose.Force && absent.Count > 0)
        {
            absent.ExceptWith(
                await ports.Embeddings.ContainsAsync(model.Space, absent, cancellationToken).ConfigureAwait(false));
        }

        _planned.UnionWith(absent);
        _usage += new EmbeddingUsage((absent.Count + model.BatchSize - 1) / model.BatchSize, 0, 0);
        return absent;
    }

    /// <summary>What the model is known to refuse: a sync would not send it, and its documents would fail.</summary>
    private async Task<IReadOnlyDictionary<ContentHash, InputRefusal>> FindQuarantinedAsync(
        HashSet<ContentHash> absent, CancellationToken cancellationToken)
    {
        var quarantined = new Dictionary<ContentHash, InputRefusal>();
        if (absent.Count > 0 && model.Requests is not null && purpose is { Force: false, RetryRefused: false })
        {
            foreach (var known in await ports.Quarantine.FindAsync(model.Space, absent, cancellationToken).ConfigureAwait(false))
            {
                quarantined.TryAdd(known.Input, InputRefusal.Of(known));
                absent.Remove(known.Input);
            }
        }

        return quarantined;
    }

    /// <summary>Those of the inputs that would be embedded now: how many, and their tokens.</summary>
    private (long Inputs, long Tokens) EmbeddedOf(IReadOnlyList<EmbeddingInput> inputs, HashSet<ContentHash> absent)
    {
        string[] embedded = [.. inputs.Where(input => absent.Remove(input.Hash)).Select(input => input.Text)];
        var tokens = _tokens.Of(embedded);
        _usage += new EmbeddingUsage(0, embedded.Length, tokens);
        _estimatedTokens += embedded.Sum(text => TokenEstimate.Of(text));
        return (embedded.Length, tokens);
    }
}
