using Tidemark.Documents;

namespace Tidemark.Verifying;

/// <summary>One comparison.</summary>
public sealed record VerifyRequest
{
    /// <summary>What is compared.</summary>
    public string Namespace { get; init; } = "default";

    /// <summary>Compared item by item with the records; none: only the store is looked at.</summary>
    public IReadOnlyList<IDocumentSource> Sources { get; init; } = [];

    /// <summary>Put the index right from records and embeddings.</summary>
    public bool Repair { get; init; }

    /// <summary>How long a repair waits for another run.</summary>
    public TimeSpan Wait { get; init; }
}
