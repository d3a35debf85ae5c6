using Tidemark.Reporting;

namespace Tidemark.Agents;

/// <summary>How the tools of an index answer.</summary>
public sealed record AgentOptions
{
    /// <summary>Null: the namespace of the index.</summary>
    public string? Namespace { get; init; }

    /// <summary>Where documents can be looked at, by the names of their sources; the others are at <c>tidemark://NAMESPACE/ID</c>.</summary>
    public IReadOnlyDictionary<string, UrlTemplate> Urls { get; init; } = new Dictionary<string, UrlTemplate>(StringComparer.Ordinal);

    /// <summary>When the index is stale.</summary>
    public StatusOptions Status { get; init; } = new();
}
