using System.Globalization;

namespace Tidemark.Embedding.Pricing;

/// <summary>What of a space's name its price depends on: dimensions, prefixes and the like do not matter. Pure.</summary>
public static class PriceName
{
    /// <summary><c>openai:MODEL:DIM?…</c> is (<c>openai</c>, <c>MODEL</c>); <c>hashing:384</c> is (<c>hashing</c>, empty).</summary>
    public static (string Provider, string Model) Of(string space)
    {
        var name = space.Split('?')[0];
        var last = name.LastIndexOf(':');
        if (last >= 0 && int.TryParse(name.AsSpan(last + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            name = name[..last];
        }

        var first = name.IndexOf(':', StringComparison.Ordinal);
        return first < 0 ? (name, "") : (name[..first], name[(first + 1)..]);
    }

    /// <summary>
    /// Whether a configured name means the space: <c>openai:MODEL</c>, <c>MODEL</c>, the whole space, or a beginning of
    /// one of these followed by <c>*</c>.
    /// </summary>
    public static bool Matches(string pattern, string space)
    {
        var (provider, model) = Of(space);
        return IsLike(space) || IsLike(model.Length == 0 ? provider : $"{provider}:{model}") || (model.Length > 0 && IsLike(model));

        bool IsLike(string name) => pattern.EndsWith('*')
            ? name.StartsWith(pattern[..^1], StringComparison.Ordinal)
            : string.Equals(name, pattern, StringComparison.Ordinal);
    }
}
