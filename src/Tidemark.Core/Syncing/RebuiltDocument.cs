using Tidemark.Embedding;
using Tidemark.Records;

namespace Tidemark.Syncing;

/// <summary>A document as a new generation will have it.</summary>
/// <param name="Former">As the generation that answers has it.</param>
/// <param name="Write">Its chunks, without vectors.</param>
/// <param name="Inputs">The embedding inputs of the chunks, in their order.</param>
internal sealed record RebuiltDocument(DocumentRecord Former, DocumentWrite.Stage Write, IReadOnlyList<EmbeddingInput> Inputs)
{
    /// <summary>What is other than what it was made of.</summary>
    public ChangedInputs Changed { get; init; }
}
