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

    private static int? Number(IEnumerable<string> parts, string name) =>
        parts.FirstOrDefault(p => p.StartsWith(name, StringComparison.Ordinal)) is { } part
        && int.TryParse(part.AsSpan(name.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
