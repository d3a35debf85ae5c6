using System.Globalization;

namespace Tidemark.Chunking;

/// <summary>Reads the settings back from a chunker's fingerprint: <c>recursive;1;size=1000;overlap=200</c>.</summary>
internal static class ChunkerFingerprint
{
    /// <returns>Null: of a chunker that is not known.</returns>
    public static ChunkerOptions? Parse(string fingerprint)
    {
        var parts = fingerprint.Split(';');
        ChunkerKind? kind = parts[0] switch
        {
            "structured" => ChunkerKind.Structured,
            "recursive" => ChunkerKind.Recursive,
            "none" or "whole" => ChunkerKind.None,
            _ => null,
        };
        return kind is null
            ? null
            : new ChunkerOptions
            {
                Kind = kind.Value,
                Size = Number(parts, "size="),
                Overlap = Number(parts, "overlap="),
            };
    }

    /// <summary>The bound that an index was cut by, instead of what the release at hand knows of the model.</summary>
    /// <param name="fingerprint">Of the chunker that cut it.</param>
    /// <param name="known">What is known now.</param>
    /// <returns>As it was; where it cannot be had any more, as it is known now, which shows in the fingerprint.</returns>
    public static (int MaxBytes, TokenLimit? Limit) BoundOf(string fingerprint, TokenLimit known)
    {
        var parts = fingerprint.Split(';');
        if (Number(parts, "tokens=") is { } tokens)
        {
            var by = parts.FirstOrDefault(p => p.StartsWith("by=", StringComparison.Ordinal))?[3..];
            return by == known.Counter.Name ? (int.MaxValue, known with { Tokens = tokens })
                : by == ScriptTokens.Instance.Name ? (int.MaxValue, known with { Tokens = tokens, Counter = ScriptTokens.Instance })
                : (int.MaxValue, known);
        }

        // Releases up to 0.1 knew bytes only.
        return Number(parts, "bytes=") is { } bytes ? (bytes, null) : (int.MaxValue, known);
    }

    private static int? Number(IEnumerable<string> parts, string name) =>
        parts.FirstOrDefault(p => p.StartsWith(name, StringComparison.Ordinal)) is { } part
        && int.TryParse(part.AsSpan(name.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
