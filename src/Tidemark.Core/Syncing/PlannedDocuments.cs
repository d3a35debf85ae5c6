using System.Runtime.CompilerServices;
using Tidemark.Documents;
using Tidemark.Records;

namespace Tidemark.Syncing;

/// <summary>
/// Documents as a plan would leave them: those of the store, and over them what was decided. What the store does not know gets
/// keys beyond all that it gives, so that a plan can mark and find it as a run would.
/// </summary>
internal sealed class PlannedDocuments(IRecordSession session) : ISettledDocuments
{
    private const long FirstKey = 1L << 32;

    private readonly StoredDocuments _stored = new(session);
    private readonly Dictionary<DocumentKey, DocumentRecord> _planned = [];
    private readonly Dictionary<string, DocumentKey> _new = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SourceIdKey> _sourceIds = new(StringComparer.Ordinal);

    /// <summary>What came under a version number, by id.</summary>
    private readonly Dictionary<string, (long Number, ContentHash Content)> _numbered = new(StringComparer.Ordinal);

    /// <summary>Those that are not live in the store.</summary>
    private readonly List<DocumentKey> _arrived = [];

    /// <summary>Whether a document would be new, and was noted.</summary>
    public bool IsNew(string id) => _new.ContainsKey(id);

    /// <summary>Whether a document was noted under the same number with other content: a run would keep that, and fail this one.</summary>
    public bool IsContradictedBy(Decision decision) =>
        decision is { IgnoresVersion: false, Change: DocumentChange.Upsert { Document: { Version.Number: { } number } document } }
        && _numbered.TryGetValue(decision.Id, out var noted) && noted.Number == number && noted.Content != DecisionDigest.OfContent(document, decision.Write);

    /// <summary>Notes what a decision would write.</summary>
    /// <returns>As a store would answer.</returns>
    public async ValueTask<AppliedDocument> NoteAsync(Decision decision, CancellationToken cancellationToken)
    {
        var key = decision.Glance.Key;
        if (key.IsNone)
        {
            _new.Add(decision.Id, key = new DocumentKey(FirstKey + _new.Count));
        }

        if (decision.Change is DocumentChange.Upsert { Document: { Version.Number: { } number } document })
        {
            _numbered[decision.Id] = (number, DecisionDigest.OfContent(document, decision.Write));
        }

        var sourceId = default(SourceIdKey);
        switch (decision.Write)
        {
            case DocumentWrite.Put put:
                sourceId = await KeyOfAsync(put, cancellationToken).ConfigureAwait(false);
                _planned[key] = RecordOf(put, decision.Glance with { Key = key, SourceId = sourceId });
                if (decision.Glance.State != DocumentState.Live)
                {
                    _arrived.Add(key);
                }

                break;
            case DocumentWrite.Remove remove:
                _planned[key] = RecordOf(remove, decision.Glance with { Key = key });
                break;
            case DocumentWrite.Touch touch:
                sourceId = decision.Glance.SourceId;
                _planned[key] = touch.Stored with { Version = touch.Version, Chunks = [], Text = null };
                break;
        }

        return new AppliedDocument(true, key, sourceId);
    }

    public async ValueTask<(SourceIdKey Shared, DocumentKey Own)> FindSourceIdAsync(
        SourceKey source, string sourceId, CancellationToken cancellationToken)
    {
        var (shared, own) = await _stored.FindSourceIdAsync(source, sourceId, cancellationToken).ConfigureAwait(false);
        return (_sourceIds.GetValueOrDefault(sourceId, shared), own.IsNone ? _new.GetValueOrDefault(sourceId) : own);
    }

    public async IAsyncEnumerable<IReadOnlyList<LiveDocument>> ListLiveAsync(
        SourceKey source, string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var page in _stored.ListLiveAsync(source, prefix, cancellationToken).ConfigureAwait(false))
        {
            yield return [.. page.Select(AsPlanned).OfType<LiveDocument>()];
        }

        foreach (var keys in _arrived.Distinct().Chunk(500))
        {
            yield return
            [
                .. keys.Select(key => _planned[key])
                    .Where(record => record.Glance is { State: DocumentState.Live } && record.Glance.Source == source
                        && record.Id.StartsWith(prefix, StringComparison.Ordinal))
                    .Select(LiveOf),
            ];
        }
    }

    public async ValueTask<IReadOnlyList<DocumentRecord>> LoadAsync(
        IReadOnlyList<DocumentKey> keys, CancellationToken cancellationToken)
    {
        var stored = await _stored.LoadAsync([.. keys.Where(key => !_planned.ContainsKey(key))], cancellationToken).ConfigureAwait(false);
        var next = 0;
        return [.. keys.Select(key => _planned.TryGetValue(key, out var planned) ? planned : stored[next++])];
    }

    private LiveDocument? AsPlanned(LiveDocument stored) =>
        !_planned.TryGetValue(stored.Key, out var planned) ? stored
        : planned.Glance.State == DocumentState.Live ? LiveOf(planned)
        : null;

    private static LiveDocument LiveOf(DocumentRecord planned) => new(
        planned.Glance.Key, planned.Glance.SourceId, planned.Glance.Sequence, planned.Glance.Chunks, planned.TextHash);

    private static DocumentRecord RecordOf(DocumentWrite.Put put, DocumentGlance glance) => new()
    {
        Glance = glance with { State = DocumentState.Live, Source = put.Source, Chunks = put.Chunks.Count },
        Id = put.Id,
        SourceId = put.Document.SourceId,
        TextHash = put.TextHash,
        Version = put.Document.Version,
    };

    private static DocumentRecord RecordOf(DocumentWrite.Remove remove, DocumentGlance glance) => new()
    {
        Glance = glance with { State = remove.State, Source = remove.Source, Chunks = 0 },
        Id = remove.Id,
        SourceId = remove.SourceId,
        Version = remove.Version,
    };

    private async ValueTask<SourceIdKey> KeyOfAsync(DocumentWrite.Put put, CancellationToken cancellationToken)
    {
        var sourceId = put.Document.SourceId;
        if (string.Equals(sourceId, put.Id, StringComparison.Ordinal))
        {
            return default;
        }

        if (!_sourceIds.TryGetValue(sourceId, out var key))
        {
            key = session.Catalog.Namespace.Generation is null
                ? default
                : await session.Catalog.FindSourceIdAsync(sourceId, cancellationToken).ConfigureAwait(false);
            _sourceIds.Add(sourceId, key = key.IsNone ? new SourceIdKey(FirstKey + _sourceIds.Count) : key);
        }

        return key;
    }
}
