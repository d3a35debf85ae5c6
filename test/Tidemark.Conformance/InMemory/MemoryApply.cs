using Tidemark.Documents;
using Tidemark.Records;

namespace Tidemark.Conformance.InMemory;

/// <summary>One batch, applied to the model.</summary>
internal sealed class MemoryApply(MemoryState state, MemoryNamespace space, ApplyBatch batch)
{
    private readonly long _sequence = space.Sequence + 1;

    public ApplyResult Run()
    {
        var applied = batch.Writes.Select(Apply).ToList();
        if (applied.Any(a => a.Applied))
        {
            space.Sequence = _sequence;
        }

        return new ApplyResult(space.Sequence, applied);
    }

    private AppliedDocument Apply(DocumentWrite write)
    {
        var document = space.ById.GetValueOrDefault(write.Id);
        if ((document?.Sequence ?? 0) != write.ExpectedSequence)
        {
            return default;
        }

        switch (write)
        {
            case DocumentWrite.Put put:
                document ??= Create(put.Id);
                Put(document, put);
                break;
            case DocumentWrite.Remove remove:
                document ??= Create(remove.Id);
                Remove(document, remove);
                break;
            case DocumentWrite.Touch touch:
                document!.Token = touch.Token;
                document.Version = touch.Version;
                document.Repeats = touch.Repeats;
                break;
            case DocumentWrite.Stage stage:
                Stage(document!, stage);
                break;
        }

        return new AppliedDocument(true, new DocumentKey(document!.Key), document.SourceIdKey);
    }

    private MemoryDocument Create(string id)
    {
        var document = new MemoryDocument { Key = space.Documents.Count + 1, Id = id };
        space.Documents.Add(document);
        space.ById.Add(id, document);
        return document;
    }

    private void Put(MemoryDocument document, DocumentWrite.Put put)
    {
        var incoming = put.Document;
        var former = document.Chunks.ToDictionary(c => c.Record.Key);
        var chunks = new List<MemoryChunk>();
        foreach (var write in put.Chunks)
        {
            var text = incoming.Text.Substring(write.Start, write.Length);
            chunks.Add(former.Remove(write.Existing, out var kept)
                ? new MemoryChunk(kept.Record with { Start = write.Start, Length = write.Length, Heading = write.Heading }, text)
                : Add(write, text, space.Entries));
        }

        foreach (var closed in former.Keys)
        {
            space.Entries.Remove(closed.Value);
        }

        document.State = DocumentState.Live;
        document.Repeats = put.Repeats;
        document.Source = put.Source;
        document.SourceId = incoming.SourceId;
        document.SourceIdKey = space.Intern(incoming.SourceId, document.Id);
        document.Token = incoming.Token;
        document.TextHash = put.TextHash;
        document.Text = incoming.Text;
        document.Metadata = incoming.Metadata;
        document.Version = incoming.Version;
        document.ExpiresAt = incoming.ExpiresAt;
        document.Tier = incoming.Tier;
        document.Chunks = chunks;
        Stamp(document);
    }

    private void Remove(MemoryDocument document, DocumentWrite.Remove remove)
    {
        foreach (var chunk in document.Chunks)
        {
            space.Entries.Remove(chunk.Record.Key.Value);
        }

        document.Chunks = [];
        document.State = remove.State;
        document.Source = remove.Source;
        document.SourceId = remove.SourceId;
        document.SourceIdKey = space.Intern(remove.SourceId, document.Id);
        document.Token = remove.Token;
        document.Version = remove.Version.IsNone ? document.Version : remove.Version;
        document.Repeats = remove.Repeats;
        Stamp(document);
    }

    private void Stage(MemoryDocument document, DocumentWrite.Stage stage)
    {
        document.Staged = [.. stage.Chunks.Select(w => Add(w, w.Text!, space.StagedEntries))];
        document.StagedSequence = document.Sequence;
    }

    private MemoryChunk Add(ChunkWrite write, string text, IDictionary<long, float[]> entries)
    {
        if (write.Vector.Length != batch.Generation.Pipeline.Dimensions)
        {
            throw new TidemarkException(
                ErrorCodes.EmbeddingMissing, $"A new chunk of '{text}' came without its vector.", "Embed it first.");
        }

        var key = ++state.NextChunk;
        entries[key] = write.Vector.ToArray();
        return new MemoryChunk(
            new ChunkRecord(new ChunkKey(key), write.Input, write.Occurrence, write.Start, write.Length, write.Heading), text);
    }

    private void Stamp(MemoryDocument document)
    {
        document.Sequence = _sequence;
        document.Run = batch.Run;
        document.UpdatedAt = DateTimeOffset.UtcNow;
    }
}
