using Tidemark.Embedding;

namespace Tidemark.Records;

/// <summary>Which external index a generation belongs to, and by what the two know each other.</summary>
/// <param name="Location">As <see cref="PipelineIdentity.Index"/> names it.</param>
/// <param name="Owner">A mark that no other namespace and no other store has; the index keeps it too.</param>
/// <param name="Incarnation">What the index called itself when it was first seen; null: it was not seen yet.</param>
public sealed record IndexBinding(
    string Namespace, EmbeddingSpace Space, string Location, string Owner, string? Incarnation);
