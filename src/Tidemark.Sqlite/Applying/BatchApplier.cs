using Tidemark.Embedding;
using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Indexing;
using Tidemark.Sqlite.Layouts;
using Tidemark.Sqlite.Queueing;
using Tidemark.Sqlite.Rows;
using Tidemark.Wording;

namespace Tidemark.Sqlite.Applying;

/// <summary>
/// Applies decided writes inside the caller's transaction: what a write comes down to is decided by
/// <see cref="WriteDecision"/>, here are its rows. One instance serves one session.
/// </summary>
internal sealed class BatchApplier(
    SqliteConnection connection, IIndexWriter index, long @namespace, bool keepText, TimeProvider clock)
{
    private const string ActiveGeneration = "SELECT coalesce(generation, 0) FROM namespace WHERE id = ?1";

    private readonly DocumentRows _documents = new(connection, @namespace);
    private readonly ChunkRows _chunks = new(connection, index);
    private readonly LayoutRows _layouts = new(connection);
    private readonly SourceIdRows _sourceIds = new(connection, @namespace);
    private readonly LayoutWriter _layout = new();
    private readonly HeldChanges _held = new(connection, @namespace);
    private bool _remembers;

    public ApplyResult Apply(ApplyBatch batch)
    {
        var now = clock.GetUtcNow();
        ChunkCounts.Renew(connection, @namespace);
        var beside = GenerationTable.FindBeside(connection, @namespace);
        var scope = new WriteScope(batch.Generation, connection.Scalar(ActiveGeneration, @namespace), beside?.Id ?? 0, keepText)
        {
            BuildingHasAnswered = beside is { State: GenerationState.Previous },
        };
        var pipeline = batch.Generation.Pipeline;
        var work = new Work(
            batch,
            scope,
            new BatchDecision(scope, _chunks, now),
            new CommitLog(connection, @namespace, batch.Run, now.ToStored()),
            SpaceTable.FindOrAdd(connection, new EmbeddingSpace(pipeline.Space, pipeline.Dimensions)),
            now.ToStored());
        var results = new AppliedDocument[batch.Writes.Count];
        for (var i = 0; i < results.Length; i++)
        {
            results[i] = Apply(work, batch.Writes[i]);
        }

        LiveCounts.Write(connection, work.Decisions, scope);
        Remember(work.Decisions);
        LagRows.Write(connection, @namespace, now, work.Decisions.Lags);
        return new ApplyResult(work.Commit.Current, results);
    }

    /// <summary>Once a session it is asked whether the memory of documents that are gone is whole: that takes a walk along all ids.</summary>
    private void Remember(BatchDecision decisions)
    {
        GoneCount.Add(connection, @namespace, decisions.Gone);
        if (decisions.TakesUnknownVersion && !_remembers)
        {
            GoneCount.Require(connection, NamespaceTable.NameOf(connection, @namespace), @namespace);
            _remembers = true;
        }
    }

    /// <summary>The transaction was rolled back.</summary>
    public void Discard() => _sourceIds.Discard();

    private AppliedDocument Apply(Work work, DocumentWrite write)
    {
        var isHeld = write.Lease.IsNone || _held.Holds(write.Lease);
        var (stored, headings) = Load(work.Scope, write);
        if (work.Decisions.Decide(write, stored, isHeld, out var refused) is not { } decision)
        {
            return refused;
        }

        var title = stored.Key.IsNone || write is DocumentWrite.Touch ? "" : _documents.TitleOf(stored.Key.Value, write.Id);
        index.Name(title, headings, write is DocumentWrite.Put named ? DocumentTitle.Of(write.Id, named.Document.Metadata) : title);
        Unstage(work, stored, decision);
        var (key, sourceId) = write switch
        {
            DocumentWrite.Put put => Put(work, put, stored, decision),
            DocumentWrite.Remove => Remove(work, write.Id, stored, decision),
            DocumentWrite.Stage stage => Stage(work, stage, stored, decision),
            _ => Touch((DocumentWrite.Touch)write, stored),
        };
        if (!write.Lease.IsNone)
        {
            _held.Complete(write.Lease, work.Now);
        }

        return work.Decisions.Apply(write, key, sourceId);
    }

    /// <summary>As much as the decision looks at. A damaged list of chunks is not read.</summary>
    /// <returns>And the headings of the chunks that the index has of it.</returns>
    private (StoredState Stored, Dictionary<long, string?> Headings) Load(WriteScope scope, DocumentWrite write)
    {
        var stored = _documents.Find(write.Id);
        if (!stored.IsLive || stored.Sequence != write.ExpectedSequence || write is DocumentWrite.Touch)
        {
            return (stored, []);
        }

        var key = stored.Key.Value;
        var rewrites = write is DocumentWrite.Put { Rewrites: true };
        var layout = write is DocumentWrite.Stage ? default : _layouts.Find(scope.Active, key, mayBeDamaged: rewrites);
        var staged = scope.Building == 0 ? default : _layouts.Find(scope.Building, key, mayBeDamaged: false);
        var headings = new Dictionary<long, string?>();
        foreach (var entry in (layout.Entries ?? []).Concat(staged.Entries ?? []).Where(entry => entry.Heading is not null))
        {
            headings[entry.Chunk] = entry.Heading;
        }

        return (
            stored with
            {
                Metadata = write is DocumentWrite.Put { Rewrites: false } ? _documents.MetadataOf(key, write.Id) : default,
                Chunks = rewrites ? [] : [.. (layout.Entries ?? []).Select(entry => entry.Chunk)],
                Headings = rewrites ? [] : [.. (layout.Entries ?? []).Select(entry => entry.Heading)],
                Tokens = layout.Tokens,
                Staged = staged.Entries is { } entries ? [.. entries.Select(entry => entry.Chunk)] : null,
                StagedTokens = staged.Tokens,
                StagedSequence = staged.Sequence,
            },
            headings);
    }

    private (DocumentKey Key, SourceIdKey SourceId) Put(
        Work work, DocumentWrite.Put write, StoredState stored, WriteDecision decision)
    {
        var (active, sequence) = (work.Scope.Active, work.Commit.Take());
        if (decision.DropsDamaged)
        {
            _chunks.DeleteAll(active, stored.Key.Value);
        }

        KeepFormer(decision, stored, sequence, active);
        var sourceId = _sourceIds.FindOrAdd(decision.SourceId);
        var key = _documents.Put(write.Id, decision.Document!, stored, (sourceId, sequence, work.Batch.Run));
        WriteLayout(work.PlaceOf(key, sequence), sequence, decision.Layout!);
        Close(decision, active, sequence);
        _chunks.Rename(active, decision.Renamed);

        foreach (var kept in decision.RepeatsKept ? write.Chunks.Where(chunk => !chunk.Existing.IsNone) : [])
        {
            index.Patch(active, kept.Existing.Value);
        }

        index.Settle(active, key, decision);
        SetText(key, decision.Text, write.Document.Text);
        return (new DocumentKey(key), new SourceIdKey(sourceId));
    }

    private (DocumentKey Key, SourceIdKey SourceId) Remove(Work work, string id, StoredState stored, WriteDecision decision)
    {
        var (active, sequence) = (work.Scope.Active, work.Commit.Take());
        KeepFormer(decision, stored, sequence, active);
        Close(decision, active, sequence);
        if (decision.DropsLayout)
        {
            _layouts.Delete(active, stored.Key.Value);
        }

        if (!stored.Key.IsNone)
        {
            index.Settle(active, stored.Key.Value, decision);
        }

        SetText(stored.Key.Value, decision.Text, text: null);
        var sourceId = _sourceIds.FindOrAdd(decision.SourceId);
        var key = _documents.Put(id, decision.Document!, stored, (sourceId, sequence, work.Batch.Run));
        return (new DocumentKey(key), new SourceIdKey(sourceId));
    }

    private (DocumentKey Key, SourceIdKey SourceId) Stage(
        Work work, DocumentWrite.Stage write, StoredState stored, WriteDecision decision)
    {
        if (decision.Layout is { } layout)
        {
            WriteLayout(work.PlaceOf(write.Key.Value, work.Commit.Take()), stored.Sequence, layout);
            index.SettleStaged(work.Scope.Generation.Id, write.Key.Value);
        }

        SetText(write.Key.Value, decision.Text, text: null);
        return (write.Key, stored.SourceId);
    }

    private (DocumentKey Key, SourceIdKey SourceId) Touch(DocumentWrite.Touch write, StoredState stored)
    {
        _documents.Touch(write);
        return (write.Key, stored.SourceId);
    }

    private void KeepFormer(WriteDecision decision, StoredState stored, long sequence, long active)
    {
        if (decision.KeepsFormer)
        {
            _documents.KeepFormerState(stored.Key.Value, (sequence, decision.FormerEnd), active);
        }
    }

    private void Close(WriteDecision decision, long active, long sequence)
    {
        foreach (var chunk in decision.Closed)
        {
            _chunks.Close(active, chunk, sequence);
        }
    }

    private void Unstage(Work work, StoredState stored, WriteDecision decision)
    {
        if (decision.Unstaged is not { } staged)
        {
            return;
        }

        var building = work.Scope.Building;
        if (work.Scope.BuildingHasAnswered)
        {
            _layouts.Keep(building, stored.Key.Value);
        }

        foreach (var chunk in staged)
        {
            if (work.Scope.BuildingHasAnswered)
            {
                _chunks.Close(building, chunk, work.Commit.Take());
            }
            else
            {
                _chunks.Delete(building, chunk);
            }
        }

        _layouts.Delete(building, stored.Key.Value);
        index.SettleStaged(building, stored.Key.Value);
    }

    private void SetText(long key, TextStep step, string? text)
    {
        if (step != TextStep.Leave)
        {
            _documents.SetText(key, step == TextStep.Gather ? TextOf(key) : step == TextStep.Put ? text : null);
        }
    }

    /// <summary>As stored until now, beside the chunks or in them.</summary>
    private string? TextOf(long document) =>
        new DocumentLoader(connection).Load([new DocumentKey(document)], withText: true)[0].Text;

    private void WriteLayout(in ChunkPlace place, long sequence, NextLayout layout)
    {
        _layout.Begin(layout.Chunks.Count);
        for (var i = 0; i < layout.Chunks.Count; i++)
        {
            var chunk = layout.Chunks[i];
            var key = layout.Steps[i] switch
            {
                ChunkStep.Open => _chunks.Open(place, chunk),
                ChunkStep.Patch => _chunks.Patch(place, chunk),
                _ => chunk.Existing.Value,
            };
            _layout.Add(key, chunk.Start, chunk.Length, chunk.Heading);
        }

        _layouts.Put(place, sequence, layout, _layout.Written);
    }

    private sealed record Work(
        ApplyBatch Batch, WriteScope Scope, BatchDecision Decisions, CommitLog Commit, long Space, long Now)
    {
        public ChunkPlace PlaceOf(long document, long sequence) => new()
        {
            Generation = Batch.Generation.Id,
            IsNormalized = Batch.Generation.Pipeline.IsNormalized,
            Space = Space,
            Document = document,
            Sequence = sequence,
            Now = Now,
        };
    }
}
