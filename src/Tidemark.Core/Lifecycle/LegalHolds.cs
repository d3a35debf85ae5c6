using Tidemark.Indexing;
using Tidemark.Records;

namespace Tidemark.Lifecycle;

/// <summary>The legal holds of a namespace, as they are at one moment.</summary>
internal sealed class LegalHolds
{
    private readonly IReadOnlyList<Safeguard> _holds;
    private readonly HashSet<(SafeguardScope Scope, string Name)> _names;

    private LegalHolds(IReadOnlyList<Safeguard> holds)
    {
        _holds = holds;
        _names = [.. holds.Select(hold => (hold.Scope, hold.Name))];
    }

    public static async Task<LegalHolds> ReadAsync(ITidemarkStore store, string @namespace, CancellationToken cancellationToken) =>
        new(await store.Safeguards.ListAsync(@namespace, SafeguardKind.Hold, cancellationToken).ConfigureAwait(false));

    public bool Covers(DocumentSummary document) => Covers(document.Id, document.SourceId);

    public bool Covers(string document, string sourceId) =>
        _names.Count > 0 && (_names.Contains((SafeguardScope.Document, document)) || _names.Contains((SafeguardScope.SourceId, sourceId)));

    /// <summary>For whoever asked for a document that is held.</summary>
    public TidemarkException Refusal(DocumentSummary document)
    {
        var hold = _holds.First(one => one.Covers(document.Id, document.SourceId));
        return Refusal($"'{document.Id}' is held since {Rfc3339.Of(hold.Since)}{ReasonOf(hold)}", hold);
    }

    /// <summary>For whoever would remove all of the namespace.</summary>
    public TidemarkException? RefusalOfAll(string @namespace) => _holds.Count == 0
        ? null
        : Refusal($"documents of '{@namespace}' are held: {string.Join(", ", _holds.Take(5).Select(hold => $"'{hold.Name}'"))}", _holds[0]);

    private static string ReasonOf(Safeguard hold) => hold.Note.Length > 0 ? $" ('{hold.Note}')" : "";

    private static TidemarkException Refusal(string message, Safeguard hold) => new(
        ErrorCodes.HoldHeld,
        message,
        $"when the hold is over: tidemark hold release {(hold.Scope == SafeguardScope.Document ? hold.Name : $"--source {hold.Name}")}");
}
