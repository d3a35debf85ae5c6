using Tidemark.Documents;

namespace Tidemark.Records;

/// <summary>What was forgotten in a namespace, and may not come back.</summary>
public sealed class Suppressions
{
    private readonly StoreSecret? _secret;
    private readonly HashSet<string> _names;

    private Suppressions(StoreSecret? secret, HashSet<string> names) => (_secret, _names) = (secret, names);

    /// <summary>Nothing was.</summary>
    public static Suppressions None { get; } = new(null, []);

    /// <summary>As they are now.</summary>
    public static async Task<Suppressions> ReadAsync(ISafeguards safeguards, string @namespace, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(safeguards);
        var forgotten = await safeguards.ListAsync(@namespace, SafeguardKind.Forgotten, cancellationToken).ConfigureAwait(false);
        return forgotten.Count == 0 ? None : new Suppressions(
            await safeguards.FindSecretAsync(cancellationToken).ConfigureAwait(false),
            forgotten.Select(one => one.Name).ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>Whether a document, or its source id, was forgotten.</summary>
    public bool Cover(Document document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return Cover(document.Id, document.SourceId);
    }

    /// <summary>The same by its names.</summary>
    public bool Cover(string document, string sourceId) => _secret is { } secret
        && (_names.Contains(secret.HashOf(SafeguardScope.Document, document)) || _names.Contains(secret.HashOf(SafeguardScope.SourceId, sourceId)));
}
