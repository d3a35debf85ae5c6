namespace Tidemark.Records;

/// <summary>
/// What a service keeps in the store beside the index, for all of its processes. Writing takes no namespace's lock and holds up no run; on
/// an embedded store it waits for the batch that is being written. No kind may hold a document's id in clear: what is forgotten is not
/// looked for here.
/// </summary>
public interface IServiceEntries
{
    /// <summary>Adds one, unless one of that kind and key is there that has not expired: of any number of processes that try, one succeeds.</summary>
    /// <returns>False: there is one, and it stays as it is.</returns>
    /// <exception cref="ArgumentException">Its kind or key is empty or too long.</exception>
    /// <exception cref="TidemarkException"><c>store.read-only</c>, as of all that writes.</exception>
    ValueTask<bool> TryAddAsync(ServiceEntry entry, CancellationToken cancellationToken);

    /// <summary>Writes one, whatever is there.</summary>
    /// <exception cref="ArgumentException">Its kind or key is empty or too long.</exception>
    ValueTask PutAsync(ServiceEntry entry, CancellationToken cancellationToken);

    /// <summary>Writes several, all or none.</summary>
    /// <exception cref="ArgumentException">The kind or the key of one is empty or too long.</exception>
    ValueTask PutAllAsync(IReadOnlyList<ServiceEntry> entries, CancellationToken cancellationToken);

    /// <summary>Writes one in the place of that which has a certain value: compare and set.</summary>
    /// <returns>False: there is none, it has expired, or its value is another one by now.</returns>
    /// <exception cref="ArgumentException">Its kind or key is empty or too long.</exception>
    ValueTask<bool> ReplaceAsync(ServiceEntry entry, string expectedValue, CancellationToken cancellationToken);

    /// <returns>Null: there is none, or it has expired.</returns>
    ValueTask<ServiceEntry?> FindAsync(string kind, string key, CancellationToken cancellationToken);

    /// <summary>The entries of a kind that have not expired, newest first.</summary>
    /// <param name="kind">What they are.</param>
    /// <param name="before">The <see cref="ServiceEntry.Position"/> of the last one of the page before; null: from the newest on.</param>
    /// <param name="limit">So many at most.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    ValueTask<IReadOnlyList<ServiceEntry>> ListAsync(string kind, ServicePosition? before, int limit, CancellationToken cancellationToken);

    /// <returns>False: there is none, or it has expired.</returns>
    ValueTask<bool> RemoveAsync(string kind, string key, CancellationToken cancellationToken);

    /// <summary>Removes what has expired, of all kinds.</summary>
    /// <param name="now">What had expired by then.</param>
    /// <param name="limit">So many at most, so that nobody waits long for it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>How many went; as many as <paramref name="limit"/>: there may be more.</returns>
    ValueTask<int> RemoveExpiredAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken);
}
