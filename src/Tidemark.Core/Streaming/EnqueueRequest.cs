using Tidemark.Documents;

namespace Tidemark.Streaming;

/// <summary>What is put into the queue.</summary>
public sealed record EnqueueRequest
{
    /// <summary>Whose queue; made if there is none.</summary>
    public string Namespace { get; init; } = "default";

    /// <summary>What is listed, in this order. Nothing is inferred from what they do not list.</summary>
    public required IReadOnlyList<IDocumentSource> Sources { get; init; }

    /// <summary>The queue's limit: so many documents may have a change waiting.</summary>
    public long MostWaiting { get; init; } = long.MaxValue;

    /// <summary>Tombstones and expiry are refused.</summary>
    public bool AppendOnly { get; init; }

    /// <summary>Changes in one transaction.</summary>
    public int BatchSize { get; init; } = 1000;
}
