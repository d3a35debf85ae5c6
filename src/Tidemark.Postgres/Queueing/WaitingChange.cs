using Tidemark.Documents;
using Tidemark.Queueing;

namespace Tidemark.Postgres.Queueing;

/// <summary>One document's place in the queue while a batch is put into it.</summary>
/// <param name="source">The source's name.</param>
/// <param name="document">The document's id.</param>
internal sealed class WaitingChange(string source, string document)
{
    private DocumentVersion _version;
    private bool _isWaiting;
    private bool _isDead;
    private string? _sourceId;

    /// <summary>What will be tried; null: nothing, or nobody asked.</summary>
    private DocumentChange? Waiting => Change ?? (_isDead ? null : Stored);

    public string Source => source;

    public string Document => document;

    /// <summary>The stored row; 0: there is none.</summary>
    public long Key { get; private set; }

    /// <summary>What takes the place; null: nothing that came does.</summary>
    public DocumentChange? Change { get; private set; }

    /// <summary>What the row says, where somebody asked for it.</summary>
    public DocumentChange? Stored { get; set; }

    /// <summary>
    /// A tombstone of a source id that the document has, or would get from what waits. What came before it in the batch, and was refused,
    /// does not count.
    /// </summary>
    /// <param name="whole">What came.</param>
    /// <param name="stored">As <see cref="ChangeOrder.OfDocument"/>.</param>
    public EnqueueResult Take(DocumentChange.DeleteSource whole, DocumentVersion? stored) =>
        (stored is not null || string.Equals(_sourceId, whole.SourceId, StringComparison.Ordinal))
        && ChangeOrder.OfDocument(whole, document, Waiting, stored) is { } single
            ? Take(single)
            : default;

    /// <summary>Whether what the row says has to be read, to know whether what comes contradicts it.</summary>
    public bool MayContradict(DocumentChange change) => Key != 0 && ChangeOrder.MayContradict(change, _version);

    /// <summary>The version of what the store has of the document.</summary>
    public DocumentVersion Indexed { get; set; }

    public void Found(long key, bool isDead, DocumentVersion version, string sourceId) =>
        (Key, _isDead, _version, _isWaiting, _sourceId) = (key, isDead, version, true, sourceId);

    public EnqueueResult Take(DocumentChange change)
    {
        var result = new EnqueueResult(1, 0, 0);
        if (_isWaiting)
        {
            var verdict = ChangeOrder.Judge(change, _version, () => Waiting, () => Indexed);
            result = EnqueueResult.Of(document, verdict, _isDead);
            if (verdict is not ChangeVerdict.Supersedes)
            {
                return result;
            }
        }

        Change = _isWaiting ? ChangeOrder.After(change, _version) : change;
        (_version, _isWaiting, _isDead, _sourceId) = (ChangeOrder.VersionOf(Change), true, false, ChangeOrder.SourceIdOf(Change));
        return result;
    }
}
