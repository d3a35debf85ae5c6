namespace Tidemark.Postgres.Feeding;

/// <summary>What a slot and its publication are called.</summary>
internal static class FeedSlot
{
    private const int Longest = 63;

    /// <summary>Lower-case letters, digits and underscores, as the server takes them.</summary>
    public static string NameOf(string source)
    {
        var name = "tidemark_" + string.Concat(source.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));
        return name.Length <= Longest ? name : name[..Longest];
    }

    public static bool IsName(string slot) => slot.Length is > 0 and <= Longest && slot.All(c => c == '_' || char.IsAsciiDigit(c) || char.IsAsciiLetterLower(c));
}
