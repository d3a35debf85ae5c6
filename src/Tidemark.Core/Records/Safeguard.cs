namespace Tidemark.Records;

/// <summary>A rule about documents that outlives them.</summary>
/// <param name="Kind">What it is for.</param>
/// <param name="Scope">What is named.</param>
/// <param name="Name">The id; of what was forgotten its salted hash.</param>
/// <param name="Note">Why: a reason, or the number of a receipt.</param>
/// <param name="Since">When it was made.</param>
public sealed record Safeguard(SafeguardKind Kind, SafeguardScope Scope, string Name, string Note, DateTimeOffset Since)
{
    /// <summary>Whether it is about a document.</summary>
    public bool Covers(string document, string sourceId) =>
        string.Equals(Name, Scope == SafeguardScope.Document ? document : sourceId, StringComparison.Ordinal);
}
