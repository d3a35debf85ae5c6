namespace Tidemark.Composition;

/// <summary>Which vectors of another system are meant, as somebody typed it.</summary>
/// <param name="Kind">One of <see cref="OriginComposer.Kinds"/>.</param>
/// <param name="Address">Of its server; <c>env:NAME</c>: the variable has it.</param>
internal sealed record OriginSettings(string Kind, string Address)
{
    /// <summary>The collection or vectorizer; null: the only one.</summary>
    public string? Collection { get; init; }

    public string? Table { get; init; }

    public string? Text { get; init; }

    public string? Vector { get; init; }

    public string? Id { get; init; }
}
