using Tidemark.Documents;

namespace Tidemark.Verifying;

public sealed record VerifyRequest
{
    public string Namespace { get; init; } = "default";

    /// <summary>Compared item by item with the records; none: only the store is looked at.</summary>
    public IReadOnlyList<IDocumentSource> Sources { get; init; } = [];

    public bool Repair { get; init; }

    public TimeSpan Wait { get; init; }
}
