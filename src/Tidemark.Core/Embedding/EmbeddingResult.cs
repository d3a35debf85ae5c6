using Tidemark.Documents;

namespace Tidemark.Embedding;

/// <summary>What became of a batch's inputs; one for which there was no money stands in neither.</summary>
public sealed record EmbeddingResult(
    IReadOnlyDictionary<ContentHash, ReadOnlyMemory<float>> Vectors,
    IReadOnlyDictionary<ContentHash, InputRefusal> Refusals);
