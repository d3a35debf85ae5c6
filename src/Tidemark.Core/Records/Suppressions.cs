using Tidemark.Documents;

namespace Tidemark.Records;

/// <summary>What was forgotten in a namespace, and may not come back.</summary>
public sealed class Suppressions
{
    private readonly StoreSecret? _secret;
    private readonly Dictionary<string, Safeguard> _names;

    private Suppressions(StoreSecret? secret, Dictionary<string, Safeguard> names) => (_secret, _names) = (secret, names);

    /// <summary>Nothing was.</summary>
    public static Suppressions None { get; } = new(null, []);

    /// <summary>Those whose erasure has not come to its end.</summary>
    public IEnumerable<Safeguard> Unfinished => _names.Values.Where(one => one.IsUnfinished);

    /// <summary>As they were told.</summary>
    /// <param name="secret">Of the store that hashed the names.</param>
    /// <param name="forgotten">What was forgotten.</param>
    public static Suppressions Of(StoreSecret secret, IReadOnlyList<Safeguard> forgotten)
    {
        ArgumentNullException.ThrowIfNull(secret);
        ArgumentNullException.ThrowIfNull(forgotten);
        return new Suppressions(secret, forgotten.DistinctBy(one => one.Name, StringComparer.Ordinal).ToDictionary(one => one.Name, StringComparer.Ordinal));
    }

    /// <summary>As they are now.</summary>
    public static async Task<Suppressions> ReadAsync(ISafeguards safeguards, string @namespace, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(safeguards);
        var forgotten = await safeguards.ListAsync(@namespace, SafeguardKind.Forgotten, cancellationToken).ConfigureAwait(false);
        return forgotten.Count == 0 ? None : Of(
            await safeguards.FindSecretAsync(cancellationToken).ConfigureAwait(false) ?? throw new TidemarkException(
                ErrorCodes.StoreCorrupt,
                "the store is damaged: the salt of what was forgotten is gone, so nobody can tell what may not come back",
                "restore the store from a backup, and give it what was forgotten since with 'ReapplyAsync(FILE)'"),
            forgotten);
    }

    /// <summary>Whether a document, or its source id, was forgotten.</summary>
    public bool Cover(Document document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return Cover(document.Id, document.SourceId);
    }

    /// <summary>The same by its names.</summary>
    public bool Cover(string document, string sourceId) =>
        Find(SafeguardScope.Document, document) is not null || Find(SafeguardScope.SourceId, sourceId) is not null;

    /// <summary>Whether an erasure of it was begun, and has not come to its end.</summary>
    public bool LeftUnfinished(string document, string sourceId) =>
        Find(SafeguardScope.Document, document) is { IsUnfinished: true } || Find(SafeguardScope.SourceId, sourceId) is { IsUnfinished: true };

    /// <summary>For whoever would write a name down again, which is kept as a hash only.</summary>
    /// <param name="name">Of a document, or a source id.</param>
    /// <returns>Null: it was not forgotten.</returns>
    internal TidemarkException? RefusalOf(string name)
    {
        var forgotten = Find(SafeguardScope.Document, name) ?? Find(SafeguardScope.SourceId, name);
        return forgotten is null ? null : new TidemarkException(
            ErrorCodes.ForgetRemembered,
            $"'{name}' was forgotten, so its name is not written down again",
            forgotten.Scope == SafeguardScope.Document ? "if it may come back, first: 'LiftAsync(DOCUMENT)'" : "if it may come back, first: 'LiftAsync(SOURCE)'");
    }

    private Safeguard? Find(SafeguardScope scope, string name) =>
        _secret is { } secret ? _names.GetValueOrDefault(secret.HashOf(scope, name)) : null;
}
