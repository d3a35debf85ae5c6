using Tidemark.Documents;

namespace Tidemark.Sources;

/// <summary>A file as it was read.</summary>
internal sealed record ReadFile(Document Document, IReadOnlyList<ItemWarning> Warnings);
