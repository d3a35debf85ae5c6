using Tidemark.Serving;

namespace Tidemark.Server.Guarding;

/// <summary>Who sends a request.</summary>
/// <param name="Key">The id of the key; null: nobody in particular, on this very machine.</param>
/// <param name="Scope">What it may do.</param>
/// <param name="Namespaces">Where; null: everywhere.</param>
internal sealed record Caller(string? Key, AccessScope Scope, IReadOnlyList<string>? Namespaces)
{
    /// <summary>How many tokens may be embedded for it in a day; null: no limit.</summary>
    public long? TokensPerDay { get; init; }

    /// <summary>Where no key is asked for.</summary>
    public static Caller Anybody { get; } = new(null, AccessScope.Admin, null);

    public string Name => Key ?? "nobody";

    public bool MaySee(string @namespace) => Namespaces is null || Namespaces.Contains(@namespace, StringComparer.Ordinal);
}
