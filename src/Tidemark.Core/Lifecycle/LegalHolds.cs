using Tidemark.Indexing;
using Tidemark.Records;

namespace Tidemark.Lifecycle;

/// <summary>The legal holds of a namespace, as they are at one moment.</summary>
internal sealed class LegalHolds
{
    private readonly IReadOnlyList<Safeguard> _holds;
    private readonly Dictionary<(SafeguardScope Scope, string Name), Safeguard> _names;
    private readonly Dictionary<string, Safeguard> _documents = new(StringComparer.Ordinal);

    private LegalHolds(IReadOnlyList<Safeguard> holds)
    {
        _holds = holds;
        _names = holds.ToDictionary(hold => (hold.Scope, hold.Name));
    }

    public static async Task<LegalHolds> ReadAsync(ITidemarkStore store, string @namespace, CancellationToken cancellationToken)
    {
        var holds = new LegalHolds(
            await store.Safeguards.ListAsync(@namespace, SafeguardKind.Hold, cancellationToken).ConfigureAwait(false));
        foreach (var hold in holds._holds.Where(hold => hold.Scope == SafeguardScope.SourceId))
        {
            // A document that had the source id when some kept state of it was valid is held as well.
            foreach (var (document, _) in await store.Past.OfSourceIdAsync(@namespace, hold.Name, cancellationToken).ConfigureAwait(false))
            {
                holds._documents.TryAdd(document, hold);
            }
        }

        return holds;
    }

    public bool Covers(DocumentSummary document) => Covers(document.Id, document.SourceId);

    public bool Covers(string document, string sourceId) => Find(document, sourceId) is not null;

    /// <summary>For whoever asked for a document that is held.</summary>
    public TidemarkException Refusal(DocumentSummary document) => Refusal(document.Id, document.Id, document.SourceId);

    /// <summary>For whoever asked for what is held.</summary>
    /// <param name="what">A document's id, or a source id.</param>
    /// <param name="document">As <see cref="Covers(string, string)"/> was asked.</param>
    /// <param name="sourceId">As it was asked.</param>
    public TidemarkException Refusal(string what, string document, string sourceId)
    {
        var hold = Find(document, sourceId)!;
        return Refusal($"'{what}' is held since {Rfc3339.Of(hold.Since)}{ReasonOf(hold)}", hold);
    }

    /// <summary>For whoever would remove all of the namespace.</summary>
    public TidemarkException? RefusalOfAll(string @namespace) => _holds.Count == 0
        ? null
        : Refusal($"documents of '{@namespace}' are held: {string.Join(", ", _holds.Take(5).Select(hold => $"'{hold.Name}'"))}", _holds[0]);

    private Safeguard? Find(string document, string sourceId) => _holds.Count == 0 ? null
        : _names.GetValueOrDefault((SafeguardScope.Document, document))
            ?? _names.GetValueOrDefault((SafeguardScope.SourceId, sourceId))
            ?? _documents.GetValueOrDefault(document);

    private static string ReasonOf(Safeguard hold) => hold.Note.Length > 0 ? $" ('{hold.Note}')" : "";

    private static TidemarkException Refusal(string message, Safeguard hold) => new(
        ErrorCodes.HoldHeld,
        message,
        hold.Scope == SafeguardScope.Document
            ? $"when the hold is over: ReleaseHoldAsync(\"{hold.Name}\")"
            : $"when the hold is over: ReleaseHoldAsync(Source: \"{hold.Name}\")");
}
