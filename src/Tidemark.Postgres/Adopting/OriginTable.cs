namespace Tidemark.Postgres.Adopting;

/// <summary>Which rows of which table, before it was looked at.</summary>
/// <param name="Relation">As SQL names it, with quotes where it needs them; the server resolves it, it is not put into a statement.</param>
/// <param name="Of">What a person calls it.</param>
/// <param name="Text">The column of the texts that were embedded.</param>
/// <param name="Vector">The column of their vectors.</param>
internal sealed record OriginTable(string Relation, string Of, string Text, string Vector)
{
    /// <summary>The column by which a person finds a row; null: rows are numbered.</summary>
    public string? Id { get; init; }

    /// <summary>The column that must have <see cref="Value"/>; null: all rows.</summary>
    public string? Where { get; init; }

    /// <summary>A UUID as text.</summary>
    public string? Value { get; init; }

    /// <summary>What the other system says that its vectors are of.</summary>
    public string? Model { get; init; }
}
