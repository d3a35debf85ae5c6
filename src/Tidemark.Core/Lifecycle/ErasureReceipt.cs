using Tidemark.Documents;
using Tidemark.Records;

namespace Tidemark.Lifecycle;

/// <summary>What was forgotten, and the proof of it.</summary>
public sealed record ErasureReceipt
{
    /// <summary>Names the receipt; suppressions note it.</summary>
    public required string Id { get; init; }

    /// <summary>Of the documents.</summary>
    public required string Namespace { get; init; }

    /// <summary>When the erasure ended.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>How many documents were found.</summary>
    public long Documents { get; init; }

    /// <summary>Salted hashes of what may not come back.</summary>
    public IReadOnlyList<string> Suppressed { get; init; } = [];

    /// <summary>What was removed where.</summary>
    public required ErasedDocuments Removed { get; init; }

    /// <summary>Entries of the keyword index that were removed.</summary>
    public long Keywords { get; init; }

    /// <summary>Entries of an external index that were removed.</summary>
    public long External { get; init; }

    /// <summary>Where was looked afterwards, and what was found.</summary>
    public IReadOnlyList<ErasureProbe> Probes { get; init; } = [];

    /// <summary>Why nothing may have been found.</summary>
    public IReadOnlyList<ItemWarning> Warnings { get; init; } = [];

    /// <summary>What the erasure cannot reach.</summary>
    public IReadOnlyList<string> NotCovered { get; init; } = [];

    /// <summary>Whether nothing was found.</summary>
    public bool IsClean => Probes.All(probe => probe.Found == 0);
}
