using Tidemark.Documents;
using Tidemark.Postgres.Applying;
using Tidemark.Postgres.Indexing;
using Tidemark.Postgres.Locking;
using Tidemark.Postgres.Rows;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Records;

/// <summary>Sources, generations and runs of a session's namespace. A plan's only looks.</summary>
internal sealed class PostgresNamespaceCatalog : INamespaceCatalog
{
    private readonly PostgresDatabase _database;
    private readonly BatchWriter? _writer;
    private readonly LockKeys _keys;
    private long _run;
    private long _planned;

    /// <param name="writer">Null for a plan.</param>
    public PostgresNamespaceCatalog(PostgresDatabase database, StoredNamespace @namespace, BatchWriter? writer)
    {
        _database = database;
        _writer = writer;
        _keys = new LockKeys(database.Address.Schema);
        NamespaceId = @namespace.Id;
        Namespace = @namespace.Record;
    }

    public NamespaceRecord Namespace { get; private set; }

    /// <summary>0 where a plan looks at a namespace that does not exist.</summary>
    public long NamespaceId { get; }

    public ValueTask<SourceRecord> RegisterSourceAsync(string name, CancellationToken cancellationToken) => _database.RunAsync(
        async connection =>
        {
            var source = await SourceTable.FindAsync(connection, NamespaceId, name, cancellationToken).ConfigureAwait(false);
            if (source is null && _writer is null)
            {
                await SourceTable.RefuseLostAsync(connection, NamespaceId, name, cancellationToken).ConfigureAwait(false);
                return new SourceRecord(new SourceKey(--_planned), name, 0); // a number that no document has
            }

            if (source is null)
            {
                await SourceTable.AddAsync(connection, NamespaceId, name, cancellationToken).ConfigureAwait(false);
                source = await SourceTable.FindAsync(connection, NamespaceId, name, cancellationToken).ConfigureAwait(false);
            }

            return source!;
        },
        cancellationToken);

    public ValueTask<string?> FindPlaceAsync(SourceKey source, CancellationToken cancellationToken) => _database.RunAsync(
        connection => PlaceTable.FindAsync(connection, source.Value, cancellationToken), cancellationToken);

    public async ValueTask NotePlaceAsync(SourceKey source, string place, CancellationToken cancellationToken)
    {
        if (_writer is not null)
        {
            await _database.InTransactionAsync(
                connection => PlaceTable.NoteAsync(connection, source.Value, place, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
    }

    public ValueTask<SourceIdKey> FindSourceIdAsync(string sourceId, CancellationToken cancellationToken) => _database.RunAsync(
        async connection => new SourceIdKey(StoredValue.Key(
            await SourceTable.FindIdAsync(connection, NamespaceId, sourceId, cancellationToken).ConfigureAwait(false), "table source_id", "id")),
        cancellationToken);

    public async ValueTask<GenerationRecord> CreateGenerationAsync(
        PipelineIdentity pipeline, bool follows, CancellationToken cancellationToken)
    {
        var state = Namespace.Generation is null ? GenerationState.Active
            : follows ? GenerationState.Candidate
            : GenerationState.Building;
        if (_writer is null)
        {
            return new GenerationRecord(0, pipeline, state);
        }

        var generation = await _writer.InTransactionAsync(
            connection => new GenerationSwitch(connection, _database, NamespaceId).CreateAsync(pipeline, state, cancellationToken),
            cancellationToken).ConfigureAwait(false);
        Namespace = state == GenerationState.Active
            ? Namespace with { Generation = generation }
            : Namespace with { Beside = generation };
        return generation;
    }

    public async ValueTask PromoteAsync(GenerationRecord generation, bool keepsFormer, CancellationToken cancellationToken)
    {
        if (_writer is null)
        {
            return;
        }

        await _writer.UseAsync(_ => Task.FromResult(true), cancellationToken).ConfigureAwait(false); // what is being made waits for every transaction
        await new IndexBuilder(_database, generation) { OnlyMissing = true }.BuildAsync(cancellationToken).ConfigureAwait(false);
        var sequence = await _writer.InTransactionAsync(
            async connection =>
            {
                var taken = await _writer.TakeSequenceAsync(_run, cancellationToken).ConfigureAwait(false);
                await new GenerationSwitch(connection, _database, NamespaceId)
                    .PromoteAsync(generation.Id, taken, keepsFormer, cancellationToken).ConfigureAwait(false);
                return taken;
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
        if (_writer is null)
        {
            return;
        }

        var sequence = await _writer.InTransactionAsync(
            async connection =>
            {
                var taken = Namespace.Sequence;
                await new GenerationSwitch(connection, _database, NamespaceId).RetireAsync(
                    generation,
                    async () => taken = await _writer.TakeSequenceAsync(_run, cancellationToken).ConfigureAwait(false),
                    cancellationToken).ConfigureAwait(false);
                return taken;
            },
            cancellationToken).ConfigureAwait(false);
        Namespace = Namespace with { Sequence = sequence, Beside = null };
    }

    public async ValueTask<RunRecord> BeginRunAsync(RunRecord run, CancellationToken cancellationToken)
    {
        if (_writer is null)
        {
            return run;
        }

        await _database.RunAsync(
            async connection =>
            {
                await RunTable.CloseAbandonedAsync(
                    connection, NamespaceId, run.StartedAt, _keys, cancellationToken).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
        _run = await _writer.UseAsync(
            connection => RunTable.BeginAsync(connection, NamespaceId, run, _keys, cancellationToken),
            cancellationToken).ConfigureAwait(false);
        return run with { Id = _run };
    }

    public async ValueTask CompleteRunAsync(RunRecord run, CancellationToken cancellationToken)
    {
        if (_writer is null)
        {
            return;
        }

        await _writer.CommitAsync(cancellationToken).ConfigureAwait(false);
        await _writer.UseAsync(
            async connection =>
            {
                await RunTable.CompleteAsync(connection, run, cancellationToken).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A batch was applied under this sequence.</summary>
    public void Committed(long sequence) => Namespace = Namespace with { Sequence = sequence };
}
