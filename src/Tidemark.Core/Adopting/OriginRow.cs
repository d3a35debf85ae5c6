namespace Tidemark.Adopting;

/// <summary>One text and its vector, as the other system has them.</summary>
/// <param name="Label">What a person finds it by: an id there, or <c>row 17</c>.</param>
/// <param name="Text">The very text that was embedded; null: there is none.</param>
/// <param name="Vector">Null: there is none.</param>
public readonly record struct OriginRow(string Label, string? Text, ReadOnlyMemory<float>? Vector)
{
    /// <summary>Why it cannot be read; null: it was.</summary>
    public string? Fault { get; init; }
}
