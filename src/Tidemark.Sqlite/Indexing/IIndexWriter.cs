using Tidemark.Records;

namespace Tidemark.Sqlite.Indexing;

/// <summary>
/// Keeps vector packs and keyword index in step with the chunk rows. Every call happens on the writer's connection inside
/// the transaction that changes those rows. Texts are UTF-8, exactly as in <c>chunk.text</c>.
/// </summary>
internal interface IIndexWriter
{
    /// <summary>Makes what a new generation needs (its table <c>keyword_ID</c> among it).</summary>
    void CreateGeneration(long generation, int dimensions);

    /// <summary>Removes everything of a generation.</summary>
    void DropGeneration(long generation);

    /// <summary>
    /// What the document is called whose chunks change next: those that are in the index are there with the one title and these headings,
    /// those that come with the other title, and the headings that they are given.
    /// </summary>
    void Name(string former, IReadOnlyDictionary<long, string?> formerHeadings, string current);

    /// <summary>A chunk goes on under another title or heading: its words go with the former one, before any come with the current.</summary>
    void Unword(long generation, long chunk, ReadOnlySpan<byte> text);

    /// <summary>The words of a chunk that goes on come back, with the current title and heading.</summary>
    void Reword(long generation, long chunk, string? heading, ReadOnlySpan<byte> text);

    /// <summary>A chunk opens. Its row exists already.</summary>
    void Add(long generation, (long Key, string? Heading) chunk, ReadOnlySpan<byte> text, ReadOnlySpan<float> vector);

    /// <summary>A chunk closes. Its row still has its text, but may already be closed.</summary>
    void Remove(long generation, long chunk, ReadOnlySpan<byte> text);

    /// <summary>
    /// One chunk closes and another opens with the same vector: the text changed under an unchanged embedding input.
    /// Chunk rows are never rewritten, so that history stays true.
    /// </summary>
    void ReplaceText(
        long generation, long closed, ReadOnlySpan<byte> closedText, (long Key, string? Heading) opened, ReadOnlySpan<byte> openedText);

    /// <summary>Whether the generation's vectors are indexed outside of the store.</summary>
    bool IsExternal(long generation);

    /// <summary>Of an external index: the entry of an open chunk is written anew, for its metadata changed.</summary>
    void Patch(long generation, long chunk);

    /// <summary>Every change of a document is made, its layout too, but of a removal its own row.</summary>
    void Settle(long generation, long document, WriteDecision decision);

    /// <summary>The same of a document in the generation beside, where nobody searches.</summary>
    void SettleStaged(long generation, long document);

    /// <summary>Of an external index: some of a document's entries were acknowledged.</summary>
    void PublishIfComplete(long generation, long document);

    /// <summary>Writes what was held back for fewer, larger writes. Called before every commit.</summary>
    void Flush();

    /// <summary>Forgets what was held back or cached: the transaction was rolled back.</summary>
    void Discard();
}
