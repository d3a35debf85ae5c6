namespace Tidemark.Records;

/// <summary>
/// Looking at what was: states of documents and their chunks as of a commit sequence. Answers are right from the namespace's
/// horizon on (<see cref="NamespaceSummary.Horizon"/>); whoever asks looks at that first.
/// </summary>
public interface IPastReader
{
    /// <summary>The last commit that was made at a time or before; 0 where there was none.</summary>
    ValueTask<long> SequenceAtAsync(string @namespace, DateTimeOffset time, CancellationToken cancellationToken);

    /// <summary>
    /// The last commit of a run; of one that committed nothing, the last one of the runs before it (0: there was none). Null where
    /// the namespace has no such run.
    /// </summary>
    ValueTask<long?> SequenceOfRunAsync(string @namespace, long run, CancellationToken cancellationToken);

    /// <summary>When a run ended; of one that has not, when it began. Null where the namespace has no such run.</summary>
    ValueTask<DateTimeOffset?> TimeOfRunAsync(string @namespace, long run, CancellationToken cancellationToken);

    /// <summary>
    /// The generation that answered as of a commit, also one that was retired since. Before the first promotion that is known, the one that
    /// came before it; null where there is none, or nothing of it is kept.
    /// </summary>
    ValueTask<GenerationRecord?> GenerationAtAsync(string @namespace, long sequence, CancellationToken cancellationToken);

    /// <summary>All states of one document that are still kept, newest first.</summary>
    ValueTask<IReadOnlyList<PastState>> StatesAsync(string @namespace, string document, CancellationToken cancellationToken);

    /// <summary>
    /// The last state of each document that is gone, as far as it is still kept, by id in ordinal order. One that is not what was stored
    /// comes with its <see cref="PastState.Damage"/>, and hides none of the others.
    /// </summary>
    IAsyncEnumerable<PastState> GoneAsync(string @namespace, CancellationToken cancellationToken);

    /// <summary>The source ids that documents have, or had by states that are still kept; in no order.</summary>
    ValueTask<IReadOnlyList<string>> SourceIdsAsync(string @namespace, CancellationToken cancellationToken);

    /// <summary>
    /// The ids of documents that have a source id, and of those that only had it, by a state that is still kept (<c>IsNow</c> is false),
    /// in ordinal order.
    /// </summary>
    ValueTask<IReadOnlyList<(string Document, bool IsNow)>> OfSourceIdAsync(
        string @namespace, string sourceId, CancellationToken cancellationToken);

    /// <summary>Former states whole.</summary>
    /// <param name="namespace">None where it does not exist.</param>
    /// <param name="states">A document and the sequence that its state began with, each.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>In their order; null: that is no former state, or it is not kept any more.</returns>
    ValueTask<IReadOnlyList<FormerDocument?>> FormerAsync(
        string @namespace, IReadOnlyList<(string Document, long Sequence)> states, CancellationToken cancellationToken);

    /// <summary>The ids of documents of which a state began or ended after one commit and not after another, in ordinal order.</summary>
    IAsyncEnumerable<string> ChangedAsync(string @namespace, long after, long until, CancellationToken cancellationToken);

    /// <summary>The ids of documents that were live as of a commit and had a time that was over after one moment and not after another, in no order.</summary>
    /// <param name="namespace">None where it does not exist.</param>
    /// <param name="sequence">Of the commit.</param>
    /// <param name="after">Their time is over later than this.</param>
    /// <param name="until">Their time is over by then.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    IAsyncEnumerable<string> ExpiredAsync(
        string @namespace, long sequence, DateTimeOffset after, DateTimeOffset until, CancellationToken cancellationToken);

    /// <summary>The documents that were live as of a commit, by id in ordinal order.</summary>
    /// <param name="namespace">None where it does not exist.</param>
    /// <param name="prefix">Only those whose id starts with it.</param>
    /// <param name="sequence">Of the commit.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    IAsyncEnumerable<DocumentSummary> DocumentsAsync(
        string @namespace, string prefix, long sequence, CancellationToken cancellationToken);

    /// <summary>
    /// Their chunks by document (ordinal order) and ordinal, without vectors, as the generation that answered then had cut them; where that is
    /// not kept, as the next one did.
    /// </summary>
    /// <param name="namespace">None where it does not exist.</param>
    /// <param name="document">Null: of all.</param>
    /// <param name="sequence">Of the commit.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    /// <exception cref="TidemarkException"><c>store.corrupt</c>: what is kept is not what was stored.</exception>
    IAsyncEnumerable<IndexedChunk> ChunksAsync(
        string @namespace, string? document, long sequence, CancellationToken cancellationToken);
}
