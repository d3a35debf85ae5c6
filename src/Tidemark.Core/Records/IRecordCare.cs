namespace Tidemark.Records;

/// <summary>Finds what is damaged in a store's records, and mends what the store itself still knows.</summary>
public interface IRecordCare
{
    /// <summary>
    /// Checks rows against their seals, texts against their hashes, and rows against each other. Nothing is written, nothing is
    /// left out because something before it is damaged.
    /// </summary>
    ValueTask<RecordCheck> CheckAsync(string @namespace, CancellationToken cancellationToken);

    /// <summary>
    /// Puts right what can be shown to be right: names and numbers from their second copies, texts from equal chunks, counts from
    /// rows. What cannot be shown stays as it is, but for former states of documents: those that cannot be put right are dropped, since
    /// nothing could ever read them.
    /// </summary>
    ValueTask<RecordMending> MendAsync(string @namespace, TimeSpan wait, CancellationToken cancellationToken);

    /// <summary>Removes rows that no live document owns. Only where nothing else is damaged.</summary>
    /// <returns>How many.</returns>
    ValueTask<long> SweepAsync(string @namespace, TimeSpan wait, CancellationToken cancellationToken);
}
