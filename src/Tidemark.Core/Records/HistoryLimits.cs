namespace Tidemark.Records;

/// <summary>Until when history may be given up: what closed before that time, and is needed by nobody.</summary>
/// <param name="Before">For namespaces of which nothing else is said.</param>
public sealed record HistoryLimits(DateTimeOffset Before)
{
    /// <summary>For single namespaces, by name.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> ByNamespace { get; init; } = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);

    /// <summary>Runs that ended before go as well, where nothing that is kept names them; null: all are kept.</summary>
    public DateTimeOffset? Runs { get; init; }

    /// <summary>The newest runs of a namespace stay, whatever their age: what is shown and compared of them.</summary>
    public const int RunsKept = 100;

    /// <summary>One time for all of them.</summary>
    public static implicit operator HistoryLimits(DateTimeOffset before) => FromDateTimeOffset(before);

    /// <summary>One time for all of them.</summary>
    public static HistoryLimits FromDateTimeOffset(DateTimeOffset before) => new(before);

    /// <summary>Until when runs of one namespace may go, never before its history; null: they are kept.</summary>
    public DateTimeOffset? RunsOf(string @namespace) => Runs is { } runs && Of(@namespace) is var own ? (own < runs ? own : runs) : null;

    /// <summary>That of one namespace.</summary>
    public DateTimeOffset Of(string @namespace) => ByNamespace.GetValueOrDefault(@namespace, Before);
}
