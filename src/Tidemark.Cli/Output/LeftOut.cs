namespace Tidemark.Cli.Output;

/// <summary>Files that nothing reads, in words.</summary>
internal static class LeftOut
{
    private const int Shown = 5;

    /// <summary><c>359 .xlsx, 136 .ipynb not taken (no extractor for them)</c>; empty: there are none.</summary>
    /// <param name="notTaken">How many of each ending.</param>
    public static string Describe(IReadOnlyDictionary<string, long> notTaken)
    {
        var kinds = notTaken.Where(kind => kind.Key.Length == 0 || kind.Key[0] == '.')
            .OrderByDescending(kind => kind.Value).ThenBy(kind => kind.Key, StringComparer.Ordinal).ToArray();
        var parts = kinds.Take(Shown)
            .Select(kind => $"{Units.Count(kind.Value)} {(kind.Key.Length == 0 ? "without an ending" : kind.Key)}").ToList();
        if (kinds.Length > Shown)
        {
            parts.Add($"{Units.Count(kinds.Skip(Shown).Sum(kind => kind.Value))} of other kinds");
        }

        string[] all =
        [
            kinds.Length == 0 ? "" : $"{string.Join(", ", parts)} not taken (no extractor for them)",
            Odd(notTaken, "link", "link", "not followed (out of the source, or in a circle)"),
            Odd(notTaken, "special", "pipe, socket or device", "not opened", "pipes, sockets or devices"),
        ];
        return string.Join(" · ", all.Where(part => part.Length > 0));
    }

    private static string Odd(
        IReadOnlyDictionary<string, long> notTaken, string kind, string one, string what, string? many = null) =>
        notTaken.GetValueOrDefault(kind) is > 0 and var count ? $"{Units.Count(count, one, many ?? $"{one}s")} {what}" : "";

    /// <summary>One line of what is there and is never found; empty: nothing is.</summary>
    public static string Describe(IReadOnlyDictionary<string, long> notTaken, long withoutText)
    {
        var empty = withoutText == 0 ? ""
            : $"{Units.Count(withoutText, "document has", "documents have")} no text";
        return string.Join(" · ", new[] { Describe(notTaken), empty }.Where(part => part.Length > 0));
    }
}
