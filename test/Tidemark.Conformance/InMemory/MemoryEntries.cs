using Tidemark.Records;

namespace Tidemark.Conformance.InMemory;

/// <summary>The open chunks of generations with an external index. Called under the gate.</summary>
internal sealed class MemoryEntries(MemoryState state, MemoryNamespace space)
{
    /// <param name="location">Null: of every index.</param>
    public IEnumerable<EntryId> Ids(string? location) =>
        from found in All()
        where location is null || found.Generation.Pipeline.Index == location
        select IdOf(found.Chunk);

    public IndexEntry? Find(EntryId id) => All().Where(found => IdOf(found.Chunk) == id).Select(found => new IndexEntry
    {
        Id = id,
        ChunkId = ChunkId.Of(found.Document.Id, found.Chunk.Input, found.Chunk.Occurrence),
        Document = found.Document.Id,
        Source = space.SourceName(found.Document.Source.Value),
        Text = found.Chunk.Text,
        Metadata = found.Document.Metadata,
        Vector = state.VectorOf(found.Generation.Pipeline.Space, found.Chunk.Input),
    }).SingleOrDefault();

    public (GenerationRecord Generation, MemoryDocument Document)? Owner(EntryId id)
    {
        foreach (var (generation, document, chunk) in All())
        {
            if (IdOf(chunk) == id)
            {
                return (generation, document);
            }
        }

        return null;
    }

    public EntryId IdOf(MemoryChunk chunk) => new(space.ChunkSequences[chunk.Key], new ChunkKey(chunk.Key));

    private IEnumerable<(GenerationRecord Generation, MemoryDocument Document, MemoryChunk Chunk)> All()
    {
        foreach (var document in space.Live)
        {
            foreach (var chunk in space.Active is { Pipeline.IsExternal: true } ? document.Chunks : [])
            {
                yield return (space.Active!, document, chunk);
            }

            foreach (var chunk in space.Beside is { Pipeline.IsExternal: true } ? document.Staged?.Chunks ?? [] : [])
            {
                yield return (space.Beside!, document, chunk);
            }
        }
    }
}
