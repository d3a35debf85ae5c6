using Tidemark.Documents;
using Tidemark.Embedding;
using Tidemark.Records;

namespace Tidemark.Syncing;

/// <summary>Turns inputs that the model refuses into documents that failed, and keeps the namespace's quarantine true.</summary>
internal sealed class RefusalDesk(IQuarantine quarantine, string @namespace, EmbeddingSpace space, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private HashSet<string>? _documents;

    /// <summary>Outcomes for a batch: a failure for each document that needs a refused input, nothing for the others.</summary>
    public async Task<SubmittedDocument[]> RefuseAsync(
        IReadOnlyList<Decision> batch, IReadOnlyDictionary<ContentHash, InputRefusal> refused)
    {
        var outcomes = new SubmittedDocument[batch.Count];
        var poison = new List<QuarantinedInput>();
        for (var i = 0; i < outcomes.Length; i++)
        {
            outcomes[i] = new SubmittedDocument { Failure = FailureOf(batch[i], refused) };
            poison.AddRange(PoisonOf(batch[i].Id, batch[i].Inputs, refused));
        }

        await PutAsync(poison).ConfigureAwait(false);
        return outcomes;
    }

    /// <summary>Notes what a generation that is being built lacks: the next one that is begun with this model does not send it.</summary>
    public Task RefuseAsync(RebuiltDocument document, IReadOnlyDictionary<ContentHash, InputRefusal> refused) =>
        PutAsync([.. PoisonOf(document.Former.Id, document.Inputs, refused)]);

    /// <summary>A document that was written has nothing in quarantine any more.</summary>
    public async Task ReleaseAsync(IReadOnlyList<DocumentWrite> written)
    {
        var known = await LoadAsync().ConfigureAwait(false);
        List<string> released;
        lock (_gate)
        {
            released = known.Count == 0
                ? []
                : [.. written.Where(write => write is not DocumentWrite.Touch && known.Remove(write.Id)).Select(write => write.Id)];
        }

        if (released.Count > 0)
        {
            await quarantine.ReleaseAsync(@namespace, released, CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>How a document with a refused input is reported; what the index has of it stays.</summary>
    /// <returns>Null: none of its inputs is refused.</returns>
    public static ItemFailure? FailureOf(Decision decision, IReadOnlyDictionary<ContentHash, InputRefusal> refused)
    {
        foreach (var input in decision.Inputs)
        {
            if (refused.Count > 0 && refused.TryGetValue(input.Hash, out var refusal))
            {
                var message = $"a chunk of '{decision.Id}' has no vector: {refusal.Message}";
                return refusal.Since is { } since
                    ? new ItemFailure(
                        decision.Id, ErrorCodes.EmbeddingQuarantined, $"{message} (on {since:yyyy-MM-dd}, and not sent again since)",
                        InputRefusal.Remedies, HidesDocuments: false)
                    : new ItemFailure(decision.Id, refusal.Code, message, refusal.Remedy, HidesDocuments: false);
            }
        }

        return null;
    }

    private IEnumerable<QuarantinedInput> PoisonOf(
        string document, IReadOnlyList<EmbeddingInput> inputs, IReadOnlyDictionary<ContentHash, InputRefusal> refused) =>
        from input in inputs.DistinctBy(input => input.Hash)
        where refused.TryGetValue(input.Hash, out var refusal) && refusal.IsPoison
        select EntryOf(document, input.Hash, refused[input.Hash]);

    private async Task PutAsync(List<QuarantinedInput> poison)
    {
        if (poison.Count == 0)
        {
            return;
        }

        var known = await LoadAsync().ConfigureAwait(false);
        lock (_gate)
        {
            known.UnionWith(poison.Select(entry => entry.Document));
        }

        await quarantine.PutAsync(poison, CancellationToken.None).ConfigureAwait(false);
    }

    private async Task<HashSet<string>> LoadAsync()
    {
        if (_documents is { } known)
        {
            return known;
        }

        var entries = await quarantine.ListAsync(@namespace, CancellationToken.None).ConfigureAwait(false);
        lock (_gate)
        {
            return _documents ??= entries.Select(entry => entry.Document).ToHashSet(StringComparer.Ordinal);
        }
    }

    private QuarantinedInput EntryOf(string document, ContentHash input, InputRefusal refusal) => new()
    {
        Namespace = @namespace,
        Document = document,
        Space = space.Name,
        Input = input,
        Code = refusal.Code,
        Message = refusal.Message,
        Since = refusal.Since ?? clock.GetUtcNow(),
    };
}
