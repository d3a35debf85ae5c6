using Tidemark.Embedding;
using Tidemark.Records;

namespace Tidemark.Syncing;

/// <summary>A document of which a chunk has no vector in a generation that is being built.</summary>
/// <param name="Stored">As the generation that answers has it, without its text.</param>
/// <param name="Refusal">Why.</param>
internal sealed record RefusedDocument(DocumentRecord Stored, InputRefusal Refusal);
