namespace Tidemark.Indexing;

/// <summary>Which documents may be found. All that it says must hold; nothing said: all of them.</summary>
/// <param name="Conditions">On the metadata.</param>
public sealed record MetadataFilter(IReadOnlyList<MetadataCondition> Conditions)
{
    /// <summary>Lets everything pass.</summary>
    public static MetadataFilter None { get; } = new([]);

    /// <summary>
    /// Where in the tree of ids: <c>docs/guide</c> is that document and everything below it, never <c>docs/guidebook</c>. What
    /// ends in another sign than a letter or digit, or in <c>*</c>, which does not count, is only what ids begin with. Null: anywhere.
    /// </summary>
    public string? Path { get; init; }

    /// <summary>The name of the source that holds them; null: any.</summary>
    public string? Source { get; init; }

    /// <summary>Only what has not expired at this time; null: expired or not.</summary>
    public DateTimeOffset? ValidAt { get; init; }

    /// <summary>Whether everything passes.</summary>
    public bool IsEmpty => Conditions.Count == 0 && Path is null && Source is null && ValidAt is null;

    /// <summary>Conditions as a person writes them: <c>lang=en,de</c>, <c>author="Doe, Jane"</c>, <c>price&gt;=10</c>, <c>!owner?</c>.</summary>
    /// <exception cref="TidemarkException"><c>usage</c>: what is wrong with one of them.</exception>
    public static MetadataFilter Parse(params IEnumerable<string> conditions) =>
        new([.. conditions.Select(ConditionReader.Read)]);

    /// <summary>Whether a document is where this looks, whatever its metadata.</summary>
    public bool Covers(string document, string source) =>
        (Path is null || DocumentPath.Of(Path).Contains(document))
        && (Source is null || string.Equals(Source, source, StringComparison.Ordinal));
}
