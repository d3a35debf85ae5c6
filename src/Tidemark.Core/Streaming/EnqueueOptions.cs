using Tidemark.Documents;
using Tidemark.Records;
using Tidemark.Syncing;
using Tidemark.Syncing.Rules;

namespace Tidemark.Streaming;

/// <summary>What is put into the queue.</summary>
public sealed record EnqueueOptions
{
    /// <summary>Null: the namespace of the index.</summary>
    public string? Namespace { get; init; }

    internal string NamespaceName => Namespace ?? NamespaceRecord.DefaultName;

    /// <summary>What is listed, in this order. Nothing is inferred from what they do not list. Null: the sources of the index.</summary>
    public IReadOnlyList<IDocumentSource>? Sources { get; init; }

    /// <summary>The name of the source that enumerated documents belong to.</summary>
    public string SourceName { get; init; } = SyncOptions.EnumeratedName;

    /// <summary>The queue's limit: beyond so many waiting changes a batch is refused with <c>queue.full</c>.</summary>
    public long MostWaiting { get; init; } = 1_000_000;

    /// <summary>Tombstones and expiry are refused.</summary>
    public bool AppendOnly { get; init; }

    /// <summary>Says which changes are carried out first, where documents say no tier themselves. Null: the policy of the index.</summary>
    public DocumentPolicy? Policy { get; init; }

    /// <summary>Changes in one transaction.</summary>
    public int BatchSize { get; init; } = 1000;

    internal IReadOnlyList<IDocumentSource> ListedSources => Sources ?? [];
}
