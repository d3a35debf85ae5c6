namespace Tidemark.Postgres.Feeding;

/// <summary>A table whose rows are documents.</summary>
/// <param name="Name">As SQL names it: <c>public.product</c>.</param>
/// <param name="Id">The document's id, made of columns that a deletion carries: <c>products/{id}</c>.</param>
/// <param name="Text">The document's text, made of columns: <c>Product: {name}</c>.</param>
public sealed record FeedTable(string Name, string Id, string Text)
{
    /// <summary>Columns that become metadata, typed as they are.</summary>
    public IReadOnlyList<string> Metadata { get; init; } = [];

    /// <summary>A column of a time at which the document stops to be valid; null: it does not.</summary>
    public string? ExpiresAt { get; init; }

    /// <summary>A column that holds the document's tier; null: it says none.</summary>
    public string? Tier { get; init; }
}
