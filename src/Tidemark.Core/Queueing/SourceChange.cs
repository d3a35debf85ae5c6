using Tidemark.Documents;

namespace Tidemark.Queueing;

/// <summary>What a source says of one document, to be carried out by a worker.</summary>
/// <param name="Source">The source's name.</param>
/// <param name="Change">
/// One of a single document; a tombstone of a whole source id is put as one of each document that there is, waiting or indexed.
/// </param>
public sealed record SourceChange(string Source, DocumentChange Change);
