using System.Runtime.CompilerServices;
using Tidemark.Documents;
using Tidemark.Indexing;
using Tidemark.Records;

namespace Tidemark.Lifecycle;

/// <summary>
/// Former states of documents as changes that bring them back, one source after the other. Where the index still cuts as it did then the
/// chunks are those of then, so that their vectors are there; otherwise the text is cut as today.
/// </summary>
internal sealed class RestoredDocuments(ITidemarkStore store, NamespaceSummary known, RestoreTarget target, PointInTime? asOf, DateTimeOffset now)
{
    private const int Page = 200;

    private readonly List<ItemFailure> _failures = [];
    private (long Sequence, DateTimeOffset Time)? _moment;

    /// <summary>What cannot be brought back, and why.</summary>
    public IReadOnlyList<ItemFailure> Failures => _failures;

    /// <summary>
    /// What has expired and is not closed, so that there is no former state of it that could come back, once the documents were asked for:
    /// whoever really brings it back closes it first.
    /// </summary>
    public (long Documents, long Chunks) Unclosed { get; private set; }

    /// <summary>The sources that have some, in ordinal order.</summary>
    /// <exception cref="TidemarkException">
    /// <c>document.missing</c>, <c>archive.missing</c>: there is nothing to bring back; <c>run.missing</c>, <c>history.horizon</c>.
    /// </exception>
    public async Task<IReadOnlyList<string>> SourcesAsync(CancellationToken cancellationToken)
    {
        _moment = asOf is null ? null : await new PastEngine(store).MomentAsync(known, asOf, cancellationToken).ConfigureAwait(false);
        var sources = await StatesAsync(cancellationToken).Select(state => state.Source).ToHashSetAsync(StringComparer.Ordinal, cancellationToken)
            .ConfigureAwait(false);
        return sources.Count > 0 ? [.. sources.Order(StringComparer.Ordinal)] : throw await NothingAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The documents of one of them.</summary>
    public async IAsyncEnumerable<DocumentChange> OfAsync(string source, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var states = StatesAsync(cancellationToken).Where(state => string.Equals(state.Source, source, StringComparison.Ordinal));
        await foreach (var page in states.Chunk(Page).ConfigureAwait(false))
        {
            var former = await store.Past.FormerAsync(
                known.Name, [.. page.Select(state => (state.Id, state.Sequence))], cancellationToken).ConfigureAwait(false);
            foreach (var (state, stored) in page.Zip(former))
            {
                if (stored is null && !state.IsValidAt(now))
                {
                    Unclosed = (Unclosed.Documents + 1, Unclosed.Chunks + state.Chunks);
                }
                else if (stored is not null && DocumentOf(state, stored) is { } document)
                {
                    yield return new DocumentChange.Upsert(document);
                }
            }
        }
    }

    private IAsyncEnumerable<DocumentSummary> StatesAsync(CancellationToken cancellationToken)
    {
        if (_moment is { } moment)
        {
            var prefix = target.Id ?? "";
            return store.Past.DocumentsAsync(known.Name, prefix, moment.Sequence, cancellationToken)
                .Where(state => target.Covers(state) && state.IsValidAt(moment.Time));
        }

        // Of another one that is damaged nothing is asked.
        return GoneDocuments.ListAllAsync(store, known.Name, now, cancellationToken)
            .Where(state => target.Id is not { } id || state.Document.Id == id)
            .Select(state => state.RequireSound())
            .Where(state => target.Covers(state.Document) && (target.Run is null || state.Until?.Run == target.Run))
            .Select(state => state.Document);
    }

    private Document? DocumentOf(DocumentSummary state, FormerDocument stored)
    {
        if (stored.Damage is { } damage || stored.Document.Text is not { } text)
        {
            _failures.Add(new ItemFailure(
                state.Id,
                stored.Damage is null ? ErrorCodes.DocumentMissing : ErrorCodes.StoreCorrupt,
                stored.Damage is null ? $"the text of '{state.Id}' was not kept" : $"what is kept of '{state.Id}' is damaged",
                stored.Damage is null
                    ? "sync its source, which reads it once more"
                    : "sync its source, if that has it; 'VerifyAsync(Repair)' puts the state right where the store knows how, and drops it where not",
                HidesDocuments: false));
            return null;
        }

        var isCutAlike = stored.IsPartition && stored.Generation == known.Generation?.Id;
        return new Document
        {
            Id = state.Id,
            SourceId = state.SourceId,
            Text = text,
            Metadata = state.Metadata,
            Version = state.Version,
            ExpiresAt = state.IsValidAt(now) ? state.ExpiresAt : null,
            Tier = state.Tier,
            Token = ChangeToken.Restored,
            Chunks = !isCutAlike ? null : [.. stored.Document.Chunks.Select(chunk =>
                new OwnChunk(text.Substring(chunk.Start, chunk.Length), chunk.Heading, Embedding: null))],
        };
    }

    private async Task<TidemarkException> NothingAsync(CancellationToken cancellationToken)
    {
        if (target.Run is { } missing && await store.Past.SequenceOfRunAsync(known.Name, missing, cancellationToken).ConfigureAwait(false) is null)
        {
            return new TidemarkException(
                ErrorCodes.RunMissing,
                $"the namespace '{known.Name}' has no {PointInTime.AfterRun(missing)}",
                "'RunsAsync()' lists those that there are");
        }

        if (target.Id is { } id)
        {
            var states = await store.Past.StatesAsync(known.Name, id, cancellationToken).ConfigureAwait(false);
            return states is [{ Until: null }, ..] && asOf is null
                ? Missing($"'{id}' is in the index", $"'RestoreAsync(\"{id}\", AsOf: TIME|RUN)' brings back what it was; 'HistoryAsync(\"{id}\")' lists that")
                : Missing(
                    $"nothing of '{id}' {(asOf is null ? "is kept that could be brought back" : $"was there as of {asOf}")}",
                    states.Count > 0 ? $"'HistoryAsync(\"{id}\")' lists what it was" : "'ArchiveAsync()' lists what can be");
        }

        return Missing(
            target.Run is { } run ? $"nothing that run {run} let go is still out of the index and kept" : $"nothing of '{target.Group}' can be brought back",
            "'ArchiveAsync()' lists what can be");
    }

    private static TidemarkException Missing(string message, string remedy) => new(ErrorCodes.ArchiveMissing, message, remedy);
}
