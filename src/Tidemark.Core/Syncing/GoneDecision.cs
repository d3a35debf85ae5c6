namespace Tidemark.Syncing;

/// <summary>What is decided about a document that leaves the index.</summary>
/// <param name="Gone">The document, and why it goes.</param>
/// <param name="Decision">Removes it.</param>
/// <param name="Moved">A document that this run has added is its successor.</param>
internal sealed record GoneDecision(GoneDocument Gone, Decision Decision, bool Moved);
