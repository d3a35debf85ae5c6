using Tidemark.Documents;

namespace Tidemark.Embedding;

/// <summary>One text that needs a vector.</summary>
/// <param name="Hash">SHA-256 of <paramref name="Text"/>: the key under which the vector is kept.</param>
/// <param name="Text">Exactly what the model gets.</param>
/// <param name="Own">A vector that came with the text; then the model is not asked.</param>
public readonly record struct EmbeddingInput(ContentHash Hash, string Text, ReadOnlyMemory<float> Own);
