using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Indexing;
using Tidemark.Sqlite.Storage;

namespace Tidemark.Sqlite.Maintenance;

/// <summary>
/// The short transactions of a collection: each takes the right to write for itself, and rests afterwards, so that whoever waits gets it.
/// What is to be removed is looked for without it.
/// </summary>
internal sealed class SweepTurns(SqliteDatabase database, TimeSpan wait)
{
    private readonly GarbagePace _pace = new(database.Clock);

    /// <summary>Looks at one state, beside whoever writes.</summary>
    public T Look<T>(Func<SqliteConnection, T> look)
    {
        using var reader = database.Readers.RentSnapshot();
        return look(reader.Connection);
    }

    /// <summary>In one transaction.</summary>
    public Task<T> RunAsync<T>(Func<SqliteConnection, T> work, CancellationToken cancellationToken) =>
        RunAsync((connection, _) => work(connection), cancellationToken);

    /// <summary>In one transaction, in which the index takes part.</summary>
    public async Task<T> RunAsync<T>(Func<SqliteConnection, IIndexWriter, T> work, CancellationToken cancellationToken)
    {
        T result = default!;
        var took = TimeSpan.Zero;
        await HoldAsync(
            writer =>
            {
                var started = database.Clock.GetTimestamp();
                result = writer.InTransaction(work);
                took = database.Clock.GetElapsedTime(started);
            },
            cancellationToken).ConfigureAwait(false);
        await _pace.RestAsync(took, cancellationToken).ConfigureAwait(false);
        return result;
    }

    /// <summary>In as many transactions as it takes.</summary>
    /// <param name="found">What <see cref="Look"/> found.</param>
    /// <param name="work">One piece of it.</param>
    /// <param name="cancellationToken">Ends it between two transactions.</param>
    public async Task<(long Count, long Bytes)> EachAsync<T>(
        List<T> found, Func<SqliteConnection, IReadOnlyList<T>, (long Count, long Bytes)> work, CancellationToken cancellationToken)
    {
        var total = (Count: 0L, Bytes: 0L);
        foreach (var some in Parts(found, joined: null))
        {
            var (count, bytes) = await RunAsync(connection => work(connection, some), cancellationToken).ConfigureAwait(false);
            total = (total.Count + count, total.Bytes + bytes);
        }

        return total;
    }

    /// <summary>Pieces for one transaction each, as large as they may be by then.</summary>
    /// <param name="found">What <see cref="Look"/> found.</param>
    /// <param name="joined">Whether two that follow each other may not be parted; null: all may.</param>
    public IEnumerable<List<T>> Parts<T>(List<T> found, Func<T, T, bool>? joined)
    {
        for (var done = 0; done < found.Count;)
        {
            var end = Math.Min(done + _pace.Rows, found.Count);
            while (end < found.Count && joined?.Invoke(found[end - 1], found[end]) == true)
            {
                end++;
            }

            yield return found.GetRange(done, end - done);
            done = end;
        }
    }

    /// <summary>Writes the log back as far as no reader needs it any more.</summary>
    public Task CheckpointAsync(CancellationToken cancellationToken) => HoldAsync(writer => writer.Checkpoint(), cancellationToken);

    /// <summary>The same, and cuts it.</summary>
    public Task CutAsync(CancellationToken cancellationToken) => HoldAsync(writer => writer.Cut(), cancellationToken);

    private async Task HoldAsync(Action<WriterHold> work, CancellationToken cancellationToken)
    {
        using var lease = await database.LeaseAsync(_pace.Wait(wait), cancellationToken, givesWay: true).ConfigureAwait(false);
        using var writer = await database.HoldWriterAsync(cancellationToken).ConfigureAwait(false);
        work(writer);
    }
}
