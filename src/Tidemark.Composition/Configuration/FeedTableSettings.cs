namespace Tidemark.Composition.Configuration;

/// <summary>A table whose rows are documents.</summary>
/// <param name="Name">As SQL names it.</param>
/// <param name="Id">A template.</param>
/// <param name="Text">A template.</param>
internal sealed record FeedTableSettings(string Name, string Id, string Text)
{
    public IReadOnlyList<string> Metadata { get; init; } = [];

    public string? ExpiresAt { get; init; }

    public string? Tier { get; init; }
}
