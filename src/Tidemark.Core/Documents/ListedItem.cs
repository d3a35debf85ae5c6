namespace Tidemark.Documents;

/// <summary>One line of a listing: who, and a token that tells whether reading can be spared.</summary>
/// <param name="Id">UTF-8 of the document's id; empty where only reading tells (a tombstone of a whole source).</param>
public readonly record struct ListedItem(ReadOnlyMemory<byte> Id, ChangeToken Token);
