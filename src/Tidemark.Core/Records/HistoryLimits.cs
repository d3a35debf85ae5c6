namespace Tidemark.Records;

/// <summary>Until when history may be given up: what closed before that time, and is needed by nobody.</summary>
/// <param name="Before">For namespaces of which nothing else is said.</param>
public sealed record HistoryLimits(DateTimeOffset Before)
{
    /// <summary>For single namespaces, by name.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> ByNamespace { get; init; } = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);

    /// <summary>One time for all of them.</summary>
    public static implicit operator HistoryLimits(DateTimeOffset before) => FromDateTimeOffset(before);

    /// <summary>One time for all of them.</summary>
    public static HistoryLimits FromDateTimeOffset(DateTimeOffset before) => new(before);

    /// <summary>That of one namespace.</summary>
    public DateTimeOffset Of(string @namespace) => ByNamespace.GetValueOrDefault(@namespace, Before);
}
