using Tidemark.Indexing;

namespace Tidemark.Wire;

/// <summary>What a search shall be limited to, as people write it.</summary>
public static class FilterText
{
    /// <summary>Reads conditions: <see cref="MetadataFilter.Parse"/> says how they are written.</summary>
    /// <param name="conditions">All of them must hold.</param>
    /// <param name="path">Where in the tree of ids; null: anywhere.</param>
    /// <param name="source">The name of a source; null: any.</param>
    /// <exception cref="TidemarkException"><c>usage</c>: a condition is none, or a limit is empty.</exception>
    public static MetadataFilter Parse(
        IEnumerable<string> conditions, (InputName Name, string? Text) path, (InputName Name, string? Text) source) =>
        MetadataFilter.Parse(conditions) with { Path = Limit(path), Source = Limit(source) };

    /// <summary>An empty text, perhaps of a variable that is not set, would let everything pass.</summary>
    private static string? Limit((InputName Name, string? Text) given) => given.Text is null || given.Text.Trim('*').Length > 0
        ? given.Text
        : throw new TidemarkException(ErrorCodes.Usage, $"'{given.Name}' is empty", "give it a value, or leave it out");
}
