using System.Text;
using Tidemark.Documents;

namespace Tidemark.Conformance.Syncing;

/// <summary>A source that lists exactly what a test says.</summary>
public sealed class ScriptedSource(string name, IReadOnlyList<DocumentChange> changes) : IDocumentSource
{
    public string Name => name;

    public CleanupMode DefaultCleanup { get; init; } = CleanupMode.Full;

    public ListingSize? Size => null;

    public IReadOnlyList<string> Parts { get; init; } = [];

    public string? Place { get; init; }

    public int PageSize { get; init; } = 3;

    /// <summary>Reported with the last page.</summary>
    public IReadOnlyList<ItemFailure> Failures { get; init; } = [];

    /// <summary>Ids whose reading fails.</summary>
    public IReadOnlySet<string> Unreadable { get; init; } = new HashSet<string>();

    /// <summary>How many items were read whole.</summary>
    public int Reads { get; private set; }

    public Action<int>? OnPage { get; init; }

    public async IAsyncEnumerable<ListingPage> ListAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        var pages = changes.Chunk(PageSize).ToList();
        for (var i = 0; i < pages.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            OnPage?.Invoke(i);
            yield return new Page(this, pages[i], i == pages.Count - 1 ? Failures : []);
        }

        if (pages.Count == 0 && Failures.Count > 0)
        {
            yield return new Page(this, [], Failures);
        }
    }

    public static DocumentChange Upsert(
        string id, string text, string metadata = "{}", string? sourceId = null, long? version = null) =>
        new DocumentChange.Upsert(new Document
        {
            Id = id,
            SourceId = sourceId ?? id,
            Text = text,
            Metadata = MetadataCanonicalizer.Parse(metadata),
            Version = new DocumentVersion(version, null),
            Token = new ChangeToken(ContentHash.Of($"{id}|{text}|{metadata}|{sourceId}|{version}")),
        });

    /// <summary>Valid until a time.</summary>
    public static DocumentChange Until(string id, string text, DateTimeOffset time, long? version = null) => new DocumentChange.Upsert(
        ((DocumentChange.Upsert)Upsert(id, text, version: version)).Document with
        {
            ExpiresAt = time,
            Token = new ChangeToken(ContentHash.Of($"{id}|{text}|{time:O}|{version}")),
        });

    public static DocumentChange Delete(string id, long? version = null) => new DocumentChange.Delete(
        id, id, new DocumentVersion(version, null), new ChangeToken(ContentHash.Of($"delete {id} {version}")));

    public static DocumentChange DeleteSource(string sourceId) =>
        new DocumentChange.DeleteSource(sourceId, DocumentVersion.None);

    private sealed class Page(ScriptedSource source, DocumentChange[] changes, IReadOnlyList<ItemFailure> failures)
        : ListingPage
    {
        private readonly ListedItem[] _items = Array.ConvertAll(changes, Describe);

        public override ReadOnlySpan<ListedItem> Items => _items;

        public override IReadOnlyList<ItemFailure> Failures => failures;

        public override ValueTask<DocumentChange> ReadAsync(int index, CancellationToken cancellationToken)
        {
            if (source.Unreadable.Contains(Encoding.UTF8.GetString(_items[index].Id.Span)))
            {
                throw new ItemException(ErrorCodes.SourceUnreadable, $"'{Describe(index)}' cannot be read.", "Look at it.");
            }

            source.Reads++;
            return ValueTask.FromResult(changes[index]);
        }

        public override string Describe(int index) => Encoding.UTF8.GetString(_items[index].Id.Span);

        private static ListedItem Describe(DocumentChange change) => change switch
        {
            DocumentChange.Upsert upsert => new(Encoding.UTF8.GetBytes(upsert.Document.Id), upsert.Document.Token),
            DocumentChange.Delete delete => new(Encoding.UTF8.GetBytes(delete.Id), delete.Token),
            _ => default,
        };
    }
}
