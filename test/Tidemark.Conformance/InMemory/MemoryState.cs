using Tidemark.Documents;
using Tidemark.Embedding;
using Tidemark.Embedding.Pricing;
using Tidemark.Records;

namespace Tidemark.Conformance.InMemory;

/// <summary>Everything that a store holds. Guarded by <see cref="Gate"/>.</summary>
internal sealed class MemoryState(TimeProvider clock)
{
    private long _last;

    public Lock Gate { get; } = new();

    public DateTimeOffset Now => clock.GetUtcNow();

    public TimeProvider Clock => clock;

    public List<MemoryLease> Leases { get; } = [];

    public StoreSecret? Secret { get; set; }

    public Dictionary<string, MemoryNamespace> Namespaces { get; } = new(StringComparer.Ordinal);

    public Dictionary<(string Space, ContentHash Input), MemoryEmbedding> Embeddings { get; } = [];

    public List<(LedgerMonth Month, string Space, EmbeddingReceipt Receipt)> Payments { get; } = [];

    public List<QuarantinedInput> Quarantine { get; } = [];

    public Dictionary<(string Kind, string Key), ServiceEntry> ServiceEntries { get; } = [];

    public long NextNumber() => ++_last;

    /// <summary>The queued change, if the lease still holds.</summary>
    public MemoryChange? Held(string @namespace, ChangeLease lease) =>
        Namespaces.GetValueOrDefault(@namespace)?.Queue.Find(change => change.Holds(lease));

    public float[]? VectorOf(string space, ContentHash input) =>
        Embeddings.TryGetValue((space, input), out var stored) ? stored.Vector : null;

    public void Store(EmbeddingSpace space, StoredEmbedding embedding, bool replace, EmbeddingReceipt receipt)
    {
        var key = (space.Name, embedding.Input);
        var isThere = Embeddings.ContainsKey(key);
        if (replace || !isThere)
        {
            var cause = isThere ? receipt.CauseOfReplacement : receipt.Cause;
            Embeddings[key] = new MemoryEmbedding(embedding.Vector.ToArray(), Now, receipt.Run, cause, embedding.Tokens);
        }
    }

    /// <param name="namespace">Null: all of them.</param>
    /// <exception cref="TidemarkException"><c>run.locked</c>.</exception>
    public async ValueTask<MemoryLease> LeaseAsync(
        string? @namespace, NamespaceHold hold, TimeSpan wait, CancellationToken cancellationToken)
    {
        var wanted = new MemoryLease(this, @namespace, hold);
        var started = clock.GetTimestamp();
        while (true)
        {
            lock (Gate)
            {
                if (!Leases.Exists(wanted.ExcludedBy))
                {
                    Leases.Add(wanted);
                    return wanted;
                }
            }

            if (clock.GetElapsedTime(started) >= wait)
            {
                throw new TidemarkException(
                    ErrorCodes.RunLocked, $"another run holds the namespace '{@namespace}'", "let it finish");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(1), clock, cancellationToken);
        }
    }
}
