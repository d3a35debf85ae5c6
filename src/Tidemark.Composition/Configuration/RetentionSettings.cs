namespace Tidemark.Composition.Configuration;

/// <summary>How long what nobody needs any more is kept.</summary>
internal sealed record RetentionSettings(TimeSpan History = default, TimeSpan Embeddings = default)
{
    /// <summary>History of single namespaces, by name in any case.</summary>
    public IReadOnlyDictionary<string, TimeSpan> ByNamespace { get; init; } = new Dictionary<string, TimeSpan>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Of runs that nothing names any more.</summary>
    public TimeSpan Runs { get; init; }

    public GarbageOptions Options => new() { History = History, HistoryByNamespace = ByNamespace, Embeddings = Embeddings, Runs = Runs };
}
