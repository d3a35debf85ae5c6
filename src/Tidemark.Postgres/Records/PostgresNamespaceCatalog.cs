using Npgsql;
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
    private (SourceKey Source, string? Place) _place; // of the source that was found last, to be asked for once
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

    /// <summary>What is given back with the end of the run; null: more may come behind it.</summary>
    public NamespaceLease? Ending { get; set; }

    /// <summary>0 where a plan looks at a namespace that does not exist.</summary>
    public long NamespaceId { get; }

    public ValueTask<SourceRecord> RegisterSourceAsync(string name, CancellationToken cancellationToken) => LookAsync(
        async connection =>
        {
            var (source, place) = await SourceTable.FindAsync(connection, NamespaceId, name, cancellationToken).ConfigureAwait(false);
            _place = (source?.Key ?? default, place);
            if (source is null && _writer is null)
            {
                await SourceTable.RefuseLostAsync(connection, NamespaceId, name, cancellationToken).ConfigureAwait(false);
                return new SourceRecord(new SourceKey(--_planned), name, 0); // a number that no document has
            }

            if (source is null)
            {
                await SourceTable.AddAsync(connection, NamespaceId, name, cancellationToken).ConfigureAwait(false);
                (source, _) = await SourceTable.FindAsync(connection, NamespaceId, name, cancellationToken).ConfigureAwait(false);
            }

            return source!;
        },
        cancellationToken);

    public ValueTask<string?> FindPlaceAsync(SourceKey source, CancellationToken cancellationToken)
    {
        var (known, place) = _place;
        _place = default;
        return source.Value != 0 && source == known
            ? ValueTask.FromResult(place)
            : LookAsync(connection => PlaceTable.FindAsync(connection, source.Value, cancellationToken), cancellationToken);
    }

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

        _run = await _writer.UseAsync(
            connection => RunTable.BeginAsync(connection, NamespaceId, run, _run, _keys, cancellationToken),
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
                await RunTable.CompleteAsync(connection, run, Ending is not null, cancellationToken).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
        Ending?.IsReleased = true;
    }

    /// <summary>Runs on the connection of the session, while that has nothing else to do, else on another one.</summary>
    private ValueTask<T> LookAsync<T>(Func<NpgsqlConnection, Task<T>> look, CancellationToken cancellationToken) =>
        _writer is null ? _database.RunAsync(look, cancellationToken) : _writer.LookAsync(look, waits: false, cancellationToken);

    /// <summary>A batch was applied under this sequence.</summary>
    public void Committed(long sequence) => Namespace = Namespace with { Sequence = sequence };
}
