using Tidemark.Embedding;
using Tidemark.Records;
using Tidemark.Sqlite.Embedding;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Indexing;
using Tidemark.Sqlite.Layouts;
using Tidemark.Sqlite.Queueing;
using Tidemark.Sqlite.Records;
using Tidemark.Sqlite.Storage;

namespace Tidemark.Sqlite.Applying;

/// <summary>Applies decided writes inside the caller's transaction. One instance serves one session.</summary>
internal sealed class BatchApplier(
    SqliteConnection connection, IIndexWriter index, long @namespace, bool keepText, TimeProvider clock)
{
    private const string ActiveGeneration = "SELECT coalesce(generation, 0) FROM namespace WHERE id = ?1";
    private const string BuildingGeneration = "SELECT id FROM generation WHERE namespace = ?1 AND state = 0";

    private readonly DocumentRows _documents = new(connection, @namespace);
    private readonly ChunkRows _chunks = new(connection, index);
    private readonly LayoutRows _layouts = new(connection);
    private readonly SourceIdRows _sourceIds = new(connection, @namespace);
    private readonly LayoutWriter _layout = new();
    private readonly HashSet<long> _former = [];
    private HeldChanges? _held;

    public ApplyResult Apply(ApplyBatch batch)
    {
        var now = clock.GetUtcNow().ToStored();
        var work = new Work(
            batch,
            new CommitLog(connection, @namespace, batch.Run, now),
            new LiveCounts(connection),
            new LagRows(connection, @namespace, now),
            connection.Scalar(ActiveGeneration, @namespace),
            connection.Scalar(BuildingGeneration, @namespace),
            SpaceTable.FindOrAdd(
                connection, new EmbeddingSpace(batch.Generation.Pipeline.Space, batch.Generation.Pipeline.Dimensions)),
            now);
        var results = new AppliedDocument[batch.Writes.Count];
        for (var i = 0; i < results.Length; i++)
        {
            results[i] = Apply(work, batch.Writes[i]);
        }

        work.Counts.Write(work.Active);
        work.Lags.Write();
        return new ApplyResult(work.Commit.Current, results);
    }

    /// <summary>The transaction was rolled back.</summary>
    public void Discard() => _sourceIds.Discard();

    private AppliedDocument Apply(Work work, DocumentWrite write)
    {
        if (write.Lease.IsNone)
        {
            return ApplyUnleased(work, write);
        }

        _held ??= new HeldChanges(connection, @namespace);
        if (!_held.Holds(write.Lease))
        {
            return new AppliedDocument { IsLeaseLost = true };
        }

        var applied = ApplyUnleased(work, write);
        if (applied.Applied)
        {
            _held.Complete(write.Lease, work.Now);
        }

        return applied;
    }

    private AppliedDocument ApplyUnleased(Work work, DocumentWrite write)
    {
        var existing = _documents.Find(write.Id);
        return existing.Sequence != write.ExpectedSequence
            ? new AppliedDocument(false, new DocumentKey(existing.Key), new SourceIdKey(existing.SourceId))
            : write switch
            {
                DocumentWrite.Put put => Put(work, put, existing),
                DocumentWrite.Touch touch => Touch(touch, existing),
                DocumentWrite.Remove remove => Remove(work, remove, existing),
                DocumentWrite.Stage stage => Stage(work, stage, existing),
                _ => throw new InvalidOperationException($"A write of type '{write.GetType()}' is unknown."),
            };
    }

    private AppliedDocument Put(Work work, DocumentWrite.Put write, StoredDocument existing)
    {
        if (work.Active != work.Batch.Generation.Id)
        {
            throw new InvalidOperationException("A document is put into the active generation; stage it in another.");
        }

        var sequence = work.Commit.Take();
        _former.Clear();
        LayoutEntry[] former = [];
        var (formerTokens, tokensBefore) = (0L, _chunks.Tokens);
        if (write.Rewrites)
        {
            _chunks.DeleteAll(work.Active, existing.Key);
            Unstage(work, existing.Key);
            tokensBefore = _chunks.Tokens;
        }
        else if (existing.IsLive)
        {
            _documents.KeepFormerState(existing.Key, sequence, work.Active);
            former = _layouts.Find(work.Active, existing.Key, out _, out formerTokens) ?? [];
            _former.UnionWith(former.Select(entry => entry.Chunk));
            work.Counts.Add(existing.Source, -1, -existing.Chunks, -formerTokens);
            Unstage(work, existing.Key);
        }

        var sourceId = _sourceIds.FindOrAdd(write.Id, write.Document.SourceId);
        var key = _documents.Put(write, existing, sourceId, sequence, work.Batch.Run);
        var place = work.PlaceOf(key, write.Id, sequence);
        WriteChunks(place, write.Chunks);
        foreach (var entry in former.Where(entry => _former.Contains(entry.Chunk)))
        {
            _chunks.Close(work.Active, entry.Chunk, sequence);
        }

        var tokens = formerTokens + _chunks.Tokens - tokensBefore;
        _layouts.Put(
            place, sequence, write.Chunks.Count, write.ChunksArePartition, new LayoutContent(_layout.Written, tokens));
        if (existing.IsLive)
        {
            PatchKept(work, key, sequence, write);
        }

        index.Settle(work.Active, key, existing.IsLive ? existing.Sequence : 0);
        var text = keepText && !write.ChunksArePartition ? write.Document.Text : null;
        if (text is not null || existing.IsLive)
        {
            _documents.SetText(key, text);
        }

        work.Counts.Add(write.Source.Value, 1, write.Chunks.Count, tokens);
        work.Lags.Add(write.Changed);
        return new AppliedDocument(true, new DocumentKey(key), new SourceIdKey(sourceId));
    }

    private AppliedDocument Touch(DocumentWrite.Touch write, StoredDocument existing)
    {
        _documents.Touch(write);
        return new AppliedDocument(true, write.Key, new SourceIdKey(existing.SourceId));
    }

    private AppliedDocument Remove(Work work, DocumentWrite.Remove write, StoredDocument existing)
    {
        var sequence = work.Commit.Take();
        work.Lags.Add(write.Changed);
        var sourceId = _sourceIds.FindOrAdd(write.Id, write.SourceId);
        if (existing.Key == 0)
        {
            var key = _documents.InsertGone(write, sourceId, sequence, work.Batch.Run);
            return new AppliedDocument(true, new DocumentKey(key), new SourceIdKey(sourceId));
        }

        if (existing.IsLive)
        {
            _documents.KeepFormerState(existing.Key, sequence, work.Active);
            var former = _layouts.Find(work.Active, existing.Key, out _, out var tokens) ?? [];
            foreach (var entry in former)
            {
                _chunks.Close(work.Active, entry.Chunk, sequence);
            }

            _layouts.Delete(work.Active, existing.Key);
            index.Settle(
                work.Active, existing.Key, existing.Sequence, mayHaveMoved: write.State == DocumentState.Removed);
            _documents.SetText(existing.Key, null);
            work.Counts.Add(existing.Source, -1, -existing.Chunks, -tokens);
            Unstage(work, existing.Key);
        }

        _documents.Remove(existing.Key, write, sourceId, sequence, work.Batch.Run);
        return new AppliedDocument(true, new DocumentKey(existing.Key), new SourceIdKey(sourceId));
    }

    private AppliedDocument Stage(Work work, DocumentWrite.Stage write, StoredDocument existing)
    {
        var generation = work.Batch.Generation.Id;
        if (generation != work.Building)
        {
            throw new InvalidOperationException("A document is staged in the generation that is being built.");
        }

        var source = new SourceIdKey(existing.SourceId);
        if (!existing.IsLive)
        {
            return new AppliedDocument(false, write.Key, source);
        }

        var staged = _layouts.Find(generation, existing.Key, out var stagedSequence, out _);
        if (staged is null || stagedSequence != existing.Sequence)
        {
            Unstage(work, existing.Key);
            _former.Clear();
            var tokensBefore = _chunks.Tokens;
            var place = work.PlaceOf(existing.Key, write.Id, work.Commit.Take());
            WriteChunks(place, write.Chunks);
            _layouts.Put(
                place, existing.Sequence, write.Chunks.Count, write.ChunksArePartition,
                new LayoutContent(_layout.Written, _chunks.Tokens - tokensBefore));
            index.Settle(generation, existing.Key, former: 0);
            if (keepText && !write.ChunksArePartition)
            {
                _documents.SetText(existing.Key, TextOf(existing.Key));
            }
        }

        return new AppliedDocument(true, write.Key, source);
    }

    /// <summary>As stored until now, beside the chunks or in them.</summary>
    private string? TextOf(long document) =>
        new DocumentLoader(connection).Load([new DocumentKey(document)], withText: true)[0].Text;

    /// <summary>Opens or keeps the chunks in order and leaves their layout in <c>_layout</c>.</summary>
    private void WriteChunks(in ChunkPlace place, IReadOnlyList<ChunkWrite> chunks)
    {
        _layout.Begin(chunks.Count);
        for (var i = 0; i < chunks.Count; i++)
        {
            var chunk = chunks[i];
            _layout.Add(WriteChunk(place, chunk), chunk.Start, chunk.Length, chunk.Heading);
        }
    }

    private long WriteChunk(in ChunkPlace place, in ChunkWrite chunk)
    {
        if (chunk.Existing.IsNone)
        {
            return _chunks.Open(place, chunk);
        }

        if (!_former.Remove(chunk.Existing.Value))
        {
            throw new InvalidOperationException($"'{place.DocumentId}' has no live chunk {chunk.Existing.Value} to keep.");
        }

        return chunk.Text is null ? chunk.Existing.Value : _chunks.Patch(place, chunk);
    }

    /// <summary>What was staged of a document is out of date once the document changes.</summary>
    private void Unstage(Work work, long document)
    {
        if (work.Building == 0 || _layouts.Find(work.Building, document) is not { } staged)
        {
            return;
        }

        foreach (var entry in staged)
        {
            _chunks.Delete(work.Building, entry.Chunk);
        }

        _layouts.Delete(work.Building, document);
        index.Settle(work.Building, document, former: 0);
    }

    /// <summary>An external index holds source and metadata too: chunks that go on are written anew where those changed.</summary>
    private void PatchKept(Work work, long document, long sequence, DocumentWrite.Put write)
    {
        if (!index.IsExternal(work.Active) || !_documents.LooksOther(document, sequence, write))
        {
            return;
        }

        foreach (var chunk in write.Chunks.Where(chunk => !chunk.Existing.IsNone))
        {
            index.Patch(work.Active, chunk.Existing.Value);
        }
    }

    private sealed record Work(
        ApplyBatch Batch,
        CommitLog Commit,
        LiveCounts Counts,
        LagRows Lags,
        long Active,
        long Building,
        long Space,
        long Now)
    {
        public ChunkPlace PlaceOf(long document, string id, long sequence) => new()
        {
            Generation = Batch.Generation.Id,
            Dimensions = Batch.Generation.Pipeline.Dimensions,
            IsNormalized = Batch.Generation.Pipeline.IsNormalized,
            Space = Space,
            Document = document,
            DocumentId = id,
            Sequence = sequence,
            Now = Now,
        };
    }
}
