using Npgsql;
using Tidemark.Postgres.Indexing;
using Tidemark.Postgres.Publishing;
using Tidemark.Postgres.Queueing;
using Tidemark.Postgres.Records;
using Tidemark.Postgres.Storage;
using Tidemark.Records;

namespace Tidemark.Postgres.Applying;

/// <summary>Applies one batch inside the transaction that is open: looks, decides, then sends rows in bulk.</summary>
internal sealed class BatchApplier(
    NpgsqlConnection connection, StoredNamespace @namespace, ApplyBatch batch, bool keepText, DateTimeOffset now)
{
    private readonly IndexTables _tables = new(batch.Generation.Id);
    private readonly BatchRows _rows = new();
    private readonly LiveCounts _counts = new();
    private readonly LagRows _lags = new(now);
    private readonly HashSet<string> _written = new(StringComparer.Ordinal);
    private BatchLookup _stored = null!;
    private IReadOnlyDictionary<string, long> _sourceIds = null!;
    private ChunkDecisions _chunks = null!;
    private readonly List<ChangeLease> _carriedOut = [];
    private bool _taken;

    public required PostgresDatabase Database { get; init; }

    public required Func<TidemarkException> Overtaken { get; init; }

    private long Sequence => _stored.Sequence + 1;

    /// <summary>Its changes come one after the other without an end at which a graph could be brought up to date.</summary>
    private bool IsOfQueue => batch.Writes.Any(write => !write.Lease.IsNone);

    /// <summary>Null: they are indexed outside. Beside the graph, which takes them up when the run ends.</summary>
    private string? TargetOfVectors => batch.Generation.Pipeline.IsExternal ? null
        : _stored.HasRecent && !(IsOfQueue && _stored.HasGraph) ? _tables.RecentColumns
        : _tables.VectorColumns;

    /// <param name="former">What an earlier try of the same batch came to: its documents keep their keys. Null: none.</param>
    public async Task<ApplyResult> ApplyAsync(ApplyResult? former, CancellationToken cancellationToken)
    {
        _sourceIds = await SourceIds.FindOrAddAsync(Database, @namespace.Id, batch.Writes, cancellationToken).ConfigureAwait(false);
        _stored = await BatchLookup.ReadAsync(connection, @namespace, batch, cancellationToken).ConfigureAwait(false);
        if (_stored.Fence != @namespace.Fence)
        {
            throw Overtaken();
        }

        _chunks = new ChunkDecisions(_stored, _rows, batch.Generation);
        var results = new AppliedDocument[batch.Writes.Count];
        for (var i = 0; i < results.Length; i++)
        {
            results[i] = DecideLeased(batch.Writes[i], former?.Documents[i].Key.Value);
        }

        await SendAsync(cancellationToken).ConfigureAwait(false);
        return new ApplyResult(_taken ? Sequence : _stored.Sequence, results);
    }

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        var pipeline = batch.Generation.Pipeline;
        var copies = new RowCopies(_rows, batch.Generation.Id, Sequence, batch.Run) { IsExternal = pipeline.IsExternal, IsNormalized = pipeline.IsNormalized }
            .Begin(@namespace.Id);
        await using var heldCopies = copies.ConfigureAwait(false);
        var vectors = new VectorRows(pipeline, _rows.NewChunks) { Target = TargetOfVectors };
        var statements = connection.CreateBatch();
        await using var held = statements.ConfigureAwait(false);
        new RowChanges(_rows, _stored, batch.Run, now).Write(statements, Sequence);
        _counts.Write(statements, _stored.Active);
        _lags.Write(statements, @namespace.Id);
        if (_taken)
        {
            statements.Add(
                "update namespace set sequence = sequence + 1 where id = $1 and fence = $2",
                Sql.Of(@namespace.Id), Sql.Of(@namespace.Fence));
            statements.Add(
                "insert into commit_log (namespace, sequence, run, at) values ($1, $2, $3, $4)",
                Sql.Of(@namespace.Id), Sql.Of(Sequence), Sql.Of(batch.Run), Sql.Of(now.ToStored()));
        }

        if (_carriedOut.Count > 0)
        {
            HeldChanges.Complete(statements, _carriedOut);
        }

        vectors.Write(statements);
        if (statements.BatchCommands.Count > 0)
        {
            await statements.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }

        await vectors.CompleteAsync(connection, now, cancellationToken).ConfigureAwait(false);
        await copies.SendAsync(connection, cancellationToken).ConfigureAwait(false);
        await SettleAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Tells external indexes, through the outbox.</summary>
    private async Task SettleAsync(CancellationToken cancellationToken)
    {
        var outbox = new OutboxRows(connection, _rows, now);
        if (_stored.IsExternal)
        {
            await outbox.SettleAsync(_stored.Active, Sequence, cancellationToken).ConfigureAwait(false);
        }

        if (_stored.IsBuildingExternal)
        {
            await outbox.SettleStagedAsync(_stored.Building, batch.Generation.Id == _stored.Building, cancellationToken).ConfigureAwait(false);
        }
    }

    private AppliedDocument DecideLeased(DocumentWrite write, long? formerKey)
    {
        if (write.Lease.IsNone)
        {
            return Decide(write, formerKey);
        }

        if (!_stored.IsHeld(write.Lease))
        {
            return new AppliedDocument { IsLeaseLost = true };
        }

        var applied = Decide(write, formerKey);
        if (applied.Applied)
        {
            _carriedOut.Add(write.Lease);
        }

        return applied;
    }

    private AppliedDocument Decide(DocumentWrite write, long? formerKey)
    {
        var existing = _stored.Find(write.Id);
        if (existing.Sequence != write.ExpectedSequence || !_written.Add(write.Id))
        {
            return new AppliedDocument(false, new DocumentKey(existing.Key), new SourceIdKey(existing.SourceId));
        }

        return write switch
        {
            DocumentWrite.Put put => Put(put, existing, formerKey),
            DocumentWrite.Touch touch => Touch(touch, existing),
            DocumentWrite.Remove remove => Remove(remove, existing, formerKey),
            DocumentWrite.Stage stage => Stage(stage, existing),
            _ => throw new InvalidOperationException($"A write of type '{write.GetType()}' is unknown."),
        };
    }

    private AppliedDocument Put(DocumentWrite.Put write, StoredDocument existing, long? formerKey)
    {
        if (_stored.Active != batch.Generation.Id)
        {
            throw new InvalidOperationException("A document is put into the active generation; stage it in another.");
        }

        _taken = true;
        var document = write.Document;
        var sourceId = _sourceIds.GetValueOrDefault(document.SourceId);
        sourceId = string.Equals(document.SourceId, write.Id, StringComparison.Ordinal) ? 0 : sourceId;
        var key = existing.Key != 0 ? existing.Key : formerKey ?? _stored.TakeDocumentKey();
        if (existing.IsLive)
        {
            (write.Rewrites ? _rows.Rewritten : _rows.Former).Add(key);
            _rows.DroppedLayouts.Add(key);
            _counts.Add(existing.Source, -1, -existing.ChunkCount, -existing.Tokens);
            Unstage(existing);
        }

        else if (existing.Key != 0)
        {
            _rows.DroppedLayouts.Add(key); // there is none, unless its state was changed behind our back
        }

        var layout = _chunks.Write(write.Id, key, write.Rewrites ? [] : existing.Chunks, write.Chunks);
        _rows.Layouts.Add(new LayoutRow(batch.Generation.Id, key, Sequence, write.ChunksArePartition, layout.Tokens)
        {
            Chunks = write.Chunks,
            Keys = layout.Keys,
        });
        (existing.Key == 0 ? _rows.NewDocuments : _rows.ChangedDocuments).Add(
            new DocumentRow(key, write.Id, DocumentState.Live, write.Repeats, write.Source.Value, sourceId)
            {
                Chunks = write.Chunks.Count,
                Token = document.Token,
                TextHash = write.TextHash,
                Version = document.Version,
                ExpiresAt = document.ExpiresAt,
                Tier = document.Tier,
                Metadata = document.Metadata,
                Seal = DocumentSeal.Of(write),
            });
        SetText(key, existing, keepText && !write.ChunksArePartition ? document.Text : null);
        _counts.Add(write.Source.Value, 1, write.Chunks.Count, layout.Tokens);
        _lags.Add(write.Changed);
        return new AppliedDocument(true, new DocumentKey(key), new SourceIdKey(sourceId));
    }

    private AppliedDocument Touch(DocumentWrite.Touch write, StoredDocument existing)
    {
        _rows.Touched.Add(write);
        return new AppliedDocument(true, write.Key, new SourceIdKey(existing.SourceId));
    }

    private AppliedDocument Remove(DocumentWrite.Remove write, StoredDocument existing, long? formerKey)
    {
        _taken = true;
        _lags.Add(write.Changed);
        var sourceId = string.Equals(write.SourceId, write.Id, StringComparison.Ordinal) ? 0 : _sourceIds.GetValueOrDefault(write.SourceId);
        var key = existing.Key != 0 ? existing.Key : formerKey ?? _stored.TakeDocumentKey();
        if (existing.IsLive)
        {
            _rows.Former.Add(key);
            _rows.DroppedLayouts.Add(key);
            _rows.ClosedChunks.AddRange(existing.Chunks);
            _rows.DroppedTexts.Add(key);
            _counts.Add(existing.Source, -1, -existing.ChunkCount, -existing.Tokens);
            Unstage(existing);
        }

        (existing.Key == 0 ? _rows.NewDocuments : _rows.ChangedDocuments).Add(
            new DocumentRow(key, write.Id, write.State, write.Repeats, write.Source.Value, sourceId)
            {
                Token = write.Token,
                Version = write.Version,
                KeepsVersion = write.Version.IsNone,
            });
        return new AppliedDocument(true, new DocumentKey(key), new SourceIdKey(sourceId));
    }

    private AppliedDocument Stage(DocumentWrite.Stage write, StoredDocument existing)
    {
        if (batch.Generation.Id != _stored.Building)
        {
            throw new InvalidOperationException("A document is staged in the generation that is being built.");
        }

        var source = new SourceIdKey(existing.SourceId);
        if (!existing.IsLive)
        {
            return new AppliedDocument(false, write.Key, source);
        }

        if (existing.Staged is null || existing.StagedSequence != existing.Sequence)
        {
            _taken = true;
            Unstage(existing);
            var layout = _chunks.Write(write.Id, existing.Key, [], write.Chunks);
            _rows.Layouts.Add(new LayoutRow(
                batch.Generation.Id, existing.Key, existing.Sequence, write.ChunksArePartition, layout.Tokens)
            {
                Chunks = write.Chunks,
                Keys = layout.Keys,
            });
            if (keepText && !write.ChunksArePartition)
            {
                _rows.KeptTexts.Add(existing.Key);
            }
        }

        return new AppliedDocument(true, write.Key, source);
    }

    private void SetText(long key, StoredDocument existing, string? text)
    {
        if (existing.IsLive)
        {
            _rows.DroppedTexts.Add(key);
        }

        if (text is not null)
        {
            _rows.Texts.Add((key, text));
        }
    }

    /// <summary>What was staged of a document is out of date once the document changes.</summary>
    private void Unstage(StoredDocument document)
    {
        if (document.Staged is { } staged)
        {
            _rows.Unstaged.Add(document.Key);
            _rows.DeletedChunks.AddRange(staged);
        }
    }
}
