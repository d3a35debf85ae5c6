using System.Runtime.CompilerServices;
using Npgsql;
using Tidemark.Documents;
using Tidemark.Postgres.Applying;
using Tidemark.Postgres.Indexing;
using Tidemark.Postgres.Locking;
using Tidemark.Postgres.Publishing;
using Tidemark.Postgres.Rows;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Records;

/// <summary>One run on one namespace: reads on pooled connections, writes on the one that holds the namespace.</summary>
internal sealed class PostgresRecordSession : IRecordSession
{
    /// <summary>So many pages are looked up one behind the other before another connection is worth what it costs.</summary>
    private const int FewPages = 4;

    private readonly PostgresDatabase _database;
    private readonly NamespaceLease? _lease;
    private readonly PostgresNamespaceCatalog _catalog;
    private readonly BatchWriter? _writer;
    private int _pages;

    /// <param name="lease">Null for a plan.</param>
    public PostgresRecordSession(
        PostgresDatabase database, SessionRequest request, StoredNamespace @namespace, NamespaceLease? lease)
    {
        _database = database;
        _lease = lease;
        _writer = lease is null ? null : new BatchWriter(database, lease.Connection, @namespace, request.KeepText);
        _catalog = new PostgresNamespaceCatalog(database, @namespace, _writer);
        if (_writer is not null)
        {
            database.Lend(_writer);
        }
    }

    public INamespaceCatalog Catalog => _catalog;

    public async ValueTask GlanceAsync(
        SourceKey source, ListingPage page, Memory<DocumentGlance> glances, CancellationToken cancellationToken)
    {
        var count = page.Items.Length;
        glances[..count].Span.Clear();
        if (_catalog.NamespaceId != 0 && count > 0)
        {
            Task<bool> Look(NpgsqlConnection connection) =>
                GlanceQuery.RunAsync(connection, _catalog.NamespaceId, page, glances, cancellationToken);

            _ = _writer is null
                ? await _database.RunAsync(Look, cancellationToken).ConfigureAwait(false)
                : await _writer.LookAsync(Look, waits: Interlocked.Increment(ref _pages) <= FewPages, cancellationToken).ConfigureAwait(false);
        }
    }

    public ValueTask<IReadOnlyList<DocumentRecord>> LoadAsync(
        IReadOnlyList<DocumentKey> keys, bool withText, CancellationToken cancellationToken) => _database.RunAsync(
        connection => DocumentLoader.LoadAsync(connection, _database, keys, withText, cancellationToken), cancellationToken);

    public async IAsyncEnumerable<IReadOnlyList<LiveDocument>> ListLiveAsync(
        SourceKey? source, string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var sources = source is { } named
            ? [named]
            : await LiveLister.SourcesAsync(_database, _catalog.NamespaceId, cancellationToken).ConfigureAwait(false);
        foreach (var one in sources)
        {
            var after = 0L;
            while (await LiveLister.PageAsync(_database, one, prefix, after, cancellationToken).ConfigureAwait(false) is { Count: > 0 } page)
            {
                after = page[^1].Key.Value;
                yield return page;
            }
        }
    }

    public async IAsyncEnumerable<IReadOnlyList<DocumentKey>> ListBehindAsync(
        GenerationRecord generation, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var source in await LiveLister.SourcesAsync(_database, _catalog.NamespaceId, cancellationToken).ConfigureAwait(false))
        {
            var after = 0L;
            while (await BehindLister.PageAsync(_database, source, generation.Id, after, cancellationToken).ConfigureAwait(false)
                is { Count: > 0 } page)
            {
                after = page[^1].Value;
                yield return page;
            }
        }
    }

    public async ValueTask<ApplyResult> ApplyAsync(ApplyBatch batch, CancellationToken cancellationToken)
    {
        if (_writer is null)
        {
            throw StoreRefusals.PlanWrites();
        }

        var result = await _writer.ApplyAsync(batch, cancellationToken).ConfigureAwait(false);
        _catalog.Committed(result.Sequence);
        return result;
    }

    public ValueTask CommitAsync(CancellationToken cancellationToken) =>
        _writer?.CommitAsync(cancellationToken) ?? ValueTask.CompletedTask;

    public async ValueTask BuildIndexesAsync(GenerationRecord generation, Action onBegin, CancellationToken cancellationToken)
    {
        if (_writer is null)
        {
            return;
        }

        _catalog.Ending = _lease;
        var builder = new IndexBuilder(_database, generation) { OnBegin = onBegin };
        if (await _writer.UseAsync(
            async connection =>
            {
                var isNeeded = await builder.MayBeNeededAsync(connection, cancellationToken).ConfigureAwait(false);
                if (isNeeded)
                {
                    await _lease!.LetGoAsync(cancellationToken).ConfigureAwait(false);
                }

                return isNeeded;
            },
            cancellationToken).ConfigureAwait(false))
        {
            await builder.BuildAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public async ValueTask<IOutboxDrain?> TryDrainAsync(CancellationToken cancellationToken)
    {
        if (_writer is null)
        {
            return null;
        }

        // Acknowledging locks the namespace's row, which a transaction that was left open would hold.
        await _writer.CommitAsync(cancellationToken).ConfigureAwait(false);
        return await PostgresOutboxDrain.TryOpenAsync(_database, _catalog.NamespaceId, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        if (_lease is null)
        {
            return;
        }

        try
        {
            await _writer!.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            await _lease.DisposeAsync().ConfigureAwait(false);
        }
    }
}
