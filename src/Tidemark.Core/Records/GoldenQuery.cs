namespace Tidemark.Records;

/// <summary>A question that people ask, by which the quality of search is measured. Its text and its filter name it.</summary>
public sealed record GoldenQuery
{
    /// <summary>What is asked.</summary>
    public required string Query { get; init; }

    /// <summary>Conditions that all must hold, as people write them.</summary>
    public IReadOnlyList<string> Filter { get; init; } = [];

    /// <summary>What should be found; none: nobody has said it yet.</summary>
    public IReadOnlyList<GoldenAnswer> Expected { get; init; } = [];

    /// <summary>Whether none of the expected documents may be lost, whatever the other queries gain.</summary>
    public bool Must { get; init; }

    /// <summary>When it was recorded.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>Whether somebody has said what should be found.</summary>
    public bool IsLabelled => Expected.Count > 0;

    /// <summary>Whether both ask the same.</summary>
    public bool AsksAs(GoldenQuery other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return string.Equals(Query, other.Query, StringComparison.Ordinal) && Filter.SequenceEqual(other.Filter, StringComparer.Ordinal);
    }

    /// <summary>Whether both ask the same and are answered by the same.</summary>
    public bool IsLike(GoldenQuery other) => AsksAs(other) && Must == other.Must && Expected.SequenceEqual(other.Expected);
}
