using Tidemark.Documents;

namespace Tidemark.Records;

/// <summary>What kinds and scopes of safeguards are called in rows and by scripts.</summary>
public static class SafeguardNames
{
    /// <summary>Of a hold.</summary>
    public const string Hold = "hold";

    /// <summary>Of what was forgotten.</summary>
    public const string Forgotten = "forgotten";

    /// <summary>Of one document.</summary>
    public const string Document = "document";

    /// <summary>Of a source id.</summary>
    public const string SourceId = "source";

    /// <summary>As stores and scripts read it.</summary>
    public static string Of(SafeguardKind kind) => kind == SafeguardKind.Hold ? Hold : Forgotten;

    /// <summary>As stores and scripts read it.</summary>
    public static string Of(SafeguardScope scope) => scope == SafeguardScope.Document ? Document : SourceId;

    /// <exception cref="TidemarkException"><c>store.corrupt</c>: there is no such scope.</exception>
    /// <param name="name">As it was read.</param>
    public static SafeguardScope ScopeOf(string name) => name switch
    {
        Document => SafeguardScope.Document,
        SourceId => SafeguardScope.SourceId,
        _ => throw StoredValue.Damaged("table safeguard", $"its 'scope' ('{name}') is none"),
    };
}
