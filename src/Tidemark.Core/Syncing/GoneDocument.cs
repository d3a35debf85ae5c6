using Tidemark.Documents;
using Tidemark.Records;

namespace Tidemark.Syncing;

/// <summary>A document that is to leave the index.</summary>
/// <param name="Tombstone">The version of the tombstone that says so; null where it merely was not listed.</param>
/// <param name="Replaced">Something else of its source id was listed.</param>
internal readonly record struct GoneDocument(LiveDocument Document, DocumentVersion? Tombstone, bool Replaced);
