using System.Runtime.CompilerServices;
using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Indexing;
using Tidemark.Sqlite.Rows;
using Tidemark.Sqlite.Storage;

namespace Tidemark.Sqlite.Records;

/// <summary>Looks at committed states; every answer is of one state, also a streamed one.</summary>
internal sealed class SqliteRecordReader(SqliteDatabase database) : IRecordReader
{
    private const string NamespaceColumns = $"""
        SELECT n.name, n.sequence, coalesce(n.generation, 0), coalesce(g.documents, 0), coalesce(g.chunks, 0),
               (SELECT finished_at FROM run r WHERE r.namespace = n.id AND +r.complete = 1 ORDER BY r.id DESC LIMIT 1), n.horizon,
               (SELECT min(d.expires_at) FROM document d WHERE d.namespace = n.id AND d.{RowStates.Live} AND d.expires_at IS NOT NULL),
               coalesce(b.id, 0), coalesce(b.documents, 0), coalesce(b.chunks, 0),
               (SELECT at FROM promotion p WHERE p.namespace = n.id AND p.generation = n.generation ORDER BY p.sequence DESC LIMIT 1)
        FROM namespace n LEFT JOIN generation b ON b.namespace = n.id AND b.{RowStates.Beside} LEFT JOIN generation g ON g.id = n.generation
        """;

    private const string AllNamespaces = NamespaceColumns + " ORDER BY n.name";
    private const string OneNamespace = NamespaceColumns + " WHERE n.name = ?1";

    // The upper bound is the prefix and a byte that no UTF-8 text has.
    private const string DocumentRows = $"""
        SELECT d.id, s.name, coalesce(i.value, d.id), d.text_hash, d.metadata, d.version, d.modified_at, d.expires_at,
               d.tier, {ChunkCounts.OfDocument}, d.sequence, d.run, c.at, d.source, d.seal
        FROM document d
        LEFT JOIN source s ON s.id = d.source
        LEFT JOIN source_id i ON i.id = d.source_id
        LEFT JOIN commit_log c ON c.namespace = d.namespace AND c.sequence = d.sequence
        WHERE d.namespace = (SELECT id FROM namespace WHERE name = ?1) AND d.{RowStates.Live}
        """;

    private const string DocumentsByPrefix = $"{DocumentRows} AND d.id >= ?2 AND d.id < ?3 ORDER BY d.id";

    private const string ExpiredDocuments = $"{DocumentRows} AND d.expires_at IS NOT NULL AND d.expires_at <= ?2 ORDER BY d.id";

    private const string CommitTime =
        "SELECT at FROM commit_log WHERE namespace = (SELECT id FROM namespace WHERE name = ?1) AND sequence = ?2";

    private const string LagCounts = """
        SELECT kind, lag, sum(changes) FROM freshness
        WHERE namespace = (SELECT id FROM namespace WHERE name = ?1) AND hour BETWEEN ?2 AND ?3
        GROUP BY kind, lag ORDER BY kind, lag
        """;

    public ValueTask<StoreSighting?> SightingAsync(string @namespace, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var reader = database.Readers.RentSnapshot();
        return ValueTask.FromResult(NamespaceTable.Find(reader.Connection, @namespace).Record.Sighting);
    }

    public ValueTask<DateTimeOffset?> CommittedAtAsync(string @namespace, long sequence, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var reader = database.Readers.RentSnapshot();
        using var row = reader.Connection.Statement(CommitTime);
        row.BindText(1, @namespace);
        row.Bind(2, sequence);
        return ValueTask.FromResult(row.Step() ? StoreTime.Known(row.GetInt64(0)) : null);
    }

    public ValueTask<IReadOnlyList<NamespaceSummary>> NamespacesAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var reader = database.Readers.RentSnapshot();
        LostRows.RefuseNamespaces(reader.Connection);
        using var row = reader.Connection.Statement(AllNamespaces);
        var namespaces = new List<NamespaceSummary>();
        while (row.Step())
        {
            namespaces.Add(ReadNamespace(reader.Connection, row));
        }

        return ValueTask.FromResult<IReadOnlyList<NamespaceSummary>>(namespaces);
    }

    public ValueTask<NamespaceSummary?> NamespaceAsync(string name, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var reader = database.Readers.RentSnapshot();
        using var row = reader.Connection.Statement(OneNamespace);
        row.BindText(1, name);
        if (row.Step())
        {
            return ValueTask.FromResult<NamespaceSummary?>(ReadNamespace(reader.Connection, row));
        }

        LostRows.RefuseNamespace(reader.Connection, name);
        return ValueTask.FromResult<NamespaceSummary?>(null);
    }

    public ValueTask<IReadOnlyList<string>> SourcesAsync(string @namespace, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var reader = database.Readers.Rent();
        return ValueTask.FromResult(new FigureQuery(reader.Connection).Sources(@namespace));
    }

    public ValueTask<IReadOnlyDictionary<string, string>> PlacesAsync(string @namespace, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var reader = database.Readers.Rent();
        return ValueTask.FromResult<IReadOnlyDictionary<string, string>>(
            PlaceTable.List(reader.Connection, @namespace, database.Path));
    }

    public ValueTask<DocumentFigures> FiguresAsync(
        string @namespace, DateTimeOffset latest, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var reader = database.Readers.RentSnapshot();
        LostRows.RefuseMissing(reader.Connection, @namespace);
        IndexGeneration.RefuseMissing(reader.Connection, @namespace);
        return ValueTask.FromResult(new FigureQuery(reader.Connection).Documents(@namespace, latest));
    }

    public ValueTask<bool> IsUnusedAsync(string @namespace, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var reader = database.Readers.Rent();
        return ValueTask.FromResult(new FigureQuery(reader.Connection).IsUnused(@namespace));
    }

    public ValueTask<IReadOnlyList<RunRecord>> RunsAsync(
        string @namespace, int limit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var reader = database.Readers.Rent();
        return ValueTask.FromResult<IReadOnlyList<RunRecord>>(RunTable.Newest(reader.Connection, @namespace, limit));
    }

    public IAsyncEnumerable<DocumentSummary> DocumentsAsync(string @namespace, string prefix, CancellationToken cancellationToken) =>
        DocumentsFromAsync(@namespace, prefix, prefix, cancellationToken);

    public IAsyncEnumerable<DocumentSummary> DocumentsAsync(
        string @namespace, string prefix, string? after, CancellationToken cancellationToken) => DocumentPages.Behind(
        after, DocumentsFromAsync(@namespace, prefix, DocumentPages.StartOf(prefix, after), cancellationToken));

    private async IAsyncEnumerable<DocumentSummary> DocumentsFromAsync(
        string @namespace, string prefix, string from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var reader = database.Readers.RentSnapshot();
        using var row = reader.Connection.Statement(DocumentsByPrefix);
        row.BindText(1, @namespace);
        row.BindText(2, from);
        row.BindText(3, Utf8Range.EndOf(prefix));
        var walked = 0L;
        for (; row.Step(); walked++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return SummaryColumns.Read(row);
        }

        if (from.Length == 0)
        {
            LostRows.RefuseFewer(reader.Connection, @namespace, walked);
        }

        await ValueTask.CompletedTask.ConfigureAwait(false);
    }

    public async IAsyncEnumerable<DocumentSummary> ExpiredAsync(
        string @namespace, DateTimeOffset time, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var reader = database.Readers.RentSnapshot();
        using var row = reader.Connection.Statement(ExpiredDocuments);
        row.BindText(1, @namespace);
        row.Bind(2, time.ToStored());
        while (row.Step())
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return SummaryColumns.Read(row);
        }

        await ValueTask.CompletedTask.ConfigureAwait(false);
    }

    public ValueTask<IReadOnlyDictionary<string, string>> TextsAsync(
        string @namespace, IReadOnlyCollection<string> documents, CancellationToken cancellationToken)
    {
        using var reader = database.Readers.RentSnapshot();
        var texts = new FoundTexts(reader.Connection, @namespace);
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var document in documents)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (texts.Find(document) is { } text)
            {
                found[document] = text;
            }
        }

        return ValueTask.FromResult<IReadOnlyDictionary<string, string>>(found);
    }

    public ValueTask<IReadOnlyList<ChunkOrigin>> OriginsAsync(
        string @namespace, string document, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var reader = database.Readers.RentSnapshot();
        return ValueTask.FromResult<IReadOnlyList<ChunkOrigin>>(
            new OriginQuery(reader.Connection).Run(@namespace, document, cancellationToken));
    }

    public ValueTask<IReadOnlyList<LagCount>> LagsAsync(
        string @namespace, DateTimeOffset since, DateTimeOffset until, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var reader = database.Readers.Rent();
        using var row = reader.Connection.Statement(LagCounts);
        row.BindText(1, @namespace);
        row.Bind(2, StoreTime.HourOf(since));
        row.Bind(3, StoreTime.HourOf(until));
        var lags = new List<LagCount>();
        while (row.Step())
        {
            lags.Add(LagCount.OfKind(row.GetInt32(0), row.GetInt32(1), row.GetInt64(2)));
        }

        return ValueTask.FromResult<IReadOnlyList<LagCount>>(lags);
    }

    public async IAsyncEnumerable<IndexedChunk> ChunksAsync(
        string @namespace,
        string? document,
        bool withVectors,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var reader = database.Readers.RentSnapshot();
        foreach (var chunk in new ChunkLister(reader.Connection, withVectors).List(@namespace, document))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return chunk;
        }

        await ValueTask.CompletedTask.ConfigureAwait(false);
    }

    private static NamespaceSummary ReadNamespace(SqliteConnection connection, SqliteStatement row)
    {
        var name = row.GetText(0);
        NamespaceCopies.Require(connection, name);
        return Summary(connection, row) with { Name = name, Loss = LostRows.FindEmptied(connection, name) };
    }

    private static NamespaceSummary Summary(SqliteConnection connection, SqliteStatement row) => new()
    {
        Name = "",
        Sequence = row.GetInt64(1),
        Generation = GenerationTable.Find(connection, row.GetInt64(2)),
        Documents = row.GetInt64(3),
        Chunks = row.GetInt64(4),
        LastCompleteSync = StoreTime.Known(row.GetNullableInt64(5)),
        Horizon = row.GetInt64(6),
        NextExpiry = StoreTime.Known(row.GetNullableInt64(7)),
        Beside = row.GetInt64(8) == 0 ? null : GenerationTable.Find(connection, row.GetInt64(8)),
        DocumentsBeside = row.GetInt64(9),
        ChunksBeside = row.GetInt64(10),
        PromotedAt = StoreTime.Known(row.GetNullableInt64(11)),
    };
}
