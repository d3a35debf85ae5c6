using Tidemark.Documents;

namespace Tidemark.Adopting;

/// <summary>What is known of another system's vectors before they are read.</summary>
/// <param name="Name">Where they are, without user and password.</param>
/// <param name="Of">The table, collection or vectorizer.</param>
public sealed record OriginSurvey(string Name, string Of)
{
    /// <summary>The model that the other system says they are of; null: it does not say.</summary>
    public string? Model { get; init; }

    /// <summary>Rows, where that is known beforehand.</summary>
    public long? Rows { get; init; }

    /// <summary>Whether vectors are kept there in half precision.</summary>
    public bool IsHalf { get; init; }

    /// <summary>What a person should know of it.</summary>
    public IReadOnlyList<ItemWarning> Warnings { get; init; } = [];
}
