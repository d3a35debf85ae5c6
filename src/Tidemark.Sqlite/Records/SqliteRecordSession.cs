using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Tidemark.Documents;
using Tidemark.Records;
using Tidemark.Sqlite.Applying;
using Tidemark.Sqlite.Locking;
using Tidemark.Sqlite.Publishing;
using Tidemark.Sqlite.Rows;
using Tidemark.Sqlite.Storage;

namespace Tidemark.Sqlite.Records;

/// <summary>One run on one namespace: reads on pooled connections, writes on the store's one.</summary>
internal sealed class SqliteRecordSession : IRecordSession
{
    /// <summary>So many documents in one transaction; more of them make it no cheaper.</summary>
    private const int MostUncommitted = 4_000;

    private readonly SqliteDatabase _database;
    private readonly SessionRequest _request;
    private readonly WriterLease? _lease;
    private readonly SqliteNamespaceCatalog _catalog;
    private readonly GlancePreload _preload;
    private readonly ConcurrentBag<GlanceQuery> _queries = [];
    private BatchApplier? _applier;
    private int _uncommitted;

    /// <param name="lease">Null for a plan.</param>
    public SqliteRecordSession(
        SqliteDatabase database, SessionRequest request, StoredNamespace @namespace, WriterLease? lease)
    {
        _database = database;
        _request = request;
        _lease = lease;
        _preload = new GlancePreload(database.Readers) { IsOff = request.IsSparse };
        _catalog = new SqliteNamespaceCatalog(database, @namespace, _preload, request.ForPlan);
    }

    public INamespaceCatalog Catalog => _catalog;

    public async ValueTask GlanceAsync(
        SourceKey source, ListingPage page, Memory<DocumentGlance> glances, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var count = page.Items.Length;
        glances[..count].Span.Clear();
        var known = _preload.Holds(source) ? new bool[count] : [];
        if (known.Length > 0
            && await _preload.FillAsync(source, page, glances, known).ConfigureAwait(false) == count)
        {
            return;
        }

        if (!_queries.TryTake(out var query))
        {
            query = new GlanceQuery();
        }

        using (var reader = _database.Readers.Rent())
        {
            query.Run(reader.Connection, _catalog.NamespaceId, page.Items, known, glances.Span);
        }

        _queries.Add(query);
    }

    public ValueTask<IReadOnlyList<DocumentRecord>> LoadAsync(
        IReadOnlyList<DocumentKey> keys, bool withText, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var reader = _database.Readers.RentSnapshot();
        return ValueTask.FromResult(new DocumentLoader(reader.Connection).Load(keys, withText));
    }

    public async IAsyncEnumerable<IReadOnlyList<LiveDocument>> ListLiveAsync(
        SourceKey? source, string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var lister = new LiveLister(_database.Readers, prefix);
        foreach (var one in source is { } named ? [named] : lister.Sources(_catalog.NamespaceId))
        {
            foreach (var page in lister.List(one))
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return page;
            }
        }

        await ValueTask.CompletedTask.ConfigureAwait(false);
    }

    public async IAsyncEnumerable<IReadOnlyList<DocumentKey>> ListBehindAsync(
        GenerationRecord generation, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var lister = new BehindLister(_database.Readers, generation.Id);
        foreach (var page in new LiveLister(_database.Readers, "").Sources(_catalog.NamespaceId).SelectMany(lister.List))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return page;
        }

        await ValueTask.CompletedTask.ConfigureAwait(false);
    }

    public async ValueTask<ApplyResult> ApplyAsync(ApplyBatch batch, CancellationToken cancellationToken)
    {
        if (_request.ForPlan)
        {
            throw StoreRefusals.PlanWrites();
        }

        await _preload.SettleAsync().ConfigureAwait(false);
        using var writer = await _database.HoldWriterAsync(cancellationToken).ConfigureAwait(false);
        _applier ??= new BatchApplier(
            writer.Connection, writer.Index, _catalog.NamespaceId, _request.KeepText, _database.Clock);
        try
        {
            var result = writer.InOpenTransaction((_, _) => _applier.Apply(batch));
            _uncommitted += batch.Writes.Count;
            if (!batch.MayBeCommittedLater || _uncommitted >= MostUncommitted)
            {
                Commit(writer);
            }

            _preload.Forget(batch.Writes);
            _catalog.Committed(result.Sequence);
            return result;
        }
        catch
        {
            _applier.Discard();
            throw;
        }
    }

    public async ValueTask CommitAsync(CancellationToken cancellationToken)
    {
        if (_uncommitted > 0)
        {
            using var writer = await _database.HoldWriterAsync(cancellationToken).ConfigureAwait(false);
            Commit(writer);
        }
    }

    /// <summary>They are kept with every batch.</summary>
    public ValueTask BuildIndexesAsync(GenerationRecord generation, Action onBegin, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask<IOutboxDrain?> TryDrainAsync(CancellationToken cancellationToken)
    {
        // The session's lease is the only one of the store, so nobody else can be draining.
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult<IOutboxDrain?>(
            _request.ForPlan ? null : new SqliteOutboxDrain(_database, _catalog.NamespaceId));
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _preload.SettleAsync().ConfigureAwait(false);
            await CommitAsync(CancellationToken.None).ConfigureAwait(false);
            await _catalog.FlushAsync().ConfigureAwait(false);
        }
        finally
        {
            _lease?.Dispose();
        }
    }

    private void Commit(WriterHold writer)
    {
        _uncommitted = 0;
        writer.Commit();
    }
}
