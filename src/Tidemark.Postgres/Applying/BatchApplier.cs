using Npgsql;
using Tidemark.Postgres.Indexing;
using Tidemark.Postgres.Queueing;
using Tidemark.Postgres.Rows;
using Tidemark.Postgres.Server;
using Tidemark.Records;
using Tidemark.Wording;

namespace Tidemark.Postgres.Applying;

/// <summary>
/// Applies one batch inside the transaction that is open: looks, asks <see cref="WriteDecision"/> what each write comes down to,
/// then sends rows in bulk.
/// </summary>
internal sealed class BatchApplier(
    NpgsqlConnection connection, StoredNamespace @namespace, ApplyBatch batch, bool keepText, DateTimeOffset now)
{
    private readonly BatchRows _rows = new();
    private BatchLookup _stored = null!;
    private IReadOnlyDictionary<string, long> _sourceIds = null!;
    private BatchDecision _decisions = null!;

    public required PostgresDatabase Database { get; init; }

    public required Func<TidemarkException> Overtaken { get; init; }

    /// <summary>Whether it is known that no record is lost of documents that are gone.</summary>
    public required bool Remembers { get; set; }

    private long Sequence => _stored.Sequence + 1;

    /// <summary>Null: they are indexed outside. No graph takes them while somebody waits for it.</summary>
    private string? TargetOfVectors => batch.Generation.Pipeline.IsExternal ? null : IndexTables.ColumnsOf(_stored.VectorTable);

    /// <param name="former">What an earlier try of the same batch came to: its documents keep their keys. Null: none.</param>
    public async Task<ApplyResult> ApplyAsync(ApplyResult? former, CancellationToken cancellationToken)
    {
        _sourceIds = await SourceIds.FindOrAddAsync(Database, @namespace.Id, batch.Writes, cancellationToken).ConfigureAwait(false);
        _stored = await BatchLookup.ReadAsync(connection, @namespace, batch, cancellationToken).ConfigureAwait(false);
        if (_stored.Fence != @namespace.Fence)
        {
            throw Overtaken();
        }

        if (_stored.NeedsRecount)
        {
            await ChunkCounts.RenewAsync(connection, @namespace.Id, cancellationToken).ConfigureAwait(false);
        }

        _decisions = new BatchDecision(
            new WriteScope(batch.Generation, _stored.Active, _stored.Building, keepText)
            {
                BuildingHasAnswered = _stored.BuildingHasAnswered,
            },
            _stored,
            now);
        var results = new AppliedDocument[batch.Writes.Count];
        for (var i = 0; i < results.Length; i++)
        {
            results[i] = Apply(batch.Writes[i], former?.Documents[i].Key.Value);
        }

        await SendAsync(cancellationToken).ConfigureAwait(false);
        return new ApplyResult(_decisions.TakesSequence ? Sequence : _stored.Sequence, results);
    }

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        var pipeline = batch.Generation.Pipeline;
        var copies = new RowCopies(_rows, batch.Generation.Id, Sequence, batch.Run)
        {
            IsExternal = pipeline.IsExternal,
            IsNormalized = pipeline.IsNormalized,
            Stemmer = Stemmer.Of(pipeline.Stemming),
            RenamedTexts = await BatchLookup.TextsAsync(connection, [.. _rows.Renamed.Select(chunk => chunk.Key)], cancellationToken).ConfigureAwait(false),
        }.Begin(@namespace.Id);
        await using var heldCopies = copies.ConfigureAwait(false);
        var vectors = new VectorRows(pipeline, _rows.NewChunks) { Target = TargetOfVectors };
        var statements = connection.CreateBatch();
        await using var held = statements.ConfigureAwait(false);
        new RowChanges(_rows, _stored, batch.Run, now).Write(statements, Sequence);
        LiveCounts.Write(statements, _decisions, _stored);
        LagRows.Write(statements, @namespace.Id, now, [.. _decisions.Lags]);
        if (_decisions.TakesSequence)
        {
            statements.Add(
                "update namespace set sequence = sequence + 1 where id = $1 and fence = $2",
                Sql.Of(@namespace.Id), Sql.Of(@namespace.Fence));
            statements.Add(
                CommitTotals.Log,
                Sql.Of(@namespace.Id), Sql.Of(Sequence), Sql.Of(batch.Run), Sql.Of(now.ToStored()));
        }

        if (_decisions.CarriedOut.Count > 0)
        {
            HeldChanges.Complete(statements, _decisions.CarriedOut);
        }

        vectors.Write(statements, now);
        if (statements.BatchCommands.Count > 0)
        {
            await statements.RunAsync(cancellationToken).ConfigureAwait(false);
        }

        await vectors.CompleteAsync(connection, now, cancellationToken).ConfigureAwait(false);
        await copies.SendAsync(connection, cancellationToken).ConfigureAwait(false);
        await RememberAsync(cancellationToken).ConfigureAwait(false);
        await SettleAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Once a session it is asked whether the memory of documents that are gone is whole: that takes a walk along all ids.</summary>
    private async Task RememberAsync(CancellationToken cancellationToken)
    {
        await GoneCount.AddAsync(connection, @namespace.Id, _decisions.Gone, cancellationToken).ConfigureAwait(false);
        if (_decisions.TakesUnknownVersion && !Remembers)
        {
            await GoneCount.RequireAsync(connection, @namespace.Record.Name, @namespace.Id, cancellationToken).ConfigureAwait(false);
            Remembers = true;
        }
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

    private AppliedDocument Apply(DocumentWrite write, long? formerKey)
    {
        var stored = _stored.Find(write.Id);
        if (_decisions.Decide(write, stored, _stored.IsHeld(write.Lease), out var refused) is not { } decision)
        {
            return refused;
        }

        var key = stored.Key.IsNone ? formerKey ?? _stored.TakeDocumentKey() : stored.Key.Value;
        var sourceId = stored.SourceId.Value;
        AddFormer(key, decision);
        if (decision.Document is { } next)
        {
            sourceId = decision.SourceId is { } named ? _sourceIds[named] : 0;
            (stored.Key.IsNone ? _rows.NewDocuments : _rows.ChangedDocuments).Add(new DocumentRow(key, write.Id, sourceId, next));
            _rows.Found.Add((key, decision.FoundMeanwhile));
            _rows.Moved.AddRange(decision.MayHaveMoved ? [key] : []);
        }

        if (decision.Layout is { } layout)
        {
            var title = DocumentTitle.Of(write.Id, write is DocumentWrite.Put put ? put.Document.Metadata : stored.Metadata);
            AddLayout(key, decision.Document is null ? stored.Sequence : Sequence, layout, title);
            _rows.Renamed.AddRange(batch.Generation.Pipeline.IsExternal
                ? []
                : decision.Renamed.Select(chunk => (chunk.Existing.Value, key, ChunkCaption.Of(title, chunk.Heading))));
            _rows.Repeated.AddRange(
                decision.RepeatsKept ? layout.Chunks.Where(chunk => !chunk.Existing.IsNone).Select(chunk => chunk.Existing.Value) : []);
        }

        if (!stored.Key.IsNone && (decision.DropsLayout || decision is { Document: not null, Layout: not null }))
        {
            _rows.DroppedLayouts.Add(key); // what is not live has none, unless its state was changed behind our back
        }

        if (write is DocumentWrite.Touch touch)
        {
            _rows.Touched.Add(touch);
        }

        AddText(key, write, decision.Text);
        return _decisions.Apply(write, new DocumentKey(key), new SourceIdKey(sourceId));
    }

    /// <summary>What was there until now.</summary>
    private void AddFormer(long key, WriteDecision decision)
    {
        if (decision.KeepsFormer)
        {
            _rows.Former.Add((key, decision.FormerEnd));
        }

        if (decision.DropsDamaged)
        {
            _rows.Rewritten.Add(key);
        }

        _rows.ClosedChunks.AddRange(decision.Closed);
        if (decision.Unstaged is { } staged)
        {
            _rows.Unstaged.Add(key);
            _rows.UnstagedChunks.AddRange(staged);
        }
    }

    private void AddLayout(long document, long sequence, NextLayout layout, string title)
    {
        var keys = new long[layout.Chunks.Count];
        for (var i = 0; i < keys.Length; i++)
        {
            var chunk = layout.Chunks[i];
            keys[i] = chunk.Existing.Value;
            if (layout.Steps[i] == ChunkStep.Keep)
            {
                continue;
            }

            var row = new ChunkRow(_stored.TakeChunkKey(), document, chunk, NextLayout.TokensOf(chunk), ChunkCaption.Of(title, chunk.Heading));
            keys[i] = row.Key;
            if (layout.Steps[i] == ChunkStep.Open)
            {
                _rows.NewChunks.Add(row);
            }
            else
            {
                _rows.Patched.Add((chunk.Existing.Value, row));
            }
        }

        _rows.Layouts.Add(new LayoutRow(batch.Generation.Id, document, sequence, layout, keys));
    }

    private void AddText(long key, DocumentWrite write, TextStep step)
    {
        if (step == TextStep.Gather)
        {
            _rows.KeptTexts.Add(key);
        }
        else if (step != TextStep.Leave)
        {
            _rows.DroppedTexts.Add(key);
        }

        if (step == TextStep.Put)
        {
            _rows.Texts.Add((key, ((DocumentWrite.Put)write).Document.Text));
        }
    }
}
