using Tidemark.Documents;
using Tidemark.Records;
using Tidemark.Sqlite.Applying;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Indexing;
using Tidemark.Sqlite.Rows;
using Tidemark.Sqlite.Storage;

namespace Tidemark.Sqlite.Records;

/// <summary>Sources, generations and runs of a session's namespace. A plan's only looks.</summary>
internal sealed class SqliteNamespaceCatalog : INamespaceCatalog
{
    private readonly SqliteDatabase _database;
    private readonly GlancePreload _preload;
    private readonly bool _forPlan;
    private long _run;
    private long _planned;
    private bool _unflushed;

    public SqliteNamespaceCatalog(
        SqliteDatabase database, StoredNamespace @namespace, GlancePreload preload, bool forPlan)
    {
        _database = database;
        _preload = preload;
        _forPlan = forPlan;
        NamespaceId = @namespace.Id;
        Namespace = @namespace.Record;
    }

    public NamespaceRecord Namespace { get; private set; }

    /// <summary>0 where a plan looks at a namespace that does not exist.</summary>
    public long NamespaceId { get; }

    public async ValueTask<SourceRecord> RegisterSourceAsync(string name, CancellationToken cancellationToken)
    {
        var source = FindSource(name);
        if (source is null && _forPlan)
        {
            return new SourceRecord(new SourceKey(--_planned), name, 0); // a number that no document has
        }

        source ??= await WriteAsync(
            (connection, _) => SourceTable.Add(connection, NamespaceId, name), cancellationToken).ConfigureAwait(false);
        _preload.Start(source);
        return source;
    }

    public ValueTask<string?> FindPlaceAsync(SourceKey source, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var reader = _database.Readers.Rent();
        return ValueTask.FromResult(PlaceTable.Find(reader.Connection, source.Value, _database.Path));
    }

    public async ValueTask NotePlaceAsync(SourceKey source, string place, CancellationToken cancellationToken)
    {
        if (!_forPlan)
        {
            await WriteAsync(
                (connection, _) =>
                {
                    PlaceTable.Note(connection, source.Value, place, _database.Path);
                    return true;
                },
                cancellationToken).ConfigureAwait(false);
        }
    }

    public ValueTask<SourceIdKey> FindSourceIdAsync(string sourceId, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var reader = _database.Readers.Rent();
        return ValueTask.FromResult(
            new SourceIdKey(StoredValue.Key(SourceIdRows.Find(reader.Connection, NamespaceId, sourceId), "table source_id", "id")));
    }

    public async ValueTask<GenerationRecord> CreateGenerationAsync(
        PipelineIdentity pipeline, bool follows, CancellationToken cancellationToken)
    {
        var state = Namespace.Generation is null ? GenerationState.Active
            : follows ? GenerationState.Candidate
            : GenerationState.Building;
        if (_forPlan)
        {
            return new GenerationRecord(0, pipeline, state);
        }

        var generation = await WriteAsync(
            (connection, index) =>
                new GenerationSwitch(connection, index, NamespaceId).Create(pipeline, state),
            cancellationToken).ConfigureAwait(false);
        Namespace = state == GenerationState.Active
            ? Namespace with { Generation = generation }
            : Namespace with { Beside = generation };
        return generation;
    }

    public async ValueTask PromoteAsync(GenerationRecord generation, bool keepsFormer, CancellationToken cancellationToken)
    {
        if (_forPlan)
        {
            return;
        }

        var sequence = await WriteAsync(
            (connection, index) =>
            {
                var now = _database.Clock.GetUtcNow().ToStored();
                var commit = new CommitLog(connection, NamespaceId, _run, now);
                new GenerationSwitch(connection, index, NamespaceId).Promote(generation.Id, commit.Take(), now, keepsFormer);
                return commit.Current;
            },
            cancellationToken).ConfigureAwait(false);
        Namespace = Namespace with
        {
            Sequence = sequence,
            Generation = generation with { State = GenerationState.Active },
            Beside = keepsFormer ? Namespace.Generation! with { State = GenerationState.Previous } : null,
        };
    }

    public async ValueTask RetireAsync(GenerationRecord generation, CancellationToken cancellationToken)
    {
        if (_forPlan)
        {
            return;
        }

        var sequence = await WriteAsync(
            (connection, index) =>
            {
                var commit = new CommitLog(connection, NamespaceId, _run, _database.Clock.GetUtcNow().ToStored());
                new GenerationSwitch(connection, index, NamespaceId).Retire(generation, commit.Take);
                return commit.Current;
            },
            cancellationToken).ConfigureAwait(false);
        Namespace = Namespace with { Sequence = sequence, Beside = null };
    }

    public async ValueTask<RunRecord> BeginRunAsync(RunRecord run, CancellationToken cancellationToken)
    {
        if (_forPlan)
        {
            return run;
        }

        _run = await WriteAsync(
            (connection, _) => RunTable.Begin(connection, NamespaceId, run), cancellationToken).ConfigureAwait(false);
        _unflushed = false; // a run that does nothing but begin and end need not reach the disk at once
        return run with { Id = _run };
    }

    public async ValueTask CompleteRunAsync(RunRecord run, CancellationToken cancellationToken)
    {
        if (_forPlan)
        {
            return;
        }

        var unflushed = _unflushed;
        await WriteAsync(
            (connection, _) =>
            {
                RunTable.Complete(connection, run);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
        _unflushed = unflushed;
        await FlushAsync().ConfigureAwait(false);
    }

    /// <summary>A batch was committed under this sequence.</summary>
    public void Committed(long sequence)
    {
        Namespace = Namespace with { Sequence = sequence };
        _unflushed = true;
    }

    /// <summary>Brings what was committed from the log to the disk, so that it outlasts a power cut.</summary>
    public async ValueTask FlushAsync()
    {
        if (_unflushed)
        {
            using var writer = await _database.HoldWriterAsync(CancellationToken.None).ConfigureAwait(false);
            writer.Checkpoint();
            _unflushed = false;
        }
    }

    private SourceRecord? FindSource(string name)
    {
        using var reader = _database.Readers.Rent();
        var source = SourceTable.Find(reader.Connection, NamespaceId, name);
        if (source is null)
        {
            SourceTable.RefuseLost(reader.Connection, NamespaceId, name);
        }

        return source;
    }

    private async ValueTask<T> WriteAsync<T>(
        Func<SqliteConnection, IIndexWriter, T> work, CancellationToken cancellationToken)
    {
        using var writer = await _database.HoldWriterAsync(cancellationToken).ConfigureAwait(false);
        var result = writer.InTransaction(work);
        _unflushed = true;
        return result;
    }
}
