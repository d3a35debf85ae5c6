using System.Globalization;
using Tidemark.Documents;
using Tidemark.Records;

namespace Tidemark.Syncing;

/// <summary>
/// What becomes of documents that a new generation would lack. Without being told, nothing answers without them: the former generation
/// stays. Told to let them go, they leave the index as removed ones, so that what their source has now can take their place.
/// </summary>
internal static class RefusedRebuild
{
    private const int Page = 500;

    /// <param name="scope">Of the rebuild.</param>
    /// <param name="former">The generation that answers.</param>
    /// <param name="run">Its number.</param>
    /// <param name="refused">What the new one lacks.</param>
    /// <param name="cancellationToken">Ends it between two pages.</param>
    /// <exception cref="TidemarkException">The former generation stays.</exception>
    public static async Task SettleAsync(
        RunScope scope, GenerationRecord former, long run, IReadOnlyList<RefusedDocument> refused, CancellationToken cancellationToken)
    {
        if (refused.Count == 0)
        {
            return;
        }

        if (!scope.Request.DropRefused || scope.Request.AppendOnly)
        {
            throw Stays(refused, scope.Request.AppendOnly);
        }

        foreach (var page in refused.Chunk(Page))
        {
            cancellationToken.ThrowIfCancellationRequested();
            DocumentWrite[] writes = [.. page.Select(document => Removal(document.Stored))];
            await scope.Session.ApplyAsync(new ApplyBatch(former, run, writes), CancellationToken.None).ConfigureAwait(false);
            await scope.Refusals.ReleaseAsync(writes).ConfigureAwait(false);
            foreach (var (stored, refusal) in page)
            {
                scope.Tally.Deleted++;
                scope.Tally.ChunksDeleted += stored.Chunks.Count;
                scope.Tally.Warn(new ItemWarning(
                    stored.Id,
                    refusal.Code,
                    $"'{stored.Id}' has left the index: a chunk of it has no vector in the new space: {refusal.Message}",
                    "change its text at its source, and sync that; 'HistoryAsync()' shows what was there"));
            }
        }
    }

    private static DocumentWrite.Remove Removal(DocumentRecord stored) => new()
    {
        Id = stored.Id,
        ExpectedSequence = stored.Glance.Sequence,
        Key = stored.Glance.Key,
        Source = stored.Glance.Source,
        SourceId = stored.SourceId,
        State = DocumentState.Removed,
        Version = default(DocumentVersion).After(stored.Version),
    };

    private static TidemarkException Stays(IReadOnlyList<RefusedDocument> refused, bool isAppendOnly)
    {
        var (stored, refusal) = refused[0];
        var others = (refused.Count - 1) switch
        {
            0 => "",
            1 => " and of 1 other document",
            var more => string.Create(CultureInfo.InvariantCulture, $" and of {more} other documents"),
        };
        var letGo = isAppendOnly
            ? "take another model: the namespace is append-only, and lets no document go"
            : "change or remove the text at its source and make the same call with SyncOptions.DropRefused: what the model refuses then leaves "
              + "the index, what the sources hold now is taken, and 'HistoryAsync()' keeps the former";
        var since = refusal.Since is { } day ? $" (on {day:yyyy-MM-dd}, and not sent again since)" : "";
        return new TidemarkException(
            refusal.Since is null ? refusal.Code : ErrorCodes.EmbeddingQuarantined,
            $"a chunk of '{stored.Id}'{others} has no vector in the new space: {refusal.Message}{since}; the former generation stays",
            refusal.Code == ErrorCodes.EmbeddingTooLong ? $"cut smaller with ChunkerOptions.Size, or {letGo}"
            : refusal.Since is not null ? $"send it once more with SyncOptions.RetryRefused, or {letGo}"
            : letGo);
    }
}
